//! What of a capture a document shows, and how much.

use crate::analysis::conversation::Protocol;
use crate::text::Lang;

/// What to show.
#[derive(Clone, Debug)]
pub struct Options {
    /// The language of words.
    pub lang: Lang,
    /// Which sections.
    pub sections: Sections,
    /// Which conversations; empty for all.
    pub streams: Vec<Stream>,
    /// Whether packets may be left out by a filter, so that any conversation may be one that is
    /// described.
    pub filtered: bool,
    /// How many conversations are described one by one.
    pub conversations: usize,
    /// How many packets of a conversation are shown, of UDP exchanges, of HTTP exchanges.
    pub rows: usize,
    /// How many rows the list of conversations has.
    pub list: usize,
    /// Everything of every conversation, as programs want it; else what would say the same again is
    /// left out.
    pub everything: bool,
}

/// What is shown where nothing else is asked for. A document with all of it takes a browser some
/// ten megabytes.
impl Default for Options {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            sections: Sections::ALL,
            streams: Vec::new(),
            filtered: false,
            conversations: 50,
            rows: 200,
            list: 1000,
            everything: false,
        }
    }
}

/// With a filter or a choice of conversations, those up to this place in the capture have a
/// numbered summary.
const SUMMARIES: usize = 100_000;
/// Of how many conversations HTTP is read, where there is neither.
const HTTP: usize = 10_000;

impl Options {
    /// How many conversations have to keep what a summary needs.
    pub fn summaries(&self) -> usize {
        let read = Sections::DETAILS
            .with(Sections::SUMMARY)
            .with(Sections::UDP)
            .with(Sections::HTTP)
            .with(Sections::QUESTIONS);
        if !self.sections.has(read) {
            0
        } else if self.filtered || !self.streams.is_empty() {
            SUMMARIES
        } else if self.sections.has(Sections::HTTP.with(Sections::QUESTIONS)) {
            self.conversations.max(HTTP)
        } else {
            self.conversations
        }
    }

    /// Whether a conversation was asked for.
    pub(super) fn wants(&self, protocol: Protocol, stream: u32) -> bool {
        let wanted = |it: &Stream| {
            it.number == stream && it.protocol.is_none_or(|wanted| wanted == protocol)
        };
        self.streams.is_empty() || self.streams.iter().any(wanted)
    }
}

/// A conversation by tshark's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stream {
    /// TCP or UDP; both where `None`.
    pub protocol: Option<Protocol>,
    /// `tcp.stream` or `udp.stream`.
    pub number: u32,
}

/// A set of sections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sections(u8);

/// A section by its name on the command line.
pub type Choice = (&'static str, Sections);

impl Sections {
    /// None.
    pub const NONE: Sections = Sections(0);
    /// What was captured.
    pub const CAPTURE: Sections = Sections(1);
    /// The list of conversations.
    pub const CONVERSATIONS: Sections = Sections(1 << 1);
    /// Each conversation: its packets, summary, states.
    pub const DETAILS: Sections = Sections(1 << 2);
    /// The pictures of each conversation.
    pub const PICTURES: Sections = Sections(1 << 3);
    /// UDP exchanges.
    pub const UDP: Sections = Sections(1 << 4);
    /// HTTP exchanges.
    pub const HTTP: Sections = Sections(1 << 5);
    /// The questions of lab sheets, and their answers.
    pub const QUESTIONS: Sections = Sections(1 << 6);
    /// The summary of each conversation, where not all of its details are shown.
    pub const SUMMARY: Sections = Sections(1 << 7);
    /// What a short document has.
    pub const BRIEF: Sections = Sections::CAPTURE
        .with(Sections::PICTURES)
        .with(Sections::QUESTIONS)
        .with(Sections::SUMMARY);
    /// All of them.
    pub const ALL: Sections = Sections(0x7f);

    /// The sections by name, in the order of the document.
    pub const NAMES: &[Choice] = &[
        ("capture", Self::CAPTURE),
        ("conversations", Self::CONVERSATIONS),
        ("details", Self::DETAILS),
        ("pictures", Self::PICTURES),
        ("udp", Self::UDP),
        ("http", Self::HTTP),
        ("questions", Self::QUESTIONS),
    ];

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Sections) -> Sections {
        Sections(self.0 | other.0)
    }

    /// Whether one of `other`'s is in this set.
    pub const fn has(self, other: Sections) -> bool {
        self.0 & other.0 != 0
    }
}
