//! What the look-ahead of [`crate::analysis::AHEAD`] reads of a conversation's states.

use super::Lifecycle;

impl Lifecycle {
    /// Reads something of every part that a packet changes.
    pub(in crate::analysis) fn touch(&self) -> u64 {
        self.tcp
            .ends
            .both()
            .into_iter()
            .map(|end| u64::from(end.next.0))
            .sum()
    }
}
