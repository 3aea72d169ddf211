//! What stands above an IP header, by its protocol number (IPv4) or next header (IPv6).

use super::gre;
use super::icmp;
use super::icmpv6;
use super::igmp;
use super::ipsec;
use super::ipv6;
use super::ipv6_extensions;
use super::pim;
use super::protocol_names;
use crate::decode::draft::{Info, Label};
use crate::decode::link::ether_ip;
use crate::decode::link::ethernet;
use crate::decode::link::mpls;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Goes on above IPv4.
#[inline]
pub(super) fn next<'a>(protocol: u8, view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    if let Some(next) = find(protocol, view, context) {
        return Ok(next);
    }
    let name = protocol_names::of(protocol);
    context.draft.write(format_args!("{name} ({protocol})"));
    Ok(Next::Done)
}

/// Goes on above IPv6 and its extension headers.
#[inline]
pub(super) fn next_header<'a>(protocol: u8, view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    if let Some(next) = find(protocol, view, context) {
        return Ok(next);
    }
    context.draft.clear();
    if protocol == NO_NEXT_HEADER {
        context.draft.add("IPv6 no next header");
    } else {
        let name = protocol_names::of(protocol);
        context
            .draft
            .write(format_args!("Unknown IP Protocol: {name} ({protocol})"));
    }
    Ok(Next::Done)
}

const NO_NEXT_HEADER: u8 = 59;

/// The layer of a protocol number; `None` where netlab, like tshark, has none.
#[inline]
pub(super) fn find<'a>(
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
        2 => igmp::layer,
        4 => super::ip,
        // What is of another version is named, and not read.
        41 if view.bytes.first().is_some_and(|first| first >> 4 != 6) => {
            context.draft.protocol = Label::Name("IPv6");
            return None;
        }
        41 => ipv6::layer,
        43 => ipv6_extensions::routing,
        44 => ipv6_extensions::fragment,
        47 => gre::layer,
        50 => ipsec::encapsulating,
        51 => ipsec::authentication,
        58 => icmpv6::layer,
        60 => ipv6_extensions::destination,
        97 => ether_ip::layer,
        103 => pim::layer,
        108 => ipsec::compression,
        132 => sctp,
        137 => mpls::layer,
        140 => ipv6_extensions::shim6,
        143 => ethernet::layer,
        _ => {
            let name = NAMES.iter().find(|(number, _)| *number == protocol)?.1;
            context.draft.say(name, Info::Fixed(""));
            return Some(Next::Done);
        }
    };
    Some(Next::Layer(layer, view))
}

/// Stream control transmission (RFC 9260), of which only the name is told, once its ports are
/// there.
fn sctp<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    view.head(4)?;
    context.draft.say("SCTP", Info::Fixed(""));
    view.head(12)?;
    Ok(Next::Done)
}

/// Protocols that are known by name only: their Info is left empty.
static NAMES: &[(u8, &str)] = &[
    (9, "IGRP"),
    (33, "DCCP"),
    (36, "XTP"),
    (46, "RSVP"),
    (48, "DSR"),
    (54, "NHRP"),
    (62, "MIPv6"),
    (88, "EIGRP"),
    (89, "OSPF"),
    (112, "VRRP"),
    (113, "PGM"),
    (115, "L2TPv3"),
    (134, "RSVP-E2EI"),
    (135, "MIPv6"),
    (139, "HIP"),
    (173, "AX4000"),
    (224, "NCS"),
];
