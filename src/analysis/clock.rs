//! The capture's own clock: every shown time is a difference of frame times.

use crate::model::time::{Nanos, Span, Timestamp};

/// The times of one row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowTimes {
    /// The frame's own time; `None` where the capture holds none.
    pub absolute: Option<Timestamp>,
    /// Since the first frame of the capture. Where the first frame has no time, since 1970, as
    /// tshark shows it.
    pub relative: Option<Span>,
    /// Since the frame before it in the capture.
    pub since_previous: Option<Span>,
    /// Since the row shown before it; the same as `since_previous` until whoever leaves out rows
    /// sets it.
    pub since_displayed: Option<Span>,
}

/// Remembers the first and the previous frame's time.
#[derive(Debug, Default)]
pub struct Clock {
    started: bool,
    first: Timestamp,
    previous: Option<Timestamp>,
}

impl Clock {
    /// Begins with the first frame, captured at `now`.
    pub(super) fn start(&mut self, now: Option<Timestamp>) {
        if !self.started {
            self.started = true;
            self.first = now.unwrap_or_default();
        }
    }

    /// The times of the next frame, captured at `now`.
    pub fn tick(&mut self, now: Option<Timestamp>) -> RowTimes {
        self.start(now);
        let Some(now) = now else {
            return RowTimes::default();
        };
        let since_previous = now.since(self.previous.unwrap_or(now));
        self.previous = Some(now);
        RowTimes {
            absolute: Some(now),
            relative: Some(now.since(self.first)),
            since_previous: Some(since_previous),
            since_displayed: Some(since_previous),
        }
    }

    /// The time since the first frame of a frame captured at `now`; a frame without a time counts
    /// as captured in 1970, as in tshark.
    pub(super) fn elapsed(&self, now: Option<Timestamp>) -> Nanos {
        Nanos(now.unwrap_or_default().since(self.first).nanos_clamped())
    }
}
