//! The column `source`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::report::text_address;
use crate::text::Text;

/// The innermost source address.
pub(super) static COLUMN: Column = Column {
    id: "source",
    header: Text {
        en: "Source",
        pt_br: "Origem",
    },
    about: Text {
        en: "The innermost source address.",
        pt_br: "O endereço de origem mais interno.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    text_address::write(row.packet.source, out);
}
