//! The column `way`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::model::side::Direction;
use crate::text::Text;

/// Which way the packet goes: → from the client to the server, ← back.
pub(super) static COLUMN: Column = Column {
    id: "way",
    header: Text { en: "", pt_br: "" },
    about: Text {
        en: "Which way the packet goes: → from the client to the server, ← back.",
        pt_br: "Sentido do pacote: → do cliente para o servidor, ← de volta.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let arrow = match row.analysis.direction {
        Some(Direction::ToServer) => "→",
        Some(Direction::ToClient) => "←",
        None => "",
    };
    out.extend_from_slice(arrow.as_bytes());
}
