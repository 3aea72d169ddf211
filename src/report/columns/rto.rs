//! The column `rto`.

use super::nanos;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// A retransmission: seconds since the oldest unacknowledged segment (tcp.analysis.rto).
pub(super) static COLUMN: Column = Column {
    id: "rto",
    header: Text {
        en: "RTO",
        pt_br: "RTO",
    },
    about: Text {
        en: "A retransmission: seconds since the oldest unacknowledged segment (tcp.analysis.rto).",
        pt_br: "Uma retransmissão: segundos desde o segmento não reconhecido mais antigo (tcp.analysis.rto).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row
        .analysis
        .tcp
        .and_then(|tcp| tcp.timeout)
        .map(|timeout| timeout.waited)
    {
        nanos(value, out);
    }
}
