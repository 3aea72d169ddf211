//! The column `stream`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The number of the TCP or UDP stream, as tshark counts.
pub(super) static COLUMN: Column = Column {
    id: "stream",
    header: Text {
        en: "Stream",
        pt_br: "Fluxo",
    },
    about: Text {
        en: "The number of the TCP or UDP stream, as tshark counts.",
        pt_br: "O número do fluxo TCP ou UDP, como o tshark conta.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(stream) = row.analysis.stream {
        number(stream, out);
    }
}
