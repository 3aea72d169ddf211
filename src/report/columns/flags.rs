//! The column `flags`.

use super::sound_header;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;
use std::io::Write;

/// TCP flags in hexadecimal, as tshark prints tcp.flags.
pub(super) static COLUMN: Column = Column {
    id: "flags",
    header: Text {
        en: "Flags",
        pt_br: "Flags",
    },
    about: Text {
        en: "TCP flags in hexadecimal, as tshark prints tcp.flags.",
        pt_br: "Flags TCP em hexadecimal, como o tshark imprime tcp.flags.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(header) = sound_header(row) {
        let _ = write!(out, "0x{:04x}", header.flags.0);
    }
}
