//! Which bytes of a direction were captured, each counted once.

/// How many ranges apart from each other are told apart; of more, the oldest hole counts as filled.
const RANGES: usize = 128;

/// A union of ranges of places on a [`Line`](super::line::Line).
#[derive(Clone, Debug, Default)]
pub struct Ranges {
    /// Apart from each other, in order.
    list: Vec<(i64, i64)>,
    total: u64,
    /// There were more ranges than are told apart.
    pub crowded: bool,
}

impl Ranges {
    /// Adds the places from `start` up to but without `end` and says how many of them are new.
    pub(super) fn add(&mut self, start: i64, end: i64) -> u64 {
        if end <= start {
            return 0;
        }
        if let Some(last) = self.list.last_mut().filter(|last| last.1 == start) {
            last.1 = end;
            let new = size(end - start);
            self.total = self.total.saturating_add(new);
            return new;
        }
        let held = self.held(start, end);
        let first = self.list.partition_point(|&(_, b)| b < start);
        let past = self.list.partition_point(|&(a, _)| a <= end);
        let mut whole = (start, end);
        for (a, b) in self.list.drain(first..past) {
            whole = (whole.0.min(a), whole.1.max(b));
        }
        self.list.insert(first, whole);
        if self.list.len() > RANGES {
            let (from, _) = self.list.remove(0);
            self.list[0].0 = from;
            self.crowded = true;
        }
        let new = size(end - start).saturating_sub(held);
        self.total = self.total.saturating_add(new);
        new
    }

    /// How many places of a range are captured.
    pub fn held(&self, start: i64, end: i64) -> u64 {
        let first = self.list.partition_point(|&(_, b)| b <= start);
        let within = self.list.iter().skip(first).take_while(|it| it.0 < end);
        within.fold(0, |sum, &(a, b)| sum + size(b.min(end) - a.max(start)))
    }

    /// How many places of a range are not captured.
    pub fn missing(&self, start: i64, end: i64) -> u64 {
        size(end - start).saturating_sub(self.held(start, end))
    }

    /// How many places there are.
    pub fn total(&self) -> u64 {
        self.total
    }
}

fn size(span: i64) -> u64 {
    u64::try_from(span).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{RANGES, Ranges};

    #[test]
    fn a_byte_counts_once_wherever_it_comes() {
        let mut ranges = Ranges::default();
        assert_eq!(ranges.add(20, 30), 10);
        assert_eq!(ranges.add(-5, 0), 5, "below the first");
        assert_eq!(ranges.add(-2, 23), 20, "0 to 19 are new");
        assert_eq!(ranges.add(-5, 30), 0);
        assert_eq!(ranges.add(30, 37), 7);
        assert_eq!(ranges.add(1 << 40, (1 << 40) + 1), 1);
        assert_eq!((ranges.total(), ranges.missing(35, 40)), (43, 3));
        assert!(!ranges.crowded);
    }

    #[test]
    fn too_many_holes_fill_from_the_oldest_on() {
        let mut ranges = Ranges::default();
        for place in (0..).step_by(2).take(RANGES + 1) {
            assert_eq!(ranges.add(place, place + 1), 1);
        }
        assert!(ranges.crowded);
        assert_eq!(ranges.add(1, 2), 0, "the oldest hole");
        assert_eq!(ranges.add(3, 4), 1);
    }
}
