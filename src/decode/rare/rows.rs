//! What a row of text tells ([`LinkType::ROWS`](crate::model::frame::LinkType::ROWS)): an IP packet,
//! or, behind a zero, the columns of one that tells no ports.

use std::net::IpAddr;

use crate::decode::network;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// The protocols that a row may name in place of its ports.
const NAMES: &[&str] = &[
    "ARP",
    "DNS",
    "HTTP",
    "HTTP/XML",
    "ICMP",
    "ICMPv6",
    "ICMP6",
    "IGMP",
    "MDNS",
    "NTP",
    "QUIC",
    "SSH",
    "SSDP",
    "SSL",
    "TCP",
    "TLSv1",
    "TLSv1.2",
    "TLSv1.3",
    "UDP",
    "WebSocket",
];

pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    if view.byte(0)? != 0 {
        return network::ip(view, context);
    }
    let text = std::str::from_utf8(view.bytes).unwrap_or_default();
    let mut parts = text.splitn(5, '\0').skip(1);
    let mut next = || parts.next().unwrap_or_default();
    let address = |text: &str| text.parse::<IpAddr>().map_or(Address::None, Address::from);
    let (source, destination, protocol, info) = (next(), next(), next(), next());
    let name = NAMES
        .iter()
        .find(|name| name.eq_ignore_ascii_case(protocol));
    context.draft.layer(name.copied().unwrap_or(""));
    context.draft.source = address(source);
    context.draft.destination = address(destination);
    context.draft.add(info);
    Ok(Next::Done)
}
