//! Losses on purpose, the same again for the same seed.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Decides which datagrams are dropped.
#[derive(Debug)]
pub(in crate::exercises) struct Loss {
    probability: f64,
    state: u64,
}

impl Loss {
    /// Drops with `probability` (0 to 1; what lies outside is the nearer end). Without a seed,
    /// each run differs.
    pub(in crate::exercises) fn new(probability: f64, seed: Option<u64>) -> Self {
        let state = seed.unwrap_or_else(|| RandomState::new().build_hasher().finish());
        Self { probability, state }
    }

    /// Whether the next one is dropped.
    pub(in crate::exercises) fn drops(&mut self) -> bool {
        // The upper half of the bits; the quotient is at least 0 and below 1.
        let random = u32::try_from(self.next() >> 32).unwrap_or(u32::MAX);
        f64::from(random) / (f64::from(u32::MAX) + 1.0) < self.probability
    }

    /// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
    /// 2014).
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_as_asked_and_a_seed_repeats_it() {
        let run = |probability, seed| -> Vec<bool> {
            let mut loss = Loss::new(probability, Some(seed));
            (0..11_000).map(|_| loss.drops()).collect()
        };
        let lost = |drops: &[bool]| drops.iter().filter(|it| **it).count();
        let standard = run(4.0 / 11.0, 7);
        assert!(
            (3850..4150).contains(&lost(&standard)),
            "{}",
            lost(&standard)
        );
        assert_eq!(standard, run(4.0 / 11.0, 7));
        assert_ne!(standard, run(4.0 / 11.0, 8));
        assert_eq!((lost(&run(0.0, 1)), lost(&run(1.0, 1))), (0, 11_000));
    }
}
