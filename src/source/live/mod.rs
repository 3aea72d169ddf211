//! Live capture.
//!
//! The order is a contract: [`LiveSource::open`] opens, activates and filters before it returns,
//! so whatever is sent afterwards is seen. Then [`LiveSource::run`] lends each frame as it
//! arrives until a [`Stop`] condition holds, and takes what the kernel still holds.
//!
//! No immediate mode: libpcap would give each frame a slot of 64 KiB on loopback and lose most
//! of them. Blocks of frames that the kernel hands over every millisecond cost a row less than
//! that and lose none.

pub mod error;
pub mod queue;
pub mod signals;

mod loopback;
mod open;
mod reader;
mod run;
mod socket_drops;
mod stats;
mod stop;
#[cfg_attr(unix, path = "wait_unix.rs")]
#[cfg_attr(not(unix), path = "wait_other.rs")]
mod wait;

use std::ops::ControlFlow;

use self::error::LiveError;
use self::reader::Reader;
use self::wait::Wait;
use crate::model::frame::Frame;
use crate::model::frame::LinkType;

pub use self::open::LiveOptions;
pub use self::reader::Batch;
pub use self::run::Event;
pub use self::stats::LiveStats;
pub use self::stop::Stop;
pub use self::stop::StopReason;

/// A capture that is running: what its interface carries is kept by the kernel from the moment
/// [`LiveSource::open`] returned.
///
/// It waits in the tokio runtime in which it is first awaited, and in no other after that; it
/// may be opened before that runtime exists.
#[derive(Debug)]
pub struct LiveSource {
    // Before the reader, so that the descriptor leaves the runtime before the capture is closed.
    wait: Wait,
    reader: Reader,
    interface: String,
    snaplen: u32,
    /// Each frame is counted and kept once, not as sent and again as received.
    once: bool,
    /// What [`socket_drops::count`] was before.
    socket_drops: Option<u64>,
}

impl LiveSource {
    /// Waits until the kernel hands over frames, and lends at most `limit` of them. No frame may
    /// come of it, where the kernel had nothing after all.
    ///
    /// A frame for which `each` answers `Break` is the last one lent; the others stay for the
    /// next call. May be dropped while it waits: no frame is lost.
    ///
    /// # Errors
    /// [`LiveError`] where the interface is gone.
    pub async fn next_batch(
        &mut self,
        limit: usize,
        each: impl FnMut(Frame<'_>) -> ControlFlow<()>,
    ) -> Result<Batch, LiveError> {
        if !self.reader.more() {
            self.announced().await?;
        }
        self.take(limit, each)
    }

    /// Lends what the kernel has handed over by now, at most `limit` frames; never waits.
    ///
    /// # Errors
    /// [`LiveError`] where the interface is gone.
    pub fn take(
        &mut self,
        limit: usize,
        each: impl FnMut(Frame<'_>) -> ControlFlow<()>,
    ) -> Result<Batch, LiveError> {
        self.reader
            .take(limit, each)
            .map_err(|cause| LiveError::read(&self.interface, open::words(&cause)))
    }

    /// Waits until the kernel announces frames.
    async fn announced(&mut self) -> Result<(), LiveError> {
        self.wait
            .readable()
            .await
            .map_err(|cause| LiveError::read(&self.interface, cause))
    }

    /// The interface that is captured.
    pub fn interface(&self) -> &str {
        &self.interface
    }

    /// What the first bytes of every frame are.
    pub fn link(&self) -> LinkType {
        self.reader.link()
    }

    /// The most bytes of a frame that are kept.
    pub fn snaplen(&self) -> u32 {
        self.snaplen
    }

    /// How many decimals of a second the times have: 9, or 6 where the system counts
    /// microseconds.
    pub fn decimals(&self) -> u8 {
        self.reader.decimals()
    }

    /// How many frames were lent so far.
    pub fn frames(&self) -> u64 {
        self.reader.seen()
    }
}
