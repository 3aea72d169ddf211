//! When a capture ends.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use super::signals::Signal;
use super::signals::Signals;

/// The conditions that end a capture; the first one that holds does. None of them needs a frame
/// to arrive.
///
/// A condition on what was captured ("until the connection is closed") belongs to the one who
/// looks at the frames: it answers `Break`.
#[derive(Default)]
pub struct Stop<'a> {
    pub(super) count: Option<u64>,
    pub(super) duration: Option<Duration>,
    pub(super) silence: Option<Duration>,
    pub(super) signals: Option<&'a mut Signals>,
    pub(super) finished: Option<Pin<Box<dyn Future<Output = ()> + Send + 'a>>>,
}

/// What ended a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StopReason {
    /// As many frames as were wanted.
    Count,
    /// The time is over.
    Duration,
    /// No frame for as long as was allowed.
    Silence,
    /// Ctrl-C or a request to end.
    Signal(Signal),
    /// What ran beside the capture has finished.
    Finished,
    /// The one who looked at the frames answered `Break`.
    Asked,
}

impl<'a> Stop<'a> {
    /// No condition: goes on until `Break` is answered.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends after `frames` frames.
    #[must_use]
    pub fn count(mut self, frames: u64) -> Self {
        self.count = Some(frames);
        self
    }

    /// Ends when `duration` has passed since the run began.
    #[must_use]
    pub fn after(mut self, duration: Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Ends when no frame came for `silence`.
    #[must_use]
    pub fn silence(mut self, silence: Duration) -> Self {
        self.silence = Some(silence);
        self
    }

    /// Ends at Ctrl-C or a request to end.
    #[must_use]
    pub fn signals(mut self, signals: &'a mut Signals) -> Self {
        self.signals = Some(signals);
        self
    }

    /// Ends when `finished` is ready. It runs beside the capture, in the same task.
    #[must_use]
    pub fn when(mut self, finished: impl Future<Output = ()> + Send + 'a) -> Self {
        self.finished = Some(Box::pin(finished));
        self
    }
}

impl fmt::Debug for Stop<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stop")
            .field("count", &self.count)
            .field("duration", &self.duration)
            .field("silence", &self.silence)
            .field("signals", &self.signals.is_some())
            .field("finished", &self.finished.is_some())
            .finish()
    }
}
