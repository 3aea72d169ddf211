//! Formats of tables, row by row: packets and conversations. To add one, write its file and put it into
//! [`FORMATS`].

mod csv;
mod json;
mod jsonl;
mod markdown;
pub(in crate::render) mod table;
mod tsv;
mod zeek;

pub use zeek::ZEEK;

use crate::report::record::{Heading, Record};
use crate::text::Lang;

/// A way to write a table.
#[derive(Debug)]
pub struct Format {
    /// Its name for `-T`.
    pub id: &'static str,
    /// The file suffixes that ask for it.
    pub suffixes: &'static [&'static str],
    /// The columns it has where `--columns` is not given.
    pub columns: DefaultColumns,
    /// Makes the writer of one table.
    pub open: fn(RowOptions) -> Box<dyn RowWriter>,
}

/// Which columns a format has of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultColumns {
    /// Wireshark's seven, the direction and the phase: for readers.
    Reading,
    /// The stable tsv contract.
    Exchange,
    /// Every column there is.
    All,
}

/// What one table looks like.
#[derive(Clone, Debug)]
pub struct RowOptions {
    /// Its columns in order.
    pub headings: Vec<Heading>,
    /// The language of the headings of tables for readers.
    pub lang: Lang,
    /// The width in terminal columns that rows must fit; `None` for all there is.
    pub width: Option<usize>,
    /// Whether to colour.
    pub color: bool,
    /// How many rows may wait so that the columns get their widths from them; 0 where each row
    /// must leave at once.
    pub sniff: usize,
    /// Whether the rows are a list that is drawn as a whole, as long as it ends while they wait.
    pub list: bool,
}

/// Writes one table, row by row, into a buffer of the caller's.
pub trait RowWriter {
    /// What stands before the first row.
    fn begin(&mut self, out: &mut Vec<u8>);
    /// A row as one may come, before the first does: columns make room for it.
    fn expect(&mut self, _record: &dyn Record) {}
    /// Heads the rows by what was expected, instead of by the first of them.
    fn head(&mut self, _out: &mut Vec<u8>) {}
    /// One row.
    fn row(&mut self, record: &dyn Record, out: &mut Vec<u8>);
    /// What stands after the last row.
    fn end(&mut self, out: &mut Vec<u8>);
}

/// Every format, the default first.
pub static FORMATS: &[&Format] = &[
    &table::FORMAT,
    &tsv::FORMAT,
    &csv::FORMAT,
    &json::FORMAT,
    &jsonl::FORMAT,
    &markdown::FORMAT,
];

/// A table for reading, whatever format was asked for elsewhere.
pub fn table(options: RowOptions) -> Box<dyn RowWriter> {
    (table::FORMAT.open)(options)
}
