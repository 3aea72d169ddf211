//! Short sentences for packets outside TCP, UDP and ICMP, and for broken ones.

use super::icmp::shown;
use super::phrase::Clauses;
use crate::analysis::row::Row;
use crate::model::packet::{Content, Other, OtherKind};
use crate::model::transport::Origin;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::visible::is_shown;

static WHO_HAS: Text = Text::new(
    "{tell} asks everyone on the link for the hardware address of {who} (ARP)",
    "{tell} pergunta a todos no enlace qual é o endereço físico de {who} (ARP)",
);
static IS_AT: Text = Text::new(
    "{who} says that its hardware address is {at} (ARP)",
    "{who} diz que o seu endereço físico é {at} (ARP)",
);
static ANNOUNCES: Text = Text::new(
    "a host announces that it uses the address {who} (ARP)",
    "uma máquina anuncia que usa o endereço {who} (ARP)",
);
phrase! {
    ARP: "an ARP packet, about addresses on the link", "um pacote ARP, sobre endereços no enlace";
}
static SOLICITS: Text = Text::new(
    "{from} asks on the link which hardware address belongs to {who} (ICMPv6)",
    "{from} pergunta no enlace qual endereço físico pertence a {who} (ICMPv6)",
);
static ADVERTISES: Text = Text::new(
    "{from} says on the link that it has the address {who} (ICMPv6)",
    "{from} diz no enlace que tem o endereço {who} (ICMPv6)",
);
phrase! {
    FRAGMENT:
        "a fragment of an IP datagram that did not fit into one packet: its content is read where the last fragment arrives, if it does",
        "um fragmento de um datagrama IP que não coube em um só pacote: seu conteúdo é lido quando chega o último fragmento, se chegar";
}
static CUT: Text = Text::new(
    "a {protocol} packet whose header is cut short or broken, so that it cannot be put into a conversation",
    "um pacote {protocol} cujo cabeçalho está cortado ou danificado; por isso não pode ser atribuído a uma conversa",
);
static ALONE: Text = Text::new(
    "the first fragment of a {protocol} packet that is not put together here",
    "o primeiro fragmento de um pacote {protocol} que não é remontado aqui",
);
static BETWEEN: Text = Text::new(
    "a packet of the protocol {protocol} from {from} to {to}, neither TCP nor UDP, which netlab does not explain",
    "um pacote do protocolo {protocol} de {from} para {to}, nem TCP nem UDP, que o netlab não explica",
);
static OTHER: Text = Text::new(
    "a packet of the protocol {protocol}, neither TCP nor UDP, which netlab does not explain",
    "um pacote do protocolo {protocol}, nem TCP nem UDP, que o netlab não explica",
);
phrase! {
    UNKNOWN: "a packet of a kind that netlab does not read",
        "um pacote de um tipo que o netlab não lê";
}

/// A packet with ports that belongs to no conversation.
pub(super) fn broken(row: &Row<'_>, said: &mut Clauses) {
    let (protocol, context) = match &row.packet.content {
        Content::Tcp(segment) => ("TCP", segment.transport.origin),
        Content::Udp(datagram) => ("UDP", datagram.transport.origin),
        Content::Other(_) => return,
    };
    let phrase = match context {
        Origin::FragmentAlone => &ALONE,
        Origin::Whole | Origin::Quoted => &CUT,
    };
    said.say(phrase, &[("protocol", &protocol)]);
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
        return said.say(&FRAGMENT, &[]);
    }
    // Names are netlab's own words, but where a packet decides about one, nothing may act.
    let protocol: String = message
        .protocol
        .chars()
        .filter(|c| is_shown(*c) && *c != '#')
        .collect();
    let (from, to) = (shown(row.packet.source), shown(row.packet.destination));
    if protocol.is_empty() {
        said.say(&UNKNOWN, &[]);
    } else if from.is_empty() || to.is_empty() {
        said.say(&OTHER, &[("protocol", &protocol)]);
    } else {
        said.say(
            &BETWEEN,
            &[("protocol", &protocol), ("from", &from), ("to", &to)],
        );
    }
}

fn address(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_hexdigit() || matches!(c, '.' | ':');
    !text.is_empty() && text.chars().all(fits)
}

/// ICMPv6 neighbour discovery (RFC 4861), what ARP is for IPv4.
fn neighbor(info: &str, row: &Row<'_>, said: &mut Clauses) -> bool {
    let from = shown(row.packet.source);
    let (phrase, rest) = if let Some(rest) = info.strip_prefix("Neighbor Solicitation for ") {
        (&SOLICITS, rest)
    } else if let Some(rest) = info.strip_prefix("Neighbor Advertisement ") {
        (&ADVERTISES, rest)
    } else {
        return false;
    };
    let who = rest.split(' ').next().unwrap_or_default();
    if from.is_empty() || !address(who) {
        return false;
    }
    said.say(phrase, &[("from", &from), ("who", &who)]);
    true
}

/// The words of Info hold addresses only.
fn arp(info: &str, said: &mut Clauses) {
    let asked = info
        .strip_prefix("Who has ")
        .and_then(|rest| rest.split_once("? Tell "));
    let told = info.split_once(" is at ");
    let announced = info
        .strip_prefix("ARP Announcement for ")
        .or_else(|| info.strip_prefix("Gratuitous ARP for "));
    match (asked, told, announced) {
        (Some((who, tell)), ..) if address(who) && address(tell) => {
            said.say(&WHO_HAS, &[("who", &who), ("tell", &tell)]);
        }
        (_, Some((who, at)), _) if address(who) && address(at) => {
            said.say(&IS_AT, &[("who", &who), ("at", &at)]);
        }
        (.., Some(who))
            if address(
                who.trim_end_matches(" (Request)")
                    .trim_end_matches(" (Reply)"),
            ) =>
        {
            let who = who
                .trim_end_matches(" (Request)")
                .trim_end_matches(" (Reply)");
            said.say(&ANNOUNCES, &[("who", &who)]);
        }
        _ => said.say(&ARP, &[]),
    }
}
