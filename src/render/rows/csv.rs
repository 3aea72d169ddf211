//! `-T csv`: RFC 4180, for spreadsheets. A text that a spreadsheet would take for a formula gets
//! an apostrophe in front.

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::render::escape;
use crate::report::record::CellKind;
use crate::report::record::Record;

pub(super) static FORMAT: Format = Format {
    id: "csv",
    suffixes: &["csv"],
    columns: DefaultColumns::Exchange,
    open: |options| {
        Box::new(Csv {
            options,
            cell: Vec::new(),
        })
    },
};

struct Csv {
    options: RowOptions,
    cell: Vec<u8>,
}

impl Csv {
    fn record(out: &mut Vec<u8>, fill: impl FnOnce(&mut csv::Writer<&mut Vec<u8>>)) {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .flexible(true)
            .buffer_capacity(1024)
            .from_writer(out);
        fill(&mut writer);
        // An empty field ends the record; writing to memory cannot fail.
        let _ = writer.write_record(None::<&[u8]>);
    }
}

impl RowWriter for Csv {
    fn begin(&mut self, out: &mut Vec<u8>) {
        Self::record(out, |writer| {
            for column in &self.options.headings {
                let _ = writer.write_field(column.id);
            }
        });
    }

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        let Self { options, cell } = self;
        Self::record(out, |writer| {
            for (place, column) in options.headings.iter().enumerate() {
                cell.clear();
                record.cell(place, cell);
                escape::controls(cell, 0);
                let formula = str::from_utf8(cell).is_ok_and(escape::is_formula);
                if formula && column.kind == CellKind::Text {
                    cell.insert(0, b'\'');
                }
                let _ = writer.write_field(&cell);
            }
        });
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}
