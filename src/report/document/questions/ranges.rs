//! Which bytes of a direction were captured, each counted once.

use crate::model::seq::Seq;

/// How many ranges apart from each other are told apart.
const RANGES: usize = 64;

/// A union of ranges of sequence numbers, which may go round the circle of 2^32 any number of
/// times.
#[derive(Clone, Debug, Default)]
pub(super) struct Ranges {
    /// Apart from each other, in order, from the first number on; those below it are negative.
    list: Vec<(i64, i64)>,
    /// The number after the highest one, as it stands and from the first number on.
    highest: Option<(Seq, i64)>,
    /// There were more ranges than are told apart.
    pub(super) crowded: bool,
}

impl Ranges {
    /// Adds `len` bytes from `start` on and says how many of them are new.
    pub(super) fn add(&mut self, start: Seq, len: u32) -> u32 {
        let (seq, at) = self.highest.unwrap_or((start, 0));
        let start = at + i64::from(start.from_base(seq).cast_signed());
        let end = start + i64::from(len);
        if self.highest.is_none_or(|(_, at)| end > at) {
            let past = u32::try_from(end - at).unwrap_or(0);
            self.highest = Some((seq.plus(past), end));
        }
        if let Some(last) = self.list.last_mut().filter(|last| last.1 == start) {
            last.1 = end;
            return len;
        }
        let (mut low, mut high, mut held) = (start, end, 0);
        self.list.retain(|&(a, b)| {
            let apart = b < start || a > end;
            if !apart {
                held += b.min(end) - a.max(start);
                low = low.min(a);
                high = high.max(b);
            }
            apart
        });
        let place = self.list.partition_point(|&(a, _)| a < low);
        self.list.insert(place, (low, high));
        if self.list.len() > RANGES {
            self.list.remove(0);
            self.crowded = true;
        }
        len.saturating_sub(u32::try_from(held).unwrap_or(len))
    }
}

#[cfg(test)]
mod tests {
    use super::{Ranges, Seq};

    #[test]
    fn a_byte_counts_once_wherever_it_comes() {
        let base = Seq(u32::MAX - 9);
        let mut ranges = Ranges::default();
        assert_eq!(ranges.add(base.plus(20), 10), 10);
        assert_eq!(ranges.add(base, 5), 5, "below the first");
        assert_eq!(ranges.add(base.plus(3), 20), 15, "2 and 3 of them again");
        assert_eq!(ranges.add(base, 30), 0);
        assert_eq!(ranges.add(base.plus(30), 7), 7);
        assert!(!ranges.crowded);
    }
}
