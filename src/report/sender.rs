//! Who sent a packet, as an end with address and port.

use crate::analysis::row::Row;
use crate::model::address::{Address, Endpoint};
use crate::model::packet::{Content, Quoted};

/// The end that a packet comes from. An ICMP error comes from the end that its quoted packet was
/// for, or from a router on behalf of it.
pub(in crate::report) fn sender(row: &Row<'_>) -> Option<Endpoint> {
    let (address, port) = match &row.packet.content {
        Content::Tcp(segment) => (row.packet.source, segment.source_port),
        Content::Udp(datagram) => (row.packet.source, datagram.source_port),
        Content::Other(other) => return quoted_destination(other.quoted.as_ref()?),
    };
    end(address, port)
}

fn quoted_destination(quoted: &Quoted<'_>) -> Option<Endpoint> {
    let &[_, _, d0, d1] = quoted.transport.bytes.first_chunk::<4>()?;
    end(quoted.destination, u16::from_be_bytes([d0, d1]))
}

fn end(address: Address, port: u16) -> Option<Endpoint> {
    Some(Endpoint {
        ip: address.ip()?,
        port,
    })
}
