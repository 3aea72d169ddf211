//! What several columns write, or more than one line writes.

use super::CellOptions;
use crate::analysis::row::Row;
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::rules;
use crate::model::frame::LinkType;
use crate::model::packet::Content;
use crate::model::side::Direction;
use crate::model::tcp::Header;
use crate::report::info;
use crate::text::digits;

pub(super) fn number(value: Option<u32>, out: &mut Vec<u8>) {
    if let Some(value) = value {
        digits::number(value, out);
    }
}

pub(super) fn text(value: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(value.as_bytes());
}

pub(super) fn tcp<'r>(row: &Row<'r>) -> Option<&'r TcpAnalysis> {
    row.analysis.tcp.as_ref()
}

/// Nothing where a row of text tells of the packet: then the header's own numbers are not known.
pub(in crate::report) fn captured(row: &Row<'_>) -> Option<()> {
    (row.frame.link != LinkType::ROWS).then_some(())
}

/// The TCP header of a row where its length can be one: of others tshark shows the sequence number
/// alone.
pub(in crate::report) fn sound_header(row: &Row<'_>) -> Option<Header> {
    row.tcp_header().filter(|header| header.offset >= 5)
}

/// The window field of a row, where its bytes are there.
pub(in crate::report) fn window_field(row: &Row<'_>) -> Option<u16> {
    let header = row.whole_header();
    header.filter(|it| it.offset >= 5).map(|it| it.window)
}

pub(super) fn protocol(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    // The names of nearly every row are constants, which are copied without a call.
    match &row.packet.content {
        Content::Tcp(_) => out.extend_from_slice(b"TCP"),
        Content::Udp(datagram) if !datagram.transport.lite => out.extend_from_slice(b"UDP"),
        _ => text(info::protocol(row), out),
    }
}

pub(super) fn way(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let arrow = match row.analysis.direction {
        Some(Direction::ToServer) => "→",
        Some(Direction::ToClient) => "←",
        None => "",
    };
    text(arrow, out);
}

pub(super) fn states(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let [client, server] = row.analysis.states;
    if client.is_some() || server.is_some() {
        text(client.map_or("?", |state| state.name()), out);
        text(" / ", out);
        text(server.map_or("?", |state| state.name()), out);
    }
}

pub(super) fn scale(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    // A SYN's own window is never scaled.
    let scaled = sound_header(row).is_some_and(|header| !header.flags.syn());
    if let Some(tcp) = tcp(row).filter(|_| scaled) {
        let factor = tcp.scale.factor();
        if factor < 0 {
            out.push(b'-');
        }
        digits::number(factor.unsigned_abs(), out);
    }
}

pub(super) fn marks(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let marks = tcp(row).map_or(Marks::NONE, |tcp| tcp.marks);
    let start = out.len();
    for rule in rules::all().filter(|rule| marks.any(rule.mark)) {
        for field in rule.fields {
            if out.len() > start {
                out.push(b' ');
            }
            text(field.strip_prefix("tcp.analysis.").unwrap_or(field), out);
        }
    }
}
