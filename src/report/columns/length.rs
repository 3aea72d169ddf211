//! The column `length`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The length of the frame on the wire, in bytes.
pub(super) static COLUMN: Column = Column {
    id: "length",
    header: Text {
        en: "Length",
        pt_br: "Tamanho",
    },
    about: Text {
        en: "The length of the frame on the wire, in bytes.",
        pt_br: "O tamanho do quadro na rede, em bytes.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    number(row.frame.wire_len, out);
}
