//! The column `dup_ack_frame`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// A duplicate ACK: the frame that acknowledged the same first (tcp.analysis.duplicate_ack_frame).
pub(super) static COLUMN: Column = Column {
    id: "dup_ack_frame",
    header: Text {
        en: "Dup of",
        pt_br: "Dup de",
    },
    about: Text {
        en: "A duplicate ACK: the frame that acknowledged the same first (tcp.analysis.duplicate_ack_frame).",
        pt_br: "Um ACK duplicado: o quadro que reconheceu o mesmo primeiro (tcp.analysis.duplicate_ack_frame).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row
        .analysis
        .tcp
        .and_then(|tcp| tcp.duplicate)
        .map(|duplicate| duplicate.of)
    {
        number(value, out);
    }
}
