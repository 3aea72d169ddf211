//! The column `acks_frame`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The frame whose last byte this one acknowledges (tcp.analysis.acks_frame).
pub(super) static COLUMN: Column = Column {
    id: "acks_frame",
    header: Text {
        en: "Acks frame",
        pt_br: "Reconhece",
    },
    about: Text {
        en: "The frame whose last byte this one acknowledges (tcp.analysis.acks_frame).",
        pt_br: "O quadro cujo último byte este reconhece (tcp.analysis.acks_frame).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.tcp.and_then(|tcp| tcp.acks_frame) {
        number(value, out);
    }
}
