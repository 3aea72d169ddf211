//! The column `completeness_text`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The same in words.
pub(super) static COLUMN: Column = Column {
    id: "completeness_text",
    header: Text {
        en: "Completeness",
        pt_br: "Completude",
    },
    about: Text {
        en: "The same in words.",
        pt_br: "O mesmo em palavras.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(tcp) = row.analysis.tcp {
        out.extend_from_slice(tcp.completeness.name().as_bytes());
    }
}
