//! The column `destination`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::report::text_address;
use crate::text::Text;

/// The innermost destination address.
pub(super) static COLUMN: Column = Column {
    id: "destination",
    header: Text {
        en: "Destination",
        pt_br: "Destino",
    },
    about: Text {
        en: "The innermost destination address.",
        pt_br: "O endereço de destino mais interno.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    text_address::write(row.packet.destination, out);
}
