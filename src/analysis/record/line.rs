//! Sequence numbers of one end on a line, so that they can be compared however far a transfer goes.

use crate::model::seq::Seq;

/// Nothing is as far from the numbers before it as this: the largest window (RFC 7323, 2.3).
const REACH: i64 = 1 << 30;

/// The circle of 2^32 as a line. The number shown as 0 stands at 0, what lies before it below.
#[derive(Clone, Copy, Debug, Default)]
pub struct Line {
    /// A number near the latest ones, and its place.
    known: Option<(Seq, i64)>,
}

impl Line {
    /// The place of a number; `None` before the first one.
    pub fn place(&self, seq: Seq) -> Option<i64> {
        let (known, at) = self.known?;
        Some(at + i64::from(seq.from_base(known).cast_signed()))
    }

    /// The place of a number; the first one stands where it is shown.
    pub(super) fn place_or(&mut self, seq: Seq, shown: u32) -> i64 {
        self.place(seq).unwrap_or_else(|| {
            let at = i64::from(shown.cast_signed());
            self.known = Some((seq, at));
            at
        })
    }

    /// Begins anew with a number, beyond everything so far: another connection between the same
    /// ports.
    pub(super) fn restart(&mut self, seq: Seq, shown: u32) {
        let round = self.known.map_or(0, |(_, at)| at.div_euclid(1 << 32) + 1);
        self.known = Some((seq, round * (1 << 32) + i64::from(shown)));
    }

    /// Goes on to a number, so that those that follow are near.
    pub(super) fn advance(&mut self, to: i64) {
        if let Some((seq, at)) = &mut self.known
            && to > *at
        {
            *seq = seq.plus(low(to - *at));
            *at = to;
        }
    }

    /// Whether a place is too far from the latest numbers to belong to them.
    pub(super) fn far(&self, place: i64) -> bool {
        self.known
            .is_some_and(|(_, at)| !(-REACH..=REACH).contains(&(place - at)))
    }
}

/// A place modulo 2^32: the number as it is shown.
pub fn low(place: i64) -> u32 {
    u32::try_from(place.rem_euclid(1 << 32)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Line, Seq, low};

    #[test]
    fn places_go_on_where_numbers_start_again() {
        let mut line = Line::default();
        assert_eq!(line.place(Seq(7)), None);
        assert_eq!(line.place_or(Seq(u32::MAX), 0), 0);
        line.advance(1 << 30);
        line.advance(3 << 30);
        line.advance(5 << 30);
        assert_eq!(
            line.place(Seq(u32::MAX.wrapping_add(1 << 30))),
            Some(5 << 30)
        );
        assert_eq!(low(5 << 30), 1 << 30);
        assert!(line.far(3 << 30) && !line.far((5 << 30) + 9));
        assert_eq!(low(-1), u32::MAX);
        line.restart(Seq(99), 0);
        assert_eq!(line.place(Seq(100)), Some((2 << 32) + 1));
    }
}
