//! The states of both ends as the packets move them: a line for each change.

use super::Part;
use super::table::{Cell, Column, Gap, Line, Row, Table};
use crate::analysis;
use crate::model::tcp::TcpState;
use crate::report::columns::time;
use crate::report::record::{Heading, Kind};
use crate::text::{Lang, Text};

/// How many changes are shown. An ordinary connection has eight.
const LINES: usize = 60;

/// The changes of one conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct States {
    now: [Option<TcpState>; 2],
    rows: Vec<Row>,
    more: u64,
}

impl States {
    /// Takes the next packet of the conversation.
    pub(super) fn row(&mut self, row: &analysis::row::Row<'_>) {
        let states = row.analysis.states;
        if states == self.now {
            return;
        }
        self.now = states;
        if self.rows.len() >= LINES {
            self.more += 1;
            return;
        }
        let mut seconds = Vec::new();
        if let Some(span) = row.times.relative() {
            time::seconds(span, row.frame.decimals, &mut seconds);
        }
        let name = |state: Option<TcpState>| Cell::text(state.map_or(UNKNOWN, TcpState::name));
        self.rows.push(Row {
            cells: vec![
                Cell::int(row.frame.no),
                Cell::written(Kind::Number, &seconds),
                name(states[0]),
                name(states[1]),
            ],
            ..Row::default()
        });
    }

    /// The table, and what its question marks mean; nothing where no state is known.
    pub(super) fn parts(self, lang: Lang) -> Vec<Part> {
        if self.rows.is_empty() {
            return Vec::new();
        }
        let unknown = self
            .rows
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
        let mut lines: Vec<Line> = self.rows.into_iter().map(Line::Row).collect();
        if self.more > 0 {
            let text = MORE.fill(lang, &[("count", &self.more)]);
            lines.push(Line::Gap(Gap {
                rows: self.more,
                text,
            }));
        }
        let table = Table {
            id: "states",
            title: TITLE.get(lang).to_owned(),
            columns: vec![
                column("no", &PACKET, Kind::Number),
                column("time", &TIME, Kind::Number),
                column("client", &CLIENT, Kind::Text),
                column("server", &SERVER, Kind::Text),
            ],
            lines,
        };
        let note = unknown.then(|| Part::Text(NOTE.get(lang).to_owned()));
        [Some(Part::Table(table)), note]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Stands for a state that no packet proves.
const UNKNOWN: &str = "?";

static NOTE: Text = Text {
    en: "?: no packet up to there proves the state of this end.",
    pt_br: "?: nenhum pacote até ali comprova o estado deste lado.",
};

static TITLE: Text = Text {
    en: "States of both ends (RFC 9293), after each packet that changes one",
    pt_br: "Estados dos dois lados (RFC 9293), depois de cada pacote que muda um deles",
};
static PACKET: Text = Text {
    en: "After packet",
    pt_br: "Após o pacote",
};
static TIME: Text = Text {
    en: "Time",
    pt_br: "Tempo",
};
static CLIENT: Text = Text {
    en: "Client",
    pt_br: "Cliente",
};
static SERVER: Text = Text {
    en: "Server",
    pt_br: "Servidor",
};
static MORE: Text = Text {
    en: "… and {count} more changes",
    pt_br: "… e mais {count} mudanças",
};
