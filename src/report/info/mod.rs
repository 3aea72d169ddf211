//! The Info column, word for word as tshark prints it with upper layers off.

pub(in crate::report) mod flags;
mod options;
pub(in crate::report) mod tcp;
mod udp;

use crate::analysis::row::Row;
use crate::model::frame::LinkType;
use crate::model::packet::Content;
use crate::text::digits;

/// Appends the Info text of a row.
pub fn write(row: &Row<'_>, out: &mut Vec<u8>) {
    let packet = &row.packet;
    if !packet.lead.is_empty() {
        out.extend_from_slice(packet.lead.as_bytes());
    }
    match &packet.content {
        Content::Tcp(segment) => tcp::write(segment, row.analysis.tcp.as_ref(), out),
        Content::Udp(datagram) => udp::write(datagram, row.frame.link != LinkType::ROWS, out),
        Content::Other(other) => out.extend_from_slice(other.info.as_bytes()),
    }
    if !packet.tail.is_empty() {
        out.extend_from_slice(packet.tail.as_bytes());
    }
}

/// A word for what a row is: the flags of a TCP segment without their brackets, or else the
/// protocol.
pub fn label(row: &Row<'_>) -> String {
    let Some(header) = row.tcp_header() else {
        return protocol(row).to_owned();
    };
    let accurate_ecn = row.analysis.tcp.is_some_and(|tcp| tcp.accurate_ecn);
    let mut out = Vec::new();
    flags::write(header.flags, accurate_ecn, &mut out);
    let inside = out.strip_prefix(b"[").and_then(|it| it.strip_suffix(b"]"));
    String::from_utf8_lossy(inside.unwrap_or(&out)).into_owned()
}

/// The Protocol column of a row.
pub fn protocol<'a>(row: &Row<'a>) -> &'a str {
    match &row.packet.content {
        Content::Tcp(_) => "TCP",
        Content::Udp(datagram) if datagram.transport.lite => "UDP-Lite",
        Content::Udp(_) => "UDP",
        Content::Other(other) => other.protocol,
    }
}

/// Appends a number.
fn number(value: impl Into<u64>, out: &mut Vec<u8>) {
    digits::number(value, out);
}

/// Appends a name and a number. Inline, so that a name is copied as the constant it is.
#[inline(always)]
fn field(name: &str, value: impl Into<u64>, out: &mut Vec<u8>) {
    out.extend_from_slice(name.as_bytes());
    number(value, out);
}

/// Appends the two ports.
fn ports(source: u16, destination: u16, out: &mut Vec<u8>) {
    number(source, out);
    field(" → ", destination, out);
}
