//! Rows to packets: IP and TCP or UDP headers that say what the row says, without payload.

use std::collections::HashMap;
use std::net::IpAddr;

use super::{Broken, Row, Tcp, What};

/// A connection in one direction: addresses and ports.
type Way = ([IpAddr; 2], [u16; 2]);

/// What is known of one direction of a connection.
#[derive(Clone, Copy, Debug, Default)]
struct Sent {
    /// What numbers are counted from: the number of the SYN, where it is shown as it stands.
    base: Option<u32>,
    /// The number behind the highest one.
    next: u32,
    /// The shift in its SYN.
    shift: Option<u8>,
}

/// Puts a capture together.
pub(super) struct Builder {
    out: Vec<u8>,
    sent: HashMap<Way, Sent>,
    count: u16,
    time: i128,
}

impl Builder {
    pub(super) fn new() -> Self {
        let mut out = Vec::new();
        // pcap with nanoseconds, raw IP.
        for word in [0xa1b2_3c4d_u32, 0x0004_0002, 0, 0, 0x0004_0000, 101] {
            out.extend_from_slice(&word.to_le_bytes());
        }
        Self {
            out,
            sent: HashMap::new(),
            count: 0,
            time: 0,
        }
    }

    /// Adds a row.
    pub(super) fn add(&mut self, row: &Row) -> Result<(), Broken> {
        let (header, payload, protocol) = match &row.what {
            What::Tcp(tcp) => (self.tcp(row, tcp)?, tcp.len, 6),
            What::Udp { ports, len } => (udp(*ports, *len), *len, 17),
            What::Other { protocol, info } => {
                let [source, destination] = row.ends;
                let text = format!("\0{source}\0{destination}\0{protocol}\0{info}");
                self.record(row, text.as_bytes(), row.wire_len.unwrap_or(0));
                return Ok(());
            }
        };
        let own = u32::try_from(header.len()).unwrap_or(0);
        let packet = [
            self.ip(row.ends, own.saturating_add(payload), protocol),
            header,
        ]
        .concat();
        let least = u32::try_from(packet.len())
            .unwrap_or(0)
            .saturating_add(payload);
        self.record(row, &packet, row.wire_len.unwrap_or(least).max(least));
        Ok(())
    }

    fn record(&mut self, row: &Row, packet: &[u8], wire_len: u32) {
        self.time = row.time.unwrap_or(self.time);
        let (secs, nanos) = (
            self.time.div_euclid(1_000_000_000),
            self.time.rem_euclid(1_000_000_000),
        );
        let word = |value: i128| u32::try_from(value).unwrap_or(0);
        let len = u32::try_from(packet.len()).unwrap_or(0);
        for word in [word(secs), word(nanos), len, wire_len] {
            self.out.extend_from_slice(&word.to_le_bytes());
        }
        self.out.extend_from_slice(packet);
    }

    fn ip(&mut self, ends: [IpAddr; 2], len: u32, protocol: u8) -> Vec<u8> {
        // No two packets are the same one captured twice, as far as the text tells.
        self.count = self.count.wrapping_add(1);
        match ends {
            [IpAddr::V4(source), IpAddr::V4(destination)] => {
                let total = u16::try_from(len.saturating_add(20)).unwrap_or(u16::MAX);
                let mut out = vec![0x45, 0];
                out.extend_from_slice(&total.to_be_bytes());
                out.extend_from_slice(&self.count.to_be_bytes());
                out.extend_from_slice(&[0x40, 0, 64, protocol, 0, 0]);
                out.extend_from_slice(&source.octets());
                out.extend_from_slice(&destination.octets());
                out
            }
            ends => {
                let six = |end: IpAddr| match end {
                    IpAddr::V4(end) => end.to_ipv6_mapped(),
                    IpAddr::V6(end) => end,
                };
                let len = u16::try_from(len).unwrap_or(u16::MAX);
                let mut out = vec![0x60, 0, 0, 0];
                out.extend_from_slice(&len.to_be_bytes());
                out.extend_from_slice(&[protocol, 64]);
                out.extend(ends.iter().flat_map(|end| six(*end).octets()));
                out
            }
        }
    }

    fn tcp(&mut self, row: &Row, tcp: &Tcp) -> Result<Vec<u8>, Broken> {
        let [source, destination] = row.ends;
        let way: Way = (row.ends, tcp.ports);
        let back: Way = ([destination, source], [tcp.ports[1], tcp.ports[0]]);
        let mut own = self.sent.get(&way).copied().unwrap_or_default();
        let mut other = self.sent.get(&back).copied().unwrap_or_default();
        if tcp.flags.syn() {
            own = Sent {
                shift: tcp.shift,
                base: tcp.seq.filter(|_| !tcp.scaled),
                next: 0,
            };
        } else if !tcp.scaled && own.base.is_none() {
            // tcpdump counts from the first numbers that it sees.
            own.base = Some(tcp.seq.unwrap_or(0));
        }
        if !tcp.scaled && other.base.is_none() && tcp.flags.ack() {
            other.base = Some(tcp.ack.wrapping_sub(1));
        }
        let seq = tcp.seq.map_or(own.next, |seq| absolute(seq, own.base));
        let ack = match tcp.flags.ack() {
            true => absolute(tcp.ack, other.base),
            false => 0,
        };
        let window = match (tcp.flags.syn(), tcp.scaled, own.shift.zip(other.shift)) {
            (false, true, Some((shift, _))) => tcp.window >> shift.min(14),
            _ => tcp.window,
        };
        let window = u16::try_from(window).map_err(|_| Broken::Window)?;
        let ones = u32::from(tcp.flags.syn()) + u32::from(tcp.flags.fin());
        let end = seq.wrapping_add(tcp.len).wrapping_add(ones);
        if tcp.flags.syn() || end.wrapping_sub(own.next).cast_signed() > 0 || own.next == 0 {
            own.next = end;
        }
        self.sent.insert(way, own);
        self.sent.insert(back, other);
        let options = options(tcp, own.base);
        let words = u16::try_from(5 + options.len() / 4).unwrap_or(15);
        let mut out = Vec::new();
        out.extend_from_slice(&tcp.ports[0].to_be_bytes());
        out.extend_from_slice(&tcp.ports[1].to_be_bytes());
        out.extend_from_slice(&seq.to_be_bytes());
        out.extend_from_slice(&ack.to_be_bytes());
        out.extend_from_slice(&((words << 12) | (tcp.flags.0 & 0x1ff)).to_be_bytes());
        out.extend_from_slice(&window.to_be_bytes());
        out.extend_from_slice(&[0; 4]);
        out.extend_from_slice(&options);
        Ok(out)
    }

    /// The capture.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// A number as it stands in the header: one that is counted from `base`, or one that is not.
fn absolute(number: u32, base: Option<u32>) -> u32 {
    match base {
        // With -S, and in a SYN, it lies close behind the base.
        Some(base) if number.wrapping_sub(base) >= number => base.wrapping_add(number),
        _ => number,
    }
}

fn udp(ports: [u16; 2], len: u32) -> Vec<u8> {
    let len = u16::try_from(len.saturating_add(8)).unwrap_or(u16::MAX);
    let words = [ports[0], ports[1], len, 0];
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

fn options(tcp: &Tcp, base: Option<u32>) -> Vec<u8> {
    let mut out = Vec::new();
    if let Some(mss) = tcp.mss {
        out.extend_from_slice(&[2, 4]);
        out.extend_from_slice(&mss.to_be_bytes());
    }
    if tcp.sack_permitted {
        out.extend_from_slice(&[4, 2]);
    }
    if let Some(times) = tcp.times {
        out.extend_from_slice(&[8, 10]);
        out.extend(times.iter().flat_map(|it| it.to_be_bytes()));
    }
    if let Some(shift) = tcp.shift {
        out.extend_from_slice(&[3, 3, shift]);
    }
    let room = 38_usize.saturating_sub(out.len()) / 8;
    let sacks = tcp
        .sacks
        .get(..room.min(tcp.sacks.len()))
        .unwrap_or_default();
    if let Ok(count) = u8::try_from(sacks.len())
        && count > 0
    {
        out.extend_from_slice(&[5, 2 + 8 * count]);
        let numbers = sacks.iter().flatten().map(|it| absolute(*it, base));
        out.extend(numbers.flat_map(u32::to_be_bytes));
    }
    out.resize(out.len().next_multiple_of(4), 1);
    out
}
