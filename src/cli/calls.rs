//! The calls that a file holds between its packets, and what they show together.

use super::beside;
use super::fail::Failure;
use super::world::World;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::lab::{self, Evidence, Rows};
use crate::model::call::SocketCall;
use crate::model::call_entry;
use crate::model::frame::{Frame, LinkType};
use crate::model::names::Names;
use crate::report::traced;
use crate::source::file::FileFacts;

/// Reads calls.
#[derive(Default)]
pub(super) struct Calls {
    names: Names,
    /// Some were seen by watching a program.
    watched: bool,
    made: Vec<SocketCall>,
    /// The packets from the first call on.
    rows: Rows,
    /// There are too many to keep.
    more: bool,
}

impl Calls {
    /// The call that a frame tells of.
    #[inline]
    pub(super) fn of(&mut self, frame: &Frame<'_>) -> Option<SocketCall> {
        if frame.link != LinkType::SYSTEMD_JOURNAL {
            return None;
        }
        let call = call_entry::read(frame.bytes, &mut self.names);
        self.watched |= call.as_ref().is_some_and(traced::is_watched);
        call
    }

    /// The same; keeps what is concluded from.
    pub(super) fn keep(&mut self, row: &Row<'_>) -> Option<SocketCall> {
        let call = self.of(&row.frame);
        self.made.extend(call.filter(|_| !self.more));
        if !self.made.is_empty() {
            self.rows.take(row);
            if self.made.len() >= lab::CALLS || self.rows.count() >= lab::PACKETS {
                self.more = true;
                self.made = Vec::new();
                self.rows = Rows::default();
            }
        }
        call
    }

    /// What the file says of itself: packets tell by whom they were sent, too.
    pub(super) fn file(&mut self, facts: &FileFacts) -> &Self {
        self.watched |= facts.watched;
        self
    }

    /// What the calls and the packets that were kept show together.
    pub(super) fn shown(&mut self, conversations: &[Conversation], world: &World) -> Vec<String> {
        let (rows, made) = (
            std::mem::take(&mut self.rows),
            std::mem::take(&mut self.made),
        );
        match made.is_empty() {
            true => Vec::new(),
            false => shown(&rows.finish(conversations, made), world),
        }
    }

    /// What is said beside times; `None` where no program was watched.
    pub(super) fn note(&self, world: &World) -> Option<&'static str> {
        self.watched.then(|| traced::NOTE.get(world.lang))
    }

    /// Says it below the times.
    pub(super) fn tell(&self, on_stdout: bool, world: &World) -> Result<(), Failure> {
        match self.note(world) {
            Some(note) => beside::below(&format!("{note}\n"), on_stdout, world),
            None => Ok(()),
        }
    }
}

/// What the calls and the packets of a file show. In which network its programs ran is not known.
pub(super) fn shown(seen: &Evidence, world: &World) -> Vec<String> {
    lab::conclusions(seen, false, world.lang)
}
