//! The column `marks`.

use super::{CellOptions, Column, Kind};
use crate::analysis::row::Row;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::rules;
use crate::text::Text;

/// The analysis flags of the packet, by tshark’s field names without tcp.analysis.
pub(super) static COLUMN: Column = Column {
    id: "marks",
    header: Text {
        en: "Marks",
        pt_br: "Marcas",
    },
    about: Text {
        en: "The analysis flags of the packet, by tshark’s field names without tcp.analysis.",
        pt_br: "As marcas de análise do pacote, pelos nomes do tshark sem tcp.analysis.",
    },
    kind: Kind::Text,
    write,
};

fn write(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let marks = row.analysis.tcp.map_or(Marks::NONE, |tcp| tcp.marks);
    let start = out.len();
    for rule in rules::all().filter(|rule| marks.any(rule.mark)) {
        for field in rule.fields {
            if out.len() > start {
                out.push(b' ');
            }
            let name = field.strip_prefix("tcp.analysis.").unwrap_or(field);
            out.extend_from_slice(name.as_bytes());
        }
    }
}
