//! What the bytes of a frame say. Decoding never fails: a doubt is a value in here.

use super::address::Address;
use super::tcp::Segment;
use super::transport::Transport;

/// A decoded frame. It borrows from the frame's bytes, or from the reassembled datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packet<'a> {
    /// Of the innermost layer that has one; the column Source.
    pub source: Address,
    /// Of the innermost layer that has one; the column Destination.
    pub destination: Address,
    /// What it carries.
    pub content: Content<'a>,
    /// What Wireshark's default colours look at below TCP and UDP.
    pub marks: Marks,
    /// The packet from its innermost IP header on, as far as the frame holds it; empty without one.
    pub network: &'a [u8],
    /// What stands in front of Info in a TCP or UDP row: a firewall log's verdict. Mostly empty.
    pub lead: &'a str,
    /// What stands at the end of Info in a TCP or UDP row: that the capture ends within the
    /// padding behind the packet, or that what stands there cannot be read. Mostly empty.
    pub tail: &'static str,
}

/// Properties of the layers below that Wireshark's default colouring rules ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Marks {
    /// An IPv4 time to live below 5 to a unicast address, or one other than 1 to a local group:
    /// the rule "TTL low or unexpected". IPv6 has no such rule.
    pub odd_ttl: bool,
    /// An Ethernet destination that is a group address: the rule "Broadcast".
    pub group: bool,
}

/// What a packet carries above its addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content<'a> {
    /// A TCP segment with at least the four bytes of its ports.
    Tcp(Segment<'a>),
    /// A UDP or UDP-Lite datagram with at least the four bytes of its ports.
    Udp(Datagram<'a>),
    /// Anything else; the columns Protocol and Info as far as they are known.
    Other(Other<'a>),
}

/// A UDP or UDP-Lite datagram as far as its bytes are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Datagram<'a> {
    /// Its bytes and what IP says of them.
    pub transport: Transport<'a>,
    /// The port it came from.
    pub source_port: u16,
    /// The port it goes to.
    pub destination_port: u16,
    /// The third field as it stands: the length, in UDP-Lite the checksum coverage; `None` where its
    /// bytes are not there.
    pub length_field: Option<u16>,
    /// The checksum field as it stands, likewise.
    pub checksum_field: Option<u16>,
}

/// A packet that is neither TCP nor UDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Other<'a> {
    /// The column Protocol; empty where it is not known.
    pub protocol: &'a str,
    /// The column Info; empty where nothing is known.
    pub info: &'a str,
    /// What kind of packet it is, as far as colours and phases depend on it.
    pub kind: OtherKind,
    /// The datagram that an ICMP error quotes or a PIM register message carries.
    pub quoted: Option<Quoted<'a>>,
}

/// Kinds of packets that are told apart beyond their texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OtherKind {
    /// Address Resolution Protocol.
    Arp,
    /// ICMP or ICMPv6 that reports an error about the datagram it quotes.
    IcmpError,
    /// Other ICMP and ICMPv6.
    Icmp,
    /// Everything else.
    Unknown,
}

/// A TCP or UDP header inside another packet: quoted in an ICMP error (its extent is then
/// [`Extent::Quoted`](super::transport::Extent::Quoted)), or carried whole by a PIM register message, whose row it leaves alone but
/// whose conversation it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quoted<'a> {
    /// Who had sent the quoted datagram.
    pub source: Address,
    /// To whom.
    pub destination: Address,
    /// TCP, or else UDP.
    pub tcp: bool,
    /// Its bytes; may be fewer than 4.
    pub transport: Transport<'a>,
}
