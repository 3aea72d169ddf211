//! The Info column, word for word as tshark 4.0 prints it with upper layers off.

use crate::analysis::row::Row;
use crate::model::packet::Content;

/// Appends the Info text of a row.
pub fn write(row: &Row<'_>, out: &mut Vec<u8>) {
    match &row.packet.content {
        Content::Tcp(segment) => {
            let mut text = itoa::Buffer::new();
            out.extend_from_slice(text.format(segment.source_port).as_bytes());
            out.extend_from_slice(" → ".as_bytes());
            out.extend_from_slice(text.format(segment.destination_port).as_bytes());
        }
        Content::Udp(datagram) => {
            let mut text = itoa::Buffer::new();
            out.extend_from_slice(text.format(datagram.source_port).as_bytes());
            out.extend_from_slice(" → ".as_bytes());
            out.extend_from_slice(text.format(datagram.destination_port).as_bytes());
        }
        Content::Other(other) => out.extend_from_slice(other.info.as_bytes()),
    }
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
