//! The columns of the packet table: one file a column, and their list.
//!
//! To add one, write `static COLUMN: Column` in its own file and put it into [`COLUMNS`].

mod ack;
mod ack_raw;
mod ack_rtt;
mod acks_frame;
mod bytes_in_flight;
mod completeness;
mod completeness_text;
mod destination;
mod dup_ack_frame;
mod dup_ack_num;
mod flags;
mod info;
mod initial_rtt;
mod len;
mod length;
mod marks;
mod next_seq;
mod no;
mod payload;
mod phase;
mod protocol;
mod push_bytes;
mod rto;
mod rto_frame;
mod scale;
mod seq;
mod seq_raw;
mod source;
mod states;
mod stream;
mod stream_delta;
mod stream_time;
pub mod time;
mod way;
mod window;
mod window_raw;

use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::tcp::Header;
use crate::model::time::Nanos;
use crate::report::coloring::{self, Coloring};
use crate::report::record::{Heading, Record};
use crate::text::digits;
use crate::text::{Lang, Text};

pub(crate) use crate::report::record::Kind;

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
    pub kind: Kind,
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
        let packet = &self.row.packet;
        matches!(packet.content, Content::Tcp(_) | Content::Udp(_)) && packet.lead.is_empty()
    }

    fn coloring(&self) -> Coloring {
        coloring::of(self.row)
    }

    fn direction(&self) -> Option<Direction> {
        let has_ports = matches!(self.row.packet.content, Content::Tcp(_) | Content::Udp(_));
        self.row.analysis.direction.filter(|_| has_ports)
    }
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
    &way::COLUMN,
    &states::COLUMN,
    &flags::COLUMN,
    &seq::COLUMN,
    &ack::COLUMN,
    &len::COLUMN,
    &window::COLUMN,
    &seq_raw::COLUMN,
    &ack_raw::COLUMN,
    &window_raw::COLUMN,
    &scale::COLUMN,
    &next_seq::COLUMN,
    &acks_frame::COLUMN,
    &ack_rtt::COLUMN,
    &initial_rtt::COLUMN,
    &bytes_in_flight::COLUMN,
    &push_bytes::COLUMN,
    &rto::COLUMN,
    &rto_frame::COLUMN,
    &dup_ack_frame::COLUMN,
    &dup_ack_num::COLUMN,
    &marks::COLUMN,
    &completeness::COLUMN,
    &completeness_text::COLUMN,
    &stream_time::COLUMN,
    &stream_delta::COLUMN,
    &payload::COLUMN,
];

/// The columns that a reader gets: Wireshark's seven, the direction, the phase.
pub static READING: &[&Column] = &[
    &no::COLUMN,
    &time::COLUMN,
    &source::COLUMN,
    &destination::COLUMN,
    &protocol::COLUMN,
    &length::COLUMN,
    &info::COLUMN,
    &way::COLUMN,
    &phase::COLUMN,
];

/// The columns of the tsv contract: fixed, since other programs rely on them.
pub static EXCHANGE: &[&Column] = &[
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

/// The column called `id`.
pub fn find(id: &str) -> Option<&'static Column> {
    COLUMNS.iter().copied().find(|column| column.id == id)
}

/// Appends a number.
fn number(value: u32, out: &mut Vec<u8>) {
    digits::number(value, out);
}

/// Appends a length of time in seconds with nine decimals.
fn nanos(value: Nanos, out: &mut Vec<u8>) {
    time::nanos(value, out);
}

/// The TCP header of a row, where tshark has fields of what stands behind the numbers: its length
/// can be one.
fn sound_header(row: &Row<'_>) -> Option<Header> {
    header(row).filter(|header| header.offset >= 5)
}

/// The TCP header of a row.
fn header(row: &Row<'_>) -> Option<Header> {
    match &row.packet.content {
        Content::Tcp(segment) => segment.header,
        _ => None,
    }
}
