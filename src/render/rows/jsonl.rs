//! `-T jsonl`: one JSON object a line. Keys are column names; what a packet does not prove is
//! `null`.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::report::record::Kind;
use crate::report::record::Record;

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

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        self.objects.write(record, out);
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

    pub(super) fn write(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        out.push(b'{');
        for (place, column) in self.options.headings.iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            string(column.id, out);
            out.push(b':');
            self.cell.clear();
            record.cell(place, &mut self.cell);
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
