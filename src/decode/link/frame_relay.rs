//! Frame relay: multiprotocol encapsulation (RFC 2427), or Cisco's with an EtherType.

use super::chdlc;
use super::llc;
use super::ppp;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// An unnumbered information frame.
const UI: u8 = 0x03;

/// Reads a frame relay frame.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("FR");
    let mut at = 1;
    // The last byte of the address has its lowest bit set; there are two to four of them.
    while view.byte(at)? & 1 == 0 && at < 3 {
        at += 1;
    }
    at += 1;
    if view.byte(at)? != UI {
        let kind = view.be16(at)?;
        return chdlc::next(kind, view.skip(at + 2)?, context);
    }
    at += 1;
    let mut protocol = view.byte(at)?;
    if protocol == 0 {
        at += 1;
        protocol = view.byte(at)?;
    }
    let rest = view.skip(at + 1)?;
    match protocol {
        0x80 => llc::snap(rest, 0, 0, context),
        0xcc => Ok(Next::Layer(ipv4::layer, rest)),
        0x8e => Ok(Next::Layer(ipv6::layer, rest)),
        0xcf => Ok(Next::Layer(ppp::layer, rest)),
        _ => Ok(Next::Done),
    }
}
