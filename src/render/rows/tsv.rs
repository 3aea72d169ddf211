//! `-T tsv`: a header line, then one line a packet, cells separated by tabs. The contract that
//! other programs rely on.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::render::escape;
use crate::report::record::{Heading, Record};

pub(super) static FORMAT: Format = Format {
    id: "tsv",
    suffixes: &["tsv", "txt"],
    columns: DefaultColumns::Exchange,
    open: |options| {
        let quotes = options.headings.iter().any(Heading::quotes);
        Box::new(Tsv { options, quotes })
    },
};

struct Tsv {
    options: RowOptions,
    /// One of the columns quotes bytes of packets.
    quotes: bool,
}

impl Tsv {
    /// A row in which something may have to be escaped.
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
        if self.quotes || !record.own_words() {
            return self.escaped(record, out);
        }
        let start = out.len();
        record.cells(self.options.headings.len(), b'\t', out);
        debug_assert!(
            out.get(start..).is_some_and(escape::needs_none),
            "a record that promises its own words holds something to escape"
        );
        out.push(b'\n');
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}
