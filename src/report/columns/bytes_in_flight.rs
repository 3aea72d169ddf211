//! The column `bytes_in_flight`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Bytes sent and not yet acknowledged, with this segment (tcp.analysis.bytes_in_flight).
pub(super) static COLUMN: Column = Column {
    id: "bytes_in_flight",
    header: Text {
        en: "In flight",
        pt_br: "Em trânsito",
    },
    about: Text {
        en: "Bytes sent and not yet acknowledged, with this segment (tcp.analysis.bytes_in_flight).",
        pt_br: "Bytes enviados e ainda não reconhecidos, com este segmento (tcp.analysis.bytes_in_flight).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.tcp.and_then(|tcp| tcp.bytes_in_flight) {
        number(value, out);
    }
}
