//! A growing list of frame numbers in fixed memory.

use crate::model::frame::FrameNo;

/// How many runs of consecutive frames are kept apart.
const RUNS: usize = 6;

/// Frame numbers in the order of the capture: the first few runs exactly, of the rest how many
/// there are and which is the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FrameSet {
    runs: [(FrameNo, FrameNo); RUNS],
    used: usize,
    count: u32,
    last: FrameNo,
}

impl FrameSet {
    /// Adds a frame that comes after all others.
    pub(super) fn push(&mut self, frame: FrameNo) {
        self.count = self.count.saturating_add(1);
        let complete = self.complete();
        self.last = frame;
        if let Some((_, end)) = self.runs[..self.used].last_mut()
            && complete
            && end.checked_add(1) == Some(frame)
        {
            *end = frame;
        } else if complete && self.used < RUNS {
            self.runs[self.used] = (frame, frame);
            self.used += 1;
        }
    }

    /// Runs of consecutive frames, first and last of each.
    pub fn runs(&self) -> &[(FrameNo, FrameNo)] {
        &self.runs[..self.used]
    }

    /// Whether the runs hold every frame.
    pub fn complete(&self) -> bool {
        self.runs().last().is_none_or(|(_, end)| *end == self.last)
    }

    /// Whether a frame is in it; of those beyond the runs, whether it can be.
    pub(super) fn contains(&self, frame: FrameNo) -> bool {
        let known = self
            .runs()
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&frame));
        let end = self.runs().last().map_or(0, |(_, last)| *last);
        known || (!self.complete() && end < frame && frame <= self.last)
    }

    /// How many frames there are; saturates.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// The last frame; 0 where there is none.
    pub fn last(&self) -> FrameNo {
        self.last
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

#[cfg(test)]
mod tests {
    use super::FrameSet;

    #[test]
    fn a_list_too_long_to_keep_says_so_and_knows_its_count_and_its_last() {
        let mut frames = FrameSet::default();
        for frame in [1, 2, 3, 7, 9, 11, 13, 15] {
            frames.push(frame);
        }
        assert!(frames.complete());
        assert_eq!(frames.runs()[0], (1, 3));
        for frame in [17, 18, 16_000] {
            frames.push(frame);
        }
        assert!(!frames.complete());
        assert_eq!(
            (frames.count(), frames.last(), frames.runs().len()),
            (11, 16_000, 6)
        );
    }
}
