//! The mobility header of Mobile IPv6 (RFC 6275, 6.1): the name of its message.

use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The part of the header that is the same in all messages.
const HEADER: usize = 6;

/// The message whose first byte says more.
const REVOCATION: u8 = 16;

/// Reads a mobility header.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("MIPv6");
    let [_, len, kind, ..] = *view.array::<HEADER>(0)?;
    let message = MESSAGES.get(usize::from(kind));
    match message {
        Some((name, _)) => context.draft.add(name),
        None => context
            .draft
            .write(format_args!("Unknown Mobility Header ({kind})")),
    }
    if kind == REVOCATION {
        context.draft.add(match view.byte(HEADER)? {
            1 => " Indication",
            2 => " Acknowledge",
            _ => "",
        });
    }
    view.head(message.map_or(HEADER, |(_, least)| *least))?;
    view.head(8 + 8 * usize::from(len))?;
    Ok(Next::Done)
}

/// The messages by their number, and how long each is without options.
static MESSAGES: [(&str, usize); 19] = [
    ("Binding Refresh Request", 8),
    ("Home Test Init", 16),
    ("Care-of Test Init", 16),
    ("Home Test", 24),
    ("Care-of Test", 24),
    ("Binding Update", 12),
    ("Binding Acknowledgement", 12),
    ("Binding Error", 24),
    ("Fast Binding Update", 12),
    ("Fast Binding Acknowledgment", 12),
    ("Fast Neighbor Advertisement", 8),
    ("Experimental Mobility Header", 6),
    ("Home Agent Switch", 8),
    ("Heartbeat", 12),
    ("Handover Initiate", 12),
    ("Handover Acknowledge", 12),
    ("Binding Revocation", 8),
    ("Localized Routing Initiation", 8),
    ("Localized Routing Acknowledgment", 8),
];
