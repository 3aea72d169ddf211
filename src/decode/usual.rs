//! The frame that most captures are made of, read in one step: Ethernet with at most one VLAN tag,
//! IPv4 or IPv6 without options, fragments and extension headers, TCP or UDP.
//!
//! A shorter way to the same packet, not a rule of its own: whatever is unusual is left to the
//! layers, and a test compares both ways over real captures. Inlined, so that the packet is put
//! together where it is wanted.

use etherparse::{Ipv4HeaderSlice, Ipv6HeaderSlice};

use super::link::trailer;
use super::network::ipv4;
use crate::model::address::Address;
use crate::model::dialect::Dialect;
use crate::model::frame::{Frame, LinkType};
use crate::model::packet::Content;
use crate::model::packet::Datagram;
use crate::model::packet::Marks;
use crate::model::packet::Packet;
use crate::model::tcp::Segment;
use crate::model::transport::Extent;
use crate::model::transport::Transport;

const ADDRESSES: usize = 12;
const TYPE: usize = 2;
const TAG: usize = 4;
pub(super) const IPV4: [u8; TYPE] = [0x08, 0x00];
pub(super) const IPV6: [u8; TYPE] = [0x86, 0xdd];
const VLAN: [u8; TYPE] = [0x81, 0x00];
pub(super) const TCP: u8 = 6;
pub(super) const UDP: u8 = 17;

/// The packet of a usual frame; `None` where the layers have to be read one by one.
#[inline(always)]
pub(super) fn packet<'a>(frame: &Frame<'a>, dialect: Dialect) -> Option<Packet<'a>> {
    let (kind, above) = network(frame)?;
    let network = match kind {
        IPV4 => Network::version4(above)?,
        IPV6 => Network::version6(above)?,
        _ => return None,
    };
    // As many bytes as the frame had behind the link header, kept or not.
    let wire_len = usize::try_from(frame.wire_len).ok()?;
    let link_len = frame.bytes.len() - above.len();
    let there = wire_len.max(frame.bytes.len()) - link_len;
    // Longer than the frame, or cut behind its end: the layers know what that says.
    let cut_behind = there > above.len() && above.len() > network.len;
    if network.len > there || cut_behind {
        return None;
    }
    let kept = above.get(..network.len).unwrap_or(above);
    let behind = above.get(network.len..).unwrap_or_default();
    if trailer::tells_short(link_len + network.len, behind, true, dialect) {
        return None;
    }
    let transport = Transport {
        bytes: kept.get(network.header_len..)?,
        len: u32::try_from(network.len - network.header_len).ok()?,
        extent: Extent::Whole,
        lite: false,
        over_ipv6: network.over_ipv6,
    };
    let content = match network.protocol {
        TCP => Content::Tcp(Segment::read(transport)?),
        UDP => Content::Udp(Datagram::read(transport)?),
        _ => return None,
    };
    Some(Packet {
        source: network.source,
        destination: network.destination,
        content,
        marks: Marks {
            odd_ttl: network.odd_ttl,
            group: frame.bytes.first()? & 1 != 0,
        },
        network: above,
        lead: "",
        tail: "",
    })
}

/// What an IP header says.
struct Network {
    source: Address,
    destination: Address,
    protocol: u8,
    header_len: usize,
    /// Of the whole packet.
    len: usize,
    over_ipv6: bool,
    odd_ttl: bool,
}

impl Network {
    #[inline(always)]
    fn version4(bytes: &[u8]) -> Option<Network> {
        const HEADER: usize = 20;
        let header = Ipv4HeaderSlice::from_slice(bytes).ok()?;
        let len = usize::from(header.total_len());
        let protocol = header.protocol().0;
        let fragment = header.is_fragmenting_payload();
        if header.slice().len() != HEADER || len <= HEADER || fragment {
            return None;
        }
        let destination = header.destination_addr();
        Some(Network {
            source: Address::V4(header.source_addr()),
            destination: Address::V4(destination),
            protocol,
            header_len: HEADER,
            len,
            over_ipv6: false,
            odd_ttl: ipv4::odd_ttl(header.ttl(), destination, protocol),
        })
    }

    #[inline(always)]
    fn version6(bytes: &[u8]) -> Option<Network> {
        const HEADER: usize = 40;
        let header = Ipv6HeaderSlice::from_slice(bytes).ok()?;
        let payload = usize::from(header.payload_length());
        (payload > 0).then(|| Network {
            source: Address::V6(header.source_addr()),
            destination: Address::V6(header.destination_addr()),
            protocol: header.next_header().0,
            header_len: HEADER,
            len: HEADER + payload,
            over_ipv6: true,
            odd_ttl: false,
        })
    }
}

/// The type of what an Ethernet frame carries, behind a VLAN tag too, and its bytes.
#[inline(always)]
pub(super) fn network<'a>(frame: &Frame<'a>) -> Option<([u8; TYPE], &'a [u8])> {
    if frame.link != LinkType::ETHERNET {
        return None;
    }
    let (_, rest) = frame.bytes.split_at_checked(ADDRESSES)?;
    let (kind, above) = rest.split_first_chunk::<TYPE>()?;
    if *kind != VLAN {
        return Some((*kind, above));
    }
    let (tag, behind) = above.split_first_chunk::<TAG>()?;
    let [_, _, inner @ ..] = *tag;
    Some((inner, behind))
}

/// Whether an Ethernet frame, tagged or not, carries IP with this protocol right above it.
#[inline(always)]
pub(super) fn carries(frame: &Frame<'_>, protocol: u8) -> bool {
    let at = match network(frame) {
        Some((IPV4, above)) => above.get(9),
        Some((IPV6, above)) => above.get(6),
        _ => None,
    };
    at == Some(&protocol)
}
