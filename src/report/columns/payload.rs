//! The column `payload`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::report::payload;
use crate::text::Text;

/// How many characters are shown.
const LIMIT: usize = 120;

/// The payload as text.
pub(super) static COLUMN: Column = Column {
    id: "payload",
    header: Text {
        en: "Payload",
        pt_br: "Dados",
    },
    about: Text {
        en: "The payload of a TCP segment or UDP datagram as text: UTF-8 as it is, else escaped.",
        pt_br: "Os dados do segmento TCP ou datagrama UDP como texto: UTF-8 como está, senão com escapes.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    payload::preview(payload::of(row), LIMIT, out);
}
