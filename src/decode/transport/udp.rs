//! The UDP header (RFC 768), whole or cut.

use crate::model::packet::{Datagram, Transport};

/// Reads a datagram; `None` where not even the ports are there.
pub(in crate::decode) fn read(transport: Transport<'_>) -> Option<Datagram<'_>> {
    let [s0, s1, d0, d1] = *transport.bytes.first_chunk::<4>()?;
    Some(Datagram {
        transport,
        source_port: u16::from_be_bytes([s0, s1]),
        destination_port: u16::from_be_bytes([d0, d1]),
    })
}
