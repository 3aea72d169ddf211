//! Tables for analysis, as `netlab export` writes them: rows of typed values, kept column by column.
//! `docs/data.md` says what each column is; [`VERSION`] counts its changes.

mod conversations;
mod others;
mod packets;

pub use conversations::{CONVERSATIONS, conversation};
pub use others::{ANSWERS, CALLS, CAPTURES, CaptureRow, answer, answers, call, capture};
pub use packets::{Packets, packets};

/// The version of the schema. A column that is added does not change it, one that is renamed, left
/// out or of another meaning does.
pub const VERSION: &str = "1";

/// What the cells of a column are. Every kind but a mark may be unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number, of 64 bits with a sign.
    Int,
    /// Yes or no.
    Flag,
    /// Yes or no, which is always known.
    Mark,
    /// UTF-8.
    Text,
}

/// A column.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Its name; never translated.
    pub id: &'static str,
    /// What its cells are.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub id: &'static str,
    /// Its columns in order.
    pub columns: Vec<Column>,
}

/// The cells of a column; only what its kind needs is filled.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// For each row 1 where the cell is known, else 0; empty where it always is.
    pub known: Vec<i16>,
    /// Whole numbers that are known.
    pub ints: Vec<i64>,
    /// Flags that are known, and marks.
    pub flags: Vec<bool>,
    /// The texts that are known, one after the other, and where each ends.
    pub text: Vec<u8>,
    /// Where each text ends.
    pub ends: Vec<usize>,
}

/// Rows that wait to be written, filled cell by cell in the order of the columns.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The cells, by column.
    pub columns: Vec<Cells>,
    /// How many rows are whole.
    pub rows: usize,
    /// The column of the next cell.
    at: usize,
}

impl Batch {
    /// No rows of a table.
    pub fn of(table: &Table) -> Self {
        Self {
            columns: vec![Cells::default(); table.columns.len()],
            rows: 0,
            at: 0,
        }
    }

    /// Forgets the rows, and keeps the room that they took.
    pub fn clear(&mut self) {
        self.rows = 0;
        for cells in &mut self.columns {
            cells.known.clear();
            cells.ints.clear();
            cells.flags.clear();
            cells.text.clear();
            cells.ends.clear();
        }
    }

    /// The cells that the next value goes to.
    #[inline]
    fn next(&mut self) -> &mut Cells {
        let at = self.at;
        self.at = at + 1;
        if self.at == self.columns.len() {
            self.at = 0;
            self.rows += 1;
        }
        &mut self.columns[at]
    }

    #[inline]
    fn int(&mut self, value: Option<impl Into<i64>>) {
        let cells = self.next();
        cells.known.push(value.is_some().into());
        if let Some(value) = value {
            cells.ints.push(value.into());
        }
    }

    /// A number that may be larger than any column holds; then it is as large as can be.
    fn count(&mut self, value: Option<impl TryInto<i64>>) {
        self.int(value.map(|it| it.try_into().unwrap_or(i64::MAX)));
    }

    #[inline]
    fn flag(&mut self, value: Option<bool>) {
        let cells = self.next();
        cells.known.push(value.is_some().into());
        if let Some(value) = value {
            cells.flags.push(value);
        }
    }

    #[inline]
    fn mark(&mut self, value: bool) {
        self.next().flags.push(value);
    }

    /// A text that `write` appends; nothing where it is not known.
    #[inline]
    fn written(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let cells = self.next();
        let start = cells.text.len();
        write(&mut cells.text);
        let known = cells.text.len() > start;
        cells.known.push(known.into());
        if known {
            cells.ends.push(cells.text.len());
        }
    }

    #[inline]
    fn text(&mut self, value: Option<&str>) {
        self.written(|out| out.extend_from_slice(value.unwrap_or_default().as_bytes()));
    }
}

/// The kinds of columns by the short names that lists of them have.
macro_rules! kind {
    (int) => {
        crate::report::tables::Kind::Int
    };
    (count) => {
        crate::report::tables::Kind::Int
    };
    (flag) => {
        crate::report::tables::Kind::Flag
    };
    (mark) => {
        crate::report::tables::Kind::Mark
    };
    (text) => {
        crate::report::tables::Kind::Text
    };
    (written) => {
        crate::report::tables::Kind::Text
    };
}

/// A list of columns, each with its kind and its value, and a function that fills a row of them.
macro_rules! columns {
    ($(#[$about:meta])* $vis:vis $list:ident, $fill:ident($($argument:ident: $of:ty),*):
     $($id:literal $kind:ident $value:expr;)*) => {
        $(#[$about])*
        $vis static $list: &[crate::report::tables::Column] = &[$(crate::report::tables::Column {
            id: $id,
            kind: crate::report::tables::kind!($kind),
        }),*];

        /// Appends a row of these columns.
        #[inline]
        $vis fn $fill(batch: &mut crate::report::tables::Batch, $($argument: $of),*) {
            $(batch.$kind($value);)*
        }
    };
}

use {columns, kind};
