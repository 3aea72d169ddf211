//! Captures written as steps, for what nearly shows something: raw IPv4, without checksums that
//! anybody reads.
//!
//! `A=50000>5050` is a conversation between these ports, `A=50000>5050/9` one with another server.
//! Then, a millisecond apart: `A.hs` opens it; `A.c:TEXT` and `A.s:TEXT` are data of client and
//! server, acknowledged; `A.fin` and `A.sfin` a FIN and its ACK, `A.close` and `A.sclose` both FINs,
//! `A.cross` two that cross; `A.rst` and `A.srst` a RST; `A.syn` a SYN, `A.refused` one and its RST;
//! `A.lost:TEXT` data without an ACK, `A.again` the same once more, `A.ack` the server's ACK of all
//! of it, `A.old` that of what came before, `A.full` one with window 0; `A.u:TEXT` and `A.v:TEXT`
//! datagrams of client and server, `A.icmp` the error that refuses the last one. `+500` waits so
//! many milliseconds, `cut:3` leaves the first packets out. In texts `_` is a space, `~` ends a line,
//! and `x*55` repeats.

use std::collections::BTreeMap;

/// One conversation: its ports, the last byte of the server's address, the next number of each end,
/// and the latest data of the client.
struct Talk {
    ports: [u16; 2],
    server: u8,
    next: [u32; 2],
    last: Vec<u8>,
}

const FLAGS: &str = "FSRPA";
const BITS: [u8; 5] = [1, 2, 4, 8, 16];

/// A capture file of these steps.
pub(super) fn capture(steps: &str) -> Vec<u8> {
    let mut talks: BTreeMap<&str, Talk> = BTreeMap::new();
    let mut packets: Vec<(u32, Vec<u8>)> = Vec::new();
    let (mut now, mut cut) = (0, 0);
    for step in steps.split_whitespace() {
        if let Some(wait) = step.strip_prefix('+') {
            now += wait.parse::<u32>().unwrap();
        } else if let Some(count) = step.strip_prefix("cut:") {
            cut = count.parse().unwrap();
        } else if let Some((name, ends)) = step.split_once('=').filter(|it| it.0.len() == 1) {
            let (ports, server) = ends.split_once('/').unwrap_or((ends, "2"));
            let (client, port) = ports.split_once('>').unwrap();
            let first = 100_000 * (1 + u32::try_from(talks.len()).unwrap());
            let talk = Talk {
                ports: [client.parse().unwrap(), port.parse().unwrap()],
                server: server.parse().unwrap(),
                next: [first, first + 50_000],
                last: Vec::new(),
            };
            talks.insert(name, talk);
        } else {
            let (name, what) = step.split_once('.').unwrap();
            for packet in talks.get_mut(name).expect(step).step(what) {
                now += 1;
                packets.push((now, packet));
            }
        }
    }
    let mut out = Vec::new();
    for word in [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65535, 101] {
        out.extend_from_slice(&word.to_le_bytes());
    }
    for (time, packet) in packets.iter().skip(cut) {
        let len = u32::try_from(packet.len()).unwrap();
        let (seconds, micros) = (1_700_000_000 + time / 1000, time % 1000 * 1000);
        for word in [seconds, micros, len, len] {
            out.extend_from_slice(&word.to_le_bytes());
        }
        out.extend_from_slice(packet);
    }
    out
}

fn text(written: &str) -> Vec<u8> {
    let (part, times) = match written.rsplit_once('*') {
        Some((part, times)) => (part, times.parse().unwrap()),
        None => (written, 1),
    };
    part.replace('_', " ")
        .replace('~', "\r\n")
        .repeat(times)
        .into_bytes()
}

impl Talk {
    fn step(&mut self, step: &str) -> Vec<Vec<u8>> {
        let (what, written) = step.split_once(':').unwrap_or((step, ""));
        let said = text(written);
        match what {
            "hs" => vec![
                self.tcp(0, "S", b""),
                self.tcp(1, "SA", b""),
                self.tcp(0, "A", b""),
            ],
            "c" | "s" => {
                let side = usize::from(what == "s");
                vec![self.tcp(side, "PA", &said), self.tcp(1 - side, "A", b"")]
            }
            "fin" => vec![self.tcp(0, "FA", b""), self.tcp(1, "A", b"")],
            "sfin" => vec![self.tcp(1, "FA", b""), self.tcp(0, "A", b"")],
            "close" => [self.step("fin"), self.step("sfin")].concat(),
            "sclose" => [self.step("sfin"), self.step("fin")].concat(),
            "cross" => {
                let first = self.tcp(0, "FA", b"");
                let sent = self.next[0];
                self.next[0] -= 1;
                let second = self.tcp(1, "FA", b"");
                self.next[0] = sent;
                vec![first, second, self.tcp(0, "A", b""), self.tcp(1, "A", b"")]
            }
            "rst" => vec![self.tcp(0, "RA", b"")],
            "srst" => vec![self.tcp(1, "RA", b"")],
            "syn" => {
                let syn = self.tcp(0, "S", b"");
                self.next[0] -= 1;
                vec![syn]
            }
            "refused" => vec![self.tcp(0, "S", b""), self.tcp(1, "RA", b"")],
            "lost" => {
                self.last.clone_from(&said);
                vec![self.tcp(0, "PA", &said)]
            }
            "again" => {
                self.next[0] -= u32::try_from(self.last.len()).unwrap();
                let said = self.last.clone();
                vec![self.tcp(0, "PA", &said)]
            }
            "ack" => vec![self.tcp(1, "A", b"")],
            "old" => {
                let sent = self.next[0];
                self.next[0] -= u32::try_from(self.last.len()).unwrap();
                let ack = self.tcp(1, "A", b"");
                self.next[0] = sent;
                vec![ack]
            }
            "full" => {
                let mut ack = self.tcp(1, "A", b"");
                ack[34..36].fill(0);
                vec![ack]
            }
            "u" | "v" => vec![self.udp(usize::from(what == "v"), &said)],
            "icmp" => {
                let mut error = vec![3, 3, 0, 0, 0, 0, 0, 0];
                error.extend(self.udp(0, &self.last.clone()));
                vec![self.ip(1, 1, &error)]
            }
            _ => panic!("{step}"),
        }
    }

    fn tcp(&mut self, side: usize, flags: &str, said: &[u8]) -> Vec<u8> {
        let ack = if flags.contains('A') {
            self.next[1 - side]
        } else {
            0
        };
        let set = FLAGS.chars().zip(BITS).filter(|it| flags.contains(it.0));
        let mut out = Vec::new();
        out.extend(self.ports[side].to_be_bytes());
        out.extend(self.ports[1 - side].to_be_bytes());
        out.extend(self.next[side].to_be_bytes());
        out.extend(ack.to_be_bytes());
        out.extend([0x50, set.map(|it| it.1).sum(), 0xfa, 0, 0, 0, 0, 0]);
        out.extend(said);
        let numbers = said.len() + usize::from(flags.contains('S') || flags.contains('F'));
        self.next[side] += u32::try_from(numbers).unwrap();
        self.ip(side, 6, &out)
    }

    fn udp(&mut self, side: usize, said: &[u8]) -> Vec<u8> {
        self.last = said.to_vec();
        let mut out = Vec::new();
        out.extend(self.ports[side].to_be_bytes());
        out.extend(self.ports[1 - side].to_be_bytes());
        out.extend(u16::try_from(8 + said.len()).unwrap().to_be_bytes());
        out.extend([0, 0]);
        out.extend(said);
        self.ip(side, 17, &out)
    }

    fn ip(&self, side: usize, protocol: u8, inside: &[u8]) -> Vec<u8> {
        let ends = [[192, 0, 2, 1], [192, 0, 2, self.server]];
        let mut out = vec![0x45, 0];
        out.extend(u16::try_from(20 + inside.len()).unwrap().to_be_bytes());
        out.extend([0, 0, 0x40, 0, 64, protocol, 0, 0]);
        out.extend(ends[side]);
        out.extend(ends[1 - side]);
        out.extend(inside);
        out
    }
}
