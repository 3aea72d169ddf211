//! `-T jsonl`: one JSON object a line. Keys are column names; what a packet does not prove is
//! `null`.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::analysis::row::Row;
use crate::report::columns::Kind;

pub(super) static FORMAT: Format = Format {
    id: "jsonl",
    suffixes: &["jsonl", "ndjson"],
    columns: DefaultColumns::All,
    open: |options| {
        Box::new(Jsonl {
            objects: Objects::new(options),
        })
    },
};

struct Jsonl {
    objects: Objects,
}

impl RowWriter for Jsonl {
    fn begin(&mut self, _: &mut Vec<u8>) {}

    fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) {
        self.objects.write(row, out);
        out.push(b'\n');
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}

/// Writes rows as JSON objects.
pub(super) struct Objects {
    options: RowOptions,
    cell: Vec<u8>,
}

impl Objects {
    pub(super) fn new(options: RowOptions) -> Self {
        Self {
            options,
            cell: Vec::new(),
        }
    }

    pub(super) fn write(&mut self, row: &Row<'_>, out: &mut Vec<u8>) {
        out.push(b'{');
        for (place, column) in self.options.columns.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            string(column.id, out);
            out.push(b':');
            self.cell.clear();
            (column.write)(row, &self.options.cells, &mut self.cell);
            match column.kind {
                _ if self.cell.is_empty() => out.extend_from_slice(b"null"),
                Kind::Number if is_number(&self.cell) => out.extend_from_slice(&self.cell),
                Kind::Number | Kind::Text => string(&String::from_utf8_lossy(&self.cell), out),
            }
        }
        out.push(b'}');
    }
}

/// Whether a cell is a number in JSON's sense; a time of day is not.
fn is_number(cell: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Number>(cell).is_ok()
}

fn string(text: &str, out: &mut Vec<u8>) {
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(out, text);
}
