//! The UDP and UDP-Lite header (RFC 768, RFC 3828).

use etherparse::UdpHeaderSlice;

use super::packet::Datagram;
use super::transport::Transport;

/// What the length field of a datagram says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UdpLength {
    /// Header and payload together, in bytes, at least 8; UDP-Lite: as long as IP says.
    Bytes(u32),
    /// 0 over IPv6: as long as IP says (RFC 2675, 4).
    Jumbo(u32),
    /// Below 8: less than the header.
    TooShort(u32),
}

impl<'a> Datagram<'a> {
    /// Reads a datagram; `None` where not even the ports are there.
    #[inline]
    pub fn read(transport: Transport<'a>) -> Option<Datagram<'a>> {
        if let Ok(header) = UdpHeaderSlice::from_slice(transport.bytes) {
            return Some(Datagram {
                transport,
                source_port: header.source_port(),
                destination_port: header.destination_port(),
                length_field: Some(header.length()),
                checksum_field: Some(header.checksum()),
            });
        }
        // Cut, which etherparse refuses: tshark shows the fields that are there.
        let field = |at: usize| {
            let bytes = transport.bytes.get(at..)?.first_chunk::<2>()?;
            Some(u16::from_be_bytes(*bytes))
        };
        Some(Datagram {
            transport,
            source_port: field(0)?,
            destination_port: field(2)?,
            length_field: field(4),
            checksum_field: None,
        })
    }

    /// The length of header and payload; `None` where the field is not there.
    pub fn length(&self) -> Option<UdpLength> {
        let field = self.length_field?;
        let len = self.transport.len;
        Some(match field {
            _ if self.transport.lite => UdpLength::Bytes(len),
            0 if self.transport.over_ipv6 && len >= 8 => UdpLength::Jumbo(len),
            0 if self.transport.over_ipv6 => UdpLength::TooShort(len),
            0..8 => UdpLength::TooShort(u32::from(field)),
            _ => UdpLength::Bytes(u32::from(field)),
        })
    }

    /// The length of the payload in bytes; `None` where the length is not there or too short for
    /// the header. Where IP decides the length and hands over less than a header, the number wraps
    /// below 0, as tshark shows it.
    pub fn payload_len(&self) -> Option<u32> {
        match self.length()? {
            UdpLength::Bytes(len) | UdpLength::Jumbo(len) => Some(len.wrapping_sub(8)),
            UdpLength::TooShort(_) => None,
        }
    }

    /// The payload bytes that were kept; none where the datagram was not whole, as in a quotation.
    pub fn payload(&self) -> &'a [u8] {
        self.transport.payload(8, self.payload_len())
    }
}
