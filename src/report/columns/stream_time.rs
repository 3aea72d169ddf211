//! The column `stream_time`.

use super::nanos;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Seconds since the first packet of its stream (tcp.time_relative).
pub(super) static COLUMN: Column = Column {
    id: "stream_time",
    header: Text {
        en: "Stream time",
        pt_br: "Tempo no fluxo",
    },
    about: Text {
        en: "Seconds since the first packet of its stream (tcp.time_relative).",
        pt_br: "Segundos desde o primeiro pacote do seu fluxo (tcp.time_relative).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.since_first {
        nanos(value, out);
    }
}
