//! The column `window_raw`.

use super::number;
use super::sound_header;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Window field as it stands in the header.
pub(super) static COLUMN: Column = Column {
    id: "window_raw",
    header: Text {
        en: "Window (raw)",
        pt_br: "Janela (bruta)",
    },
    about: Text {
        en: "Window field as it stands in the header.",
        pt_br: "Campo de janela como está no cabeçalho.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(header) = sound_header(row) {
        number(u32::from(header.window), out);
    }
}
