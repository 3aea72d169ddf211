//! Which of a range of sequence numbers is covered by segments.

/// A union of ranges, counted from the start of what is asked for.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// Apart from each other, in order.
    ranges: Vec<(u32, u32)>,
}

impl Coverage {
    /// Adds a range and says how many numbers of it are new.
    pub(super) fn add(&mut self, start: u32, end: u32) -> u32 {
        let before = self.total();
        let (mut start, mut end) = (start, end);
        self.ranges.retain(|&(a, b)| {
            let apart = b < start || a > end;
            if !apart {
                start = start.min(a);
                end = end.max(b);
            }
            apart
        });
        let place = self.ranges.partition_point(|&(a, _)| a < start);
        self.ranges.insert(place, (start, end));
        self.total().saturating_sub(before)
    }

    /// How many numbers are covered.
    pub(super) fn total(&self) -> u32 {
        self.ranges
            .iter()
            .fold(0u32, |sum, &(a, b)| sum.saturating_add(b.saturating_sub(a)))
    }
}

#[cfg(test)]
mod tests {
    use super::Coverage;

    #[test]
    fn a_number_counts_once() {
        let mut coverage = Coverage::default();
        assert_eq!(coverage.add(10, 20), 10);
        assert_eq!(coverage.add(30, 40), 10);
        assert_eq!(coverage.add(5, 35), 15);
        assert_eq!(coverage.add(12, 38), 0);
        assert_eq!(coverage.total(), 35);
    }
}
