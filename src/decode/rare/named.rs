//! What is known by name only, where the name needs a byte of it.

use crate::decode::draft::Info;
use crate::decode::step::{Context, Next, Step, named};
use crate::decode::view::View;

/// EAP over LAN (IEEE 802.1X): a packet of EAP is named by that.
pub(super) fn eapol<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("EAPOL");
    let eap = view.byte(1)? == 0 && view.skip(4)?.len > 0;
    named(if eap { "EAP" } else { "EAPOL" }, context)
}

/// Slow protocols (IEEE 802.3, 57A), by their first byte.
pub(super) fn slow<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("Slow Protocols");
    match view.byte(0)? {
        1 => named("LACP", context),
        2 => named("Marker", context),
        3 => named("OAM", context),
        10 => named("OSSP", context),
        kind => {
            context.draft.write(format_args!("Subtype = {kind}"));
            Ok(Next::Done)
        }
    }
}

/// Stream control transmission (RFC 9260), of which only the name is told, once its ports are
/// there.
pub(super) fn sctp<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    view.head(4)?;
    context.draft.say("SCTP", Info::Fixed(""));
    view.head(12)?;
    Ok(Next::Done)
}
