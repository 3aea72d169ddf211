//! What is kept of one capture while its frames go by.

use std::collections::{HashMap, HashSet};

use super::spec::Spec;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::lab::{Evidence, Rows};
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Side;
use crate::report::payload;

/// More packets than any lab sends: of larger captures nothing is said about labs.
pub const LAB_PACKETS: usize = 200_000;
/// How much of the first payload of each end is kept.
const FIRST: usize = 60;

/// A text that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its conversation.
    pub conversation: u32,
    /// Who sent it.
    pub side: Side,
    /// The frame with its last byte.
    pub frame: FrameNo,
}

/// Takes the rows of one capture.
#[derive(Debug)]
pub struct Watch {
    texts: Vec<Vec<u8>>,
    found: Vec<Vec<Found>>,
    streams: HashMap<(u32, Side), Stream>,
    tls: HashSet<u32>,
    packets: u64,
    labs: Option<Rows>,
}

/// The payload of one end, as far as texts may go from one segment into the next.
#[derive(Debug, Default)]
struct Stream {
    /// The number of the byte after the last one.
    next: Option<u32>,
    tail: Vec<u8>,
    first: Vec<u8>,
}

/// What a capture holds, beside its conversations.
#[derive(Debug)]
pub struct Capture<'c> {
    /// Its conversations.
    pub conversations: &'c [Conversation],
    /// How many packets it has.
    pub packets: u64,
    /// What labs are judged by; `None` where the specification names none, or the capture is
    /// larger than those of labs.
    pub evidence: Option<Evidence>,
    texts: Vec<Vec<u8>>,
    found: Vec<Vec<Found>>,
    streams: HashMap<(u32, Side), Stream>,
    tls: HashSet<u32>,
}

impl Watch {
    /// Looks for what `spec` asks for, in the file whose name is `stem` without suffixes.
    pub fn new(spec: &Spec, stem: &str) -> Watch {
        let texts: Vec<Vec<u8>> = spec.texts(stem).into_iter().map(Vec::from).collect();
        Watch {
            found: vec![Vec::new(); texts.len()],
            texts,
            streams: HashMap::new(),
            tls: HashSet::new(),
            packets: 0,
            labs: spec.asks_for_labs().then(Rows::default),
        }
    }

    /// Takes the next row.
    pub fn take(&mut self, row: &Row<'_>) {
        self.packets += 1;
        if let Some(rows) = &mut self.labs {
            match rows.count() < LAB_PACKETS {
                true => rows.take(row),
                false => self.labs = None,
            }
        }
        let (Some(id), Some(side)) = (row.analysis.conversation, row.analysis.side) else {
            return;
        };
        let bytes = payload::of(row);
        if bytes.is_empty() {
            return;
        }
        let (number, len) = match &row.packet.content {
            Content::Tcp(segment) => (
                row.whole_header().map(|header| header.seq),
                segment.payload_len().unwrap_or(0),
            ),
            _ => (None, 0),
        };
        if number.is_some() && matches!(bytes, [0x14..=0x17, 3, 0..=4, ..]) {
            self.tls.insert(id.0);
        }
        if !self.texts.is_empty() {
            let place = (id.0, side);
            self.search(place, row.frame.no, number.map(|it| it.0), (bytes, len));
        }
    }

    /// Looks for the texts in a payload of `len` bytes, of which those are there.
    fn search(
        &mut self,
        (conversation, side): (u32, Side),
        frame: FrameNo,
        number: Option<u32>,
        (bytes, len): (&[u8], u32),
    ) {
        let stream = self.streams.entry((conversation, side)).or_default();
        if stream.first.is_empty() {
            stream.first = bytes.get(..FIRST).unwrap_or(bytes).to_vec();
        }
        let follows = number.is_some() && stream.next == number;
        let before = if follows { stream.tail.len() } else { 0 };
        let mut all = stream.tail.get(..before).unwrap_or_default().to_vec();
        all.extend_from_slice(bytes);
        for (text, found) in self.texts.iter().zip(&mut self.found) {
            let known = |it: &Found| (it.conversation, it.side) == (conversation, side);
            if !found.iter().any(known) && holds(&all, text) {
                found.push(Found {
                    conversation,
                    side,
                    frame,
                });
            }
        }
        let Some(number) = number else { return };
        let end = number.wrapping_add(len);
        // What is sent again ends before what came.
        let newer = stream
            .next
            .is_none_or(|next| end.wrapping_sub(next).cast_signed() > 0);
        if newer {
            let longest = self.texts.iter().map(Vec::len).max().unwrap_or(0);
            let whole = u32::try_from(bytes.len()) == Ok(len);
            let keep = if whole { longest.saturating_sub(1) } else { 0 };
            stream.tail = all.split_off(all.len().saturating_sub(keep));
            stream.next = Some(end);
        }
    }

    /// What there is, with the conversations that the rows came from.
    pub fn finish(self, conversations: &[Conversation]) -> Capture<'_> {
        Capture {
            conversations,
            packets: self.packets,
            evidence: self.labs.map(|rows| rows.finish(conversations, Vec::new())),
            texts: self.texts,
            found: self.found,
            streams: self.streams,
            tls: self.tls,
        }
    }
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

impl Capture<'_> {
    /// Where a text stands in a conversation, from one of its ends or from any.
    pub fn found(&self, text: &str, conversation: u32, from: Option<Side>) -> Option<FrameNo> {
        let place = self.texts.iter().position(|it| it == text.as_bytes())?;
        let found = self.found.get(place)?.iter();
        let here = found.filter(|it| it.conversation == conversation);
        here.filter(|it| from.is_none_or(|side| side == it.side))
            .map(|it| it.frame)
            .min()
    }

    /// The beginning of what an end sent, as one line; empty where nothing is kept.
    pub fn first_words(&self, conversation: u32, side: Side) -> String {
        let mut out = Vec::new();
        if let Some(stream) = self.streams.get(&(conversation, side)) {
            payload::preview(&stream.first, FIRST, &mut out);
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    /// Whether a conversation carries TLS records.
    pub fn is_tls(&self, conversation: u32) -> bool {
        self.tls.contains(&conversation)
    }
}
