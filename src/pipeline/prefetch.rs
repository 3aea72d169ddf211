//! The look-ahead of verbs that read a file at full speed: now and then, memory that the analysis
//! will need for the frames that follow is fetched before they come (see
//! [`crate::analysis::AHEAD`]). Rows do not depend on it; a test reads captures with it and without.

use super::Pipeline;
use crate::analysis::AHEAD;
use crate::decode;
use crate::model::frame::Frame;

/// When the next look is due.
#[derive(Debug, Default)]
pub(super) struct Prefetch {
    /// How many frames come before it.
    wait: u32,
}

impl Pipeline {
    /// Prefetches the conversations of the next frames and returns whether it did. To be called before
    /// each frame with what follows, as far as it is known.
    #[inline]
    pub fn prefetch<'a, I>(&mut self, upcoming: impl FnOnce() -> I) -> bool
    where
        I: Iterator<Item = Frame<'a>>,
    {
        if self.prefetch.wait > 0 {
            self.prefetch.wait -= 1;
            return false;
        }
        self.prefetch.wait = AHEAD - 1;
        let pays = self.analyzer.scattered();
        if pays {
            let upcoming = upcoming().take(AHEAD as usize);
            self.analyzer
                .fetch(upcoming.filter_map(|frame| decode::likely_ends(&frame)));
        }
        pays
    }
}
