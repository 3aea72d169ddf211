//! The column `scale`.

use super::number;
use super::sound_header;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// What the window field is multiplied with; -1 not known, -2 not in use (tcp.window_size_scalefactor).
pub(super) static COLUMN: Column = Column {
    id: "scale",
    header: Text {
        en: "Scale",
        pt_br: "Escala",
    },
    about: Text {
        en: "What the window field is multiplied with; -1 not known, -2 not in use (tcp.window_size_scalefactor).",
        pt_br: "Pelo que o campo de janela é multiplicado; -1 desconhecido, -2 não usado (tcp.window_size_scalefactor).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    // A SYN's own window is never scaled.
    let scaled = sound_header(row).is_some_and(|header| !header.flags.syn());
    if let Some(tcp) = row.analysis.tcp.filter(|_| scaled) {
        let factor = tcp.scale.factor();
        if factor < 0 {
            out.push(b'-');
        }
        number(factor.unsigned_abs(), out);
    }
}
