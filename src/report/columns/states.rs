//! The column `states`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::text::Text;

/// The states of client and server after the packet (RFC 9293).
pub(super) static COLUMN: Column = Column {
    id: "states",
    header: Text {
        en: "Client / server",
        pt_br: "Cliente / servidor",
    },
    about: Text {
        en: "The states of client and server after the packet (RFC 9293).",
        pt_br: "Os estados do cliente e do servidor depois do pacote (RFC 9293).",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let [client, server] = row.analysis.states;
    if client.is_some() || server.is_some() {
        out.extend_from_slice(client.map_or("?", |state| state.name()).as_bytes());
        out.extend_from_slice(b" / ");
        out.extend_from_slice(server.map_or("?", |state| state.name()).as_bytes());
    }
}
