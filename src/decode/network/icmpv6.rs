//! ICMPv6 (RFC 4443) with neighbour discovery (RFC 4861), in tshark's words. By hand: etherparse wants
//! eight bytes, tshark names a message after two and reads on as far as it is there.

use std::net::{IpAddr, Ipv6Addr};

use super::echo;
use super::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::address::{V6_TEXT, v6_text};
use crate::model::packet::OtherKind;

/// Reads an ICMPv6 message.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ICMPv6");
    let kind = view.byte(0)?;
    context.draft.kind = match kind {
        1..=4 => OtherKind::IcmpError,
        _ => OtherKind::Icmp,
    };
    match type_name(kind) {
        Some(name) => context.draft.add(name),
        None => context.draft.write(format_args!("Unknown ({kind})")),
    }
    let code = view.byte(1)?;
    if let Some(names) = code_names(kind) {
        // RPL's secure codes have the highest bit set (RFC 6550, 6).
        let name = match (kind, code) {
            (RPL, 0x8a) => Some(&"Consistency Check"),
            (RPL, 0x80..) => RPL_SECURE.get(usize::from(code & 0x7f)),
            (138, 255) => Some(&"Sequence number reset"),
            _ => names.get(usize::from(code)),
        };
        match name {
            Some(name) if context.dialect.capitalises_icmpv6_codes() => {
                let (first, rest) = name.split_at(1);
                context
                    .draft
                    .write(format_args!(" ({}{rest})", capital(first)));
            }
            Some(name) => context.draft.write(format_args!(" ({name})")),
            None if kind == 1 => context.draft.add(" (Unknown)"),
            None => context.draft.write(format_args!(" (Unknown ({code}))")),
        }
    }
    view.head(4)?;
    match kind {
        1..=4 => {
            // The words wait for the whole of the quoted version field.
            let quoted = view.skip(8)?;
            if quoted.is_empty() {
                return Err(Short::Malformed);
            }
            if quoted.byte(0)? >> 4 != 6 {
                return Ok(Next::Done);
            }
            context.draft.freeze();
            return Ok(Next::Layer(ipv6::layer, quoted));
        }
        128 | 129 => echo(view, kind == 128, context)?,
        133 => return options(view, 8, context),
        134 => return options(view, 16, context),
        135 => {
            let target = Ipv6Addr::from(*view.array::<16>(8)?);
            let mut text = [0; V6_TEXT];
            let target = v6_text(target, &mut text);
            context.draft.write(format_args!(" for {target}"));
            return options(view, 24, context);
        }
        136 => {
            let flags = view.byte(4)?;
            let target = Ipv6Addr::from(*view.array::<16>(8)?);
            let mut text = [0; V6_TEXT];
            let target = v6_text(target, &mut text);
            let flags = ADVERTISEMENT[usize::from(flags >> 5)];
            context.draft.write(format_args!(" {target} ({flags})"));
            return options(view, 24, context);
        }
        137 => return options(view, 40, context),
        141 | 142 | 147 | 148 => return options(view, 8, context),
        149 => return options(view, 12, context),
        143 => records(view)?,
        _ => {}
    }
    Ok(Next::Done)
}

/// The records of a listener report (RFC 3810, 5.2). tshark reads them to the end of the message,
/// whatever their count says.
fn records(view: View<'_>) -> Result<(), Short> {
    let mut at = 8;
    view.head(at)?;
    while at < view.len {
        let [_, auxiliary, s0, s1] = *view.array::<4>(at)?;
        let sources = usize::from(u16::from_be_bytes([s0, s1]));
        at += 20 + 16 * sources + 4 * usize::from(auxiliary);
        view.head(at)?;
    }
    Ok(())
}

/// An echo request, or the reply with the frame of the request it answers.
fn echo<'a>(view: View<'a>, request: bool, context: &mut Context<'a>) -> Result<(), Short> {
    let (id, seq) = (view.be16(4)?, view.be16(6)?);
    context
        .draft
        .write(format_args!(" id=0x{id:04x}, seq={seq}"));
    if let Some(limit) = context.hops {
        context.draft.write(format_args!(", hop limit={limit}"));
    }
    if context.draft.is_frozen() {
        return Ok(());
    }
    let nobody = IpAddr::V6(Ipv6Addr::UNSPECIFIED);
    let source = context.draft.source.ip().unwrap_or(nobody);
    let destination = context.draft.destination.ip().unwrap_or(nobody);
    let key = echo::Key::new(source, destination, request, view.be16(2)?, -1, id, seq);
    if let Some(no) = context.memory.echoes().see(key, request, context.no) {
        context.draft.write(format_args!(" (request in {no})"));
    }
    Ok(())
}

/// Neighbour discovery options from `at` on: link-layer addresses are told, a redirected packet
/// is quoted.
fn options<'a>(view: View<'a>, at: usize, context: &mut Context<'a>) -> Step<'a> {
    let mut rest = view.skip(at)?;
    while !rest.is_empty() {
        let [kind, len] = *rest.array::<2>(0)?;
        let len = usize::from(len) * 8;
        if len == 0 {
            break;
        }
        let words = match kind {
            1 => " from ",
            2 => " is at ",
            4 => {
                let quoted = rest.limit(len).skip(8)?;
                context.draft.freeze();
                return Ok(Next::Layer(ipv6::layer, quoted));
            }
            _ => "",
        };
        if !words.is_empty() && len == 8 {
            let [a, b, c, d, e, f] = *rest.array::<6>(2)?;
            context.draft.write(format_args!(
                "{words}{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}"
            ));
        }
        rest = rest.skip(len)?;
    }
    Ok(Next::Done)
}

/// The flags of a neighbour advertisement: router, solicited, override.
static ADVERTISEMENT: [&str; 8] = [
    "none",
    "ovr",
    "sol",
    "sol, ovr",
    "rtr",
    "rtr, ovr",
    "rtr, sol",
    "rtr, sol, ovr",
];

fn type_name(kind: u8) -> Option<&'static str> {
    Some(match kind {
        1 => "Destination Unreachable",
        2 => "Packet Too Big",
        3 => "Time Exceeded",
        4 => "Parameter Problem",
        100 | 101 | 200 | 201 => "Private experimentation",
        127 => "Reserved for expansion of ICMPv6 error messages",
        128 => "Echo (ping) request",
        129 => "Echo (ping) reply",
        130 => "Multicast Listener Query",
        131 => "Multicast Listener Report",
        132 => "Multicast Listener Done",
        133 => "Router Solicitation",
        134 => "Router Advertisement",
        135 => "Neighbor Solicitation",
        136 => "Neighbor Advertisement",
        137 => "Redirect",
        138 => "Router Renumbering",
        139 => "Node Information Query",
        140 => "Node Information Reply",
        141 => "Inverse Neighbor Discovery Solicitation",
        142 => "Inverse Neighbor Discovery Advertisement",
        143 => "Multicast Listener Report Message v2",
        144 => "Home Agent Address Discovery Request",
        145 => "Home Agent Address Discovery Reply",
        146 => "Mobile Prefix Solicitation",
        147 => "Mobile Prefix Advertisement",
        148 => "Certification Path Solicitation",
        149 => "Certification Path Advertisement",
        150 => "Experimental Mobility",
        151 => "Multicast Router Advertisement",
        152 => "Multicast Router Solicitation",
        153 => "Multicast Router Termination",
        154 => "FMIPv6",
        RPL => "RPL Control",
        156 => "Locator Update",
        157 => "Duplicate Address Request",
        158 => "Duplicate Address Confirmation",
        159 => "MPL Control Message",
        160 => "Extended Echo request",
        161 => "Extended Echo reply",
        255 => "Reserved for expansion of ICMPv6 informational messages",
        _ => return None,
    })
}

fn code_names(kind: u8) -> Option<&'static [&'static str]> {
    Some(match kind {
        1 => &[
            "no route to destination",
            "Administratively prohibited",
            "Beyond scope of source address",
            "Address unreachable",
            "Port unreachable",
            "Source address failed ingress/egress policy",
            "Reject route to destination",
            "Error in Source Routing Header",
        ],
        3 => &[
            "hop limit exceeded in transit",
            "fragment reassembly time exceeded",
        ],
        4 => &[
            "erroneous header field encountered",
            "unrecognized Next Header type encountered",
            "unrecognized IPv6 option encountered",
            "IPv6 First Fragment has incomplete IPv6 Header Chain",
        ],
        138 => &["Command", "Result"],
        139 => &[
            "Query subject = IPv6 addresses",
            "Query subject = DNS name or empty",
            "Query subject = IPv4 addresses",
        ],
        140 => &["Successful", "Refused", "Unknown query type"],
        RPL => &[
            "DODAG Information Solicitation",
            "DODAG Information Object",
            "Destination Advertisement Object",
            "Destination Advertisement Object Acknowledgment",
            "P2P Discovery Reply Object",
            "P2P Discovery Reply Object Acknowledgement",
        ],
        160 => &["No error"],
        161 => &[
            "No error",
            "Malformed Query",
            "No Such Interface",
            "No Such Table Entry",
            "Multiple Interfaces Satisfy Query",
        ],
        _ => return None,
    })
}

/// The capital of a letter that a code's meaning begins with.
fn capital(letter: &str) -> &str {
    match letter {
        "e" => "E",
        "f" => "F",
        "h" => "H",
        "n" => "N",
        "u" => "U",
        other => other,
    }
}

/// A message of the routing protocol for low-power networks.
const RPL: u8 = 155;

static RPL_SECURE: [&str; 6] = [
    "Secure DODAG Information Solicitation",
    "Secure DODAG Information Object",
    "Secure Destination Advertisement Object",
    "Secure Destination Advertisement Object Acknowledgment",
    "P2P Secure Discovery Reply Object",
    "P2P Secure Discovery Reply Object Acknowledgement",
];
