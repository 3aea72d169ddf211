//! The column `len`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Payload bytes of the TCP segment.
pub(super) static COLUMN: Column = Column {
    id: "len",
    header: Text {
        en: "Len",
        pt_br: "Len",
    },
    about: Text {
        en: "Payload bytes of the TCP segment.",
        pt_br: "Bytes de dados do segmento TCP.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(len) = row.analysis.tcp.and_then(|tcp| tcp.len) {
        number(len, out);
    }
}
