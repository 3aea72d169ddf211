//! The shorter way does what the full way does, segment for segment.

use super::super::meaning::Meaning;
use super::super::phase::Phase;
use super::super::segment::in_full;
use super::super::{Segment, Tcp};
use super::{calls, phase};
use crate::analysis::tcp::marks::Marks;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpFlags;

/// A small generator with a seed (xorshift64*), so that a failure can be made again.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        u32::try_from(high).unwrap_or(0) % limit
    }

    /// True once in `of` times.
    fn once_in(&mut self, of: u32) -> bool {
        self.below(of) == 0
    }
}

/// The next segment of a story between two ends whose next numbers are `next`: mostly data and ACKs
/// in order, and everything that may come between.
fn next(random: &mut Random, next: &mut [u32; 2], from: usize) -> Segment {
    let mut segment = Segment {
        flags: TcpFlags::ACK,
        seq: Seq(next[from]),
        ack: Seq(next[1 - from]),
        len: random.below(2) * (1 + random.below(100)),
        shut: random.once_in(30),
        marks: Marks::default(),
        about_window: random.once_in(40),
        window: None,
    };
    match random.below(60) {
        0 => segment.flags = TcpFlags::SYN,
        1 => segment.flags = TcpFlags::SYN.with(TcpFlags::ACK),
        2 => segment.flags = TcpFlags::FIN.with(TcpFlags::ACK),
        3 => segment.flags = TcpFlags::RST.with(TcpFlags::ACK),
        4..7 => {
            segment.seq = Seq(next[from].wrapping_sub(1));
            segment.len = random.below(2);
            segment.marks = Marks::KEEP_ALIVE;
        }
        7 => segment.marks = Marks::KEEP_ALIVE_ACK,
        8..10 => {
            segment.seq = Seq(next[from].wrapping_sub(50));
            segment.len = 50;
            segment.marks = Marks::RETRANSMISSION;
        }
        10 => (segment.len, segment.marks) = (1, Marks::ZERO_WINDOW_PROBE),
        11 => segment.ack = Seq(next[1 - from].wrapping_add(10)),
        12 => segment.seq = Seq(next[from].wrapping_add(500)),
        13 => segment.ack = Seq(next[1 - from].wrapping_sub(60)),
        14 if random.once_in(20) => segment.seq = Seq(next[from] ^ 0x8000_0000),
        _ => {}
    }
    let counted = u32::from(segment.flags.syn()) + u32::from(segment.flags.fin());
    let end = segment.seq.0.wrapping_add(segment.len + counted);
    if end.wrapping_sub(next[from]) < 1 << 30 {
        next[from] = end;
    }
    segment
}

#[test]
fn the_shorter_way_does_what_the_full_way_does() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut shorter, mut called) = (0, 0);
    for _ in 0..3_000 {
        let (mut one, mut other) = (Tcp::default(), Tcp::default());
        let mut numbers = [1_000, u32::MAX - 200];
        let handshake = !random.once_in(3);
        for frame in 1..60 {
            let from = match frame {
                1..=3 => usize::from(frame == 2),
                _ => usize::try_from(random.below(2)).unwrap_or(0),
            };
            let mut segment = next(&mut random, &mut numbers, from);
            if handshake && frame <= 3 {
                // Three segments that open the connection.
                let flags = [
                    TcpFlags::SYN,
                    TcpFlags::SYN.with(TcpFlags::ACK),
                    TcpFlags::ACK,
                ];
                numbers = [1_000 + frame.min(2) / 2, u32::MAX - 200 + frame / 3];
                segment = Segment {
                    flags: flags[usize::try_from(frame - 1).unwrap_or(0)],
                    seq: Seq(numbers[from]),
                    ack: Seq(numbers[1 - from]),
                    len: 0,
                    shut: false,
                    marks: Marks::default(),
                    about_window: false,
                    window: None,
                };
                numbers = [1_001, (u32::MAX - 200).wrapping_add(u32::from(frame >= 2))];
            }
            let side = [Side::First, Side::Second][from];
            let quick = phase(&mut one, side, &segment);
            shorter += u32::from(quick.is_some());
            let quick = match quick {
                Some(phase) => Meaning::plain(phase),
                None if calls(&mut one, frame, side, &segment) => {
                    called += 1;
                    Meaning::plain(Phase::Handshake)
                }
                None => in_full(&mut one, frame, side, &segment),
            };
            let full = in_full(&mut other, frame, side, &segment);
            if frame == 1 {
                assert_eq!(format!("{one:?}"), format!("{other:?}"), "{segment:?}");
            }
            assert_eq!(
                (format!("{quick:?}"), shown(&one)),
                (format!("{full:?}"), shown(&other)),
                "packet {frame}, {segment:?}"
            );
        }
    }
    assert!(shorter > 10_000, "only {shorter} segments were ordinary");
    assert!(called > 1_000, "only {called} SYNs were the first");
}

/// What is known, without the latest segments: they count only until both ends are open.
fn shown(tcp: &Tcp) -> String {
    let mut tcp = tcp.clone();
    for end in tcp.ends.both_mut() {
        end.latest = None;
    }
    format!("{tcp:?}")
}
