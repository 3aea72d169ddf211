//! Short sentences for packets outside TCP, UDP and ICMP, and for broken ones.

use super::icmp::shown;
use super::phrase::Clauses;
use crate::analysis::row::Row;
use crate::model::packet::{Content, Other, OtherKind};
use crate::model::transport::Extent;
use crate::report::words::other as words;
use crate::text::visible::is_shown;

/// A packet with ports that belongs to no conversation.
pub(super) fn broken(row: &Row<'_>, said: &mut Clauses) {
    let (protocol, context) = match &row.packet.content {
        Content::Tcp(segment) => ("TCP", segment.transport.extent),
        Content::Udp(datagram) => ("UDP", datagram.transport.extent),
        Content::Other(_) => return,
    };
    match context {
        Extent::FragmentAlone => said.clause(words::alone(said.lang, protocol)),
        Extent::Whole | Extent::Quoted => said.clause(words::cut(said.lang, protocol)),
    }
}

/// Anything else.
pub(super) fn explain(message: &Other<'_>, row: &Row<'_>, said: &mut Clauses) {
    let info = message.info;
    if message.kind == OtherKind::Arp {
        return arp(info, said);
    }
    if neighbor(info, row, said) {
        return;
    }
    if info.starts_with("Fragmented IP protocol") || info.starts_with("IPv6 fragment") {
        return said.clause(words::FRAGMENT.get(said.lang));
    }
    // Names are netlab's own words, but where a packet decides about one, nothing may act.
    let protocol: String = message
        .protocol
        .chars()
        .filter(|c| is_shown(*c) && *c != '#')
        .collect();
    let (from, to) = (shown(row.packet.source), shown(row.packet.destination));
    if protocol.is_empty() {
        said.clause(words::UNKNOWN.get(said.lang));
    } else if from.is_empty() || to.is_empty() {
        said.clause(words::other(said.lang, &protocol));
    } else {
        said.clause(words::between(said.lang, &protocol, &from, &to));
    }
}

fn address(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_hexdigit() || matches!(c, '.' | ':');
    !text.is_empty() && text.chars().all(fits)
}

/// ICMPv6 neighbour discovery (RFC 4861), what ARP is for IPv4.
fn neighbor(info: &str, row: &Row<'_>, said: &mut Clauses) -> bool {
    let from = shown(row.packet.source);
    let solicits = info.strip_prefix("Neighbor Solicitation for ");
    let Some(rest) = solicits.or_else(|| info.strip_prefix("Neighbor Advertisement ")) else {
        return false;
    };
    let who = rest.split(' ').next().unwrap_or_default();
    if from.is_empty() || !address(who) {
        return false;
    }
    match solicits.is_some() {
        true => said.clause(words::solicits(said.lang, from, who)),
        false => said.clause(words::advertises(said.lang, from, who)),
    }
    true
}

/// The words of Info hold addresses only.
fn arp(info: &str, said: &mut Clauses) {
    let asked = info
        .strip_prefix("Who has ")
        .and_then(|rest| rest.split_once("? Tell "));
    let answer = info.split_once(" is at ");
    let announced = info
        .strip_prefix("ARP Announcement for ")
        .or_else(|| info.strip_prefix("Gratuitous ARP for "))
        .and_then(|rest| rest.split(' ').next());
    match (asked, answer, announced) {
        (Some((who, tell)), ..) if address(who) && address(tell) => {
            said.clause(words::who_has(said.lang, &tell, &who));
        }
        (_, Some((who, at)), _) if address(who) && address(at) => {
            said.clause(words::is_at(said.lang, &who, &at));
        }
        (.., Some(who)) if address(who) => said.clause(words::announces(said.lang, &who)),
        _ => said.clause(words::ARP.get(said.lang)),
    }
}
