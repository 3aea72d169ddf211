//! `-T tsv`: a header line, then one line a packet, cells separated by tabs. The contract that
//! other programs rely on.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::render::escape;
use crate::report::record::Record;

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
    fn escaped(&self, record: &dyn Record, out: &mut Vec<u8>) {
        for place in 0..self.options.headings.len() {
            if place > 0 {
                out.push(b'\t');
            }
            let start = out.len();
            record.cell(place, out);
            escape::controls(out, start);
        }
        out.push(b'\n');
    }
}

impl RowWriter for Tsv {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let ids: Vec<&str> = self
            .options
            .headings
            .iter()
            .map(|column| column.id)
            .collect();
        out.extend_from_slice(ids.join("\t").as_bytes());
        out.push(b'\n');
    }

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        // All cells are looked at together; until then spaces keep their places apart.
        let start = out.len();
        self.ends.clear();
        for place in 0..self.options.headings.len() {
            record.cell(place, out);
            self.ends.push(out.len());
            out.push(b' ');
        }
        if !out.get(start..).is_some_and(escape::harmless) {
            out.truncate(start);
            return self.escaped(record, out);
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
