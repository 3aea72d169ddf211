//! The columns of the packet table: what one is, and how a packet becomes a row of chosen ones.
//!
//! To add one, write it into the list of `list.rs`.

pub(in crate::report) mod cells;
mod headers;
mod list;
pub mod time;

pub use list::{COLUMNS, EXCHANGE, OF_PACKETS, READING};

/// The name of the column that says whether the checksum of TCP or UDP is right.
pub const CHECKSUM_STATE: &str = "checksum_state";
/// The name of the column of TCP options.
pub const TCP_OPTIONS: &str = "tcp_options";

use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::report::coloring::{self, Coloring};
use crate::report::record::{CellKind, Heading, Record};
use crate::text::{Lang, Text};

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
#[derive(Clone, Debug, Default)]
pub struct CellOptions {
    /// The language of phases; everything else reads the same in every language.
    pub lang: Lang,
    /// How the time column reads.
    pub time: TimeStyle,
    /// How many characters of a payload are shown, with `…` where there is more; all where `None`.
    pub most: Option<usize>,
    /// The zone of [`TimeStyle::Absolute`] and [`TimeStyle::AbsoluteDate`]; UTC where `None`.
    pub zone: Option<jiff::tz::TimeZone>,
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
    pub kind: CellKind,
    /// Appends the cell of a row; appends nothing where the packet does not prove a value.
    pub write: fn(&Row<'_>, &CellOptions, &mut Vec<u8>),
}

impl Column {
    /// What a format knows of it.
    pub fn heading(&self) -> Heading {
        Heading {
            id: self.id,
            header: self.header,
            kind: self.kind,
        }
    }
}

/// A packet as a row of chosen columns.
#[derive(Clone, Copy, Debug)]
pub struct PacketRecord<'r, 'a> {
    /// The packet.
    pub row: &'r Row<'a>,
    /// The columns in order.
    pub columns: &'r [&'static Column],
    /// What the cells have in common.
    pub cells: &'r CellOptions,
}

impl Record for PacketRecord<'_, '_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        if let Some(column) = self.columns.get(place) {
            (column.write)(self.row, self.cells, out);
        }
    }

    // The same as without it in fewer steps: every row of a capture passes here.
    fn cells(&self, count: usize, separator: u8, out: &mut Vec<u8>) {
        let columns = self.columns.get(..count).unwrap_or(self.columns);
        let Some((last, before)) = columns.split_last() else {
            return;
        };
        for column in before {
            (column.write)(self.row, self.cells, out);
            out.push(separator);
        }
        (last.write)(self.row, self.cells, out);
    }

    fn own_words(&self) -> bool {
        own_words(self.row)
    }

    fn coloring(&self) -> Coloring {
        coloring::of(self.row)
    }

    fn direction(&self) -> Option<Direction> {
        let has_ports = matches!(self.row.packet.content, Content::Tcp(_) | Content::Udp(_));
        self.row.analysis.direction.filter(|_| has_ports)
    }
}

/// Whether only the cells that quote ([`Heading::quotes`]) hold what a packet brought in.
pub fn own_words(row: &Row<'_>) -> bool {
    let packet = &row.packet;
    matches!(packet.content, Content::Tcp(_) | Content::Udp(_)) && packet.lead.is_empty()
}

/// The column called `id`.
pub fn find(id: &str) -> Option<&'static Column> {
    COLUMNS.iter().copied().find(|column| column.id == id)
}
