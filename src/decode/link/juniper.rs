//! Captures made on Juniper's routers: a header with flags in front of the frame.

use super::chdlc;
use super::ethernet;
use super::frame_relay;
use super::ppp;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::{Short, View};

/// The first bytes of every packet.
const MAGIC: [u8; 3] = *b"MGC";

/// The link layer was taken off: an address family stands in its place.
const NO_LINK: u8 = 0x02;

/// Fields with a length of their own follow.
const EXTENDED: u8 = 0x80;

/// Ethernet.
pub(super) fn ethernet<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper Ethernet", 0, ethernet::layer, context)
}

/// PPP over Ethernet: a whole Ethernet frame.
pub(super) fn pppoe<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper PPPoE", 0, ethernet::layer, context)
}

/// PPP behind the address and control of HDLC, which are not looked at.
pub(super) fn ppp<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper PPP", 2, ppp::layer, context)
}

/// Multilink PPP.
pub(super) fn multilink<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper MLPPP", 0, guessed_ppp, context)
}

/// Frame relay.
pub(super) fn frame_relay<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper Frame-Relay", 0, frame_relay::layer, context)
}

/// Cisco's HDLC.
pub(super) fn chdlc<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper C-HDLC", 0, chdlc::layer, context)
}

/// A voice card: four bytes, then IP.
pub(super) fn voice<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper Voice PIC", 4, network::ip, context)
}

/// The first ATM card: a cookie of four bytes, then IP where it looks like it.
pub(super) fn atm<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    framed(view, "Juniper ATM1", 4, guessed_ip, context)
}

fn framed<'a>(
    view: View<'a>,
    name: &'static str,
    skip: usize,
    layer: Layer,
    context: &mut Context<'a>,
) -> Step<'a> {
    context.draft.layer(name);
    let [a, b, c, flags] = *view.array::<4>(0)?;
    if [a, b, c] != MAGIC {
        return Ok(Next::Layer(layer, view));
    }
    let rest = strip(view, flags)?;
    if flags & NO_LINK == 0 {
        return Ok(Next::Layer(layer, rest.skip(skip)?));
    }
    let family = u32::from_le_bytes(*rest.array::<4>(0)?);
    let packet = rest.skip(4)?;
    Ok(match family {
        2 => Next::Layer(network::ip, packet),
        6 => Next::Layer(ipv6::layer, packet),
        _ => Next::Done,
    })
}

/// What follows the header.
fn strip(view: View<'_>, flags: u8) -> Result<View<'_>, Short> {
    if flags & EXTENDED == 0 {
        return view.skip(4);
    }
    let len = usize::from(view.be16(4)?);
    view.skip(6 + len)
}

fn guessed_ppp<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    match view.bytes {
        [0, 0x21 | 0x57, ..] => ppp::layer(view, context),
        [0xff, 0x03, ..] => ppp::layer(view.skip(2)?, context),
        _ => Ok(Next::Done),
    }
}

fn guessed_ip<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    match view.bytes {
        [0x45..=0x4f | 0x60..=0x6f, ..] => network::ip(view, context),
        _ => Ok(Next::Done),
    }
}
