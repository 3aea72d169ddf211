//! The payload of one end as the capture holds it: what is new, what is missing.

use crate::model::seq::Seq;

/// How many holes are remembered; of more, the oldest are taken for filled.
const HOLES: usize = 32;

/// Nothing is as far from the numbers before it as this: the largest window (RFC 7323, 2.3).
const REACH: u32 = 1 << 30;

/// One direction of a conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct Flow {
    next: Option<Seq>,
    /// Ranges of sequence numbers that were passed over, oldest first.
    holes: Vec<(Seq, Seq)>,
}

impl Flow {
    /// Takes `len` bytes from `seq` on and says how many of them were not captured before.
    pub(super) fn take(&mut self, seq: Seq, len: u32) -> u32 {
        let end = seq.plus(len);
        let Some(next) = self.next else {
            self.next = Some(end);
            return len;
        };
        if seq.from_base(next).wrapping_add(REACH) > 2 * REACH {
            self.next = Some(end);
            self.holes.clear();
            return len;
        }
        if seq.after(next) {
            if self.holes.len() == HOLES {
                self.holes.remove(0);
            }
            self.holes.push((next, seq));
            self.next = Some(end);
            return len;
        }
        let mut fresh = 0;
        if end.after(next) {
            fresh = end.from_base(next);
            self.next = Some(end);
        }
        if !self.holes.is_empty() && seq.before(next) {
            fresh += self.fill(seq, if end.after(next) { next } else { end });
        }
        fresh
    }

    /// Notes a number that was used without payload: a SYN.
    pub(super) fn start(&mut self, next: Seq) {
        if self.next.is_none() {
            self.next = Some(next);
        }
    }

    /// How many bytes between `start` and `end` are in no captured segment.
    pub(super) fn missing(&self, start: Seq, end: Seq) -> u32 {
        self.holes
            .iter()
            .map(|hole| overlap(*hole, (start, end)).map_or(0, |(a, b)| b.from_base(a)))
            .fold(0, u32::saturating_add)
    }

    fn fill(&mut self, from: Seq, to: Seq) -> u32 {
        let mut filled = 0u32;
        let mut left = Vec::with_capacity(self.holes.len() + 1);
        for hole in &self.holes {
            match overlap(*hole, (from, to)) {
                None => left.push(*hole),
                Some((a, b)) => {
                    filled = filled.saturating_add(b.from_base(a));
                    if hole.0.before(a) {
                        left.push((hole.0, a));
                    }
                    if b.before(hole.1) {
                        left.push((b, hole.1));
                    }
                }
            }
        }
        left.truncate(HOLES);
        self.holes = left;
        filled
    }
}

fn overlap(a: (Seq, Seq), b: (Seq, Seq)) -> Option<(Seq, Seq)> {
    let start = if a.0.after(b.0) { a.0 } else { b.0 };
    let end = if a.1.before(b.1) { a.1 } else { b.1 };
    start.before(end).then_some((start, end))
}

#[cfg(test)]
mod tests {
    use super::{Flow, Seq};

    #[test]
    fn each_byte_counts_once_and_a_hole_is_missing_until_it_is_filled() {
        let base = Seq(u32::MAX - 9);
        let mut flow = Flow::default();
        flow.start(base);
        assert_eq!(flow.take(base, 5), 5);
        assert_eq!(flow.take(base.plus(15), 5), 5);
        assert_eq!(flow.missing(base, base.plus(20)), 10);
        assert_eq!(flow.take(base.plus(3), 6), 4, "two sent again, four new");
        assert_eq!(flow.missing(base, base.plus(20)), 6);
        assert_eq!(flow.take(base.plus(5), 20), 11);
        assert_eq!(flow.missing(base, base.plus(40)), 0);
        assert_eq!(flow.take(base.plus(3), 22), 0);
    }
}
