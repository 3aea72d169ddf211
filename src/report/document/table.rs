//! Tables of documents: typed cells, rows with more behind them, and what was left out.

use std::borrow::Cow;

use crate::model::time::Span;
use crate::report::coloring::Coloring;
use crate::report::columns::time;
use crate::report::explain::Why;
use crate::report::record::{CellKind, Heading};
use crate::text::{Lang, quantity};

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Its key in JSON and in file names; never translated.
    pub id: &'static str,
    /// Its title.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, and what was left out between them.
    pub lines: Vec<Line>,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its key in JSON and CSV; never translated.
    pub id: &'static str,
    /// Its heading.
    pub title: String,
    /// What its cells are.
    pub kind: CellKind,
    /// Whether it stays where there is no room for all columns.
    pub essential: bool,
    /// Whether its cells are long and may wrap.
    pub long: bool,
}

impl Column {
    /// A column by its heading.
    pub fn new(heading: Heading, lang: Lang) -> Self {
        Self {
            id: heading.id,
            title: heading.header.get(lang).to_owned(),
            kind: heading.kind,
            essential: true,
            long: false,
        }
    }

    /// One of its cells for a reader in `lang`. The Time column says what Wireshark's does, in
    /// every language.
    pub fn shown<'c>(&self, cell: &'c Cell, lang: Lang) -> Cow<'c, str> {
        match self.id {
            "time" => Cow::Borrowed(cell.as_str()),
            _ => cell.shown(lang),
        }
    }
}

/// A line of a table.
#[derive(Clone, Debug)]
pub enum Line {
    /// A row.
    Row(Row),
    /// Rows that are not shown.
    Gap(Gap),
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Its cells, as many as there are columns.
    pub cells: Vec<Cell>,
    /// The colouring rule it falls under.
    pub coloring: Coloring,
    /// What a reader can ask to see of it.
    pub detail: Option<Box<Detail>>,
}

/// Rows that were left out at this place.
#[derive(Clone, Debug, Default)]
pub struct Gap {
    /// How many.
    pub rows: u64,
    /// What they were, in a sentence.
    pub text: String,
}

/// More about a row.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// What it means, in a sentence; empty where nothing is said.
    pub sentence: String,
    /// The reasoning behind it, step by step.
    pub why: Vec<Why>,
    /// The fields of its headers and of its analysis.
    pub fields: Vec<Field>,
}

/// A field with its value.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name; never translated.
    pub id: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// Its value.
    pub value: Cell,
}

/// A cell. Numbers are written as digits with a point: JSON and CSV take them as they are, what
/// people read asks for [`Cell::shown`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cell {
    /// There is no value, or the packets do not prove one.
    #[default]
    Empty,
    /// There is no value, and why, in words.
    Absent(Box<str>),
    /// A number.
    Number(Box<str>),
    /// A length of time: the number that programs take, and the nanoseconds that people read.
    Span(Box<str>, i64),
    /// Words.
    Text(Box<str>),
    /// Text as it came from outside: a payload, a name, a command. Shown as code.
    Code(Box<str>),
}

impl Cell {
    /// A whole number.
    pub fn int(value: impl Into<u64>) -> Self {
        Cell::Number(value.into().to_string().into())
    }

    /// A length of time, for programs in seconds with nine decimals.
    pub(in crate::report) fn seconds(span: Span) -> Self {
        let mut out = Vec::new();
        time::seconds(span, 9, &mut out);
        Cell::Span(lossless(&out), span.nanos_clamped())
    }

    /// A length of time in nanoseconds, for programs in milliseconds with three decimals.
    pub(super) fn millis(nanos: i64) -> Self {
        let micros = nanos.saturating_add(500) / 1000;
        let number = format!("{}.{:03}", micros / 1000, micros % 1000);
        Cell::Span(number.into(), nanos)
    }

    /// Words; empty where there are none.
    pub fn text(value: impl Into<Box<str>>) -> Self {
        let value = value.into();
        match value.is_empty() {
            true => Cell::Empty,
            false => Cell::Text(value),
        }
    }

    /// Text from outside; empty where there is none.
    pub fn code(value: impl Into<Box<str>>) -> Self {
        match Cell::text(value) {
            Cell::Text(value) => Cell::Code(value),
            other => other,
        }
    }

    /// A cell as a column wrote it.
    pub fn written(kind: CellKind, bytes: &[u8]) -> Self {
        if bytes.is_empty() {
            return Cell::Empty;
        }
        let text = lossless(bytes);
        match kind {
            CellKind::Number => Cell::Number(text),
            CellKind::Text => Cell::Text(text),
        }
    }

    /// What it says to a reader in `lang`: a number with the decimal sign of the language, a length
    /// of time with its unit.
    pub fn shown(&self, lang: Lang) -> Cow<'_, str> {
        match self {
            Cell::Number(number) if number.contains('.') => {
                Cow::Owned(lang.decimal(number.to_string()))
            }
            Cell::Span(_, nanos) => Cow::Owned(quantity::span(*nanos, lang).to_string()),
            _ => Cow::Borrowed(self.as_str()),
        }
    }

    /// What it says; empty for [`Cell::Empty`].
    pub fn as_str(&self) -> &str {
        match self {
            Cell::Empty => "",
            Cell::Absent(text) | Cell::Number(text) | Cell::Text(text) | Cell::Code(text) => text,
            Cell::Span(number, _) => number,
        }
    }
}

/// Bytes as text; those that are no UTF-8 as `\xff`.
pub(super) fn lossless(bytes: &[u8]) -> Box<str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => {
            let mut out = String::with_capacity(bytes.len() + 8);
            for chunk in bytes.utf8_chunks() {
                out.push_str(chunk.valid());
                for byte in chunk.invalid() {
                    out.push_str(&format!("\\x{byte:02x}"));
                }
            }
            out.into()
        }
    }
}
