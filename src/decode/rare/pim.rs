//! PIM (RFC 7761). A Register message carries a whole packet, which tshark reads like one that
//! is quoted: it leaves traces in the streams, the row stays PIM's.

use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Reads a PIM message.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PIM");
    let first = view.byte(0)?;
    let (version, kind) = (first >> 4, first & 0xf);
    context.draft.layer(VERSIONS[usize::from(version)]);
    if version != 2 {
        context.draft.add("Unknown");
        return Ok(Next::Done);
    }
    match NAMES.get(usize::from(kind)) {
        Some(name) => context.draft.add(name),
        None => context.draft.write(format_args!("Unknown ({kind})")),
    }
    if kind != 1 {
        return Ok(Next::Done);
    }
    let packet = view.skip(8)?;
    register(packet, context)
}

/// A message of version 1, which travels in IGMP.
pub(super) fn version1<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PIMv1");
    let kind = view.byte(1)?;
    match VERSION_1.get(usize::from(kind)) {
        Some(name) => context.draft.add(name),
        None => context.draft.write(format_args!("Unknown ({kind})")),
    }
    if kind != 1 {
        return Ok(Next::Done);
    }
    register(view.skip(8)?, context)
}

/// The packet that a register message carries; its addresses are the row's.
fn register<'a>(packet: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.freeze_words();
    Ok(match packet.byte(0)? >> 4 {
        4 | 6 => Next::Layer(crate::decode::network::ip, packet),
        _ => Next::Done,
    })
}

static VERSIONS: [&str; 16] = [
    "PIMv0", "PIMv1", "PIMv2", "PIMv3", "PIMv4", "PIMv5", "PIMv6", "PIMv7", "PIMv8", "PIMv9",
    "PIMv10", "PIMv11", "PIMv12", "PIMv13", "PIMv14", "PIMv15",
];

static NAMES: [&str; 13] = [
    "Hello",
    "Register",
    "Register-stop",
    "Join/Prune",
    "Bootstrap",
    "Assert",
    "Graft",
    "Graft-Ack",
    "Candidate-RP-Advertisement",
    "State-Refresh",
    "DF election",
    "ECMP redirect",
    "PFM source discovery",
];

static VERSION_1: [&str; 9] = [
    "Query",
    "Register",
    "Register-stop",
    "Join/Prune",
    "RP-Reachable",
    "Assert",
    "Graft",
    "Graft-Ack",
    "Mode",
];
