//! The columns of the packet table: one file a column, and their list.
//!
//! To add one, write `static COLUMN: Column` in its own file and put it into [`COLUMNS`].

mod destination;
mod info;
mod length;
mod no;
mod phase;
mod protocol;
mod source;
mod stream;
mod time;

use crate::analysis::row::Row;
use crate::text::{Lang, Text};

/// What a cell holds, so that each format can write it in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number: right-aligned in tables, bare in JSON.
    Number,
    /// Text: left-aligned in tables, quoted and escaped in JSON.
    Text,
}

/// How the time column reads; the letters are tshark's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TimeStyle {
    /// `r`: seconds since the first frame.
    #[default]
    Relative,
    /// `d`: seconds since the frame before it.
    Delta,
    /// `dd`: seconds since the row shown before it.
    DeltaDisplayed,
    /// `a`: local time of day.
    Absolute,
    /// `ad`: local date and time of day.
    AbsoluteDate,
    /// `e`: seconds since 1970.
    Epoch,
    /// `u`: time of day in UTC.
    Utc,
}

/// What the cells of one table have in common.
#[derive(Clone, Copy, Debug, Default)]
pub struct CellOptions {
    /// The language of phases; everything else reads the same in every language.
    pub lang: Lang,
    /// How the time column reads.
    pub time: TimeStyle,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in `--columns`, in the tsv header and in JSON; never translated.
    pub id: &'static str,
    /// Its heading in tables.
    pub header: Text,
    /// What it holds, in a sentence.
    pub about: Text,
    /// What its cells are.
    pub kind: Kind,
    /// Appends the cell of a row; appends nothing where the packet does not prove a value.
    pub write: fn(&Row<'_>, &CellOptions, &mut Vec<u8>),
}

/// Every column, in the order of the default table and the tsv, then the ones by name.
pub static COLUMNS: &[&Column] = &[
    &no::COLUMN,
    &time::COLUMN,
    &source::COLUMN,
    &destination::COLUMN,
    &protocol::COLUMN,
    &length::COLUMN,
    &info::COLUMN,
    &stream::COLUMN,
    &phase::COLUMN,
];
