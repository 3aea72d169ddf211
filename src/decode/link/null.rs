//! BSD loopback: an address family in four bytes
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html>).

use super::ethernet;
use super::ethertype;
use crate::decode::draft::{Info, Label};
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::rare;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// The family in whichever byte order makes it small, as tshark guesses it. Some systems write
/// other headers under this link type: PPP, and an EtherType in the place of a family.
pub(super) fn null<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    begin(context);
    let bytes = *view.array::<4>(0)?;
    if bytes.starts_with(&[0xff, 0x03]) {
        return Ok(Next::Layer(rare::ppp::framed, view));
    }
    let mut family = u32::from_le_bytes(bytes);
    if family > 0xffff {
        // Swapped as a whole, unless only two bytes were written, into the upper half.
        if family < 0x0006_0000 {
            family >>= 16;
        } else {
            family = family.swap_bytes();
        }
    } else if family & 0xff == 0 && family < 0x0600 {
        family >>= 8;
    }
    next(family, view, context)
}

/// The family in network byte order.
pub(super) fn network_order<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    begin(context);
    let family = view.be32(0)?;
    // Here a number that is too great is not taken for an EtherType.
    if family > u32::from(ethernet::MAX_LENGTH) {
        return Ok(Next::Done);
    }
    next(family, view, context)
}

fn begin(context: &mut Context<'_>) {
    context.draft.source = Address::Name("N/A");
    context.draft.destination = Address::Name("N/A");
    context.draft.say("N/A", Info::Fixed("Null/Loopback"));
}

fn next<'a>(family: u32, view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let rest = view.skip(4)?;
    // A number too great for a family is an EtherType; its lower half decides.
    let [.., high, low] = family.to_be_bytes();
    if family > u32::from(ethernet::MAX_LENGTH) {
        let next = ethertype::next(u16::from_be_bytes([high, low]), rest, context)?;
        if matches!(context.draft.protocol, Label::Hex(_)) {
            begin(context);
        }
        return Ok(next);
    }
    match family {
        2 => Ok(Next::Layer(network::ip, rest)),
        24 | 28 | 30 => Ok(Next::Layer(ipv6::layer, rest)),
        23 => {
            context.draft.layer("IPX");
            Ok(Next::Done)
        }
        _ => Ok(Next::Done),
    }
}
