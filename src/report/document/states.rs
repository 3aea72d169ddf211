//! The states of both ends as the packets move them: a line for each change.

use super::Part;
use super::table::{Cell, Column, Gap, Line, Row, Table};
use crate::analysis::conversation::Conversation;
use crate::analysis::moment::Moment;
use crate::analysis::record::Record;
use crate::analysis::record::spells::{Spell, Until};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::report::columns::time;
use crate::report::record::{CellKind, Heading};
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// The table, and what its question marks mean; nothing where no state is known. Times have as many
/// `decimals` as those of the capture.
pub(super) fn parts(conversation: &Conversation, decimals: u8, lang: Lang) -> Vec<Part> {
    let Some(spells) = conversation.record().and_then(Record::spells) else {
        return Vec::new();
    };
    let client = conversation.lifecycle.roles().client();
    let client = client.unwrap_or(Side::First);
    let rows = rows(spells.list(), client, decimals);
    if rows.is_empty() {
        return Vec::new();
    }
    let unknown = rows
        .iter()
        .any(|row| row.cells.contains(&Cell::text(UNKNOWN)));
    let column = |id, header: &Text, kind| {
        Column::new(
            Heading {
                id,
                header: *header,
                kind,
            },
            lang,
        )
    };
    let mut lines: Vec<Line> = rows.into_iter().map(Line::Row).collect();
    if spells.more() > 0 {
        let text = more(lang, spells.more()).to_string();
        lines.push(Line::Gap(Gap {
            rows: spells.more(),
            text,
        }));
    }
    let table = Table {
        id: "states",
        title: TITLE.get(lang).to_owned(),
        columns: vec![
            column("no", &PACKET, CellKind::Number),
            column("time", &TIME, CellKind::Number),
            column("client", &CLIENT, CellKind::Text),
            column("server", &SERVER, CellKind::Text),
        ],
        lines,
    };
    let note = unknown.then(|| Part::Text(NOTE.get(lang).to_owned()));
    [Some(Part::Table(table)), note]
        .into_iter()
        .flatten()
        .collect()
}

/// A row for each packet that changes a state.
fn rows(spells: &[Spell], client: Side, decimals: u8) -> Vec<Row> {
    let ends = spells.iter().filter_map(|spell| match spell.to {
        Until::Unknown(at) => Some(at),
        _ => None,
    });
    let mut changes: Vec<Moment> = spells.iter().map(|it| it.from).chain(ends).collect();
    changes.sort_by_key(|at| at.frame);
    changes.dedup_by_key(|at| at.frame);
    let row = |at: Moment| {
        let mut seconds = Vec::new();
        if let Some(since) = at.time {
            time::seconds(since.span(), decimals, &mut seconds);
        }
        let [a, b] = [client, client.other()].map(|side| after(spells, side, at.frame));
        Row {
            cells: vec![
                Cell::int(at.frame),
                Cell::written(CellKind::Number, &seconds),
                Cell::text(a),
                Cell::text(b),
            ],
            ..Row::default()
        }
    };
    changes.into_iter().map(row).collect()
}

/// The states of a side in a packet; more than one where it passes through one.
fn after(spells: &[Spell], side: Side, frame: FrameNo) -> String {
    let lasts = |spell: &&Spell| {
        let to = match spell.to {
            Until::Packet(to) | Until::Unknown(to) => to.frame,
            Until::End | Until::Reused(_) => FrameNo::MAX,
        };
        let passed = spell.from.frame == frame && to == frame;
        spell.side == side && (passed || (spell.from.frame <= frame && frame < to))
    };
    let names = spells.iter().filter(lasts).map(|it| it.state.name());
    let names: Vec<&str> = names.collect();
    match names.is_empty() {
        true => UNKNOWN.to_owned(),
        false => names.join(", "),
    }
}

/// Stands for a state that no packet proves.
const UNKNOWN: &str = "?";

phrase! {
    NOTE: "?: no packet up to there proves the state of this end.",
        "?: nenhum pacote até ali comprova o estado deste lado.";

    TITLE: "States of both ends (RFC 9293), after each packet that changes one",
        "Estados dos dois lados (RFC 9293), depois de cada pacote que muda um deles";
    PACKET: "After packet", "Após o pacote";
    TIME: "Time", "Tempo";
    CLIENT: "Client", "Cliente";
    SERVER: "Server", "Servidor";
    more(count;): "… and 1 more change" | "… and {count} more changes",
        "… e mais 1 mudança" | "… e mais {count} mudanças";
}
