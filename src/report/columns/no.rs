//! The column `no`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The number of the frame in the capture, from 1.
pub(super) static COLUMN: Column = Column {
    id: "no",
    header: Text {
        en: "No.",
        pt_br: "Nº",
    },
    about: Text {
        en: "The number of the frame in the capture, from 1.",
        pt_br: "O número do quadro na captura, a partir de 1.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    number(row.frame.no, out);
}
