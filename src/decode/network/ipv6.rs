//! IPv6 (RFC 8200).

use std::net::Ipv6Addr;

use etherparse::Ipv6HeaderSlice;

use super::ip_protocol;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;
use crate::model::transport::Extent;

/// The length of the fixed header.
const HEADER: usize = 40;

const HOP_BY_HOP: u8 = 0;

/// Reads an IPv6 packet.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let Ok(header) = Ipv6HeaderSlice::from_slice(view.bytes) else {
        return broken(view, context);
    };
    let draft = &mut context.draft;
    draft.layer("IPv6");
    draft.source = Address::V6(header.source_addr());
    draft.destination = Address::V6(header.destination_addr());
    context.hops = Some(header.hop_limit());
    draft.network(view.bytes);
    context.over_ipv6 = true;
    context.extent = Extent::Whole;
    let len = usize::from(header.payload_length());
    let next = header.next_header().0;
    if let Some(trailer) = context.trailer.take() {
        context.draft.behind = trailer.behind(view, HEADER + len, context.dialect);
    }
    let mut whole = view.limit(HEADER + len);
    if len == 0 && next == HOP_BY_HOP {
        match jumbo(view) {
            Some(len) => whole = view.limit(HEADER.saturating_add(len)),
            None => context.draft.add("Invalid IPv6 payload length"),
        }
    }
    ip_protocol::next_header(next, whole.skip(HEADER)?, context)
}

/// The length in a jumbo payload option (RFC 2675), which must be too long for the length field.
fn jumbo(view: View<'_>) -> Option<usize> {
    let header = view.bytes.get(HEADER..)?;
    let [_, len, ..] = *header else {
        return None;
    };
    let mut options = header.get(2..8 + 8 * usize::from(len))?;
    loop {
        match *options {
            [0xc2, 4, a, b, c, d, ..] => {
                let len = u32::from_be_bytes([a, b, c, d]);
                return usize::try_from(len).ok().filter(|len| *len > 0xffff);
            }
            [0, ..] => options = &options[1..],
            [_, len, ..] => options = options.get(2 + usize::from(len)..)?,
            _ => return None,
        }
    }
}

/// A header that etherparse refuses: not version 6, shorter than a header, or cut.
fn broken<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let draft = &mut context.draft;
    draft.layer("IPv6");
    let version = view.byte(0)? >> 4;
    if version != 6 {
        draft.write(format_args!("Bogus IPv6 version ({version}, must be 6)"));
        return Ok(Next::Done);
    }
    if view.len < HEADER {
        let len = view.len;
        draft.write(format_args!(
            "Invalid IPv6 header ({len} bytes, need exactly 40)"
        ));
    }
    view.head(8)?;
    draft.source = Address::V6(Ipv6Addr::from(*view.array::<16>(8)?));
    draft.destination = Address::V6(Ipv6Addr::from(*view.array::<16>(24)?));
    Err(view.shortage(HEADER))
}
