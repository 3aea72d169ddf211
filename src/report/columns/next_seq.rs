//! The column `next_seq`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The sequence number after the segment, as Wireshark shows it (tcp.nxtseq).
pub(super) static COLUMN: Column = Column {
    id: "next_seq",
    header: Text {
        en: "Next seq",
        pt_br: "Próx. seq",
    },
    about: Text {
        en: "The sequence number after the segment, as Wireshark shows it (tcp.nxtseq).",
        pt_br: "O número de sequência depois do segmento, como o Wireshark mostra (tcp.nxtseq).",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(value) = row.analysis.tcp.and_then(|tcp| tcp.next_seq) {
        number(value, out);
    }
}
