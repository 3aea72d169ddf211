//! ICMP (RFC 792): type and code in tshark's words, echoes matched, errors with what they quote. By
//! hand: etherparse wants eight bytes and the exact length of each type, tshark names it after six.

use std::net::IpAddr;
use std::net::Ipv4Addr;

use super::echo;
use super::ipv4;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::packet::OtherKind;

const REDIRECT: u8 = 5;

/// Reads an ICMP message.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ICMP");
    context.draft.kind = OtherKind::Icmp;
    let [kind, code] = *view.array::<2>(0)?;
    // tshark reads the length of what is quoted (RFC 4884) of every message, before its words.
    view.head(6)?;
    if matches!(kind, 3 | 4 | 5 | 11) {
        context.draft.kind = OtherKind::IcmpError;
    }
    let name = match (kind, code) {
        // With either code tshark takes it for a mobility agent's (RFC 5944, 2.1).
        (9, 0 | 16) => "Mobile IP Advertisement",
        _ => type_name(kind),
    };
    context.draft.write(format_args!("{name:<20}"));
    match kind {
        0 | 8 => echo(view, kind == 8, context)?,
        13..=18 => {
            numbers(view, context)?;
        }
        _ => match code_name(kind, code) {
            Some(name) => context.draft.write(format_args!(" ({name})")),
            None if CODED.contains(&kind) => {
                context.draft.write(format_args!(" (Unknown code: {code})"));
            }
            None => {}
        },
    }
    if !matches!(kind, 3 | 4 | 5 | 11 | 12) {
        return Ok(Next::Done);
    }
    let quoted = view.skip(8)?;
    context.draft.freeze();
    context.redirected |= kind == REDIRECT;
    Ok(Next::Layer(ipv4::layer, quoted))
}

/// The identifier and the sequence number, as they stand and with their bytes swapped.
fn numbers<'a>(view: View<'a>, context: &mut Context<'a>) -> Result<(u16, u16), Short> {
    let (id, seq) = (view.be16(4)?, view.be16(6)?);
    let swapped = seq.swap_bytes();
    context
        .draft
        .write(format_args!(" id=0x{id:04x}, seq={seq}/{swapped}"));
    if let Some(ttl) = context.hops {
        context.draft.write(format_args!(", ttl={ttl}"));
    }
    Ok((id, seq))
}

/// An echo request, or the reply with the frame of the request it answers.
fn echo<'a>(view: View<'a>, request: bool, context: &mut Context<'a>) -> Result<(), Short> {
    let (id, seq) = numbers(view, context)?;
    if context.draft.is_frozen() {
        return Ok(());
    }
    let checksum = view.be16(2)?;
    let nobody = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    let source = context.draft.source.ip().unwrap_or(nobody);
    let destination = context.draft.destination.ip().unwrap_or(nobody);
    let key = echo::Key::new(source, destination, request, checksum, 8, id, seq);
    if let Some(no) = context.memory.echoes().see(key, request, context.no) {
        context.draft.write(format_args!(" (request in {no})"));
    }
    Ok(())
}

/// Types whose code is always told.
const CODED: [u8; 9] = [3, 5, 6, 9, 11, 12, 40, 42, 43];

fn type_name(kind: u8) -> &'static str {
    match kind {
        0 => "Echo (ping) reply",
        1 | 2 => "Reserved",
        3 => "Destination unreachable",
        4 => "Source quench (flow control)",
        5 => "Redirect",
        6 => "Alternate host address",
        8 => "Echo (ping) request",
        9 => "Router advertisement",
        10 => "Router solicitation",
        11 => "Time-to-live exceeded",
        12 => "Parameter problem",
        13 => "Timestamp request",
        14 => "Timestamp reply",
        15 => "Information request",
        16 => "Information reply",
        17 => "Address mask request",
        18 => "Address mask reply",
        19 => "Reserved (for security)",
        30 => "Traceroute",
        31 => "Datagram Conversion Error",
        32 => "Mobile Host Redirect",
        33 => "IPv6 Where-Are-You",
        34 => "IPv6 I-Am-Here",
        35 => "Mobile Registration Request",
        36 => "Mobile Registration Reply",
        37 => "Domain Name Request",
        38 => "Domain Name Reply",
        39 => "SKIP",
        40 => "Photuris",
        41 => "Experimental mobility protocols",
        42 => "Extended Echo request",
        43 => "Extended Echo reply",
        _ => "Unknown ICMP (obsolete or malformed?)",
    }
}

fn code_name(kind: u8, code: u8) -> Option<&'static str> {
    let names: &[&str] = match kind {
        3 => &[
            "Network unreachable",
            "Host unreachable",
            "Protocol unreachable",
            "Port unreachable",
            "Fragmentation needed",
            "Source route failed",
            "Destination network unknown",
            "Destination host unknown",
            "Source host isolated",
            "Network administratively prohibited",
            "Host administratively prohibited",
            "Network unreachable for TOS",
            "Host unreachable for TOS",
            "Communication administratively filtered",
            "Host precedence violation",
            "Precedence cutoff in effect",
        ],
        5 => &[
            "Redirect for network",
            "Redirect for host",
            "Redirect for TOS and network",
            "Redirect for TOS and host",
        ],
        6 => &["Alternate address for host"],
        9 if code == 16 => return Some("Does not route common traffic"),
        9 => &["Normal router advertisement"],
        11 => &[
            "Time to live exceeded in transit",
            "Fragment reassembly time exceeded",
        ],
        12 => &[
            "Pointer indicates the error",
            "Required option missing",
            "Bad length",
        ],
        40 => &[
            "Bad SPI",
            "Authentication Failed",
            "Decompression Failed",
            "Decryption Failed",
            "Need Authentication",
            "Need Authorization",
        ],
        42 => &["No error"],
        43 => &[
            "No error",
            "Malformed Query",
            "No Such Interface",
            "No Such Table Entry",
            "Multiple Interfaces Satisfy Query",
        ],
        _ => &[],
    };
    names.get(usize::from(code)).copied()
}
