//! Which conversations have a record, where not all of them can: a capture of millions would take
//! all memory.

use std::collections::VecDeque;

use super::conversation::Conversation;
use super::lifecycle::close::TimeWait;

/// Among how many of the oldest ones a closed conversation is looked for.
const LOOKED_AT: usize = 64;

/// The conversations that have a record, the oldest first, and those that have none any more.
#[derive(Clone, Debug, Default)]
pub(super) struct Followed {
    list: VecDeque<usize>,
    /// The next conversation that may have one.
    next: usize,
    /// How many lost it before they were closed.
    left: u64,
    /// Packets of conversations that had lost it when they were closed.
    late: u64,
}

impl Followed {
    /// Lets at most `most` conversations have a record: that of a closed one goes first, the oldest
    /// of them, else that of the oldest one.
    #[inline]
    pub(super) fn limit(&mut self, conversations: &mut [Conversation], most: usize) {
        if self.next < conversations.len() {
            self.more(conversations, most);
        }
    }

    #[inline(never)]
    fn more(&mut self, conversations: &mut [Conversation], most: usize) {
        self.list.extend(self.next..conversations.len());
        self.next = conversations.len();
        while self.list.len() > most {
            let oldest = self.list.iter().take(LOOKED_AT);
            let mut closed = oldest.map(|id| conversations.get(*id).is_some_and(is_closed));
            let place = closed.position(|closed| closed);
            self.left += u64::from(place.is_none());
            let gone = self.list.remove(place.unwrap_or(0));
            if let Some(gone) = gone.and_then(|id| conversations.get_mut(id)) {
                gone.record = None;
            }
        }
    }

    /// Notes a packet; `lost` where its conversation was closed and has no record any more.
    #[inline]
    pub(super) fn note(&mut self, lost: bool) {
        self.late += u64::from(lost);
    }

    /// How many packets came after the record of their closed conversation was gone.
    pub(super) fn late(&self) -> u64 {
        self.late
    }

    /// How many conversations lost their record before they were closed.
    pub(super) fn left(&self) -> u64 {
        self.left
    }
}

/// Whether nothing more is to come of a conversation, as far as the capture shows.
pub(super) fn is_closed(conversation: &Conversation) -> bool {
    conversation.lifecycle.close().time_wait != TimeWait::NotShown
}
