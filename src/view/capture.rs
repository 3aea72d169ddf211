//! The capture that is walked through: its index, what is shown of it, and rows made again.

use std::collections::HashMap;
use std::fs::File;

use super::select::Selection;
use crate::analysis::AnalyzerOptions;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::model::call_entry;
use crate::model::frame::{Frame, FrameNo, LinkType};
use crate::model::names::Names;
use crate::pipeline::Pipeline;
use crate::pipeline::again::Again;
use crate::pipeline::index::{Index, Talk};
use crate::report::coloring::{self, Coloring};
use crate::report::moment::Moment;
use crate::source::error::SourceError;
use crate::source::file::{FileSource, Kept, Revisit};
use crate::source::save::{Input, SaveFormat, Saver};

/// How many socket calls that stand in a file are known by their frames.
const CALLS: usize = 10_000;

/// What the user steps over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A packet.
    Packet(FrameNo),
    /// A socket call between packets, by its place among them.
    Call(usize),
}

/// The capture.
pub struct Capture {
    pub(super) index: Index,
    again: Again,
    revisit: Revisit,
    options: AnalyzerOptions,
    /// Where the frames of a live capture are written.
    spool: Option<Saver>,
    /// Calls between the packets, each with the frame before it.
    pub(super) calls: Vec<(FrameNo, Moment)>,
    /// What became of the kernel's sockets, each with the frame before it.
    kernel: Vec<(FrameNo, String)>,
    /// Calls that stand in the file as frames.
    entries: HashMap<FrameNo, SocketCall>,
    names: Names,
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
        let mut index = Index::new(options);
        let (mut entries, mut names) = (HashMap::new(), Names::default());
        while let Some((frame, place)) = source.next_placed()? {
            index.push(&frame, place, is_trouble);
            note_entry(&frame, &mut entries, &mut names);
            progress();
        }
        index.close();
        Ok(Self::new(index, source.revisit(kept), options, entries))
    }

    /// A live capture, of which nothing was seen. Its frames go to a file without a name.
    ///
    /// # Errors
    /// Where there is no room for that file.
    pub fn live(
        link: LinkType,
        decimals: u8,
        options: AnalyzerOptions,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (reads, writes): (File, File) = crate::source::file::nameless()?;
        let input = Input::Live { link, decimals };
        let spool = Saver::to_writer("", Box::new(writes), SaveFormat::Pcap, input)?;
        let (source, kept) = FileSource::kept_of("", reads)?;
        let mut capture = Self::new(
            Index::new(options),
            source.revisit(&kept),
            options,
            HashMap::new(),
        );
        capture.spool = Some(spool);
        Ok(capture)
    }

    fn new(
        index: Index,
        revisit: Revisit,
        options: AnalyzerOptions,
        entries: HashMap<FrameNo, SocketCall>,
    ) -> Self {
        Self {
            index,
            again: Again::new(options.dialect),
            revisit,
            options,
            spool: None,
            calls: Vec::new(),
            kernel: Vec::new(),
            entries,
            names: Names::default(),
            selection: Selection::default(),
            list: None,
        }
    }

    /// Takes the next frame of a live capture. What cannot be written is not shown.
    pub fn frame(&mut self, frame: &Frame<'_>) {
        let Some(spool) = &mut self.spool else { return };
        let place = spool.written();
        if spool.write(frame).is_err() {
            return;
        }
        let no = self.index.count() + 1;
        let frame = Frame { no, ..*frame };
        let (selection, mut admitted) = (&mut self.selection, true);
        self.index.push(&frame, place, |row| {
            admitted = selection.admits(row);
            is_trouble(row)
        });
        note_entry(&frame, &mut self.entries, &mut self.names);
        let of_talk = self
            .selection
            .talk
            .is_none_or(|it| self.index.talk(no) == Some(it));
        if let Some(list) = self.list.as_mut().filter(|_| admitted && of_talk) {
            list.push(no);
        }
    }

    /// Takes a change of a socket behind the latest frame.
    pub fn state(&mut self, line: &str) {
        if self.kernel.len() < CALLS {
            self.kernel.push((self.index.count(), line.to_owned()));
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
        self.calls.push((self.index.count(), moment));
        let place = self.calls.len() - 1;
        let shown = self.shows(place);
        if self.list.is_none() {
            self.list = Some((1..=self.index.count()).collect());
        }
        if let (true, Some(list)) = (shown, &mut self.list) {
            list.push(Self::CALL | u32::try_from(place).unwrap_or(0));
        }
    }

    /// Whether a call belongs to what is shown.
    fn shows(&self, place: usize) -> bool {
        let Some((_, moment)) = self.calls.get(place) else {
            return false;
        };
        let of = |talk: &Talk| {
            let call = &moment.call;
            let ends = (call.local, call.peer);
            let [a, b] = talk.ends.map(Some);
            ends == (a, b) || ends == (b, a)
        };
        let talk = self
            .selection
            .talk
            .and_then(|it| self.index.talks().get(it));
        !self.selection.filters() && talk.is_none_or(of)
    }

    /// Shows what the selection chooses.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
        if !self.selection.filters() && self.selection.talk.is_none() && self.calls.is_empty() {
            self.list = None;
            return;
        }
        let mut frames = Vec::new();
        if self.selection.filters() {
            let mut selection = std::mem::take(&mut self.selection);
            self.each(0, |row| {
                if selection.admits(row) {
                    frames.push(row.frame.no);
                }
                true
            });
            self.selection = selection;
        } else {
            frames = (1..=self.index.count()).collect();
        }
        if let Some(talk) = self.selection.talk {
            frames.retain(|no| self.index.talk(*no) == Some(talk));
        }
        let mut list = Vec::with_capacity(frames.len());
        let mut calls = (0..self.calls.len())
            .filter(|it| self.shows(*it))
            .peekable();
        let coded = |call: usize| Self::CALL | u32::try_from(call).unwrap_or(0);
        for no in frames {
            while let Some(call) = calls.next_if(|it| self.calls[*it].0 < no) {
                list.push(coded(call));
            }
            list.push(no);
        }
        list.extend(calls.map(coded));
        self.list = Some(list);
    }

    /// How many stops are shown.
    pub fn len(&self) -> usize {
        let all = || usize::try_from(self.index.count()).unwrap_or(usize::MAX);
        self.list.as_ref().map_or_else(all, Vec::len)
    }

    /// Whether nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The stop at a place of what is shown.
    pub fn stop(&self, at: usize) -> Option<Stop> {
        if at >= self.len() {
            return None;
        }
        let code = match &self.list {
            Some(list) => *list.get(at)?,
            None => u32::try_from(at).ok()? + 1,
        };
        Some(match code.checked_sub(Self::CALL) {
            Some(call) => Stop::Call(usize::try_from(call).ok()?),
            None => Stop::Packet(code),
        })
    }

    /// The place of a packet among what is shown, or that of the one behind it.
    pub fn place(&self, no: FrameNo) -> usize {
        match &self.list {
            None => usize::try_from(no).unwrap_or(1).saturating_sub(1),
            Some(list) => {
                let frame = |code: u32| match code.checked_sub(Self::CALL) {
                    Some(call) => self.calls[usize::try_from(call).unwrap_or(0)].0 + 1,
                    None => code,
                };
                list.partition_point(|code| {
                    frame(*code) < no || (*code >= Self::CALL && frame(*code) == no)
                })
            }
        }
    }

    /// Whether something went wrong at a stop: a failed call, or a packet that Wireshark colours
    /// as bad.
    pub fn is_trouble(&self, stop: Stop) -> bool {
        match stop {
            Stop::Packet(no) => self.index.is_trouble(no),
            Stop::Call(_) => false,
        }
    }

    /// The call of a frame that tells of one.
    pub fn entry(&self, no: FrameNo) -> Option<&SocketCall> {
        self.entries.get(&no)
    }

    /// Makes the rows of some frames again, as [`Again::rows`] does.
    pub(super) fn rows(
        &mut self,
        wanted: &[FrameNo],
        each: impl FnMut(&Row<'_>),
    ) -> Vec<Conversation> {
        let Self {
            again,
            index,
            revisit,
            ..
        } = self;
        again.rows(index, revisit, wanted, each)
    }

    /// Every row from the first one on until `each` says that it is enough; what is known at the end.
    pub fn each(&mut self, summaries: usize, mut each: impl FnMut(&Row<'_>) -> bool) -> Pipeline {
        let mut pipeline = Pipeline::new(AnalyzerOptions {
            summaries,
            ..self.options
        });
        for no in 1..=self.index.count() {
            let Some(frame) = self.revisit.frame(no, self.index.place(no)) else {
                continue;
            };
            if !each(&pipeline.push(&frame)) {
                break;
            }
        }
        pipeline
    }

    /// How many frames there are.
    pub fn frames(&self) -> FrameNo {
        self.index.count()
    }

    /// The calls among what is shown, from wherever they came.
    pub fn shown_calls(&self) -> impl Iterator<Item = SocketCall> + '_ {
        let between = (0..self.calls.len()).filter(|place| self.shows(*place));
        let between = between.filter_map(|place| self.calls.get(place));
        let entries = self.entries.iter();
        let entries = entries.filter(|(no, _)| self.shows_packet(**no));
        let entries = entries.map(|(_, call)| *call);
        between.map(|(_, moment)| moment.call).chain(entries)
    }

    /// Whether a frame is among what is shown, as far as filters and the conversation say.
    pub fn shows_packet(&self, no: FrameNo) -> bool {
        self.stop(self.place(no)) == Some(Stop::Packet(no))
    }
}

/// What a file says of calls between its packets.
fn note_entry(frame: &Frame<'_>, entries: &mut HashMap<FrameNo, SocketCall>, names: &mut Names) {
    if frame.link == LinkType::SYSTEMD_JOURNAL
        && entries.len() < CALLS
        && let Some(call) = call_entry::read(frame.bytes, names)
    {
        entries.insert(frame.no, call);
    }
}

/// A row that Wireshark's rules colour as trouble: marks of the TCP analysis, RST, ICMP errors.
fn is_trouble(row: &Row<'_>) -> bool {
    matches!(
        coloring::of(row),
        Coloring::BadTcp | Coloring::TcpRst | Coloring::IcmpErrors
    )
}
