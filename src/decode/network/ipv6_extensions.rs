//! IPv6 extension headers (RFC 8200, 4). tshark also reads them above IPv4, and so does this. All but
//! the fragment header are read by hand: etherparse checks whether a header is whole, tshark whether
//! each of its options is.

use std::net::{IpAddr, Ipv6Addr};

use etherparse::Ipv6FragmentHeaderSlice;

use super::fragments::{Assembly, Fragment, Key};
use super::ip_protocol;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::address::Address;

/// The option that holds the home address.
const HOME_ADDRESS: u8 = 0xc9;

/// Hop-by-hop options.
pub(super) fn hop_by_hop<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    options(view, context, "IPv6 hop-by-hop options")
}

/// Destination options.
pub(super) fn destination<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    options(view, context, "IPv6 destination options")
}

fn options<'a>(view: View<'a>, context: &mut Context<'a>, name: &'static str) -> Step<'a> {
    context.draft.list(name);
    let [next, len] = *view.array::<2>(0)?;
    let end = 8 + 8 * usize::from(len);
    // An option may reach beyond its header, but not beyond the packet. Of one that is a single
    // byte the next byte is read, too.
    let mut at = 2;
    while at < end {
        let [kind, len] = *view.array::<2>(at)?;
        if kind == HOME_ADDRESS {
            // A mobile node's own one, while it is away from home (RFC 6275, 6.3). tshark takes it
            // whatever the length of the option.
            context.draft.source = Address::V6((*view.array::<16>(at + 2)?).into());
        }
        at += match kind {
            0 => 1,
            _ => 2 + usize::from(len),
        };
        view.head(at)?;
    }
    ip_protocol::next_header(next, view.skip(end)?, context)
}

/// A routing header: while it has segments left, the packet's destination is in there.
pub(super) fn routing<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.list("IPv6 routing");
    let [next, len, kind, left] = *view.array::<4>(0)?;
    let len = 8 + 8 * usize::from(len);
    if len > view.len {
        return Err(Short::Contained);
    }
    let header = view.head(len)?;
    // These two have an address in any case.
    if matches!(kind, 2 | 4) && len < 24 {
        return Err(Short::Malformed);
    }
    if left > 0
        && let Some(last) = last_hop(header, kind, context.draft.destination)
    {
        context.draft.destination = Address::V6(last);
    }
    ip_protocol::next_header(next, view.skip(len)?, context)
}

/// Where the packet finally goes: types 0 (RFC 5095), 2 (RFC 6275), 3 (RFC 6554), 4 (RFC 8754).
fn last_hop(header: &[u8], kind: u8, destination: Address) -> Option<Ipv6Addr> {
    let addresses = header.get(8..)?;
    let whole = match kind {
        0 => addresses.last_chunk::<16>(),
        2 | 4 => addresses.first_chunk::<16>(),
        3 => return last_rpl_hop(header, destination),
        _ => None,
    };
    whole.map(|address| Ipv6Addr::from(*address))
}

/// The last address of a source route for low-power networks, which shares its first bytes with
/// the destination.
fn last_rpl_hop(header: &[u8], destination: Address) -> Option<Ipv6Addr> {
    let Address::V6(destination) = destination else {
        return None;
    };
    let [_, _, _, _, compressed, padding, ..] = *header else {
        return None;
    };
    let shared = usize::from(compressed & 0xf);
    let end = header.len().checked_sub(usize::from(padding >> 4))?;
    let start = end.checked_sub(16 - shared).filter(|start| *start >= 8)?;
    let mut address = destination.octets();
    address[shared..].copy_from_slice(header.get(start..end)?);
    Some(Ipv6Addr::from(address))
}

/// A fragment header.
pub(super) fn fragment<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let header = Ipv6FragmentHeaderSlice::from_slice(view.bytes);
    let header = header.map_err(|_| view.shortage(8))?;
    let next = header.next_header().0;
    let offset = u32::from(header.fragment_offset().byte_offset());
    let (more, id) = (header.more_fragments(), header.identification());
    if !context.over_ipv6 {
        // Above IPv4 it is a header like the others.
        return ip_protocol::next_header(next, view.skip(8)?, context);
    }
    let letter = if more { 'y' } else { 'n' };
    context.draft.clear();
    context.draft.write(format_args!(
        "IPv6 fragment (off={offset} more={letter} ident=0x{id:08x} nxt={next})"
    ));
    let payload = view.skip(8)?;
    if payload.is_empty() || offset == 0 && !more {
        return ip_protocol::next_header(next, payload, context);
    }
    if payload.is_whole() {
        let unknown = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        let key = Key {
            source: context.draft.source.ip().unwrap_or(unknown),
            destination: context.draft.destination.ip().unwrap_or(unknown),
            id,
        };
        let fragment = Fragment {
            offset,
            more,
            bytes: payload.bytes,
        };
        if let Assembly::Complete(datagram) =
            context
                .memory
                .fragments()
                .add(key, fragment, &mut context.spare)
        {
            return ip_protocol::next_header(next, View::whole(datagram), context);
        }
    }
    Ok(Next::Done)
}
