//! The column `info`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::report::info;
use crate::text::Text;

/// Flags, numbers, window and options, in Wireshark's words.
pub(super) static COLUMN: Column = Column {
    id: "info",
    header: Text {
        en: "Info",
        pt_br: "Info",
    },
    about: Text {
        en: "Flags, numbers, window and options, in Wireshark's words.",
        pt_br: "Flags, números, janela e opções, nas palavras do Wireshark.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    info::write(row, out);
}
