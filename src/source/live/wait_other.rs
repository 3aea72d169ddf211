//! Waiting for frames where captures have no descriptor to poll: looking once a millisecond.

use std::io;
use std::time::Duration;

/// Waits a millisecond at a time.
#[derive(Debug)]
pub(super) struct Wait;

impl Wait {
    /// Will wait for a capture.
    pub(super) fn new<C>(_capture: &C) -> io::Result<Self> {
        Ok(Self)
    }

    /// Returns after a millisecond, when it is time to look.
    pub(super) async fn readable(&mut self) -> io::Result<()> {
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok(())
    }
}
