//! Payload per time, in bins that grow with the capture.

use crate::model::time::Nanos;

/// Bins that are kept at most while rows come in.
const MOST: usize = 2_000;
/// Bins that are drawn at most.
const DRAWN: usize = 120;

/// The payload of both ends, bin by bin.
#[derive(Clone, Debug)]
pub(super) struct Bins {
    /// The length of a bin in nanoseconds, a power of ten.
    width: i64,
    bytes: Vec<[u64; 2]>,
}

impl Default for Bins {
    fn default() -> Self {
        Self {
            width: 1_000,
            bytes: Vec::new(),
        }
    }
}

impl Bins {
    /// Counts payload of an end at a time since the first packet. A time before that counts as it.
    pub(super) fn push(&mut self, time: Nanos, from: usize, bytes: u32) {
        let mut bin = self.bin(time);
        while bin >= MOST {
            self.widen(10);
            bin = self.bin(time);
        }
        if bin >= self.bytes.len() {
            self.bytes.resize(bin + 1, [0; 2]);
        }
        if let Some(count) = self.bytes.get_mut(bin).and_then(|bin| bin.get_mut(from)) {
            *count = count.saturating_add(u64::from(bytes));
        }
    }

    fn bin(&self, time: Nanos) -> usize {
        usize::try_from(time.0.max(0) / self.width).unwrap_or(usize::MAX)
    }

    /// Joins each `by` bins.
    fn widen(&mut self, by: usize) {
        self.width = self
            .width
            .saturating_mul(i64::try_from(by).unwrap_or(i64::MAX));
        self.bytes = self
            .bytes
            .chunks(by)
            .map(|bins| {
                bins.iter().fold([0, 0], |[a, b]: [u64; 2], [c, d]| {
                    [a.saturating_add(*c), b.saturating_add(*d)]
                })
            })
            .collect();
    }

    /// Ends counting: as few bins as are drawn, their length 1, 2 or 5 times a power of ten.
    /// Gives that length and the bins; they reach to the last packet at `end`.
    pub(super) fn finish(mut self, end: Nanos) -> (Nanos, Vec<[u64; 2]>) {
        self.push(end, 0, 0);
        let mut factors = [2, 5, 10, 20, 50].into_iter();
        let count = self.bytes.len();
        if count > DRAWN {
            let by = factors.find(|by| count.div_ceil(*by) <= DRAWN);
            self.widen(by.unwrap_or(50));
        }
        (Nanos(self.width), self.bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::Bins;
    use crate::model::time::Nanos;

    #[test]
    fn bins_grow_in_round_steps_and_lose_no_byte() {
        let mut bins = Bins::default();
        for second in 0..3_600 {
            bins.push(Nanos(second * 1_000_000_000), 0, 10);
            bins.push(Nanos(second * 1_000_000_000 + 5), 1, 1);
        }
        let (width, bytes) = bins.finish(Nanos(3_600 * 1_000_000_000));
        assert_eq!(width, Nanos(50_000_000_000));
        assert_eq!(bytes.len(), 73);
        assert_eq!(bytes[0], [500, 50]);
        let sum = |end: usize| bytes.iter().map(|bin| bin[end]).sum::<u64>();
        assert_eq!([sum(0), sum(1)], [36_000, 3_600]);
    }

    #[test]
    fn a_short_exchange_has_short_bins() {
        let mut bins = Bins::default();
        bins.push(Nanos(-4), 0, 7);
        bins.push(Nanos(99_500), 1, 7);
        let (width, bytes) = bins.finish(Nanos(99_900));
        assert_eq!((width, bytes.len()), (Nanos(1_000), 100));
        assert_eq!((bytes[0], bytes[99]), ([7, 0], [0, 7]));
    }
}
