//! Where the frames of a capture stand and which conversations they belong to: sixteen bytes a
//! frame, from which [`Again`](super::again::Again) makes any row again.

use crate::analysis::AnalyzerOptions;
use crate::analysis::conversation::Protocol;
use crate::analysis::row::Row;
use crate::decode;
use crate::model::address::Endpoint;
use crate::model::frame::{Frame, FrameNo};
use crate::pipeline::Pipeline;

/// How many entries are kept in one piece, so that a list that grows is never copied.
const PIECE: usize = 4096;

/// No conversation.
const NONE: u32 = u32::MAX;

/// The frames of a capture so far.
#[derive(Debug)]
pub struct Index {
    pipeline: Pipeline,
    pieces: Vec<Vec<Entry>>,
    count: FrameNo,
    talks: Vec<Talk>,
    /// By conversation: the last frame of those that depend on each other.
    last: Vec<Last>,
    /// Frames that the decoder has to remember, or that need what it remembers.
    pub(super) remembered: Vec<FrameNo>,
    /// A row may depend on any frame before it: some frame holds several packets, or the first one
    /// has no time.
    pub(super) whole: bool,
}

/// A frame.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    low: u32,
    high: u16,
    /// Something went wrong there.
    trouble: bool,
    /// [`Index::remembered`] has it.
    pub(super) remembered: bool,
    /// The frame before it that its row depends on; 0 where there is none.
    pub(super) before: FrameNo,
    conversation: u32,
}

const _: () = assert!(size_of::<Entry>() == 16);

impl Entry {
    pub(super) fn place(&self) -> u64 {
        u64::from(self.high) << 32 | u64::from(self.low)
    }

    pub(super) fn talk(&self) -> Option<usize> {
        (self.conversation != NONE)
            .then(|| usize::try_from(self.conversation).ok())
            .flatten()
    }
}

/// A conversation of the capture.
#[derive(Clone, Copy, Debug)]
pub struct Talk {
    /// TCP or UDP.
    pub protocol: Protocol,
    /// tshark's stream number.
    pub stream: u32,
    /// The sender and the receiver of its first packet.
    pub ends: [Endpoint; 2],
    /// How many rows it has, ICMP errors about it included.
    pub packets: u32,
    /// How many of them are trouble.
    pub troubles: u32,
    /// Its first frame.
    pub first: FrameNo,
    /// The conversation whose packets it depends on, itself where there is none.
    group: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Last {
    frame: FrameNo,
}

impl Index {
    /// The index of a capture of which nothing was seen.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            pipeline: Pipeline::new(AnalyzerOptions {
                summaries: 0,
                ..options
            }),
            pieces: Vec::new(),
            count: 0,
            talks: Vec::new(),
            last: Vec::new(),
            remembered: Vec::new(),
            whole: false,
        }
    }

    /// Takes the next frame, which stands at `place`; `is_trouble` says whether its row is.
    pub fn push(
        &mut self,
        frame: &Frame<'_>,
        place: u64,
        is_trouble: impl FnOnce(&Row<'_>) -> bool,
    ) {
        self.whole |= decode::may_hold_several(frame) || (self.count == 0 && frame.time.is_none());
        let row = self.pipeline.push(frame);
        let trouble = is_trouble(&row);
        let found = row.analysis.conversation.zip(row.conversation);
        let opened = found.filter(|(id, _)| id.index() >= self.talks.len());
        let opened = opened.map(|(id, it)| (id.0, it.protocol, it.stream, it.ends()));
        let talk = found.map(|(id, _)| id);
        self.count += 1;
        if let Some((id, protocol, stream, ends)) = opened {
            let origin = self.pipeline.analyzer().origin();
            let origin = origin.and_then(|it| self.talks.get(it.index()));
            self.talks.push(Talk {
                protocol,
                stream,
                ends,
                packets: 0,
                troubles: 0,
                first: self.count,
                group: origin.map_or(id, |it| it.group),
            });
            self.last.push(Last::default());
        }
        let mut before = 0;
        if let Some(talk) = talk.and_then(|id| self.talks.get_mut(id.index())) {
            talk.packets += 1;
            talk.troubles += u32::from(trouble);
            if let Some(last) = usize::try_from(talk.group)
                .ok()
                .and_then(|group| self.last.get_mut(group))
            {
                before = std::mem::replace(&mut last.frame, self.count);
            }
        }
        let remembered = self.pipeline.decoder.remembered();
        if remembered {
            self.remembered.push(self.count);
        }
        let [low, high] = [place & u64::from(u32::MAX), place >> 32];
        let entry = Entry {
            low: u32::try_from(low).unwrap_or(NONE),
            high: u16::try_from(high).unwrap_or(u16::MAX),
            trouble,
            remembered,
            before,
            conversation: talk.map_or(NONE, |id| id.0),
        };
        match self.pieces.last_mut() {
            Some(piece) if piece.len() < PIECE => piece.push(entry),
            _ => {
                let mut piece = Vec::with_capacity(PIECE);
                piece.push(entry);
                self.pieces.push(piece);
            }
        }
    }

    /// No further frame will come: what only they would have needed is given back.
    pub fn close(&mut self) {
        let afresh = self.pipeline.analyzer().afresh();
        self.pipeline.analyzer = afresh;
        self.last = Vec::new();
    }

    /// How many frames there are.
    pub fn count(&self) -> FrameNo {
        self.count
    }

    /// The conversations, in the order of their first packets.
    pub fn talks(&self) -> &[Talk] {
        &self.talks
    }

    /// The place of the conversation of a frame in [`Index::talks`].
    pub fn talk(&self, no: FrameNo) -> Option<usize> {
        self.entry(no)?.talk()
    }

    /// Whether something went wrong at a frame.
    pub fn is_trouble(&self, no: FrameNo) -> bool {
        self.entry(no).is_some_and(|it| it.trouble)
    }

    /// Where a frame stands; 0 where there is no such frame.
    pub fn place(&self, no: FrameNo) -> u64 {
        self.entry(no).map_or(0, Entry::place)
    }

    /// How many bytes of memory it takes.
    pub fn size(&self) -> usize {
        self.pieces.len() * PIECE * size_of::<Entry>()
            + self.talks.capacity() * size_of::<Talk>()
            + self.remembered.capacity() * size_of::<FrameNo>()
    }

    pub(super) fn entry(&self, no: FrameNo) -> Option<&Entry> {
        let at = usize::try_from(no.checked_sub(1)?).ok()?;
        self.pieces.get(at / PIECE)?.get(at % PIECE)
    }

    /// The conversation whose packets those of another depend on.
    pub(super) fn group(&self, talk: usize) -> u32 {
        self.talks.get(talk).map_or(NONE, |it| it.group)
    }

    pub(super) fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }
}
