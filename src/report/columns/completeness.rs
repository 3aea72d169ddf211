//! The column `completeness`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// What was seen of the conversation before this packet, as tshark counts it (tcp.completeness).
pub(super) static COLUMN: Column = Column {
    id: "completeness",
    header: Text {
        en: "Complete",
        pt_br: "Completude",
    },
    about: Text {
        en: "What was seen of the conversation before this packet, as tshark counts it (tcp.completeness).",
        pt_br: "O que se viu da conversa antes deste pacote, como o tshark conta (tcp.completeness).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(tcp) = row.analysis.tcp {
        number(tcp.completeness.0.into(), out);
    }
}
