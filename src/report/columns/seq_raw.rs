//! The column `seq_raw`.

use super::header;
use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Sequence number as it stands in the header.
pub(super) static COLUMN: Column = Column {
    id: "seq_raw",
    header: Text {
        en: "Seq (raw)",
        pt_br: "Seq (bruto)",
    },
    about: Text {
        en: "Sequence number as it stands in the header.",
        pt_br: "Número de sequência como está no cabeçalho.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(header) = header(row) {
        number(header.seq.0, out);
    }
}
