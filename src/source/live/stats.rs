//! What the kernel counted.

use super::LiveSource;
use super::error::LiveError;
use super::open::words;
use super::socket_drops;
use crate::model::interface_counts::InterfaceCounts;

/// Counts since the capture was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LiveStats {
    /// Frames that passed the filter, the dropped ones included.
    pub received: u64,
    /// Frames that the kernel dropped because the buffer was full.
    pub dropped: u64,
    /// Frames that the interface or its driver dropped.
    pub interface_dropped: u64,
    /// UDP datagrams that no program got, since the buffer of their socket was full: those of the
    /// whole network namespace (Linux; 0 elsewhere).
    pub socket_dropped: u64,
}

impl LiveStats {
    /// The same as a capture file holds them.
    pub fn interface_counts(&self) -> InterfaceCounts {
        InterfaceCounts {
            received: Some(self.received),
            dropped_by_interface: Some(self.interface_dropped),
            dropped_by_system: Some(self.dropped),
            delivered: Some(self.received.saturating_sub(self.dropped)),
            ..InterfaceCounts::default()
        }
    }
}

impl LiveSource {
    /// Counts since the capture was opened, in frames as a user would count them: on Linux
    /// before 4.20, where the kernel counts each loopback frame twice, they are halved.
    ///
    /// # Errors
    /// [`LiveError`] where the interface is gone.
    pub fn stats(&mut self) -> Result<LiveStats, LiveError> {
        let counted = self
            .reader
            .stats()
            .map_err(|cause| LiveError::read(&self.interface, words(&cause)))?;
        let frames = |count: u32| u64::from(if self.once { count } else { count.div_ceil(2) });
        Ok(LiveStats {
            received: frames(counted.received),
            dropped: frames(counted.dropped),
            interface_dropped: u64::from(counted.if_dropped),
            socket_dropped: (socket_drops::count().zip(self.socket_drops))
                .map_or(0, |(now, then)| now.saturating_sub(then)),
        })
    }

    /// Every frame that the kernel kept was lent. Not known where each is kept twice.
    pub(super) fn settled(&mut self) -> Result<bool, LiveError> {
        let stats = self.stats()?;
        Ok(self.once && stats.received.saturating_sub(stats.dropped) <= self.reader.seen())
    }
}
