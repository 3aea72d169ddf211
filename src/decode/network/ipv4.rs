//! IPv4 (RFC 791).

use std::net::Ipv4Addr;

use etherparse::Ipv4HeaderSlice;

use super::fragments::{Assembly, Fragment, Key};
use super::ip_protocol;
use super::ipv6;
use crate::decode::names;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::address::Address;
use crate::model::transport::Extent;

/// Reads an IPv4 packet. Version 6 under IPv4's number is read as what it is.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let Ok(header) = Ipv4HeaderSlice::from_slice(view.bytes) else {
        return broken(view, context);
    };
    let header_len = header.slice().len();
    let total = usize::from(header.total_len());
    let whole = if total >= header_len {
        if let Some(trailer) = context.trailer.take() {
            context.draft.behind = trailer.behind(view, total, context.dialect);
        }
        view.limit(total)
    } else if total == 0 {
        // Segmentation was left to the network card: the packet goes on to the end of the frame.
        view
    } else {
        return bogus_length(total, header_len, context);
    };
    let draft = &mut context.draft;
    draft.layer("IPv4");
    draft.source = Address::V4(header.source_addr());
    let mut destination = header.destination_addr();
    if header_len > 20
        && let Some(last) = source_route(view, header_len)?
    {
        destination = Ipv4Addr::from(*view.array::<4>(last)?);
    }
    draft.destination = Address::V4(destination);
    let protocol = header.protocol().0;
    draft.network(view.bytes);
    draft.odd_ttl |= odd_ttl(header.ttl(), destination, protocol);
    context.hops = Some(header.ttl());
    context.over_ipv6 = false;
    let mut payload = whole.skip(header_len)?;
    context.extent = Extent::Whole;
    if header.is_fragmenting_payload() {
        let claimed = if total == 0 { view.len } else { total } - header_len;
        match fragment(&header, payload, claimed, context) {
            Some((view, found)) => (payload, context.extent) = (view, found),
            None => return Ok(Next::Done),
        }
    }
    if payload.is_empty() {
        return Ok(Next::Done);
    }
    ip_protocol::next(protocol, payload, context)
}

/// What to go on with from a fragment, whose payload is `claimed` bytes long by its total length:
/// the datagram that it completes, or what it holds of the transport header; `None` where the row
/// says that it is a fragment.
fn fragment<'a>(
    header: &Ipv4HeaderSlice<'_>,
    payload: View<'a>,
    claimed: usize,
    context: &mut Context<'a>,
) -> Option<(View<'a>, Extent)> {
    let protocol = header.protocol().0;
    let id = header.identification();
    let offset = u32::from(header.fragments_offset().byte_offset());
    // Only what was captured whole can be put together; tshark also wants the length the
    // header claims, so a frame that ends too early counts as cut.
    if payload.is_whole() && payload.len == claimed {
        let (source, destination) = (header.source_addr(), header.destination_addr());
        let local = is_local(source) || is_local(destination);
        let vlan = if local { context.draft.vlan } else { 0 };
        let key = Key {
            source: source.into(),
            destination: destination.into(),
            id: u32::from(id ^ u16::from(protocol) ^ vlan),
        };
        let fragment = Fragment {
            offset,
            more: header.more_fragments(),
            bytes: payload.bytes,
        };
        let fragments = context.memory.fragments();
        if let Assembly::Complete(datagram) = fragments.add(key, fragment, &mut context.spare) {
            return Some((View::whole(datagram), Extent::Whole));
        }
    } else if offset == 0 {
        return Some((payload, Extent::FragmentAlone));
    }
    if payload.is_empty() && offset == 0 {
        return None;
    }
    let name = names::ip_protocol_words(protocol);
    context.draft.write(format_args!(
        "Fragmented IP protocol (proto={name} {protocol}, off={offset}, ID={id:04x})"
    ));
    None
}

/// Addresses that several networks use at once: tshark keeps their fragments apart by VLAN.
fn is_local(address: Ipv4Addr) -> bool {
    address.is_private() || address.is_link_local()
}

/// Wireshark's default colour rule "TTL low or unexpected".
pub(in crate::decode) fn odd_ttl(ttl: u8, destination: Ipv4Addr, protocol: u8) -> bool {
    const PIM: u8 = 103;
    const OSPF: u8 = 89;
    const VRRP: u8 = 112;
    let [a, b, c, d] = destination.octets();
    if !destination.is_multicast() {
        ttl < 5 && protocol != PIM && protocol != OSPF
    } else {
        [a, b, c] == [224, 0, 0] && d != 251 && ttl != 1 && protocol != VRRP
    }
}

/// Where the last address of a loose or strict source route stands that is not used up (RFC 791,
/// 3.1). An error where the capture ends before that is known.
fn source_route(view: View<'_>, header_len: usize) -> Result<Option<usize>, Short> {
    let mut at = 20;
    while at < header_len {
        let kind = view.byte(at)?;
        match kind {
            0 => break,
            1 => at += 1,
            _ if at + 1 == header_len => break,
            _ => {
                let len = usize::from(view.byte(at + 1)?);
                if len < 2 || at + len > header_len {
                    break;
                }
                if matches!(kind, 131 | 137) {
                    let pointer = usize::from(view.byte(at + 2)?);
                    let left = (4..=len).contains(&pointer) && pointer.is_multiple_of(4);
                    return Ok(left.then_some(at + len - 4));
                }
                at += len;
            }
        }
    }
    Ok(None)
}

/// Total length below the header length.
fn bogus_length<'a>(total: usize, header_len: usize, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("IPv4");
    context.draft.write(format_args!(
        "Bogus IP length ({total}, less than header length {header_len})"
    ));
    Ok(Next::Done)
}

/// A header that etherparse refuses: not version 4, shorter than a header, or cut.
fn broken<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    if view.bytes.first().is_some_and(|first| first >> 4 == 6) {
        return ipv6::layer(view, context);
    }
    let draft = &mut context.draft;
    draft.layer("IPv4");
    let first = view.byte(0)?;
    let (version, header_len) = (first >> 4, usize::from(first & 0xf) * 4);
    if version != 4 {
        draft.write(format_args!("Bogus IPv4 version ({version}, must be 4)"));
        return Ok(Next::Done);
    }
    if header_len < 20 {
        draft.write(format_args!(
            "Bogus IP header length ({header_len}, must be at least 20)"
        ));
        return Ok(Next::Done);
    }
    let total = usize::from(view.be16(2)?);
    if total < header_len && total != 0 {
        return bogus_length(total, header_len, context);
    }
    let view = if total == 0 { view } else { view.limit(total) };
    draft.source = Address::V4(Ipv4Addr::from(*view.array::<4>(12)?));
    // tshark looks for a source route before it takes the destination.
    view.head(20)?;
    let place = source_route(view, header_len)?.unwrap_or(16);
    context.draft.destination = Address::V4(Ipv4Addr::from(*view.array::<4>(place)?));
    Err(view.shortage(header_len))
}
