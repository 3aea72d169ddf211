//! BSD loopback: an address family in four bytes
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_NULL.html>).

use super::ethertype;
use super::ppp;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The family in whichever byte order makes it small, as tshark guesses it. Some systems write
/// other headers under this link type: PPP, and an EtherType in the place of a family.
pub(super) fn null<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("Null/Loopback");
    let [a, b, c, d] = *view.array::<4>(0)?;
    if [a, b] == [0xff, 0x03] {
        return Ok(Next::Layer(ppp::layer, view));
    }
    let mut family = u32::from_le_bytes([a, b, c, d]);
    if family & 0xffff_0000 != 0 {
        if family & 0xff00_0000 == 0 && family & 0x00ff_0000 < 0x0006_0000 {
            // Only the upper half was byte-swapped.
            family >>= 16;
        } else {
            family = family.swap_bytes();
        }
    }
    next(family, view, context)
}

/// The family in network byte order.
pub(super) fn network_order<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("Null/Loopback");
    let family = view.be32(0)?;
    next(family, view, context)
}

fn next<'a>(family: u32, view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let rest = view.skip(4)?;
    match u16::try_from(family) {
        Ok(2) => Ok(Next::Layer(ipv4::layer, rest)),
        Ok(10 | 23 | 24 | 28 | 30) => Ok(Next::Layer(ipv6::layer, rest)),
        Ok(kind) if kind > 1500 => ethertype::next(kind, rest, context),
        _ => Ok(Next::Done),
    }
}
