//! The column `seq`.

use super::number;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Sequence number as Wireshark shows it: relative where the first one is known.
pub(super) static COLUMN: Column = Column {
    id: "seq",
    header: Text {
        en: "Seq",
        pt_br: "Seq",
    },
    about: Text {
        en: "Sequence number as Wireshark shows it: relative where the first one is known.",
        pt_br: "Número de sequência como o Wireshark mostra: relativo quando o primeiro é conhecido.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let Some(tcp) = row.analysis.tcp {
        number(tcp.seq, out);
    }
}
