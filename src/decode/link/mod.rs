//! Link layers: what stands before the IP header. One file each for those etherparse lacks.

use etherparse::{EtherType, Ethernet2HeaderSlice};

use super::network;
use crate::model::address::Address;
use crate::model::frame::{Frame, LinkType};
use crate::model::packet::{Content, Other, OtherKind, Packet};

/// Decodes a frame from its first byte.
pub(super) fn decode<'a>(frame: &Frame<'a>) -> Packet<'a> {
    let wire_len = frame.wire_len;
    match frame.link {
        LinkType::ETHERNET => match Ethernet2HeaderSlice::from_slice(frame.bytes) {
            Ok(eth) => {
                let (source, destination) =
                    (Address::Mac(eth.source()), Address::Mac(eth.destination()));
                let rest = &frame.bytes[14..];
                let len = wire_len.saturating_sub(14);
                match eth.ether_type() {
                    EtherType::IPV4 | EtherType::IPV6 => {
                        network::ip(rest, len, source, destination)
                    }
                    _ => unknown(source, destination),
                }
            }
            Err(_) => unknown(Address::None, Address::None),
        },
        LinkType::RAW => network::ip(frame.bytes, wire_len, Address::None, Address::None),
        _ => unknown(Address::None, Address::None),
    }
}

fn unknown<'a>(source: Address, destination: Address) -> Packet<'a> {
    let other = Other {
        protocol: "",
        info: "",
        kind: OtherKind::Unknown,
        quoted: None,
    };
    Packet {
        source,
        destination,
        content: Content::Other(other),
    }
}
