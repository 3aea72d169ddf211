//! `--pace`: replays a file at the speed at which it was captured.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use crate::model::frame::Frame;
use crate::model::time::Timestamp;
use crate::source::live::signals::Signals;

/// How many times faster than captured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Speed(f64);

/// Reads a speed: `10x`, `0.5x`, `2`.
pub(super) fn speed(text: &str) -> Result<Speed, String> {
    let number = text
        .strip_suffix(['x', 'X', '×'])
        .unwrap_or(text)
        .parse()
        .ok();
    let sound = number.filter(|speed: &f64| speed.is_finite() && *speed > 0.0);
    sound.map(Speed).ok_or_else(|| "1x, 10x, 0.5x".to_owned())
}

/// Waits for the turn of each frame.
pub(super) struct Pace {
    speed: Speed,
    began: Instant,
    first: Option<Timestamp>,
}

impl Pace {
    /// Begins now, with the first frame.
    pub(super) fn begin(speed: Speed) -> Self {
        Self {
            speed,
            began: Instant::now(),
            first: None,
        }
    }

    /// When it is this frame's turn; `None` where that is now. A frame without a time, or with
    /// one before the first frame's, does not wait.
    pub(super) fn turn(&mut self, frame: &Frame<'_>) -> Option<Instant> {
        let now = frame.time?;
        let first = *self.first.get_or_insert(now);
        let since = u64::try_from(now.since(first).nanos_clamped()).ok()?;
        let wait = Duration::from_nanos(since).as_secs_f64() / self.speed.0;
        let turn = self
            .began
            .checked_add(Duration::try_from_secs_f64(wait).ok()?)?;
        (turn > Instant::now()).then_some(turn)
    }
}

/// Waits until `turn`; answers whether Ctrl-C or a request to end came first.
pub(super) async fn wait(turn: Instant, signals: &mut Signals) -> bool {
    tokio::select! {
        () = sleep_until(turn) => false,
        _ = signals.next() => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speeds_read_as_people_write_them() {
        assert_eq!(speed("10x"), Ok(Speed(10.0)));
        assert_eq!(speed("0.5"), Ok(Speed(0.5)));
        assert!(speed("0x").is_err() && speed("-1x").is_err() && speed("fast").is_err());
    }
}
