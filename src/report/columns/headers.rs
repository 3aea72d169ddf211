//! The header fields of a packet as they stand: Ethernet, the innermost IP header, TCP and UDP.

use std::io::Write;

use super::CellOptions;
use super::cells::captured;
use crate::analysis::row::Row;
use crate::model::frame::LinkType;
use crate::model::ip::{Checksum, IpHeader};
use crate::model::packet::Content;
use crate::model::tcp::TcpFlags;
use crate::report::text_address;
use crate::text::digits;

/// Appends an Ethernet address from its place in the frame.
pub(super) fn mac(row: &Row<'_>, at: usize, out: &mut Vec<u8>) {
    if let Some(address) = ethernet(row).and_then(|it| it.get(at..)?.first_chunk::<6>()) {
        text_address::colons(address, out);
    }
}

/// Appends the EtherType, or the length in its place.
pub(super) fn ether_type(row: &Row<'_>, out: &mut Vec<u8>) {
    let [high, low] = match ethernet(row).and_then(|it| it.get(12..)?.first_chunk::<2>()) {
        Some(kind) => *kind,
        None => return,
    };
    let _ = write!(out, "0x{high:02x}{low:02x}");
    let name = match u16::from_be_bytes([high, low]) {
        0x0800 => " (IPv4)",
        0x0806 => " (ARP)",
        0x8100 => " (802.1Q)",
        0x86dd => " (IPv6)",
        _ => "",
    };
    out.extend_from_slice(name.as_bytes());
}

fn ethernet<'a>(row: &Row<'a>) -> Option<&'a [u8]> {
    (row.frame.link == LinkType::ETHERNET).then_some(row.frame.bytes)
}

/// The innermost IP header, as captured.
fn header(row: &Row<'_>) -> Option<IpHeader> {
    captured(row).and_then(|()| row.packet.ip())
}

/// Appends a number of the IP header.
pub(super) fn ip(row: &Row<'_>, field: fn(IpHeader) -> Option<usize>, out: &mut Vec<u8>) {
    if let Some(value) = header(row).and_then(field) {
        let _ = write!(out, "{value}");
    }
}

/// Appends the flags of an IPv4 header by name.
pub(super) fn ip_flags(row: &Row<'_>, out: &mut Vec<u8>) {
    let Some((_, flags, _)) = header(row).and_then(|it| it.fragment) else {
        return;
    };
    let _ = write!(out, "0x{flags:x}");
    let names = [(4, "reserved"), (2, "DF"), (1, "MF")];
    for (_, name) in names.iter().filter(|(bit, _)| flags & bit != 0) {
        let _ = write!(out, " {name}");
    }
}

/// Appends the number of what the IP header says comes next, and its name.
pub(super) fn ip_protocol(row: &Row<'_>, out: &mut Vec<u8>) {
    let Some(header) = header(row) else {
        return;
    };
    digits::number(header.protocol, out);
    let name = match header.protocol {
        0 if header.version == 6 => " (Hop-by-Hop Options)",
        1 => " (ICMP)",
        2 => " (IGMP)",
        6 => " (TCP)",
        17 => " (UDP)",
        43 if header.version == 6 => " (Routing)",
        44 if header.version == 6 => " (Fragment)",
        58 => " (ICMPv6)",
        136 => " (UDP-Lite)",
        _ => "",
    };
    out.extend_from_slice(name.as_bytes());
}

/// Appends the checksum of the IPv4 header; with its verdict apart.
pub(super) fn ip_checksum(row: &Row<'_>, verdict: bool, out: &mut Vec<u8>) {
    match header(row).and_then(|it| it.checksum) {
        Some((_, right)) if verdict => {
            out.extend_from_slice(if right { b"right" } else { b"wrong" })
        }
        Some((field, _)) => {
            let _ = write!(out, "0x{field:04x}");
        }
        None => {}
    }
}

/// Appends the port of the sender, or else of the receiver.
pub(super) fn port(row: &Row<'_>, sender: bool, out: &mut Vec<u8>) {
    let (source, destination) = match &row.packet.content {
        Content::Tcp(segment) => (segment.source_port, segment.destination_port),
        Content::Udp(datagram) => (datagram.source_port, datagram.destination_port),
        Content::Other(_) => return,
    };
    digits::number(if sender { source } else { destination }, out);
}

/// Appends the length field of a UDP header.
pub(super) fn udp_length(row: &Row<'_>, out: &mut Vec<u8>) {
    if let Content::Udp(datagram) = &row.packet.content
        && let Some(length) = captured(row).and(datagram.length_field)
    {
        digits::number(length, out);
    }
}

/// Appends the checksum of TCP or UDP; or its verdict.
pub(super) fn checksum(row: &Row<'_>, verdict: bool, out: &mut Vec<u8>) {
    let Some((field, worth)) = captured(row).and_then(|()| row.packet.checksum()) else {
        return;
    };
    let _ = match worth {
        _ if !verdict => write!(out, "0x{field:04x}"),
        Checksum::Right => write!(out, "right"),
        Checksum::Offloaded => write!(out, "offloaded"),
        Checksum::Wrong(_) => write!(out, "wrong"),
        Checksum::Unused => write!(out, "not used"),
        Checksum::Unchecked => write!(out, "not checked"),
    };
}

/// Appends the length of a TCP header in bytes.
pub(super) fn tcp_header_length(row: &Row<'_>, out: &mut Vec<u8>) {
    if let Some(header) = captured(row).and(row.tcp_header()) {
        digits::number(4 * header.offset, out);
    }
}

/// Appends whether a flag is set, or the value of several bits.
pub(super) fn flag(row: &Row<'_>, flags: TcpFlags, out: &mut Vec<u8>) {
    if let Some(header) = row.tcp_header() {
        let value = (header.flags.0 & flags.0) >> flags.0.trailing_zeros();
        digits::number(value, out);
    }
}

/// Appends the urgent pointer.
pub(super) fn urgent_pointer(row: &Row<'_>, out: &mut Vec<u8>) {
    if let Content::Tcp(segment) = &row.packet.content
        && let Some(pointer) = captured(row).and(segment.urgent_pointer())
    {
        digits::number(pointer, out);
    }
}

/// Appends the TCP options one by one, each as it stands, `; ` between them.
pub(super) fn tcp_options(row: &Row<'_>, _: &CellOptions, out: &mut Vec<u8>) {
    let (Content::Tcp(segment), Some(header)) =
        (&row.packet.content, captured(row).and(row.tcp_header()))
    else {
        return;
    };
    let bytes = segment.transport.bytes;
    let end = bytes.len().min(4 * usize::from(header.offset));
    let mut rest = bytes.get(20..end).unwrap_or_default();
    let mut first = true;
    while let [kind, ..] = *rest {
        if !first {
            out.extend_from_slice(b"; ");
        }
        first = false;
        let len = match (kind, rest) {
            (0, _) => {
                out.extend_from_slice(b"End of options");
                return;
            }
            (1, _) => {
                out.extend_from_slice(b"NOP");
                1
            }
            (_, [_, len, ..]) if (2..=rest.len()).contains(&usize::from(*len)) => usize::from(*len),
            _ => {
                let _ = write!(out, "kind {kind}, cut");
                return;
            }
        };
        let (option, after) = rest.split_at(len);
        if kind != 1 {
            tcp_option(option, out);
        }
        rest = after;
    }
}

/// Appends an option other than NOP and the end.
fn tcp_option(option: &[u8], out: &mut Vec<u8>) {
    let number = |bytes: &[u8; 4]| u32::from_be_bytes(*bytes);
    let _ = match *option {
        [2, 4, high, low] => write!(out, "MSS={}", u16::from_be_bytes([high, low])),
        [3, 3, shift] => write!(out, "WS={} (shift {shift})", 1_u32 << shift.min(14)),
        [4, 2] => write!(out, "SACK_PERM"),
        [5, _, ref edges @ ..] if edges.len() % 8 == 0 => {
            let _ = write!(out, "SACK");
            let (edges, _) = edges.as_chunks::<4>();
            let mut pairs = edges.chunks_exact(2);
            pairs.try_for_each(|it| match it {
                [left, right] => write!(out, " {}-{} (raw)", number(left), number(right)),
                _ => Ok(()),
            })
        }
        [8, 10, ref times @ ..] => match times.as_chunks::<4>() {
            ([value, echo], []) => write!(out, "TSval={} TSecr={}", number(value), number(echo)),
            _ => Ok(()),
        },
        [kind, len, ..] => write!(out, "kind {kind} ({len} bytes)"),
        _ => Ok(()),
    };
}
