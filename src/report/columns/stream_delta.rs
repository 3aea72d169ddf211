//! The column `stream_delta`.

use super::nanos;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Seconds since the packet before it in its stream (tcp.time_delta).
pub(super) static COLUMN: Column = Column {
    id: "stream_delta",
    header: Text {
        en: "Stream delta",
        pt_br: "Delta no fluxo",
    },
    about: Text {
        en: "Seconds since the packet before it in its stream (tcp.time_delta).",
        pt_br: "Segundos desde o pacote anterior do seu fluxo (tcp.time_delta).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.since_previous {
        nanos(value, out);
    }
}
