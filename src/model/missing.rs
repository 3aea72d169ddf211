//! Header bytes that are not there, and why: tshark tells four cases apart.

use super::transport::{Extent, Transport};

/// Why a byte of a header cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Missing {
    /// It was on the wire; the capture did not keep it.
    NotCaptured,
    /// The packet ends before it.
    PastPacket,
    /// The packet ends inside the option that holds it.
    PastOption,
    /// The fragment, read alone, ends before it.
    PastFragment,
}

impl Missing {
    /// tshark's words for it, appended to Info without a space.
    pub const fn text(self) -> &'static str {
        match self {
            Missing::NotCaptured => "[Packet size limited during capture]",
            Missing::PastPacket => "[Malformed Packet]",
            Missing::PastOption => {
                "[Malformed Packet: length of contained item exceeds length of containing item]"
            }
            Missing::PastFragment => "[BoundErrorUnreassembled Packet]",
        }
    }
}

impl Transport<'_> {
    /// Whether the bytes before `end` are there, counted from the first byte of the header.
    ///
    /// # Errors
    /// Why they are not.
    pub fn reach(&self, end: usize) -> Result<(), Missing> {
        self.reach_within(end, None)
    }

    /// Whether the bytes before `end` are there, for an option that claims to end at
    /// `option_end`.
    ///
    /// # Errors
    /// Why they are not.
    pub(crate) fn reach_within(
        &self,
        end: usize,
        option_end: Option<usize>,
    ) -> Result<(), Missing> {
        if end <= self.bytes.len() && option_end.is_none_or(|option| end <= option) {
            return Ok(());
        }
        let packet_end = usize::try_from(self.len).unwrap_or(usize::MAX);
        let holds = option_end.map_or(packet_end, |option| option.min(packet_end));
        Err(if end <= holds {
            Missing::NotCaptured
        } else if self.extent == Extent::FragmentAlone {
            Missing::PastFragment
        } else if option_end.is_some_and(|option| end <= option) {
            Missing::PastOption
        } else {
            Missing::PastPacket
        })
    }
}
