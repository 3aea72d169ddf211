//! The column `protocol`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::report::info;
use crate::text::Text;

/// The protocol, as Wireshark names it.
pub(super) static COLUMN: Column = Column {
    id: "protocol",
    header: Text {
        en: "Protocol",
        pt_br: "Protocolo",
    },
    about: Text {
        en: "The protocol, as Wireshark names it.",
        pt_br: "O protocolo, com o nome que o Wireshark usa.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    // The names of nearly every row are constants, which are copied without a call.
    match &row.packet.content {
        Content::Tcp(_) => out.extend_from_slice(b"TCP"),
        Content::Udp(datagram) if !datagram.transport.lite => out.extend_from_slice(b"UDP"),
        _ => out.extend_from_slice(info::protocol(row).as_bytes()),
    }
}
