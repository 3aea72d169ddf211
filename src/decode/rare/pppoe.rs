//! PPP over Ethernet (RFC 2516).

use super::ppp;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The discovery stage.
pub(super) fn discovery<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PPPoED");
    let code = view.byte(1)?;
    context.draft.add(code_name(code));
    Ok(Next::Done)
}

/// The session stage, which carries PPP.
pub(super) fn session<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PPPoES");
    let code = view.byte(1)?;
    context.draft.add(code_name(code));
    let len = usize::from(view.be16(4)?);
    let payload = view.skip(6)?;
    // tshark warns of a wrong length and takes what is there.
    let payload = if len <= payload.len {
        payload.limit(len)
    } else {
        payload
    };
    Ok(Next::Layer(ppp::session, payload))
}

fn code_name(code: u8) -> &'static str {
    match code {
        0x00 => "Session Data",
        0x07 => "Active Discovery Offer (PADO)",
        0x09 => "Active Discovery Initiation (PADI)",
        0x19 => "Active Discovery Request (PADR)",
        0x65 => "Active Discovery Session-confirmation (PADS)",
        0xa7 => "Active Discovery Terminate (PADT)",
        _ => "Unknown",
    }
}
