//! The column `dup_ack_num`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Its number among the duplicates (tcp.analysis.duplicate_ack_num).
pub(super) static COLUMN: Column = Column {
    id: "dup_ack_num",
    header: Text {
        en: "Dup no.",
        pt_br: "Nº dup",
    },
    about: Text {
        en: "Its number among the duplicates (tcp.analysis.duplicate_ack_num).",
        pt_br: "O seu número entre os duplicados (tcp.analysis.duplicate_ack_num).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row
        .analysis
        .tcp
        .and_then(|tcp| tcp.duplicate)
        .map(|duplicate| duplicate.number)
    {
        number(value, out);
    }
}
