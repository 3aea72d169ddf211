//! The column `initial_rtt`.

use super::nanos;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Seconds between the SYN and the first ACK after it (tcp.analysis.initial_rtt).
pub(super) static COLUMN: Column = Column {
    id: "initial_rtt",
    header: Text {
        en: "Initial RTT",
        pt_br: "RTT inicial",
    },
    about: Text {
        en: "Seconds between the SYN and the first ACK after it (tcp.analysis.initial_rtt).",
        pt_br: "Segundos entre o SYN e o primeiro ACK depois dele (tcp.analysis.initial_rtt).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.tcp.and_then(|tcp| tcp.initial_rtt) {
        nanos(value, out);
    }
}
