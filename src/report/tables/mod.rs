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
    /// The texts that are known, where they are words of netlab's own.
    pub words: Vec<&'static str>,
    /// The other texts that are known, one after the other.
    pub text: Vec<u8>,
    /// Where each of those ends.
    pub ends: Vec<usize>,
}

/// Rows that wait to be written. A table has 64 columns at most.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// The cells, by column; what is known and the flags only once [`Batch::spread`] was called.
    pub columns: Vec<Cells>,
    /// How many rows there are.
    pub rows: usize,
    /// For each row a bit for each column, the first at the lowest: whether the cell is known.
    known: Vec<u64>,
    /// Likewise, whether it is a flag or mark that says yes.
    yes: Vec<u64>,
}

impl Batch {
    /// No rows of a table.
    pub fn of(table: &Table) -> Self {
        Self {
            columns: vec![Cells::default(); table.columns.len()],
            ..Self::default()
        }
    }

    /// Forgets the rows, and keeps the room that they took.
    pub fn clear(&mut self) {
        self.rows = 0;
        self.known.clear();
        self.yes.clear();
        for cells in &mut self.columns {
            cells.known.clear();
            cells.ints.clear();
            cells.flags.clear();
            cells.words.clear();
            cells.text.clear();
            cells.ends.clear();
        }
    }

    /// Appends a row, whose cells `fill` gives in the order of the columns.
    #[inline]
    pub fn add(&mut self, fill: impl FnOnce(&mut NewRow<'_>)) {
        let mut row = NewRow {
            cells: self.columns.iter_mut(),
            bit: 1,
            known: 0,
            yes: 0,
        };
        fill(&mut row);
        self.known.push(row.known);
        self.yes.push(row.yes);
        self.rows += 1;
    }

    /// Gives each column what is known of it and its flags.
    pub fn spread(&mut self, kinds: &[Kind]) {
        let columns = self.columns.iter_mut().zip(kinds);
        for (at, (cells, kind)) in columns.enumerate() {
            let bit = |bits: &u64| bits >> at & 1 == 1;
            if *kind != Kind::Mark {
                let known = self.known.iter().map(bit);
                cells.known.extend(known.map(i16::from));
            }
            match kind {
                Kind::Int | Kind::Text => {}
                Kind::Mark => cells.flags.extend(self.yes.iter().map(bit)),
                Kind::Flag => {
                    let flags = self.known.iter().zip(&self.yes);
                    let known = flags.filter(|(known, _)| bit(known));
                    cells.flags.extend(known.map(|(_, yes)| bit(yes)));
                }
            }
        }
    }
}

/// A row that is being filled, cell by cell in the order of the columns.
#[derive(Debug)]
pub struct NewRow<'b> {
    cells: std::slice::IterMut<'b, Cells>,
    /// The bit of the next column.
    bit: u64,
    known: u64,
    yes: u64,
}

impl NewRow<'_> {
    /// What the value of the next cell goes to, and notes whether it is known.
    #[inline]
    fn cell<T>(&mut self, value: Option<T>) -> Option<(&mut Cells, T)> {
        let cells = self.cells.next();
        let bit = self.bit;
        self.bit = bit << 1;
        let found = cells.zip(value);
        self.known |= if found.is_some() { bit } else { 0 };
        found
    }

    #[inline]
    fn int(&mut self, value: Option<impl Into<i64>>) {
        if let Some((cells, value)) = self.cell(value) {
            cells.ints.push(value.into());
        }
    }

    /// A number that may be larger than any column holds; then it is as large as can be.
    #[inline]
    fn count(&mut self, value: Option<impl TryInto<i64>>) {
        self.int(value.map(|it| it.try_into().unwrap_or(i64::MAX)));
    }

    #[inline]
    fn flag(&mut self, value: Option<bool>) {
        self.yes |= if value == Some(true) { self.bit } else { 0 };
        let _ = self.cell(value);
    }

    #[inline]
    fn mark(&mut self, value: bool) {
        self.flag(Some(value));
    }

    /// One of netlab's own words.
    #[inline]
    fn word(&mut self, value: Option<&'static str>) {
        if let Some((cells, value)) = self.cell(value) {
            cells.words.push(value);
        }
    }

    /// A text that `write` appends; nothing where it is not known.
    #[inline]
    fn written(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let bit = self.bit;
        if let Some((cells, ())) = self.cell(Some(())) {
            let start = cells.text.len();
            write(&mut cells.text);
            let end = cells.text.len();
            match end > start {
                true => cells.ends.push(end),
                false => self.known &= !bit,
            }
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
    (word) => {
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

        /// Fills these columns of a row.
        #[inline]
        $vis fn $fill(row: &mut crate::report::tables::NewRow<'_>, $($argument: $of),*) {
            $(row.$kind($value);)*
        }
    };
}

use {columns, kind};
