//! The shortcuts of the list against a plain walk.

use super::*;

/// tshark's list, newest first, walked as it is.
#[derive(Default)]
struct Plain(Vec<Sent>);

impl Plain {
    fn acknowledge(&mut self, ack: Seq, parts: bool) -> Option<FrameNo> {
        let mut measured = None;
        self.0.retain_mut(|sent| {
            if ack == sent.end {
                measured = Some(sent.frame);
                return false;
            }
            if ack.after(sent.start) && ack.at_or_before(sent.end) {
                if parts {
                    measured = Some(sent.frame);
                }
                sent.start = ack;
                return true;
            }
            sent.end.after(ack)
        });
        measured
    }

    fn run_from(&self, start: Seq) -> Option<Seq> {
        let (mut left, mut right) = self.0.first().map(|sent| (sent.start, sent.end))?;
        for sent in self.0.iter().filter(|sent| !sent.start.before(start)) {
            if sent.end != left {
                right = sent.end;
            }
            left = sent.start;
        }
        (left == start && right.after(start)).then_some(right)
    }

    fn span(&self, base: Seq) -> u32 {
        let first = self.0.iter().map(|sent| sent.start.from_base(base)).min();
        let last = self.0.iter().map(|sent| sent.end.from_base(base)).max();
        last.unwrap_or(0).wrapping_sub(first.unwrap_or(0))
    }
}

struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u32) -> u32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        u32::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

#[test]
fn shortcuts_find_what_a_plain_walk_finds() {
    for seed in 0..60 {
        let mut dice = Dice(seed);
        let dialect = [Dialect::V4_4, Dialect::V4_0][usize::from(seed % 2 != 0)];
        let mut pool = Pool::default();
        let mut base = Seq(dice.below(u32::MAX >> 1).wrapping_mul(2).wrapping_sub(50));
        let (mut list, mut plain) = (Unacked::default(), Plain::default());
        let (mut next, mut acked, mut last_ack) = (base.plus(1), base.plus(1), Seq(0));
        for frame in 1..2_000 {
            match dice.below(12) {
                0..6 => {
                    let len = 1 + dice.below(9);
                    let start = match dice.below(8) {
                        0 => next.minus(dice.below(60)),
                        1 => next.plus(dice.below(60)),
                        2 if seed % 3 == 0 => next.plus(dice.below(u32::MAX >> 1) << 1),
                        _ => next,
                    };
                    let end = start.plus(len);
                    let time = Nanos::ZERO;
                    let sent = Sent {
                        frame,
                        start,
                        end,
                        time,
                    };
                    pool.push(&mut list, base, sent);
                    plain.0.insert(0, sent);
                    if start == next {
                        next = end;
                    }
                }
                6 if seed % 5 == 0 => {
                    let old = base;
                    base = base.plus(dice.below(100));
                    pool.rebase(&mut list, old, base);
                }
                _ => {
                    let window = next.from_base(acked).min(40) + 1;
                    let ack = match dice.below(10) {
                        0 => acked.minus(dice.below(30)),
                        1 if seed % 3 == 0 => Seq(dice.below(u32::MAX >> 1) << 1),
                        2..5 => last_ack,
                        _ => acked.plus(dice.below(window)),
                    };
                    let again = ack == last_ack;
                    let got = pool.acknowledge(&mut list, base, ack, again, dialect);
                    assert_eq!(
                        got.map(|sent| sent.frame),
                        plain.acknowledge(ack, dialect.part_acked_measures()),
                        "{seed} {frame}"
                    );
                    last_ack = ack;
                    if ack.after(acked) && ack.at_or_before(next) {
                        acked = ack;
                    }
                }
            }
            assert_eq!(usize::from(list.count), plain.0.len(), "{seed} {frame}");
            let from = acked.plus(dice.below(20));
            let wanted = |sent: &Sent| !sent.start.before(from);
            let oldest = plain.0.iter().rev().find(|sent| wanted(sent));
            assert_eq!(
                pool.find_oldest(&list, base, wanted).map(|sent| sent.frame),
                oldest.map(|sent| sent.frame),
                "{seed} {frame}"
            );
            let run = pool.run_from(&list, base, from);
            assert_eq!(run, plain.run_from(from), "{seed} {frame}");
            if !list.is_empty() {
                assert_eq!(list.span(), plain.span(base), "{seed} {frame}");
            }
        }
    }
}

#[test]
fn places_are_used_again() {
    let mut pool = Pool::default();
    let mut list = Unacked::default();
    let push = |list: &mut Unacked, pool: &mut Pool, frame: u32| {
        let start = Seq(frame * 10);
        let sent = Sent {
            frame,
            start,
            end: start.plus(10),
            time: Nanos::ZERO,
        };
        pool.push(list, Seq(0), sent);
        sent.end
    };
    for frame in 1..1_000 {
        let end = push(&mut list, &mut pool, frame);
        assert!(
            pool.acknowledge(&mut list, Seq(0), end, false, Dialect::V4_0)
                .is_some()
        );
    }
    assert_eq!(
        pool.nodes.len(),
        0,
        "a segment that is alone needs no place"
    );
    for frame in 1_000..2_000 {
        push(&mut list, &mut pool, 2 * frame);
        let end = push(&mut list, &mut pool, 2 * frame + 1);
        assert!(
            pool.acknowledge(&mut list, Seq(0), end, false, Dialect::V4_0)
                .is_some()
        );
    }
    assert_eq!(pool.nodes.len(), 2);
}
