//! Lending frames until a stop condition holds.

use std::future::pending;
use std::ops::ControlFlow;
use std::time::Duration;

use tokio::time::Instant;
use tokio::time::sleep_until;
use tokio::time::timeout;

use super::LiveSource;
use super::error::LiveError;
use super::stop::Stop;
use super::stop::StopReason;
use crate::model::frame::Frame;
use crate::model::time::Timestamp;

/// Frames lent between two looks at the stop conditions.
const BATCH: usize = 1024;
/// How long frames sent before the end may be on their way to the capture's buffer.
const GRACE: Duration = Duration::from_millis(2);
/// No frame for this long, and none is on its way: many times the kernel's own timeout.
const QUIET: Duration = Duration::from_millis(50);
/// A drain never takes longer.
const DRAIN_LIMIT: Duration = Duration::from_secs(1);

/// What happens in a capture.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// A frame, in the order of the capture.
    Frame(Frame<'a>),
    /// No frame waits: what was held back for speed can be shown now.
    Idle,
}

impl LiveSource {
    /// Lends every frame to `each` until a condition of `stop` holds or `each` answers `Break`.
    ///
    /// A frame that was sent before the end is lent, even where the kernel had not handed it over
    /// yet. The run can be followed by another one: no frame between them is lost.
    ///
    /// # Errors
    /// [`LiveError`] where the interface is gone.
    pub async fn run(
        &mut self,
        mut stop: Stop<'_>,
        mut each: impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<StopReason, LiveError> {
        // What lies beyond the end of the clock never comes.
        let after = |length: Option<Duration>| Instant::now().checked_add(length?);
        let deadline = after(stop.duration);
        let mut left = stop.count.unwrap_or(u64::MAX);
        let mut silence_ends = after(stop.silence);
        let reason = loop {
            if left == 0 {
                return Ok(StopReason::Count);
            }
            let batch = tokio::select! {
                biased;
                reason = stop.fires(deadline, silence_ends) => break reason,
                batch = self.next_batch(at_most(left), |frame| each(Event::Frame(frame))) => batch?,
            };
            left -= batch.frames as u64;
            if batch.stopped || (!batch.more && each(Event::Idle).is_break()) {
                return Ok(StopReason::Asked);
            }
            if batch.frames > 0 {
                silence_ends = after(stop.silence);
            }
            // Signals, timers and whatever runs beside get their turn however fast frames come.
            tokio::task::yield_now().await;
        };
        self.drain(left, &mut each).await?;
        Ok(reason)
    }

    /// Lends the frames that were sent before now, and at most one later one.
    async fn drain(
        &mut self,
        mut left: u64,
        each: &mut impl FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<(), LiveError> {
        let (now, began) = (clock(), Instant::now());
        let mut last = began;
        loop {
            let mut passed = false;
            let batch = self.take(at_most(left), |frame| {
                passed = frame.time > Some(now);
                let answer = each(Event::Frame(frame));
                if passed {
                    ControlFlow::Break(())
                } else {
                    answer
                }
            })?;
            left -= batch.frames as u64;
            if batch.stopped || left == 0 || began.elapsed() > DRAIN_LIMIT {
                break;
            }
            if batch.frames > 0 {
                last = Instant::now();
            }
            if batch.more {
                continue;
            }
            let quiet = last.elapsed();
            if quiet >= QUIET || (began.elapsed() >= GRACE && self.settled()?) {
                break;
            }
            // Either the kernel announces a block, or it is time to look again.
            if let Ok(Err(cause)) = timeout(GRACE, self.announced()).await {
                return Err(cause);
            }
        }
        let _ = each(Event::Idle);
        Ok(())
    }
}

impl Stop<'_> {
    /// Waits for the first condition that needs no frame. May be dropped while it waits.
    async fn fires(&mut self, deadline: Option<Instant>, silence: Option<Instant>) -> StopReason {
        let until = async |at: Option<Instant>| match at {
            Some(at) => sleep_until(at).await,
            None => pending().await,
        };
        let Self {
            signals, finished, ..
        } = self;
        tokio::select! {
            biased;
            signal = async {
                match signals {
                    Some(signals) => signals.next().await,
                    None => pending().await,
                }
            } => StopReason::Signal(signal),
            () = async {
                match finished {
                    Some(finished) => finished.await,
                    None => pending().await,
                }
            } => StopReason::Finished,
            () = until(deadline) => StopReason::Duration,
            () = until(silence) => StopReason::Silence,
        }
    }
}

fn at_most(left: u64) -> usize {
    usize::try_from(left).map_or(BATCH, |left| left.min(BATCH))
}

/// The clock that frames are stamped by.
#[expect(
    clippy::disallowed_methods,
    reason = "the end of a run is compared with frames' times"
)]
fn clock() -> Timestamp {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp::new(
        i64::try_from(since.as_secs()).unwrap_or(i64::MAX),
        since.subsec_nanos(),
    )
}
