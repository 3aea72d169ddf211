//! `-T tsv`: a header line, then one line a packet, cells separated by tabs. The contract that
//! other programs rely on.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::analysis::row::Row;
use crate::render::escape;

pub(super) static FORMAT: Format = Format {
    id: "tsv",
    suffixes: &["tsv", "txt"],
    columns: DefaultColumns::Exchange,
    open: |options| {
        Box::new(Tsv {
            options,
            ends: Vec::new(),
        })
    },
};

struct Tsv {
    options: RowOptions,
    /// Where the cells of a row end.
    ends: Vec<usize>,
}

impl Tsv {
    /// A row with a cell in which something has to be escaped, or is not ASCII.
    #[cold]
    fn escaped(&self, row: &Row<'_>, out: &mut Vec<u8>) {
        for (place, column) in self.options.columns.iter().enumerate() {
            if place > 0 {
                out.push(b'\t');
            }
            let start = out.len();
            (column.write)(row, &self.options.cells, out);
            escape::controls(out, start);
        }
        out.push(b'\n');
    }
}

impl RowWriter for Tsv {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let ids: Vec<&str> = self
            .options
            .columns
            .iter()
            .map(|column| column.id)
            .collect();
        out.extend_from_slice(ids.join("\t").as_bytes());
        out.push(b'\n');
    }

    fn row(&mut self, row: &Row<'_>, out: &mut Vec<u8>) {
        // All cells are looked at together; until then spaces keep their places apart.
        let start = out.len();
        self.ends.clear();
        for column in &self.options.columns {
            (column.write)(row, &self.options.cells, out);
            self.ends.push(out.len());
            out.push(b' ');
        }
        if !out.get(start..).is_some_and(escape::harmless) {
            out.truncate(start);
            return self.escaped(row, out);
        }
        for end in &self.ends {
            if let Some(separator) = out.get_mut(*end) {
                *separator = b'\t';
            }
        }
        out.pop();
        out.push(b'\n');
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}
