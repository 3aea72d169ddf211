//! The TCP header (RFC 9293, 3.1), whole or cut.

use crate::model::packet::Transport;
use crate::model::seq::Seq;
use crate::model::tcp::{Header, Segment, TcpFlags};

/// Reads a segment; `None` where not even the ports are there.
pub(in crate::decode) fn read(transport: Transport<'_>) -> Option<Segment<'_>> {
    let (ports, rest) = transport.bytes.split_first_chunk::<4>()?;
    let [s0, s1, d0, d1] = *ports;
    let header = rest.first_chunk::<12>().map(|bytes| {
        let [q0, q1, q2, q3, a0, a1, a2, a3, offset, flags, w0, w1] = *bytes;
        Header {
            seq: Seq(u32::from_be_bytes([q0, q1, q2, q3])),
            ack: Seq(u32::from_be_bytes([a0, a1, a2, a3])),
            offset: offset >> 4,
            flags: TcpFlags(u16::from_be_bytes([offset & 0x0f, flags])),
            window: u16::from_be_bytes([w0, w1]),
        }
    });
    Some(Segment {
        transport,
        source_port: u16::from_be_bytes([s0, s1]),
        destination_port: u16::from_be_bytes([d0, d1]),
        header,
    })
}
