//! What the look-ahead of [`crate::analysis::AHEAD`] reads of unacknowledged segments.

use super::{NONE, Pool, Unacked};

impl Pool {
    /// Reads something of the segments at both ends of a list.
    pub(in crate::analysis::tcp) fn touch(&self, list: &Unacked) -> u64 {
        u64::from(self.newer(list.oldest) ^ self.newer(list.newest))
    }

    /// Reads something of the segment behind the oldest one: an acknowledgment that covers two
    /// looks at both.
    pub(in crate::analysis::tcp) fn touch_second(&self, list: &Unacked) -> u64 {
        u64::from(self.newer(self.newer(list.oldest)))
    }

    /// What stands behind the segment at `at`. Where there is none, that of any other segment:
    /// whether there is one cannot be guessed ahead, and a wrong guess of the processor costs more
    /// than a look at the wrong one.
    fn newer(&self, at: u32) -> u32 {
        let last = self.nodes.len().saturating_sub(1);
        let at = usize::try_from(at).unwrap_or(usize::MAX).min(last);
        self.nodes.get(at).map_or(NONE, |node| node.newer)
    }
}
