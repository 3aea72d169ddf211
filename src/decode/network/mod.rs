//! IPv4 and IPv6.

use etherparse::{IpNumber, Ipv4HeaderSlice, Ipv6HeaderSlice};

use super::transport;
use crate::model::address::Address;
use crate::model::packet::{Content, Context, Other, OtherKind, Packet, Transport};

/// Decodes an IP packet of `len` bytes on the wire.
pub(super) fn ip<'a>(
    bytes: &'a [u8],
    len: u32,
    source: Address,
    destination: Address,
) -> Packet<'a> {
    match bytes.first().map(|first| first >> 4) {
        Some(4) => {
            if let Ok(header) = Ipv4HeaderSlice::from_slice(bytes) {
                let header_len = header.slice().len();
                let total = u32::from(header.total_len()).min(len);
                return upper(
                    &bytes[header_len..],
                    total.saturating_sub(u32::try_from(header_len).unwrap_or(20)),
                    header.protocol(),
                    Address::V4(header.source_addr()),
                    Address::V4(header.destination_addr()),
                    false,
                );
            }
        }
        Some(6) => {
            if let Ok(header) = Ipv6HeaderSlice::from_slice(bytes) {
                return upper(
                    &bytes[40..],
                    u32::from(header.payload_length()).min(len.saturating_sub(40)),
                    header.next_header(),
                    Address::V6(header.source_addr()),
                    Address::V6(header.destination_addr()),
                    true,
                );
            }
        }
        _ => {}
    }
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

fn upper<'a>(
    bytes: &'a [u8],
    len: u32,
    protocol: IpNumber,
    source: Address,
    destination: Address,
    over_ipv6: bool,
) -> Packet<'a> {
    let kept = bytes.len().min(usize::try_from(len).unwrap_or(usize::MAX));
    let context = Context::Whole;
    let transport = Transport {
        bytes: &bytes[..kept],
        len,
        context,
        lite: false,
        over_ipv6,
    };
    let content = match protocol {
        IpNumber::TCP => transport::tcp::read(transport).map(Content::Tcp),
        IpNumber::UDP => transport::udp::read(transport).map(Content::Udp),
        _ => None,
    };
    let protocol = if over_ipv6 { "IPv6" } else { "IPv4" };
    let other = Other {
        protocol,
        info: "",
        kind: OtherKind::Unknown,
        quoted: None,
    };
    Packet {
        source,
        destination,
        content: content.unwrap_or(Content::Other(other)),
    }
}
