//! The labelled table of a conversation's packets: its head, then what matters, then how many
//! were left out.

use super::table::{Cell, Column, Detail, Field, Gap, Line, Row, Table};
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::row;
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::report::coloring;
use crate::report::columns::{self, CellOptions};
use crate::report::explain::Explanation;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity;

/// The columns of the table, in order.
const SHOWN: &[&str] = &[
    "no",
    "time",
    "source",
    "destination",
    "protocol",
    "length",
    "way",
    "info",
    "phase",
];
/// Those that stay where there is little room.
const ESSENTIAL: &[&str] = &["no", "time", "way", "info", "phase"];
phrase! {
    /// The heading of the column `way`, which has none in Wireshark's table.
    WAY: "Way", "Sentido";
}

/// The packets of one conversation.
#[derive(Debug, Default)]
pub(super) struct Packets {
    lines: Vec<Line>,
    shown: usize,
    hidden: Hidden,
    scratch: Vec<u8>,
}

/// Packets that are left out at one place.
#[derive(Clone, Copy, Debug, Default)]
struct Hidden {
    rows: u64,
    first: FrameNo,
    last: FrameNo,
    bytes: u64,
    again: u64,
}

impl Packets {
    /// Whether the next packet of the conversation is one of the `limit` that are shown. The last
    /// quarter of the room is kept for packets that open, close, reset or refuse.
    pub(super) fn has_room(&self, row: &row::Row<'_>, limit: usize) -> bool {
        let plain = matches!(
            row.analysis.phase,
            Some(
                Phase::Data
                    | Phase::Ack
                    | Phase::Window
                    | Phase::KeepAlive
                    | Phase::Datagram
                    | Phase::Unknown
            ) | None
        );
        let room = if plain { limit - limit / 4 } else { limit };
        self.shown < room
    }

    /// Takes the next packet of the conversation, at most `limit` of them.
    pub(super) fn row(
        &mut self,
        row: &row::Row<'_>,
        limit: usize,
        cells: &CellOptions,
        explanation: Option<Explanation>,
    ) {
        if !self.has_room(row, limit) {
            self.hide(row);
            return;
        }
        self.flush(cells.lang);
        self.shown += 1;
        let explanation = explanation.unwrap_or_default();
        let row = packet(row, cells, explanation, &mut self.scratch);
        self.lines.push(Line::Row(row));
    }

    fn hide(&mut self, row: &row::Row<'_>) {
        let hidden = &mut self.hidden;
        if hidden.rows == 0 {
            hidden.first = row.frame.no;
        }
        hidden.rows += 1;
        hidden.last = row.frame.no;
        hidden.bytes = hidden.bytes.saturating_add(row.frame.wire_len.into());
        let marks = row.analysis.tcp.map_or(Marks::NONE, |tcp| tcp.marks);
        hidden.again += u64::from(marks.any(Marks::SENT_AGAIN));
    }

    fn flush(&mut self, lang: Lang) {
        let Hidden {
            rows,
            first,
            last,
            bytes,
            again,
        } = std::mem::take(&mut self.hidden);
        if rows == 0 {
            return;
        }
        let text =
            left_out(lang, rows, first, last, quantity::bytes(lang, bytes), again).to_string();
        self.lines.push(Line::Gap(Gap { rows, text }));
    }

    /// The table.
    pub(super) fn table(mut self, lang: Lang) -> Table {
        self.flush(lang);
        Table {
            id: "packets",
            title: TITLE.get(lang).to_owned(),
            columns: headings(lang),
            lines: self.lines,
        }
    }
}

fn headings(lang: Lang) -> Vec<Column> {
    let shown = SHOWN.iter().filter_map(|id| columns::find(id));
    shown
        .map(|column| {
            let mut heading = Column::new(column.heading(), lang);
            if heading.id == "way" {
                WAY.get(lang).clone_into(&mut heading.title);
            }
            heading.essential = ESSENTIAL.contains(&heading.id);
            heading.long = heading.id == "info";
            heading
        })
        .collect()
}

/// A packet as a row with every known field behind it.
fn packet(
    row: &row::Row<'_>,
    cells: &CellOptions,
    explanation: Explanation,
    scratch: &mut Vec<u8>,
) -> Row {
    let mut write = |column: &columns::Column| {
        scratch.clear();
        (column.write)(row, cells, scratch);
        match column.id {
            "payload" => Cell::code(super::table::lossless(scratch)),
            _ => Cell::written(column.kind, scratch),
        }
    };
    let shown = SHOWN.iter().filter_map(|id| columns::find(id));
    let row_cells = shown.map(&mut write).collect();
    let fields = columns::COLUMNS
        .iter()
        // Each flag is a bit of `flags`, and a filter for FIN should find FINs.
        .filter(|column| !SHOWN.contains(&column.id) && !column.id.starts_with("flag_"))
        .filter_map(|column| match write(column) {
            Cell::Empty => None,
            value => Some(Field {
                id: column.id,
                about: column.about.get(cells.lang),
                value,
            }),
        })
        .collect();
    Row {
        cells: row_cells,
        coloring: coloring::of(row),
        detail: Some(Box::new(Detail {
            sentence: explanation.sentence,
            why: explanation.why,
            fields,
        })),
    }
}

phrase! {
    TITLE: "Packets", "Pacotes";
    left_out(count; first, last, bytes, again):
        "… 1 packet left out, [{first}]: {bytes} on the wire" | "… {count} packets left out, [{first}] to [{last}]: {bytes} on the wire, {again} of them sent again",
        "… 1 pacote omitido, [{first}]: {bytes} na rede" | "… {count} pacotes omitidos, de [{first}] a [{last}]: {bytes} na rede, {again} deles retransmitidos";
}
