//! The column `ack`.

use super::number;
use super::sound_header;
use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// Acknowledgment number as Wireshark shows it; empty without the ACK flag.
pub(super) static COLUMN: Column = Column {
    id: "ack",
    header: Text {
        en: "Ack",
        pt_br: "Ack",
    },
    about: Text {
        en: "Acknowledgment number as Wireshark shows it; empty without the ACK flag.",
        pt_br: "Número de reconhecimento como o Wireshark mostra; vazio sem a flag ACK.",
    },
    kind: Kind::Number,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    if let (Some(tcp), Some(header)) = (row.analysis.tcp, sound_header(row))
        && header.flags.ack()
    {
        number(tcp.ack, out);
    }
}
