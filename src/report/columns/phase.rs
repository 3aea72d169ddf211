//! The column `phase`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::report::phase;
use crate::text::Text;

/// What the packet does for its conversation.
pub(super) static COLUMN: Column = Column {
    id: "phase",
    header: Text {
        en: "Phase",
        pt_br: "Fase",
    },
    about: Text {
        en: "What the packet does for its conversation.",
        pt_br: "O que o pacote faz na sua conversa.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, options: &CellOptions, out: &mut Vec<u8>) {
    if let Some(phase) = row.analysis.phase {
        phase::write(phase, options.lang, out);
    }
}
