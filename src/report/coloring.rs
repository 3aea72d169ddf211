//! Which of Wireshark's default colouring rules a row falls under, as far as netlab paints them.
//! Colour never carries meaning alone: each of these rows also says it in Info.

use crate::analysis::row::Row;
use crate::analysis::tcp::marks::Marks;
use crate::model::packet::{Content, OtherKind};

/// A colouring rule, by Wireshark's name for it. The first that matches wins, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Coloring {
    /// "Bad TCP": an analysis mark, unless it is a window update or a keep-alive.
    BadTcp,
    /// "ICMP errors".
    IcmpErrors,
    /// "TCP RST".
    TcpRst,
    /// "TCP SYN/FIN".
    TcpSynFin,
    /// No packet but a program's call: none of Wireshark's rules, as it has no such rows.
    Call,
    /// No colour.
    #[default]
    Plain,
}

/// The marks that keep a row from being "Bad TCP".
const HARMLESS: Marks = Marks::WINDOW_UPDATE
    .with(Marks::KEEP_ALIVE)
    .with(Marks::KEEP_ALIVE_ACK);

/// The rule a row falls under.
pub fn of(row: &Row<'_>) -> Coloring {
    let marks = row.analysis.tcp.map_or(Marks::NONE, |tcp| tcp.marks);
    if !marks.is_empty() && !marks.any(HARMLESS) {
        return Coloring::BadTcp;
    }
    match &row.packet.content {
        Content::Other(other) if other.kind == OtherKind::IcmpError => Coloring::IcmpErrors,
        Content::Tcp(_) => match row.tcp_header() {
            Some(header) if header.flags.rst() => Coloring::TcpRst,
            Some(header) if header.flags.syn() || header.flags.fin() => Coloring::TcpSynFin,
            _ => Coloring::Plain,
        },
        _ => Coloring::Plain,
    }
}
