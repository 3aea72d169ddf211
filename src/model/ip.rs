//! The innermost IP header of a packet (RFC 791, RFC 8200), and the checksums that rest on it.

use etherparse::checksum::Sum16BitWords;
use etherparse::{Ipv4HeaderSlice, Ipv6HeaderSlice};

use super::address::Address;
use super::packet::{Content, Packet};
use super::transport::{Extent, Transport};

/// The fields of an IP header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpHeader {
    /// 4 or 6.
    pub version: u8,
    /// The length of the header in bytes, in IPv6 without extension headers.
    pub header_len: usize,
    /// The length field: IPv4's counts the header, IPv6's does not.
    pub length: u16,
    /// IPv4: identification, the flags (4 reserved, 2 DF, 1 MF), the offset of a fragment in bytes.
    pub fragment: Option<(u16, u8, u16)>,
    /// IPv4's time to live, IPv6's hop limit.
    pub ttl: u8,
    /// The number of what comes next: the protocol, in IPv6 perhaps an extension header.
    pub protocol: u8,
    /// IPv4: the checksum of the header.
    pub checksum: Option<u16>,
}

/// What a checksum of TCP or UDP is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// It fits the bytes.
    Right,
    /// It is the sum of the pseudo-header alone: the sender's system leaves the rest to the network
    /// card (checksum offload), and the packet was captured before that.
    Offloaded,
    /// It does not fit the bytes, for which this would.
    Wrong(u16),
    /// UDP over IPv4: 0, which says that there is none (RFC 768).
    Unused,
    /// It cannot be checked: not every byte that it covers is in the capture.
    Unchecked,
}

impl Packet<'_> {
    /// The identification of an IPv4 header: the same again only in copies of one datagram
    /// (RFC 6864, 4). Many systems send 0 where nothing may be fragmented.
    #[inline]
    pub fn identification(&self) -> Option<u16> {
        match *self.network {
            [first, _, _, _, high, low, ..] if first >> 4 == 4 => {
                Some(u16::from_be_bytes([high, low]))
            }
            _ => None,
        }
    }

    /// The innermost IP header, where it is whole.
    pub fn ip(&self) -> Option<IpHeader> {
        match self.network.first()? >> 4 {
            4 => {
                let header = Ipv4HeaderSlice::from_slice(self.network).ok()?;
                let (dont, more) = (header.dont_fragment(), header.more_fragments());
                let reserved = header.slice().get(6)? >> 7;
                let flags = reserved << 2 | u8::from(dont) << 1 | u8::from(more);
                let offset = header.fragments_offset().byte_offset();
                Some(IpHeader {
                    version: 4,
                    header_len: header.slice().len(),
                    length: header.total_len(),
                    fragment: Some((header.identification(), flags, offset)),
                    ttl: header.ttl(),
                    protocol: header.protocol().0,
                    checksum: Some(header.header_checksum()),
                })
            }
            6 => {
                let header = Ipv6HeaderSlice::from_slice(self.network).ok()?;
                Some(IpHeader {
                    version: 6,
                    header_len: header.slice().len(),
                    length: header.payload_length(),
                    fragment: None,
                    ttl: header.hop_limit(),
                    protocol: header.next_header().0,
                    checksum: None,
                })
            }
            _ => None,
        }
    }

    /// Whether the checksum of the IPv4 header is right; `None` where there is none.
    pub fn header_is_right(&self) -> Option<bool> {
        let header = self.ip().filter(|header| header.checksum.is_some())?;
        let sum = Sum16BitWords::new().add_slice(self.network.get(..header.header_len)?);
        Some(sum.ones_complement() == 0)
    }

    /// The checksum field of TCP or UDP; `None` where it is not there.
    pub fn checksum_field(&self) -> Option<u16> {
        self.summed().map(|(_, (_, field), _)| field)
    }

    /// What has a checksum: the header of TCP or UDP, where the field stands in it and what it says,
    /// and the number of the protocol.
    fn summed(&self) -> Option<(&Transport<'_>, (usize, u16), u8)> {
        let (transport, at, protocol) = match &self.content {
            Content::Tcp(segment) => (&segment.transport, 16, 6),
            Content::Udp(datagram) if datagram.transport.lite => (&datagram.transport, 6, 136),
            Content::Udp(datagram) => (&datagram.transport, 6, 17),
            Content::Other(_) => return None,
        };
        let field = transport.bytes.get(at..)?.first_chunk::<2>()?;
        Some((transport, (at, u16::from_be_bytes(*field)), protocol))
    }

    /// The checksum field of TCP or UDP, and what it is worth; `None` where it is not there.
    pub fn checksum(&self) -> Option<(u16, Checksum)> {
        let (transport, (at, field), protocol) = self.summed()?;
        if protocol == 17 && field == 0 && !transport.over_ipv6 {
            return Some((field, Checksum::Unused));
        }
        let worth = self.compare(transport, (at, field), protocol);
        Some((field, worth.unwrap_or(Checksum::Unchecked)))
    }

    fn compare(
        &self,
        transport: &Transport<'_>,
        (at, field): (usize, u16),
        protocol: u8,
    ) -> Option<Checksum> {
        // Behind IPv6's extension headers the destination may be another one (RFC 8200, 8.1).
        let direct = self.ip()?.protocol == protocol;
        let kept = u32::try_from(transport.bytes.len()).ok()? == transport.len;
        if transport.extent != Extent::Whole || !kept || !direct {
            return None;
        }
        let mut covered = transport.bytes;
        if let Content::Udp(datagram) = &self.content {
            let length = usize::from(datagram.length_field?);
            covered = match (transport.lite, length) {
                (_, 0) => covered,
                (_, 1..8) => return None,
                (_, length) => covered.get(..length)?,
            };
        }
        // UDP-Lite counts all bytes in the pseudo-header (RFC 3828, 3.2).
        let counted = match transport.lite {
            true => transport.len,
            false => u32::try_from(covered.len()).ok()?,
        };
        let addresses = match (self.source, self.destination) {
            (Address::V4(from), Address::V4(to)) => Sum16BitWords::new()
                .add_4bytes(from.octets())
                .add_4bytes(to.octets()),
            (Address::V6(from), Address::V6(to)) => Sum16BitWords::new()
                .add_16bytes(from.octets())
                .add_16bytes(to.octets()),
            _ => return None,
        };
        let mut pseudo = addresses.add_2bytes([0, protocol]);
        pseudo = pseudo.add_4bytes(counted.to_be_bytes());
        if pseudo.clone().add_slice(covered).ones_complement() == 0 {
            return Some(Checksum::Right);
        }
        if field == !pseudo.ones_complement().to_be() {
            return Some(Checksum::Offloaded);
        }
        let sum = pseudo.add_slice(covered.get(..at)?);
        let sum = sum.add_slice(covered.get(at + 2..)?).ones_complement();
        let should = match (sum.to_be(), protocol) {
            // 0 would say that there is none.
            (0, 17 | 136) => 0xffff,
            (sum, _) => sum,
        };
        Some(Checksum::Wrong(should))
    }
}
