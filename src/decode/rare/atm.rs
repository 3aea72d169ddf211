//! Packets from ATM networks (RFC 2684, RFC 2225).

use super::llc;
use crate::decode::network;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// Classical IP: nothing stands in front of the packet.
pub(super) fn classical<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.source = Address::Name("N/A");
    context.draft.destination = Address::Name("N/A");
    network::ip(view, context)
}

/// SunATM. What its header says of the traffic is not kept by the time a frame gets here, so the
/// first bytes decide between LLC and a bare packet.
pub(super) fn sun<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ATM");
    let layer: Layer = match view.bytes {
        [0xaa, 0xaa, ..] | [0xfe, 0xfe, ..] => llc::layer,
        [first, ..] if matches!(first >> 4, 4 | 6) => network::ip,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(layer, view))
}
