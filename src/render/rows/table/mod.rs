//! `-T table`, the default: Wireshark's table for a terminal or a pipe, as the rows come.

mod fit;
mod layout;
pub(in crate::render) mod paint;
mod same;
mod short;

use fit::Layout;
use paint::Paint;

use unicode_width::UnicodeWidthStr;

use super::{DefaultColumns, Format, RowOptions, RowWriter};
use crate::render::escape;
use crate::render::list::List;
use crate::render::wrap;
use crate::report::coloring::Coloring;
use crate::report::record::{CellKind, Record};

pub(super) static FORMAT: Format = Format {
    id: "table",
    suffixes: &[],
    columns: DefaultColumns::Reading,
    open: |options| Box::new(Table::new(options)),
};

/// A table that is being written. Where [`RowOptions::sniff`] allows, the first rows wait until
/// the widths are known from them; later a column only grows.
struct Table {
    layout: Layout,
    waiting: Vec<Line>,
    sniffing: bool,
    line: Line,
    options: RowOptions,
}

/// The cells of one row, end to end.
#[derive(Clone, Default)]
struct Line {
    text: Vec<u8>,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
    /// Every cell is [`escape::harmless`], which makes its width easy to tell.
    plain: bool,
    paint: Paint,
    /// It holds the headings.
    heading: bool,
    /// It shows no packet: a call of a program, or a change of a socket.
    call: bool,
}

impl Line {
    fn fill(&mut self, record: &dyn Record, options: &RowOptions) {
        self.text.clear();
        self.ends.clear();
        for place in 0..options.headings.len() {
            record.cell(place, &mut self.text);
            self.ends.push(self.text.len());
        }
        self.plain = escape::harmless(&self.text);
        if !self.plain {
            self.escaped(record, options);
        }
        self.call = record.coloring() == Coloring::Call;
        self.paint = if options.color {
            Paint::of(record)
        } else {
            Paint::default()
        };
    }

    /// The cells, where one holds something that has to be escaped, or is not ASCII.
    #[cold]
    fn escaped(&mut self, record: &dyn Record, options: &RowOptions) {
        self.text.clear();
        self.ends.clear();
        for place in 0..options.headings.len() {
            let start = self.text.len();
            record.cell(place, &mut self.text);
            escape::controls(&mut self.text, start);
            self.ends.push(self.text.len());
        }
    }

    /// The cells in order.
    fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(&self.ends)
            .map(|(start, end)| &self.text[start..*end])
    }

    /// The cell at `place`.
    fn cell(&self, place: usize) -> &[u8] {
        self.cells().nth(place).unwrap_or_default()
    }

    /// Puts another cell at `place`.
    fn replace(&mut self, place: usize, cell: &[u8]) {
        let Some(end) = self.ends.get(place).copied() else {
            return;
        };
        let len = self.cell(place).len();
        self.text.splice(end - len..end, cell.iter().copied());
        for end in self.ends.iter_mut().skip(place) {
            *end = *end - len + cell.len();
        }
    }

    /// The width of a cell in terminal columns.
    fn width(&self, cell: &[u8]) -> usize {
        if self.plain {
            return escape::harmless_width(cell);
        }
        std::str::from_utf8(cell).map_or(cell.len(), UnicodeWidthStr::width)
    }
}

impl Table {
    fn new(options: RowOptions) -> Self {
        Self {
            layout: Layout::new(&options),
            waiting: Vec::new(),
            // To fit a terminal, even a live table waits for its first row.
            sniffing: options.sniff > 0 || options.width.is_some(),
            line: Line::default(),
            options,
        }
    }

    fn header(&mut self, out: &mut Vec<u8>) {
        if let Some(said) = self.layout.said_once(self.options.lang) {
            let said = match self.options.width {
                Some(width) => wrap::lines(&said, width),
                None => said,
            };
            out.extend_from_slice(said.as_bytes());
            out.push(b'\n');
        }
        let mut line = Line {
            heading: true,
            ..Line::default()
        };
        for column in &self.options.headings {
            line.text
                .extend_from_slice(column.header.get(self.options.lang).as_bytes());
            line.ends.push(line.text.len());
        }
        if self.options.color {
            line.paint = Paint::header();
        }
        self.layout.write(&line, out);
    }

    fn stop_sniffing(&mut self, out: &mut Vec<u8>) {
        self.sniffing = false;
        for line in &self.waiting {
            self.layout.grow(line);
        }
        if self.options.sniff == 0 {
            self.layout.guess();
            self.layout.expect_change();
        }
        self.layout.decide();
        self.header(out);
        for line in std::mem::take(&mut self.waiting) {
            self.layout.write(&line, out);
        }
    }
}

impl Table {
    /// The rows that wait, as a list.
    fn list(&self) -> List {
        let headings = &self.options.headings;
        let lang = self.options.lang;
        let cell = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let numeric = |at: &usize| headings[*at].kind == CellKind::Number;
        List {
            header: headings
                .iter()
                .map(|it| it.header.get(lang).to_owned())
                .collect(),
            rows: self
                .waiting
                .iter()
                .map(|line| line.cells().map(cell).collect())
                .collect(),
            numeric: (0..headings.len()).filter(numeric).collect(),
            gap: fit::GAP,
            bold: self.options.color,
        }
    }
}

impl RowWriter for Table {
    fn begin(&mut self, out: &mut Vec<u8>) {
        if !self.sniffing {
            self.layout.guess();
            self.header(out);
        }
    }

    fn expect(&mut self, record: &dyn Record) {
        self.line.fill(record, &self.options);
        self.layout.grow(&self.line);
    }

    fn head(&mut self, out: &mut Vec<u8>) {
        if self.sniffing {
            self.stop_sniffing(out);
        }
    }

    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>) {
        self.line.fill(record, &self.options);
        if self.sniffing {
            self.waiting.push(self.line.clone());
            if self.waiting.len() >= self.options.sniff {
                self.stop_sniffing(out);
            }
        } else {
            if self.layout.differs(&self.line) {
                self.header(out);
            }
            self.layout.write(&self.line, out);
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if self.sniffing && self.options.list {
            out.extend_from_slice(self.list().draw(self.options.width).as_bytes());
        } else if self.sniffing {
            self.stop_sniffing(out);
        }
    }
}
