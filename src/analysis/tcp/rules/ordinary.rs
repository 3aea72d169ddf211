//! The shorter way for most segments of most captures: those for which no rule can fit are not judged.
//! A debug assertion asks all rules for each of them, in every test.

use super::{AGAINST_LAST, AGAINST_OTHER, SENT_AGAIN, View};
use crate::analysis::tcp::flow::UNKNOWN;
use crate::model::dialect::Dialect;

impl View<'_> {
    /// Goes on where its direction stopped, or opens it, acknowledging nothing unseen, while both
    /// windows are open: most segments of most captures, for which no rule can fit. It is asked
    /// first, so that the rules are asked only where one may.
    #[inline]
    pub(in crate::analysis::tcp) fn fits_no_rule(&self, dialect: Dialect) -> bool {
        let ordinary = self.is_ordinary();
        debug_assert!(!ordinary || self.asks_in_vain(dialect));
        ordinary
    }

    #[inline]
    fn is_ordinary(&self) -> bool {
        let (own, other) = (self.own, self.other);
        let opened = own.next != UNKNOWN;
        let windows = self.window != 0 && other.window != 0;
        let unseen = self.acks_unseen();
        let acked = || self.len > 0 && self.seq.plus(self.len).at_or_before(other.ack);
        if !windows || unseen || self.flags.rst() || (opened && self.seq != own.next) {
            return false;
        }
        if self.counts_one() {
            return !acked();
        }
        let repeats = self.len == 0 && self.ack == own.ack;
        opened && !repeats && !acked() && !self.fills_window()
    }

    /// Whether none of the rules fits, whatever other marks there are; of a segment that is in its
    /// stream.
    fn asks_in_vain(&self, dialect: Dialect) -> bool {
        [&AGAINST_LAST[..], &AGAINST_OTHER, &SENT_AGAIN]
            .into_iter()
            .flatten()
            .all(|rule| !rule.fits(dialect, self))
    }
}
