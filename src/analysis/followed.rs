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
            let closed = |it: &Conversation| it.lifecycle.close().time_wait != TimeWait::NotShown;
            let mut closed = oldest.map(|id| conversations.get(*id).is_some_and(closed));
            let place = closed.position(|closed| closed);
            self.left += u64::from(place.is_none());
            let gone = self.list.remove(place.unwrap_or(0));
            if let Some(gone) = gone.and_then(|id| conversations.get_mut(id)) {
                gone.record = None;
            }
        }
    }

    /// How many conversations lost their record before they were closed.
    pub(super) fn left(&self) -> u64 {
        self.left
    }
}
