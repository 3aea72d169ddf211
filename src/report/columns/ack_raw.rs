//! The column `ack_raw`.

use super::number;
use super::sound_header;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Acknowledgment number as it stands in the header.
pub(super) static COLUMN: Column = Column {
    id: "ack_raw",
    header: Text {
        en: "Ack (raw)",
        pt_br: "Ack (bruto)",
    },
    about: Text {
        en: "Acknowledgment number as it stands in the header.",
        pt_br: "Número de reconhecimento como está no cabeçalho.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(header) = sound_header(row) {
        number(header.ack.0, out);
    }
}
