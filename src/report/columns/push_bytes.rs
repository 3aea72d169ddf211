//! The column `push_bytes`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Bytes since the last PSH, with this segment (tcp.analysis.push_bytes_sent).
pub(super) static COLUMN: Column = Column {
    id: "push_bytes",
    header: Text {
        en: "Since PSH",
        pt_br: "Desde PSH",
    },
    about: Text {
        en: "Bytes since the last PSH, with this segment (tcp.analysis.push_bytes_sent).",
        pt_br: "Bytes desde o último PSH, com este segmento (tcp.analysis.push_bytes_sent).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.tcp.and_then(|tcp| tcp.push_bytes) {
        number(value, out);
    }
}
