//! The words beside an arrow, out of a row.

use super::{Label, Note, words};
use crate::analysis::facts::udp::{Basis, What};
use crate::analysis::row::Row;
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::model::packet::{Content, Datagram, Other};
use crate::model::tcp::Header;
use crate::report::coloring::{self, Coloring};
use crate::report::info;
use crate::text::Lang;

/// The marks of packets that are about their window.
const WINDOW: Marks = Marks::ZERO_WINDOW
    .with(Marks::WINDOW_UPDATE)
    .with(Marks::WINDOW_FULL)
    .with(Marks::ZERO_WINDOW_PROBE)
    .with(Marks::ZERO_WINDOW_PROBE_ACK);

/// What the label of a row is made of. Of most packets of a long conversation nobody reads it, so
/// that the words of a segment are only put together where its arrow is drawn.
#[derive(Clone, Debug)]
pub(super) enum Words {
    Segment(Header, TcpAnalysis, Coloring, Option<Note>),
    Other(Label),
}

impl Words {
    pub(super) fn of(row: &Row<'_>) -> Words {
        let note = note(row);
        let mut label = match &row.packet.content {
            Content::Tcp(_) => match (row.whole_header(), &row.analysis.tcp) {
                (Some(header), Some(analysis)) => {
                    return Words::Segment(header, *analysis, coloring::of(row), note);
                }
                _ => named("TCP", String::new()),
            },
            Content::Udp(datagram) => udp(datagram),
            Content::Other(other) => icmp(row, other),
        };
        label.coloring = coloring::of(row);
        label.note = note;
        Words::Other(label)
    }

    pub(super) fn label(&self) -> Label {
        match self {
            Words::Segment(header, analysis, coloring, note) => Label {
                coloring: *coloring,
                note: *note,
                ..tcp(header, analysis)
            },
            Words::Other(label) => label.clone(),
        }
    }
}

fn named(kind: &str, numbers: String) -> Label {
    Label {
        kind: kind.to_owned(),
        numbers,
        ..Label::default()
    }
}

fn tcp(header: &Header, analysis: &TcpAnalysis) -> Label {
    let mut kind = Vec::new();
    info::flags::write(header.flags, analysis.accurate_ecn, &mut kind);
    let mut marks = Vec::new();
    info::tcp::marks(analysis, &mut marks);
    let mut numbers = format!("Seq={}", analysis.seq);
    if header.flags.ack() {
        numbers.push_str(&format!(" Ack={}", analysis.ack));
    }
    Label {
        marks: text(marks).trim_end().to_owned(),
        kind: text(kind),
        numbers,
        window: format!("Win={}", analysis.window),
        len: analysis
            .len
            .map_or_else(String::new, |len| format!("Len={len}")),
        about_window: analysis.marks.any(WINDOW),
        ..Label::default()
    }
}

fn udp(datagram: &Datagram<'_>) -> Label {
    let kind = match datagram.transport.lite {
        true => "UDP-Lite",
        false => "UDP",
    };
    Label {
        len: datagram
            .payload_len()
            .map_or_else(String::new, |len| format!("Len={len}")),
        ..named(kind, String::new())
    }
}

/// An ICMP error in the words of Info; with its sender where that is neither end.
fn icmp(row: &Row<'_>, other: &Other<'_>) -> Label {
    let mut label = named(info::protocol(row), other.info.to_owned());
    let addressed = other.quoted.map(|quoted| quoted.destination);
    if addressed.is_some_and(|end| end != row.packet.source) {
        let mut from = Vec::new();
        crate::report::text_address::write(row.packet.source, &mut from);
        label.len = format!("({})", text(from));
    }
    label
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a packet has to do with an earlier one, where its numbers do not say it.
fn note(row: &Row<'_>) -> Option<Note> {
    let record = row.conversation?.record()?;
    match &row.packet.content {
        Content::Tcp(_) => record.latest().twin.map(|twin| Note::Twin(twin.of.frame)),
        Content::Udp(_) => match record.udp()?.latest().what {
            What::Reply { request, basis, .. } => Some(Note::Answers {
                request,
                certain: basis == Basis::Payload,
            }),
            What::From { request, .. } => Some(Note::Answers {
                request,
                certain: true,
            }),
            What::Request { again } => again.map(|(frame, _)| Note::Again(frame)),
            What::Doubled { reply: (frame, _) } => Some(Note::Doubled(frame)),
            What::Twin { twin, .. } => Some(Note::Twin(twin.of.frame)),
            What::Unasked | What::OneMore | What::Unlike | What::Plain => None,
        },
        Content::Other(_) => None,
    }
}

impl Label {
    /// Its words in reading order, without the empty ones.
    pub fn words(&self, lang: Lang) -> String {
        let all = [&self.marks, &self.kind, &self.numbers, &self.window];
        self.joined(&all.map(String::as_str), lang)
    }

    /// Its words without the marks.
    pub fn numbered(&self, lang: Lang) -> String {
        self.joined(&[&self.kind, &self.numbers, &self.window], lang)
    }

    /// Its words without the marks, and without the window unless it is about that.
    pub fn short(&self, lang: Lang) -> String {
        let window = match self.about_window {
            true => &self.window,
            false => "",
        };
        self.joined(&[&self.kind, &self.numbers, window], lang)
    }

    fn joined(&self, words: &[&str], lang: Lang) -> String {
        let note = self.note.map(|note| words::note(note, lang));
        let rest = [self.len.as_str(), note.as_deref().unwrap_or_default()];
        let words = words.iter().copied().chain(rest);
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }
}
