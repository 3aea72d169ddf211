//! The section with one row per conversation.

use std::collections::HashMap;
use std::hash::BuildHasher;

use super::limits::Options;
use super::table::{Cell, Column, Gap, Line, Row, Table};
use super::{Part, Section};
use crate::analysis::conversation::Conversation;
use crate::report::conversations::{self, COLUMNS, Entry};
use crate::report::zeek::Talk;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The columns of the list of conversations; what else is known stands with each of them.
const SHOWN: &[&str] = &[
    "protocol",
    "stream",
    "client",
    "server",
    "packets_to_server",
    "bytes_to_server",
    "packets_to_client",
    "bytes_to_client",
    "duration",
    "initial_rtt",
    "rtt_avg",
    "phases",
    "close",
    "closed_by",
    "retransmissions",
    "conn_state",
    "history",
];
const ESSENTIAL: &[&str] = &[
    "protocol",
    "stream",
    "client",
    "server",
    "duration",
    "phases",
    "close",
    "closed_by",
];

/// Conversations that are not listed, together.
#[derive(Clone, Copy, Debug, Default)]
struct Others {
    rows: u64,
    packets: u64,
    bytes: u64,
    refused: u64,
    reset: u64,
    retransmissions: u64,
}

impl Others {
    fn add(&mut self, conversation: &Conversation) {
        let traffic = &conversation.traffic;
        self.rows += 1;
        self.packets += traffic.packets.map(u64::from).iter().sum::<u64>();
        self.bytes = self.bytes.saturating_add(traffic.bytes.iter().sum());
        self.retransmissions += u64::from(conversation.retransmissions);
        let close = conversation.lifecycle.close();
        let cut = close.cut().map(|reset| reset.kind.refuses());
        self.refused += u64::from(cut == Some(true));
        self.reset += u64::from(cut == Some(false));
    }

    /// The line that stands for them; none where every conversation is listed.
    fn line(&self, lang: Lang) -> Option<Line> {
        (self.rows > 0).then(|| {
            let _packets = quantity::packets(lang, self.packets);
            let _bytes = quantity::bytes(lang, self.bytes);
            let packets = quantity::packets(lang, self.packets);
            let bytes = quantity::bytes(lang, self.bytes);
            let text = unlisted(
                lang,
                self.rows,
                &packets,
                &bytes,
                &self.refused,
                &self.reset,
                &self.retransmissions,
            );
            Line::Gap(Gap {
                rows: self.rows,
                text: text.to_string(),
            })
        })
    }
}

/// The list of the conversations that `shown` yields, at most as many as the options allow.
pub(super) fn section<'a>(
    shown: impl Iterator<Item = (u32, &'a Conversation)>,
    histories: &HashMap<u32, Talk, impl BuildHasher>,
    options: &Options,
) -> Section {
    let lang = options.lang;
    let columns: Vec<&conversations::Column> = SHOWN
        .iter()
        .filter_map(|id| COLUMNS.iter().copied().find(|column| column.id == *id))
        .collect();
    let mut lines = Vec::new();
    let mut others = Others::default();
    for (place, conversation) in shown {
        let Some(entry) = Entry::of(conversation) else {
            continue;
        };
        if lines.len() >= options.list {
            others.add(conversation);
            continue;
        }
        let entry = Entry {
            talk: histories.get(&place),
            ..entry
        };
        let cells = columns.iter().map(|column| cell(column, &entry, lang));
        lines.push(Line::Row(Row {
            cells: cells.collect(),
            ..Row::default()
        }));
    }
    let listed = lines.len();
    lines.extend(others.line(lang));
    let parts = match listed {
        0 => vec![Part::Text(NONE.get(lang).to_owned())],
        _ => vec![Part::Table(Table {
            id: "conversations",
            title: TITLE.get(lang).to_owned(),
            columns: columns.iter().map(|it| heading(it, lang)).collect(),
            lines,
        })],
    };
    Section::plain("conversations", "conversations", TITLE.get(lang), parts)
}

fn heading(column: &conversations::Column, lang: Lang) -> Column {
    let mut heading = Column::new(column.heading(), lang);
    heading.essential = ESSENTIAL.contains(&heading.id);
    heading
}

/// The cell of one column.
pub(super) fn cell(column: &conversations::Column, entry: &Entry<'_>, lang: Lang) -> Cell {
    let mut out = Vec::new();
    (column.write)(entry, lang, &mut out);
    Cell::written(column.kind, &out)
}

phrase! {
    TITLE: "Conversations", "Conversas";
    NONE: "There is no TCP or UDP conversation in this capture.",
        "Não há conversa TCP nem UDP nesta captura.";
    unlisted(rows; packets, bytes, refused, reset, again):
        "… and 1 more conversation: {packets}, {bytes}; refused: {refused}, reset: {reset}, retransmissions: {again}" | "… and {rows} more conversations: {packets}, {bytes}; refused: {refused}, reset: {reset}, retransmissions: {again}",
        "… e mais 1 conversa: {packets}, {bytes}; recusadas: {refused}, com término abrupto (RST): {reset}, retransmissões: {again}" | "… e mais {rows} conversas: {packets}, {bytes}; recusadas: {refused}, com término abrupto (RST): {reset}, retransmissões: {again}";
}
