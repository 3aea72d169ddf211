//! TCP's own plain values (RFC 9293).

use etherparse::TcpHeaderSlice;

use super::seq::Seq;
use super::transport::{Extent, Transport};

/// The twelve flag bits of a TCP header, FIN lowest, the reserved ones on top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct TcpFlags(pub u16);

impl TcpFlags {
    /// No more data from the sender.
    pub const FIN: TcpFlags = TcpFlags(0x001);
    /// Synchronize sequence numbers.
    pub const SYN: TcpFlags = TcpFlags(0x002);
    /// Reset the connection.
    pub const RST: TcpFlags = TcpFlags(0x004);
    /// Push.
    pub const PSH: TcpFlags = TcpFlags(0x008);
    /// The acknowledgment field counts.
    pub const ACK: TcpFlags = TcpFlags(0x010);
    /// The urgent pointer counts.
    pub const URG: TcpFlags = TcpFlags(0x020);
    /// ECN echo (RFC 3168).
    pub const ECE: TcpFlags = TcpFlags(0x040);
    /// Congestion window reduced (RFC 3168).
    pub const CWR: TcpFlags = TcpFlags(0x080);
    /// Accurate ECN, the old NS bit.
    pub const AE: TcpFlags = TcpFlags(0x100);
    /// The three reserved bits.
    pub const RESERVED: TcpFlags = TcpFlags(0xe00);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: TcpFlags) -> TcpFlags {
        TcpFlags(self.0 | other.0)
    }

    /// Whether any of `other`'s bits is set.
    pub const fn any(self, other: TcpFlags) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether SYN is set.
    pub const fn syn(self) -> bool {
        self.any(Self::SYN)
    }

    /// Whether ACK is set.
    pub const fn ack(self) -> bool {
        self.any(Self::ACK)
    }

    /// Whether FIN is set.
    pub const fn fin(self) -> bool {
        self.any(Self::FIN)
    }

    /// Whether RST is set.
    pub const fn rst(self) -> bool {
        self.any(Self::RST)
    }
}

/// A connection state of one end (RFC 9293, 3.3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TcpState {
    /// Waiting for a call.
    Listen,
    /// Sent a SYN, waits for its answer.
    SynSent,
    /// Got a SYN and answered, waits for the acknowledgment.
    SynReceived,
    /// Open: data can be sent both ways.
    Established,
    /// Sent a FIN, waits for its acknowledgment or the other FIN.
    FinWait1,
    /// Its FIN is acknowledged, waits for the other FIN.
    FinWait2,
    /// Got a FIN, has not yet sent its own.
    CloseWait,
    /// Both sent a FIN at once, waits for the acknowledgment of its own.
    Closing,
    /// Got a FIN and sent its own, waits for the acknowledgment.
    LastAck,
    /// Everything is acknowledged; waits twice the maximum segment lifetime.
    TimeWait,
    /// No connection.
    Closed,
}

impl TcpState {
    /// All of them.
    pub const ALL: [TcpState; 11] = [
        TcpState::Listen,
        TcpState::SynSent,
        TcpState::SynReceived,
        TcpState::Established,
        TcpState::FinWait1,
        TcpState::FinWait2,
        TcpState::CloseWait,
        TcpState::Closing,
        TcpState::LastAck,
        TcpState::TimeWait,
        TcpState::Closed,
    ];

    /// The name as RFC 9293 spells it, the same in every language.
    pub const fn name(self) -> &'static str {
        match self {
            TcpState::Listen => "LISTEN",
            TcpState::SynSent => "SYN-SENT",
            TcpState::SynReceived => "SYN-RECEIVED",
            TcpState::Established => "ESTABLISHED",
            TcpState::FinWait1 => "FIN-WAIT-1",
            TcpState::FinWait2 => "FIN-WAIT-2",
            TcpState::CloseWait => "CLOSE-WAIT",
            TcpState::Closing => "CLOSING",
            TcpState::LastAck => "LAST-ACK",
            TcpState::TimeWait => "TIME-WAIT",
            TcpState::Closed => "CLOSED",
        }
    }
}

/// A TCP segment as far as its bytes are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment<'a> {
    /// Its bytes and what IP says of them.
    pub transport: Transport<'a>,
    /// The port it came from.
    pub source_port: u16,
    /// The port it goes to.
    pub destination_port: u16,
    /// The fields up to the window; `None` where fewer than 14 header bytes are there. Where the
    /// window is not there ([`Segment::has_window`]), it is 0.
    pub header: Option<Header>,
}

/// The header fields of a segment in bytes 4 to 13, and in 14 and 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// Sequence number.
    pub seq: Seq,
    /// Acknowledgment number, whether or not the ACK flag is set.
    pub ack: Seq,
    /// Header length in 32-bit words, 0 to 15; 5 is the least a sound header has.
    pub offset: u8,
    /// The flags.
    pub flags: TcpFlags,
    /// The window field as it stands, before scaling.
    pub window: u16,
}

impl<'a> Segment<'a> {
    /// Reads a segment; `None` where not even the ports are there.
    #[inline(always)]
    pub fn read(transport: Transport<'a>) -> Option<Segment<'a>> {
        let Ok(header) = TcpHeaderSlice::from_slice(transport.bytes) else {
            return Segment::broken(transport);
        };
        // With the reserved bits, which tshark shows, too.
        let flags = header.slice().get(12..)?.first_chunk::<2>()?;
        Some(Segment {
            transport,
            source_port: header.source_port(),
            destination_port: header.destination_port(),
            header: Some(Header {
                seq: Seq(header.sequence_number()),
                ack: Seq(header.acknowledgment_number()),
                offset: header.data_offset(),
                flags: TcpFlags(u16::from_be_bytes(*flags) & 0x0fff),
                window: header.window_size(),
            }),
        })
    }

    /// A header that etherparse refuses, since it is cut or says an impossible length. tshark shows
    /// the fields that are there.
    #[cold]
    fn broken(transport: Transport<'a>) -> Option<Segment<'a>> {
        let (ports, rest) = transport.bytes.split_first_chunk::<4>()?;
        let [s0, s1, d0, d1] = *ports;
        let header = rest.first_chunk::<10>().map(|bytes| {
            let [q0, q1, q2, q3, a0, a1, a2, a3, offset, flags] = *bytes;
            let window = rest.get(10..12).and_then(<[u8]>::first_chunk);
            Header {
                seq: Seq(u32::from_be_bytes([q0, q1, q2, q3])),
                ack: Seq(u32::from_be_bytes([a0, a1, a2, a3])),
                offset: offset >> 4,
                flags: TcpFlags(u16::from_be_bytes([offset & 0x0f, flags])),
                window: window.map_or(0, |window| u16::from_be_bytes(*window)),
            }
        });
        Some(Segment {
            transport,
            source_port: u16::from_be_bytes([s0, s1]),
            destination_port: u16::from_be_bytes([d0, d1]),
            header,
        })
    }

    /// Whether its header is there up to the window.
    #[inline]
    pub fn has_window(&self) -> bool {
        self.transport.bytes.len() >= 16
    }

    /// The length of the payload in bytes; `None` where it cannot be measured: in a fragment read
    /// alone, in a quoted header, and where the header claims to be longer than the segment.
    #[inline]
    pub fn payload_len(&self) -> Option<u32> {
        let header = self.header?;
        let whole = self.transport.extent == Extent::Whole;
        let len = self.transport.len.checked_sub(4 * u32::from(header.offset));
        len.filter(|_| whole)
    }

    /// The payload bytes that were kept; none where it cannot be told where they begin, and in a
    /// quotation.
    pub fn payload(&self) -> &'a [u8] {
        let Some(header) = self.header.filter(|header| header.offset >= 5) else {
            return &[];
        };
        let skip = 4 * usize::from(header.offset);
        self.transport.payload(skip, self.payload_len())
    }

    /// The urgent pointer; `None` where its bytes are not there.
    pub fn urgent_pointer(&self) -> Option<u16> {
        let bytes = self.transport.bytes.get(18..)?.first_chunk::<2>()?;
        Some(u16::from_be_bytes(*bytes))
    }
}
