//! A frame and its time.

use crate::model::frame::FrameNo;
use crate::model::time::Nanos;

/// A frame and its time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The frame.
    pub frame: FrameNo,
    /// Since the first frame of the capture; `None` where the capture does not say.
    pub time: Option<Nanos>,
}

impl Moment {
    /// How long after `earlier`, in nanoseconds; `None` where the times do not say, or say that
    /// it was before.
    pub fn since(self, earlier: Moment) -> Option<i64> {
        let span = self.time?.0.checked_sub(earlier.time?.0)?;
        (span >= 0).then_some(span)
    }
}
