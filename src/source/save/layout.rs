//! What both formats share: which one is meant, and what a frame may hold.

use super::error::{SaveError, Unfit};
use crate::model::frame::Frame;
use crate::model::time::Timestamp;

/// The most bytes a packet can have, and the snap length that is written: tshark's and
/// libpcap's limit.
pub(super) const SNAP_LEN: u32 = 262_144;

/// A format that can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SaveFormat {
    /// pcap, micro- or nanoseconds.
    Pcap,
    /// pcapng.
    Pcapng,
}

impl SaveFormat {
    /// The format that a path's suffix asks for.
    ///
    /// # Errors
    /// [`SaveError::Compressed`] for the suffix of a compressed file.
    pub fn of(path: &str) -> Result<Self, SaveError> {
        let name = path.to_ascii_lowercase();
        let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        if ends(&[".gz", ".zst", ".lz4", ".xz", ".bz2", ".zip"]) {
            return Err(SaveError::Compressed {
                path: path.to_owned(),
            });
        }
        Ok(if ends(&[".pcapng", ".ntar"]) {
            SaveFormat::Pcapng
        } else {
            SaveFormat::Pcap
        })
    }
}

/// How many bytes of a frame were kept, as the formats hold it.
pub(super) fn kept(frame: &Frame<'_>) -> Result<u32, Unfit> {
    u32::try_from(frame.bytes.len()).map_err(|_| Unfit::Size)
}

/// Whether a time has nothing below microseconds.
pub(super) fn is_micros(time: Timestamp) -> bool {
    time.nanos().is_multiple_of(1000)
}
