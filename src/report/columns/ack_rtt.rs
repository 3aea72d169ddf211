//! The column `ack_rtt`.

use super::nanos;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Seconds between that frame and this acknowledgment (tcp.analysis.ack_rtt).
pub(super) static COLUMN: Column = Column {
    id: "ack_rtt",
    header: Text {
        en: "ACK RTT",
        pt_br: "RTT do ACK",
    },
    about: Text {
        en: "Seconds between that frame and this acknowledgment (tcp.analysis.ack_rtt).",
        pt_br: "Segundos entre aquele quadro e este reconhecimento (tcp.analysis.ack_rtt).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.tcp.and_then(|tcp| tcp.ack_rtt) {
        nanos(value, out);
    }
}
