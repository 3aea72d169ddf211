//! The capture that is walked through: what is shown of it, and the calls between its packets.

use std::collections::HashMap;

use super::select::Selection;
use crate::analysis::AnalyzerOptions;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::model::call_entry;
use crate::model::frame::{Frame, FrameNo, LinkType};
use crate::model::names::Names;
use crate::pipeline::index::Talk;
use crate::pipeline::indexed::Indexed;
use crate::report::coloring::{self, Coloring};
use crate::report::moment::Moment;
use crate::source::error::SourceError;
use crate::source::file::{FileSource, Kept};

/// How many socket calls, and how many changes of sockets, are kept.
const CALLS: usize = 10_000;

/// What the user steps over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A packet.
    Packet(FrameNo),
    /// A socket call between packets, by its place among them.
    Call(usize),
}

impl Stop {
    /// The packet.
    pub fn packet(self) -> Option<FrameNo> {
        match self {
            Stop::Packet(no) => Some(no),
            Stop::Call(_) => None,
        }
    }
}

/// Calls between the packets, each with the frame before it.
pub(super) type Calls = Vec<(FrameNo, Moment)>;

/// Calls that stand in a file as frames.
#[derive(Default)]
struct Entries {
    calls: HashMap<FrameNo, SocketCall>,
    names: Names,
}

impl Entries {
    /// Takes what a frame says of a call.
    fn note(&mut self, frame: &Frame<'_>) {
        if frame.link == LinkType::SYSTEMD_JOURNAL
            && self.calls.len() < CALLS
            && let Some(call) = call_entry::read(frame.bytes, &mut self.names)
        {
            self.calls.insert(frame.no, call);
        }
    }
}

/// The capture.
pub struct Capture {
    /// Its frames and rows.
    pub indexed: Indexed,
    pub(super) calls: Calls,
    /// What became of the kernel's sockets, each with the frame before it.
    kernel: Vec<(FrameNo, String)>,
    entries: Entries,
    pub(super) selection: Selection,
    /// What is shown where that is not every packet: frames, and calls from [`Self::CALL`] on.
    list: Option<Vec<u32>>,
}

impl Capture {
    const CALL: u32 = 1 << 31;

    /// Reads a file to its end. `progress` hears of each frame.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(
        source: &mut FileSource,
        kept: &Kept,
        options: AnalyzerOptions,
        mut progress: impl FnMut(),
    ) -> Result<Self, SourceError> {
        let mut entries = Entries::default();
        let indexed = Indexed::read(source, kept, options, |row| {
            entries.note(&row.frame);
            progress();
            is_trouble(row)
        })?;
        Ok(Self {
            entries,
            ..Self::of(indexed)
        })
    }

    /// What is indexed, and nothing beside it.
    pub fn of(indexed: Indexed) -> Self {
        Self {
            indexed,
            calls: Vec::new(),
            kernel: Vec::new(),
            entries: Entries::default(),
            selection: Selection::default(),
            list: None,
        }
    }

    /// Takes the next frame of a live capture. What cannot be written is not shown.
    pub fn frame(&mut self, frame: &Frame<'_>) {
        let mut admitted = true;
        let no = self.indexed.frame(frame, |row| {
            admitted = self.selection.admits(row);
            self.entries.note(&row.frame);
            is_trouble(row)
        });
        let Some(no) = no.filter(|_| admitted) else {
            return;
        };
        let talk = self.selection.talk;
        let of_talk = talk.is_none_or(|it| self.indexed.index.talk(no) == Some(it));
        if let Some(list) = self.list.as_mut().filter(|_| of_talk) {
            list.push(no);
        }
    }

    /// Takes a change of a socket behind the latest frame.
    pub fn state(&mut self, line: &str) {
        if self.kernel.len() < CALLS {
            let count = self.indexed.index.count();
            self.kernel.push((count, line.to_owned()));
        }
    }

    /// The last change that the kernel had shown before the frame behind `no` came.
    pub(super) fn kernel(&self, no: FrameNo) -> Option<&str> {
        let after = self.kernel.partition_point(|(before, _)| *before <= no);
        let (_, line) = self.kernel.get(after.checked_sub(1)?)?;
        Some(line)
    }

    /// Takes a call that stands behind the latest frame.
    pub fn call(&mut self, moment: Moment) {
        if self.calls.len() >= CALLS {
            return;
        }
        let count = self.indexed.index.count();
        let code = Self::CALL | u32::try_from(self.calls.len()).unwrap_or(0);
        self.calls.push((count, moment));
        let shown = self.shows(&moment.call).then_some(code);
        let list = self.list.get_or_insert_with(|| (1..=count).collect());
        list.extend(shown);
    }

    /// Whether a call belongs to what is shown.
    fn shows(&self, call: &SocketCall) -> bool {
        let of = |talk: &Talk| {
            let [a, b] = talk.ends.map(Some);
            [(a, b), (b, a)].contains(&(call.local, call.peer))
        };
        let talk = self.selection.talk;
        let talk = talk.and_then(|it| self.indexed.index.talks().get(it));
        !self.selection.filters() && talk.is_none_or(of)
    }

    /// Shows what the selection chooses.
    pub fn select(&mut self, mut selection: Selection) {
        let mut list: Vec<u32> = Vec::new();
        if selection.filters() {
            self.indexed.each(0, |row| {
                list.extend(selection.admits(row).then_some(row.frame.no));
                true
            });
        } else if selection.talk.is_some() || !self.calls.is_empty() {
            list = (1..=self.indexed.index.count()).collect();
        }
        if let Some(talk) = selection.talk {
            list.retain(|no| self.indexed.index.talk(*no) == Some(talk));
        }
        let all = selection.talk.is_none() && !selection.filters() && self.calls.is_empty();
        self.selection = selection;
        let calls = (Self::CALL..).zip(&self.calls);
        let calls = calls.filter(|(_, (_, it))| self.shows(&it.call));
        list.extend(calls.map(|(code, _)| code));
        list.sort_by_key(|code| self.order(*code));
        self.list = (!all).then_some(list);
    }

    fn decoded(code: u32) -> Stop {
        match code.checked_sub(Self::CALL) {
            Some(call) => Stop::Call(usize::try_from(call).unwrap_or(0)),
            None => Stop::Packet(code),
        }
    }

    /// What stops are ordered by: calls come behind their packet.
    fn order(&self, code: u32) -> (FrameNo, bool) {
        match Self::decoded(code) {
            Stop::Packet(no) => (no, false),
            Stop::Call(at) => (self.calls.get(at).map_or(0, |(before, _)| *before), true),
        }
    }

    /// How many stops are shown.
    pub fn len(&self) -> usize {
        let all = || usize::try_from(self.indexed.index.count()).unwrap_or(usize::MAX);
        self.list.as_ref().map_or_else(all, Vec::len)
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stop at a place of what is shown.
    pub fn stop(&self, at: usize) -> Option<Stop> {
        match &self.list {
            Some(list) => list.get(at).map(|code| Self::decoded(*code)),
            None if at < self.len() => Some(Stop::Packet(u32::try_from(at).ok()? + 1)),
            None => None,
        }
    }

    /// The place of a packet among what is shown, or that of the one behind it.
    pub fn place(&self, no: FrameNo) -> usize {
        match &self.list {
            None => usize::try_from(no).unwrap_or(1).saturating_sub(1),
            Some(list) => list.partition_point(|code| self.order(*code) < (no, false)),
        }
    }

    /// Whether a stop is a packet that Wireshark colours as bad.
    pub fn is_trouble(&self, stop: Stop) -> bool {
        stop.packet()
            .is_some_and(|no| self.indexed.index.is_trouble(no))
    }

    /// The call that a stop is, or that a frame of a file tells of.
    pub fn call_at(&self, stop: Stop) -> Option<SocketCall> {
        match stop {
            Stop::Call(at) => self.calls.get(at).map(|(_, moment)| moment.call),
            Stop::Packet(no) => self.entries.calls.get(&no).copied(),
        }
    }

    /// Makes the rows of some frames again, as [`Indexed::rows`] does; the calls are there beside.
    pub(super) fn rows(
        &mut self,
        wanted: &[FrameNo],
        mut each: impl FnMut(&Row<'_>, &Calls),
    ) -> Vec<Conversation> {
        let calls = &self.calls;
        self.indexed.rows(wanted, |row| each(row, calls))
    }

    /// The calls among what is shown, from wherever they came.
    pub fn shown_calls(&self) -> impl Iterator<Item = SocketCall> + '_ {
        let between = self.calls.iter().map(|(_, moment)| moment.call);
        let between = between.filter(|call| self.shows(call));
        let entries = self.entries.calls.iter();
        let entries = entries.filter(|(no, _)| self.shows_packet(**no));
        between.chain(entries.map(|(_, call)| *call))
    }

    /// Whether a frame is among what is shown, as far as filters and the conversation say.
    pub fn shows_packet(&self, no: FrameNo) -> bool {
        self.stop(self.place(no)) == Some(Stop::Packet(no))
    }
}

/// A row that Wireshark's rules colour as trouble: marks of the TCP analysis, RST, ICMP errors.
fn is_trouble(row: &Row<'_>) -> bool {
    matches!(
        coloring::of(row),
        Coloring::BadTcp | Coloring::TcpRst | Coloring::IcmpErrors
    )
}
