//! The list of conversations: one row each, TCP and UDP.

mod columns;
mod evidence;
mod phases;
mod zeek;

pub use columns::{COLUMNS, COMPACT, EXCHANGE, READING};
pub use zeek::{ZEEK, ZEEK_TYPES, needs_talks};

use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::close::Close;
use crate::model::address::Endpoint;
use crate::model::side::Side;
use crate::model::time::Timestamp;
use crate::report::record::{CellKind, Heading, Record};
use crate::report::words;
use crate::report::zeek::Talk;
use crate::text::{Lang, Text, ui};

/// A column of the list.
#[derive(Debug)]
pub struct Column {
    /// Its name in `--columns`, `--sort`, the tsv header and in JSON; never translated.
    pub id: &'static str,
    /// Its heading in tables.
    pub header: Text,
    /// What its cells are.
    pub kind: CellKind,
    /// Appends the cell of a conversation; nothing where the packets do not prove a value.
    pub write: fn(&Entry<'_>, Lang, &mut Vec<u8>),
}

impl Column {
    /// What a format knows of it.
    pub fn heading(&self) -> Heading {
        Heading {
            id: self.id,
            header: self.header,
            kind: self.kind,
        }
    }
}

/// A conversation with its ends in the order of the list: the client first, or, where the roles
/// are not known, the sender of the first packet.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The conversation.
    pub conversation: &'a Conversation,
    /// The side that stands first.
    pub client: Side,
    /// How it ended.
    pub close: Close,
    /// The time of the first frame of the capture.
    pub origin: Option<Timestamp>,
    /// What Zeek would tell of it, where that was asked for.
    pub talk: Option<&'a Talk>,
}

impl<'a> Entry<'a> {
    /// The entry of a conversation; `None` where only ICMP errors speak of it, which tshark does
    /// not count either.
    pub fn of(conversation: &'a Conversation) -> Option<Self> {
        let packets = conversation.traffic.packets;
        let client = conversation
            .lifecycle
            .roles()
            .client()
            .unwrap_or(Side::First);
        (packets != [0, 0]).then_some(Self {
            conversation,
            client,
            close: conversation.lifecycle.close(),
            origin: None,
            talk: None,
        })
    }

    pub(in crate::report) fn end(&self, side: Side) -> Endpoint {
        self.conversation.ends()[side.index()]
    }
}

/// A conversation as a row of chosen columns.
#[derive(Clone, Copy, Debug)]
pub struct ConversationRecord<'r, 'a> {
    /// The conversation.
    pub entry: Entry<'a>,
    /// The columns in order.
    pub columns: &'r [&'static Column],
    /// The language of words; numbers and names read the same in every language.
    pub lang: Lang,
}

/// The widest cells of the columns that grow while a capture goes on: how a conversation ended, and
/// when. Beyond that they grow out of their columns.
#[derive(Clone, Copy, Debug)]
pub struct Widest<'a> {
    /// The columns.
    pub columns: &'a [&'static Column],
    /// The language.
    pub lang: Lang,
}

impl Record for Widest<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        let words = match self.columns.get(place).map(|column| column.id) {
            Some("close") => words::close::widest(self.lang),
            Some("closed_by") => ui::SERVER.get(self.lang),
            // A day, and some hours.
            Some("start") => "86400.000000000",
            Some("duration") => "9999.000000000",
            _ => "",
        };
        out.extend_from_slice(words.as_bytes());
    }
}

impl Record for ConversationRecord<'_, '_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        if let Some(column) = self.columns.get(place) {
            (column.write)(&self.entry, self.lang, out);
        }
    }

    fn own_words(&self) -> bool {
        true
    }
}
