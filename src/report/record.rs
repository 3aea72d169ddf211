//! What formats know of a table: the headings of its columns, and the cells of one row. Packets
//! and conversations are shown through the same formats.

use super::coloring::Coloring;
use super::moment::Moment;
use crate::model::side::Direction;
use crate::text::Text;

/// What a cell holds, so that each format can write it in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// A number: right-aligned in tables, bare in JSON.
    Number,
    /// Text: left-aligned in tables, quoted and escaped in JSON.
    Text,
}

/// What a format knows of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Its name in the tsv header and in JSON; never translated.
    pub id: &'static str,
    /// Its heading in tables.
    pub header: Text,
    /// What its cells are.
    pub kind: CellKind,
}

impl Heading {
    /// Whether its cells quote bytes of a packet, whatever the packet is.
    pub fn quotes(&self) -> bool {
        self.id == "payload"
    }
}

/// One row of a table.
pub trait Record {
    /// Appends the cell at `place`, counted from 0 in the order of the headings. Appends nothing
    /// where there is no value.
    fn cell(&self, place: usize, out: &mut Vec<u8>);

    /// Appends the first `count` cells, each but the last followed by `separator`.
    fn cells(&self, count: usize, separator: u8, out: &mut Vec<u8>) {
        for place in 0..count {
            if place > 0 {
                out.push(separator);
            }
            self.cell(place, out);
        }
    }

    /// Whether every cell that does not quote (see [`Heading::quotes`]) holds only numbers,
    /// addresses and netlab's own words: nothing that has to be escaped.
    fn own_words(&self) -> bool {
        false
    }

    /// The colouring rule the row falls under.
    fn coloring(&self) -> Coloring {
        Coloring::Plain
    }

    /// Which way it goes, where its Info names two ports.
    fn direction(&self) -> Option<Direction> {
        None
    }

    /// The call it shows, where it is none of a packet.
    fn moment(&self) -> Option<&Moment> {
        None
    }
}
