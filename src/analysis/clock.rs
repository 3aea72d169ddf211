//! The capture's own clock: every shown time is a difference of frame times.

use crate::model::dialect::Dialect;
use crate::model::time::{Nanos, Span, Timestamp};

/// The times of one row. It keeps what they are counted from: most are never asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowTimes {
    /// The frame's own time; `None` where the capture holds none.
    pub absolute: Option<Timestamp>,
    /// The time of the first frame of the capture that has one. In 4.0 it was that of the first
    /// frame, 1970 where that had none. `None` where there is no such frame yet.
    pub first: Option<Timestamp>,
    /// The time of the frame before it in the capture, if one has a time.
    pub previous: Option<Timestamp>,
    /// The time of the row shown before it; the same as `previous` until whoever leaves out rows
    /// sets it.
    pub displayed: Option<Timestamp>,
    /// Says how a fraction of a second that is none is told
    /// ([`Dialect::tells_broken_fraction`]).
    pub dialect: Dialect,
}

impl RowTimes {
    /// The time since the first frame of the capture.
    pub fn relative(&self) -> Option<Span> {
        Some(self.absolute?.since(self.first?))
    }
}

/// Remembers the first and the previous frame's time.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    started: bool,
    dialect: Dialect,
    first: Timestamp,
    /// 1970, counted from the first frame.
    epoch: Nanos,
    previous: Option<Timestamp>,
}

impl Clock {
    /// A clock that follows `dialect`.
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            ..Self::default()
        }
    }

    /// Begins with the first frame, captured at `now`.
    pub(super) fn start(&mut self, now: Option<Timestamp>) {
        if !self.started {
            self.started = now.is_some() || !self.dialect.starts_at_first_time();
            self.first = now.unwrap_or_default();
            self.epoch = self.elapsed(None);
        }
    }

    /// The times of the next frame, captured at `now`.
    pub fn tick(&mut self, now: Option<Timestamp>) -> RowTimes {
        self.start(now);
        let times = RowTimes {
            absolute: now,
            first: Some(self.first),
            previous: self.previous,
            displayed: self.previous,
            dialect: self.dialect,
        };
        self.previous = now.or(self.previous);
        times
    }

    /// The time since the first frame of a frame captured at `now`; a frame without a time counts
    /// as captured in 1970, as in tshark.
    #[inline]
    pub(super) fn elapsed(&self, now: Option<Timestamp>) -> Nanos {
        now.unwrap_or_default().since_wrapped(self.first)
    }

    /// 1970, counted from the first frame.
    #[inline]
    pub(super) fn epoch(&self) -> Nanos {
        self.epoch
    }

    /// The era of that time, as [`Timestamp::era_since`] counts them.
    #[inline]
    pub(super) fn era(&self, now: Option<Timestamp>) -> i32 {
        now.unwrap_or_default().era_since(self.first)
    }
}
