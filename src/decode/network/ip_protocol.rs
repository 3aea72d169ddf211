//! What stands above an IP header, by its protocol number (IPv4) or next header (IPv6).

use super::icmp;
use super::icmpv6;
use super::ipv6;
use super::ipv6_extensions;
use crate::decode::draft::{Info, Label};
use crate::decode::names;
use crate::decode::rare::{self, Number};
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Goes on above IPv4.
#[inline]
pub(super) fn next<'a>(protocol: u8, view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    if let Some(next) = find(protocol, view, context) {
        return Ok(next);
    }
    let name = names::ip_protocol_words(protocol);
    context.draft.write(format_args!("{name} ({protocol})"));
    Ok(Next::Done)
}

/// Goes on above IPv6 and its extension headers.
#[inline]
pub(in crate::decode) fn next_header<'a>(
    protocol: u8,
    view: View<'a>,
    context: &mut Context<'a>,
) -> Step<'a> {
    if let Some(next) = find(protocol, view, context) {
        return Ok(next);
    }
    context.draft.clear();
    if protocol == NO_NEXT_HEADER {
        context.draft.add("IPv6 no next header");
    } else {
        let name = names::ip_protocol_words(protocol);
        context
            .draft
            .write(format_args!("Unknown IP Protocol: {name} ({protocol})"));
    }
    Ok(Next::Done)
}

const NO_NEXT_HEADER: u8 = 59;

/// The layer of a protocol number; `None` where netlab, like tshark, has none.
#[inline]
pub(in crate::decode) fn find<'a>(
    protocol: u8,
    view: View<'a>,
    context: &mut Context<'a>,
) -> Option<Next<'a>> {
    let layer: Layer = match protocol {
        6 => return Some(Next::Tcp(view)),
        17 => return Some(Next::Udp(view)),
        136 => return Some(Next::UdpLite(view)),
        0 => ipv6_extensions::hop_by_hop,
        1 => icmp::layer,
        4 => super::ip,
        // What is of another version is named, and not read.
        41 if view.bytes.first().is_some_and(|first| first >> 4 != 6) => {
            context.draft.protocol = Label::Name("IPv6");
            return None;
        }
        41 => ipv6::layer,
        43 => ipv6_extensions::routing,
        44 => ipv6_extensions::fragment,
        58 => icmpv6::layer,
        60 => ipv6_extensions::destination,
        _ => match rare::layer(Number::IpProtocol(protocol), view) {
            Some(layer) => layer,
            None => {
                let name = names::ip_protocol(protocol)?;
                context.draft.say(name, Info::Fixed(""));
                return Some(Next::Done);
            }
        },
    };
    Some(Next::Layer(layer, view))
}
