//! `-T md`: a table in GitHub's Markdown.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::render::escape;
use crate::report::record::CellKind;
use crate::report::record::Record;

pub(super) static FORMAT: Format = Format {
    id: "md",
    suffixes: &["md", "markdown"],
    columns: DefaultColumns::Reading,
    open: |options| {
        Box::new(Markdown {
            options,
            cell: Vec::new(),
        })
    },
};

struct Markdown {
    options: RowOptions,
    cell: Vec<u8>,
}

impl RowWriter for Markdown {
    fn begin(&mut self, out: &mut Vec<u8>) {
        out.push(b'|');
        for column in &self.options.headings {
            out.push(b' ');
            out.extend_from_slice(column.header.get(self.options.lang).as_bytes());
            out.extend_from_slice(b" |");
        }
        out.extend_from_slice(b"\n|");
        for column in &self.options.headings {
            let line: &[u8] = match column.kind {
                CellKind::Number => b"---:|",
                CellKind::Text => b"---|",
            };
            out.extend_from_slice(line);
        }
        out.push(b'\n');
    }

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        out.push(b'|');
        for place in 0..self.options.headings.len() {
            self.cell.clear();
            record.cell(place, &mut self.cell);
            escape::controls(&mut self.cell, 0);
            out.push(b' ');
            for byte in &self.cell {
                match byte {
                    b'|' | b'\\' | b'`' | b'*' | b'_' | b'[' | b']' | b'#' | b'~' => {
                        out.extend_from_slice(&[b'\\', *byte]);
                    }
                    b'<' => out.extend_from_slice(b"&lt;"),
                    b'>' => out.extend_from_slice(b"&gt;"),
                    b'&' => out.extend_from_slice(b"&amp;"),
                    _ => out.push(*byte),
                }
            }
            out.extend_from_slice(b" |");
        }
        out.push(b'\n');
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}
