//! Packets without a link layer (<https://www.tcpdump.org/linktypes.html>, LINKTYPE_RAW).

use crate::decode::draft::Info;
use crate::decode::network;
use crate::decode::rare;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// Address and control of PPP as framed on serial lines.
const PPP: [u8; 2] = [0xff, 0x03];

/// IP of either version. Old systems wrote PPP here, some behind a few bytes of their own; tshark
/// looks for it in three places, and for ten bytes of zeros.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.source = Address::Name("N/A");
    context.draft.destination = Address::Name("N/A");
    context.draft.say("N/A", Info::Fixed("Raw packet data"));
    for at in [0, 6, 1] {
        if *view.array::<2>(at)? == PPP {
            return Ok(Next::Layer(rare::ppp::framed, view.skip(at)?));
        }
    }
    if *view.array::<10>(0)? == [0; 10] {
        return network::ip(view.skip(10)?, context);
    }
    match view.byte(0)? >> 4 {
        4 | 6 => network::ip(view, context),
        _ => Ok(Next::Done),
    }
}
