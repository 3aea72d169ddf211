//! The results of `netlab check`, file by file: tables for readers, and what course platforms
//! read. To add a format, write its file and put it into [`FORMATS`].

mod github;
mod gradescope;
mod html;
mod json;
mod junit;
mod moodle;

use super::rows::{self, RowOptions, RowWriter};
use crate::report::grades::{Grade, GradeRecord};
use crate::text::Lang;

/// A way to write results.
#[derive(Debug)]
pub struct Format {
    /// Its name for `-T`.
    pub id: &'static str,
    /// The file suffixes that ask for it.
    pub suffixes: &'static [&'static str],
    /// It shows the packets of each file as a picture.
    pub pictures: bool,
    /// Makes the writer of one course.
    pub open: fn(&GradeOptions) -> Box<dyn GradeWriter>,
}

/// What one course looks like.
#[derive(Clone, Debug)]
pub struct GradeOptions {
    /// What was asked for.
    pub title: String,
    /// What a table looks like.
    pub rows: RowOptions,
}

impl GradeOptions {
    fn lang(&self) -> Lang {
        self.rows.lang
    }
}

/// Writes the results of a course, file by file, into a buffer of the caller's.
pub trait GradeWriter {
    /// What stands before the first file.
    fn begin(&mut self, out: &mut Vec<u8>);
    /// One file.
    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>);
    /// What stands after the last file.
    fn end(&mut self, out: &mut Vec<u8>);
}

/// Every format, the default first.
pub static FORMATS: &[&Format] = &[
    &TABLE,
    &CSV,
    &json::FORMAT,
    &html::FORMAT,
    &MARKDOWN,
    &junit::FORMAT,
    &gradescope::FORMAT,
    &github::FORMAT,
    &moodle::FORMAT,
];

macro_rules! tables {
    ($($name:ident = $id:literal, $suffixes:expr;)*) => {
        $(static $name: Format = Format {
            id: $id,
            suffixes: $suffixes,
            pictures: false,
            open: |options| Box::new(Table::new($id, options)),
        };)*
    };
}

tables! {
    TABLE = "table", &[];
    CSV = "csv", &["csv"];
    MARKDOWN = "md", &["md"];
}

/// The format of that name among those of all tables.
struct Table {
    rows: Option<Box<dyn RowWriter>>,
    lang: Lang,
}

impl Table {
    fn new(id: &str, options: &GradeOptions) -> Self {
        let format = rows::FORMATS.iter().find(|format| format.id == id);
        Self {
            rows: format.map(|format| (format.open)(options.rows.clone())),
            lang: options.lang(),
        }
    }
}

impl GradeWriter for Table {
    fn begin(&mut self, out: &mut Vec<u8>) {
        if let Some(rows) = &mut self.rows {
            rows.begin(out);
        }
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        if let Some(rows) = &mut self.rows {
            rows.row(&GradeRecord(grade, self.lang), out);
        }
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        if let Some(rows) = &mut self.rows {
            rows.end(out);
        }
    }
}
