//! The frame that brought a packet.

use super::lifecycle::{Event, Lifecycle};
use super::record::Seen;
use crate::model::frame::FrameNo;
use crate::model::packet::Packet;
use crate::model::time::{Nanos, Timestamp};

/// The frame that brought a packet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) frame: FrameNo,
    pub(super) wire_len: u32,
    pub(super) time: Option<Timestamp>,
    /// Since the first frame.
    pub(super) now: Nanos,
    /// 1970, counted from the first frame.
    pub(super) epoch: Nanos,
    /// The era of that time: `now` tells differences within it.
    pub(super) era: i32,
    /// A row of text tells of it, which has no raw numbers.
    pub(super) from_text: bool,
}

impl Stamp {
    /// Whether the frame is stamped with 0 of the epoch, which tshark takes for "no time".
    pub(super) fn is_timeless(&self) -> bool {
        self.time.is_none_or(Timestamp::is_zero)
    }

    /// The packet of this frame, as a record takes it.
    pub(super) fn seen<'s>(
        &self,
        event: Event,
        life: &Lifecycle,
        packet: &'s Packet<'s>,
    ) -> Seen<'s> {
        Seen {
            event,
            states: life.states(),
            now: (self.era == 0 && self.time.is_some()).then_some(self.now),
            elapsed: self.now,
            wire_len: self.wire_len,
            from_text: self.from_text,
            itself: life.itself(),
            packet,
        }
    }
}
