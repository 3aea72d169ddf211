//! The column `window`.

use super::number;
use super::sound_header;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Receive window in bytes, scaled where the scale is known.
pub(super) static COLUMN: Column = Column {
    id: "window",
    header: Text {
        en: "Window",
        pt_br: "Janela",
    },
    about: Text {
        en: "Receive window in bytes, scaled where the scale is known.",
        pt_br: "Janela de recepção em bytes, com a escala aplicada quando é conhecida.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(tcp) = row.analysis.tcp
        && sound_header(row).is_some()
    {
        number(tcp.window, out);
    }
}
