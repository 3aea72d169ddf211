//! The column `rto_frame`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The frame of that segment (tcp.analysis.rto_frame).
pub(super) static COLUMN: Column = Column {
    id: "rto_frame",
    header: Text {
        en: "RTO frame",
        pt_br: "Quadro RTO",
    },
    about: Text {
        en: "The frame of that segment (tcp.analysis.rto_frame).",
        pt_br: "O quadro desse segmento (tcp.analysis.rto_frame).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row
        .analysis
        .tcp
        .and_then(|tcp| tcp.timeout)
        .map(|timeout| timeout.of)
    {
        number(value, out);
    }
}
