//! What a format's reader hands over: where a packet stands in the window, or why there is none.

use super::window::Window;
use crate::model::frame::{Frame, FrameNo, LinkType};
use crate::model::time::Timestamp;
use crate::source::damage::Damage;

/// The longest packet that tshark shows; what claims more is shown as this.
const LONGEST: u32 = i32::MAX.cast_unsigned();

/// A packet in the window. Offsets count from the window's first byte.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record {
    pub(super) time: Option<Timestamp>,
    pub(super) decimals: u8,
    pub(super) link: LinkType,
    pub(super) interface: u32,
    pub(super) wire_len: u32,
    /// Where its bytes begin.
    pub(super) start: usize,
    /// How many bytes before them are about the packet and not of it ([`super::links`]).
    pub(super) about: u32,
    /// How many bytes were kept.
    pub(super) len: usize,
    /// How many bytes of the window it takes with everything around it.
    pub(super) size: usize,
}

impl Record {
    /// The frame of this record, borrowed from the window.
    #[inline(always)]
    pub(super) fn frame(self, no: FrameNo, window: &Window) -> Frame<'_> {
        self.frame_of(no, window.part(self.start, self.len))
    }

    /// The frame of this record, which has these bytes.
    #[inline(always)]
    pub(super) fn frame_of(self, no: FrameNo, bytes: &[u8]) -> Frame<'_> {
        Frame {
            no,
            time: self.time,
            decimals: self.decimals,
            link: self.link,
            interface: self.interface,
            wire_len: self.wire_len.min(LONGEST),
            bytes,
        }
    }

    /// Its bytes with those about it in front.
    #[inline(always)]
    pub(super) fn whole(self, window: &Window) -> &[u8] {
        let about = self.about as usize;
        window.part(self.start - about, about + self.len)
    }
}

/// Why no further packet can be had.
#[derive(Debug)]
pub(super) enum Stop {
    /// The file ends inside a packet or block.
    Cut,
    /// What comes next makes no sense.
    Damaged(Damage),
    /// The system could not read.
    Io(std::io::Error),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Stop::Io(error)
    }
}

impl From<Damage> for Stop {
    fn from(damage: Damage) -> Self {
        Stop::Damaged(damage)
    }
}
