//! What Ethernet carries that is known by name only, where the name needs a byte of it.

use crate::decode::draft::Info;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// EAP over LAN (IEEE 802.1X): a packet of EAP is named by that.
pub(super) fn eapol<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("EAPOL", Info::Fixed(""));
    if view.byte(1)? == 0 && view.skip(4)?.len > 0 {
        context.draft.say("EAP", Info::Fixed(""));
    }
    Ok(Next::Done)
}

/// Slow protocols (IEEE 802.3, 57A), by their first byte.
pub(super) fn slow<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("Slow Protocols");
    let name = match view.byte(0)? {
        1 => "LACP",
        2 => "Marker",
        3 => "OAM",
        10 => "OSSP",
        kind => {
            context.draft.write(format_args!("Subtype = {kind}"));
            return Ok(Next::Done);
        }
    };
    context.draft.layer(name);
    Ok(Next::Done)
}
