//! What is in the captures.

use std::collections::VecDeque;
use std::io::Write;

use super::packets::{ACK, Capture, Ends, FIN, PSH, SYN, Segment};
use super::random::Random;

const SEED: u64 = 1;
const NOISE: [u8; SIZE as usize] = [0x6e; SIZE as usize];
/// The payload of a full segment.
const SIZE: u32 = 1448;

/// Ends that no flow with another number has.
fn ends(number: u64) -> Ends {
    let low = |shift: u32, bits: u32| u32::try_from(number >> shift & ((1 << bits) - 1)).unwrap();
    Ends {
        hosts: [0x0a00_0001 + low(14, 22), 0xc0a8_0001 + low(0, 4)],
        ports: [32_768 + u16::try_from(low(0, 14)).unwrap(), 7],
        ipv6: false,
        vlan: 0,
    }
}

/// Both ends of a TCP connection, with the next number of each.
struct Connection {
    ends: Ends,
    next: [u32; 2],
    step: u32,
}

impl Connection {
    fn new(ends: Ends, random: &mut Random) -> Self {
        let mut number = || u32::try_from(random.next() >> 32).unwrap();
        Self {
            ends,
            next: [number(), number()],
            step: 0,
        }
    }

    fn send(&mut self, from: usize, flags: u8, payload: &[u8], out: &mut Capture<impl Write>) {
        let now = u32::try_from(out.now / 1000).unwrap();
        out.tcp(
            &self.ends,
            &Segment {
                from,
                flags,
                seq: self.next[from],
                ack: if flags & ACK != 0 {
                    self.next[1 - from]
                } else {
                    0
                },
                times: (now, now.saturating_sub(1)),
                sack: None,
                payload,
            },
        );
        let length = u32::try_from(payload.len()).unwrap();
        let counts = u32::from(flags & (SYN | FIN) != 0);
        self.next[from] = self.next[from].wrapping_add(length + counts);
    }

    /// The next packet of a connection with `messages` messages that are sent back, then a close by
    /// the client; false after the last.
    fn echo(&mut self, messages: u32, size: usize, out: &mut Capture<impl Write>) -> bool {
        let (step, data) = (self.step, 3 + 4 * messages);
        self.step += 1;
        match step {
            0 => self.send(0, SYN, &[], out),
            1 => self.send(1, SYN | ACK, &[], out),
            2 => self.send(0, ACK, &[], out),
            _ if step < data => match (step - 3) % 4 {
                0 => self.send(0, PSH | ACK, &NOISE[..size], out),
                2 => self.send(1, PSH | ACK, &NOISE[..size], out),
                1 => self.send(1, ACK, &[], out),
                _ => self.send(0, ACK, &[], out),
            },
            _ => match step - data {
                0 => self.send(0, FIN | ACK, &[], out),
                1 => self.send(1, ACK, &[], out),
                2 => self.send(1, FIN | ACK, &[], out),
                _ => {
                    self.send(0, ACK, &[], out);
                    return false;
                }
            },
        }
        true
    }
}

/// Short echo connections.
pub(crate) fn many(count: u64, open: usize, out: &mut Capture<impl Write>) {
    let random = &mut Random(SEED);
    let mut numbers = 0..count;
    let mut connections: Vec<Connection> = numbers
        .by_ref()
        .take(open)
        .map(|number| Connection::new(ends(number), random))
        .collect();
    while !connections.is_empty() {
        let place = random.below(u32::try_from(connections.len()).unwrap()) as usize;
        out.now += 3;
        if !connections[place].echo(1, 32, out) {
            match numbers.next() {
                Some(number) => connections[place] = Connection::new(ends(number), random),
                None => drop(connections.swap_remove(place)),
            }
        }
    }
}

/// Every kind of flow, interleaved so that a packet rarely follows one of its own flow.
pub(crate) fn mixed(count: u64, open: usize, out: &mut Capture<impl Write>) {
    let random = &mut Random(SEED);
    let mut number = 0;
    let mut flow = |random: &mut Random| {
        let mut ends = ends(number);
        number += 1;
        ends.ipv6 = random.once_in(4);
        ends.vlan = if random.once_in(8) { 42 } else { 0 };
        let kind = random.below(100);
        (
            kind,
            Connection::new(ends, random),
            random.below(16),
            random.below(1400) as usize + 1,
        )
    };
    let mut flows: Vec<_> = (0..open).map(|_| flow(random)).collect();
    let places = u32::try_from(open).unwrap();
    while out.written < count {
        let place = random.below(places) as usize;
        let (kind, connection, messages, size) = &mut flows[place];
        out.now += 2;
        let from = (connection.step % 2) as usize;
        let more = match *kind {
            0..80 => connection.echo(*messages, *size, out),
            80..98 => {
                out.udp(&connection.ends, from, &NOISE[..*size]);
                connection.step += 1;
                connection.step <= 2 * *messages
            }
            98 => {
                connection.ends.ipv6 = false;
                let number = u16::try_from(connection.step / 2).unwrap();
                out.ping(&connection.ends, from, number, &NOISE[..56]);
                connection.step += 1;
                connection.step <= 2 * *messages
            }
            _ => {
                out.arp(&connection.ends, from);
                connection.step += 1;
                connection.step < 2
            }
        };
        if !more {
            flows[place] = flow(random);
        }
    }
}

/// How many segments after the one it acknowledges an ACK is captured.
const LAG: usize = 8;
/// How many segments are sent before a loss is repaired.
const BURST: usize = BURST_PLACES as usize;
const BURST_PLACES: u32 = 32;

/// An acknowledgment on its way.
struct Answer {
    /// The turn of the segment that it answers.
    since: usize,
    ack: u32,
    sack: Option<(u32, u32)>,
}

/// Transfers with full segments. One burst in six loses a segment, half of them before the capture;
/// one in ten has two segments in the wrong order.
pub(crate) fn bulk(count: u64, open: usize, acks: bool, out: &mut Capture<impl Write>) {
    let random = &mut Random(SEED);
    let mut transfers: Vec<Connection> = (0..open as u64)
        .map(|number| Connection::new(ends(number << 14), random))
        .collect();
    for transfer in transfers.iter_mut().filter(|_| acks) {
        for _ in 0..3 {
            transfer.echo(0, 0, out);
        }
    }
    while out.written < count {
        let place = random.below(u32::try_from(open).unwrap()) as usize;
        burst(&mut transfers[place], acks, random, out);
    }
}

fn burst(
    transfer: &mut Connection,
    acks: bool,
    random: &mut Random,
    out: &mut Capture<impl Write>,
) {
    let first = transfer.next[0];
    let at = |place: usize| first.wrapping_add(SIZE * u32::try_from(place).unwrap());
    let anywhere = |random: &mut Random| random.below(BURST_PLACES - 2) as usize;
    let lost = (acks && random.once_in(6)).then(|| anywhere(random));
    let captured = random.once_in(2);
    let mut order: Vec<usize> = (0..BURST).collect();
    if random.once_in(10) {
        let place = anywhere(random);
        order.swap(place, place + 1);
    }
    order.extend(lost);
    let mut arrived = [false; BURST];
    let mut waiting: VecDeque<Answer> = VecDeque::new();
    for (turn, place) in order.into_iter().enumerate() {
        out.now += 12;
        let now = u32::try_from(out.now / 1000).unwrap();
        let segment = |from, seq, ack, sack, payload| Segment {
            from,
            flags: ACK,
            seq,
            ack,
            times: (now, now.saturating_sub(1)),
            sack,
            payload,
        };
        let dropped = lost == Some(place) && turn < BURST;
        if !dropped || captured {
            let data = segment(0, at(place), transfer.next[1], None, &NOISE);
            out.tcp(&transfer.ends, &data);
        }
        arrived[place] |= !dropped;
        let reached = arrived.iter().position(|arrived| !arrived).unwrap_or(BURST);
        let block = (place > reached).then(|| {
            let start = (reached..place).rev().find(|place| !arrived[*place]);
            (at(start.map_or(place, |hole| hole + 1)), at(place + 1))
        });
        if !dropped && (block.is_some() || turn % 2 == 1 || turn >= BURST) {
            waiting.push_back(Answer {
                since: turn,
                ack: at(reached),
                sack: block,
            });
        }
        let due = |answer: &Answer| turn >= answer.since + LAG || turn + 1 >= BURST;
        while acks && waiting.front().is_some_and(due) {
            let Answer { ack, sack, .. } = waiting.pop_front().unwrap();
            out.now += 1;
            let seq = transfer.next[1];
            out.tcp(&transfer.ends, &segment(1, seq, ack, sack, &[]));
        }
    }
    transfer.next[0] = at(BURST);
}

/// SYNs that nobody answers.
pub(crate) fn syns(count: u64, out: &mut Capture<impl Write>) {
    let random = &mut Random(SEED);
    for number in 0..count {
        out.now += 3;
        Connection::new(ends(number), random).send(0, SYN, &[], out);
    }
}
