//! Which line of the summary a packet stands in.

use crate::analysis::conversation::Conversation;
use crate::model::frame::FrameNo;

/// A line of a conversation's summary that has packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Place {
    /// The handshake.
    Opening,
    /// The line of this number, from 0, between handshake and close.
    Middle(usize),
    /// What came after as many lines as are kept.
    Rest,
    /// The close.
    Closing,
}

/// The line that `frame`, the latest packet, was put into; `None` where no summary is kept.
pub(in crate::report) fn of(conversation: &Conversation, frame: FrameNo) -> Option<Place> {
    let groups = conversation.record()?.groups();
    if groups.opening().frames.last() == frame {
        return Some(Place::Opening);
    }
    if groups.closing().frames.last() == frame {
        return Some(Place::Closing);
    }
    let listed = groups.list().iter();
    if let Some(line) = listed.rev().position(|group| group.frames.last() == frame) {
        return Some(Place::Middle(groups.list().len() - 1 - line));
    }
    let rest = groups.rest().filter(|rest| rest.last == frame);
    rest.map(|_| Place::Rest)
}
