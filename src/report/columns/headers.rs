//! The header fields of a packet as they stand: Ethernet, the innermost IP header, TCP and UDP.

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
    let kind = u16::from_be_bytes([high, low]);
    digits::hex16(kind, out);
    let name = match kind {
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
#[inline]
pub(super) fn ip(row: &Row<'_>, field: fn(IpHeader) -> Option<u16>, out: &mut Vec<u8>) {
    if let Some(value) = header(row).and_then(field) {
        digits::number(value, out);
    }
}

/// Appends the flags of an IPv4 header by name.
pub(super) fn ip_flags(row: &Row<'_>, out: &mut Vec<u8>) {
    let Some((_, flags, _)) = header(row).and_then(|it| it.fragment) else {
        return;
    };
    out.extend_from_slice(b"0x");
    // Three bits.
    digits::number(flags, out);
    let names = [(4, " reserved"), (2, " DF"), (1, " MF")];
    for (_, name) in names.iter().filter(|(bit, _)| flags & bit != 0) {
        out.extend_from_slice(name.as_bytes());
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

/// Appends the checksum of the IPv4 header.
pub(super) fn ip_checksum(row: &Row<'_>, out: &mut Vec<u8>) {
    if let Some(field) = header(row).and_then(|it| it.checksum) {
        digits::hex16(field, out);
    }
}

/// Appends whether the checksum of the IPv4 header is right.
pub(super) fn ip_checksum_state(row: &Row<'_>, out: &mut Vec<u8>) {
    if let Some(right) = captured(row).and_then(|()| row.packet.header_is_right()) {
        out.extend_from_slice(if right { b"right" } else { b"wrong" });
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

/// Appends the checksum of TCP or UDP.
pub(super) fn checksum(row: &Row<'_>, out: &mut Vec<u8>) {
    if let Some(field) = captured(row).and_then(|()| row.packet.checksum_field()) {
        digits::hex16(field, out);
    }
}

/// Appends what the checksum of TCP or UDP is worth.
pub(super) fn checksum_state(row: &Row<'_>, out: &mut Vec<u8>) {
    let worth = match captured(row).and_then(|()| row.packet.checksum()) {
        Some((_, Checksum::Right)) => "right",
        Some((_, Checksum::Offloaded)) => "offloaded",
        Some((_, Checksum::Wrong(_))) => "wrong",
        Some((_, Checksum::Unused)) => "not used",
        Some((_, Checksum::Unchecked)) => "not checked",
        None => "",
    };
    out.extend_from_slice(worth.as_bytes());
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
                numbers(&[(b"kind ", kind.into())], out);
                out.extend_from_slice(b", cut");
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
    match *option {
        [2, 4, high, low] => {
            let size = u16::from_be_bytes([high, low]);
            numbers(&[(b"MSS=", size.into())], out);
        }
        [3, 3, shift] => {
            let factor = 1 << shift.min(14);
            numbers(&[(b"WS=", factor), (b" (shift ", shift.into())], out);
            out.push(b')');
        }
        [4, 2] => out.extend_from_slice(b"SACK_PERM"),
        [5, _, ref edges @ ..] if edges.len() % 8 == 0 => {
            out.extend_from_slice(b"SACK");
            let (edges, _) = edges.as_chunks::<4>();
            for pair in edges.chunks_exact(2) {
                if let [left, right] = pair {
                    numbers(&[(b" ", number(left)), (b"-", number(right))], out);
                    out.extend_from_slice(b" (raw)");
                }
            }
        }
        [8, 10, ref times @ ..] => {
            if let ([value, echo], []) = times.as_chunks::<4>() {
                let parts = [(&b"TSval="[..], number(value)), (b" TSecr=", number(echo))];
                numbers(&parts, out);
            }
        }
        [kind, len, ..] => {
            numbers(&[(b"kind ", kind.into()), (b" (", len.into())], out);
            out.extend_from_slice(b" bytes)");
        }
        _ => {}
    }
}

/// Appends numbers, each behind its words.
fn numbers(parts: &[(&[u8], u32)], out: &mut Vec<u8>) {
    for (words, number) in parts {
        out.extend_from_slice(words);
        digits::number(*number, out);
    }
}
