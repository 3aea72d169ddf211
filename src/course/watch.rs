//! What is kept of one capture while its frames go by.

use std::collections::{HashMap, HashSet};

use super::spec::{Spec, Wanted};
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::analysis::stream::{At, Piece, Stream};
use crate::lab::{Evidence, Rows};
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::Side;
use crate::report::payload;

/// More packets than any lab sends: of larger captures nothing is said about labs.
pub const LAB_PACKETS: usize = 200_000;
/// Of so many conversations a record is kept, which takes up to 32 KB each; of those after them
/// only what needs none is known.
pub const RECORDS: usize = 5_000;
/// How much of the first payload of each end is kept.
const FIRST: usize = 60;
/// How many bytes of each end wait for those before them.
const WAITING: usize = 16 * 1024;

/// Takes the rows of one capture.
#[derive(Debug)]
pub struct Watch {
    texts: Vec<Wanted>,
    streams: HashMap<(u32, Side), Said>,
    tls: HashSet<u32>,
    /// Conversations with payload that was not captured.
    cut: HashSet<u32>,
    packets: u64,
    labs: Option<Rows>,
}

/// What one end sends.
#[derive(Debug)]
struct Said {
    stream: Stream,
    /// The end of what came, as far as a text may go on from there.
    tail: Vec<u8>,
    first: Vec<u8>,
    /// Of each text the frame with its last byte.
    found: Vec<Option<FrameNo>>,
}

impl Said {
    fn new(texts: usize) -> Said {
        Said {
            stream: Stream::holding(WAITING),
            tail: Vec::new(),
            first: Vec::new(),
            found: vec![None; texts],
        }
    }

    /// Takes the bytes that come next.
    fn look(&mut self, bytes: &[u8], frame: FrameNo, texts: &[Wanted]) {
        if self.first.is_empty() {
            self.first = bytes.get(..FIRST).unwrap_or(bytes).to_vec();
        }
        self.tail.extend_from_slice(bytes);
        for (text, found) in texts.iter().zip(&mut self.found) {
            if found.is_none() && text.is_in(&self.tail) {
                *found = Some(frame);
            }
        }
        // With the byte before it, which tells whether it stands alone.
        let longest = texts.iter().map(|it| it.bytes.len()).max().unwrap_or(0);
        self.tail.drain(..self.tail.len().saturating_sub(longest));
    }

    fn pieces(&mut self, pieces: Vec<Piece>, texts: &[Wanted]) {
        for piece in pieces {
            match piece {
                Piece::Bytes(bytes, at) => self.look(&bytes, at.frame, texts),
                Piece::Gap(_) => self.tail.clear(),
                Piece::Again(..) | Piece::End(_) => {}
            }
        }
    }
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
    texts: Vec<Wanted>,
    streams: HashMap<(u32, Side), Said>,
    tls: HashSet<u32>,
    cut: HashSet<u32>,
}

impl Watch {
    /// Looks for what `spec` asks for, in the file whose name is `stem` without suffixes.
    pub fn new(spec: &Spec, stem: &str) -> Watch {
        Watch {
            texts: spec.texts(stem),
            streams: HashMap::new(),
            tls: HashSet::new(),
            cut: HashSet::new(),
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
        let sent = match &row.packet.content {
            Content::Tcp(segment) => segment.payload_len(),
            Content::Udp(datagram) => datagram.payload_len(),
            Content::Other(_) => None,
        };
        if sent.is_some_and(|it| usize::try_from(it).is_ok_and(|it| it > bytes.len())) {
            self.cut.insert(id.0);
        }
        let header = row.whole_header();
        if header.is_some() && matches!(bytes, [0x14..=0x17, 3, 0..=4, ..]) {
            self.tls.insert(id.0);
        }
        let syn = header.is_some_and(|it| it.flags.syn());
        if self.texts.is_empty() || (bytes.is_empty() && !syn) {
            return;
        }
        let (texts, frame) = (&self.texts, row.frame.no);
        let place = self.streams.entry((id.0, side));
        let said = place.or_insert_with(|| Said::new(texts.len()));
        let (Content::Tcp(segment), Some(header)) = (&row.packet.content, header) else {
            said.look(bytes, frame, texts);
            said.tail.clear();
            return;
        };
        let seq = if syn { header.seq.plus(1) } else { header.seq };
        if syn {
            said.stream.start(seq);
        }
        let at = At {
            frame,
            seq,
            ..At::default()
        };
        let mut pieces = Vec::new();
        let len = segment.payload_len().unwrap_or(0);
        said.stream.take(bytes, (len, false), at, &mut pieces);
        said.pieces(pieces, texts);
    }

    /// What there is, with the conversations that the rows came from.
    pub fn finish(mut self, conversations: &[Conversation]) -> Capture<'_> {
        for said in self.streams.values_mut() {
            let mut pieces = Vec::new();
            said.stream.finish(&mut pieces);
            said.pieces(pieces, &self.texts);
        }
        Capture {
            conversations,
            packets: self.packets,
            evidence: (self.labs)
                .filter(|_| conversations.len() <= RECORDS)
                .map(|rows| rows.finish(conversations, Vec::new())),
            texts: self.texts,
            streams: self.streams,
            tls: self.tls,
            cut: self.cut,
        }
    }
}

impl Capture<'_> {
    /// Where a text stands in a conversation, from one of its ends or from any.
    pub fn found(&self, text: &Wanted, conversation: u32, from: Option<Side>) -> Option<FrameNo> {
        let place = self.texts.iter().position(|it| it == text)?;
        let sides = [Side::First, Side::Second].into_iter();
        let sides = sides.filter(|side| from.is_none_or(|from| from == *side));
        let streams = sides.filter_map(|side| self.streams.get(&(conversation, side)));
        streams.filter_map(|it| *it.found.get(place)?).min()
    }

    /// The beginning of what an end sent, as one line; empty where nothing is kept.
    pub fn first_words(&self, conversation: u32, side: Side) -> String {
        let mut out = Vec::new();
        if let Some(stream) = self.streams.get(&(conversation, side)) {
            payload::preview(&stream.first, FIRST, &mut out);
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    /// Whether a conversation has payload that was not captured: its packets were cut, or are rows of
    /// text.
    pub fn is_cut(&self, conversation: u32) -> bool {
        self.cut.contains(&conversation)
    }

    /// Whether a conversation carries TLS records.
    pub fn is_tls(&self, conversation: u32) -> bool {
        self.tls.contains(&conversation)
    }
}
