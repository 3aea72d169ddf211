//! Local networks of old: FDDI, Token Ring, ARCNET.

use super::llc;
use crate::decode::draft::{Info, Label};
use crate::decode::network;
use crate::decode::network::arp;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// FDDI inside other networks: the same in the usual order.
pub(super) fn fddi_in_order<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    fddi_frame(view, |address| address, context)
}

/// FDDI as libpcap writes it: a frame control byte, then the addresses, which tshark takes to be
/// in the order of transmission and turns around.
pub(super) fn fddi<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    fddi_frame(view, |address| address.map(u8::reverse_bits), context)
}

fn fddi_frame<'a>(
    view: View<'a>,
    order: fn([u8; 6]) -> [u8; 6],
    context: &mut Context<'a>,
) -> Step<'a> {
    context.draft.layer("FDDI");
    let control = view.byte(0)?;
    context.draft.destination = Address::Mac(order(*view.array::<6>(1)?));
    context.draft.source = Address::Mac(order(*view.array::<6>(7)?));
    let rest = view.skip(13)?;
    if control & 0xf0 == 0x50 {
        return Ok(Next::Layer(llc::layer, rest));
    }
    Ok(Next::Done)
}

/// Token Ring (IEEE 802.5), with the source route that the source's group bit announces.
pub(super) fn token_ring<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("TR");
    let control = view.byte(1)?;
    context.draft.destination = Address::Mac(*view.array::<6>(2)?);
    let mut source = *view.array::<6>(8)?;
    let routed = source[0] & 0x80 != 0;
    source[0] &= 0x7f;
    context.draft.source = Address::Mac(source);
    let route = if routed {
        usize::from(view.byte(14)? & 0x1f)
    } else {
        0
    };
    let rest = view.skip(14 + route)?;
    if control >> 6 == 1 {
        return Ok(Next::Layer(llc::layer, rest));
    }
    Ok(Next::Done)
}

/// ARCNET as BSD captures it: source, destination, protocol.
pub(super) fn arcnet<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    arcnet_frame(view, 2, context)
}

/// ARCNET as Linux captures it: the same with two bytes of offset.
pub(super) fn arcnet_linux<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    arcnet_frame(view, 4, context)
}

fn arcnet_frame<'a>(view: View<'a>, at: usize, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("ARCNET", Info::Fixed("ARCNET"));
    context.draft.source = Address::Arcnet(view.byte(0)?);
    context.draft.destination = Address::Arcnet(view.byte(1)?);
    let protocol = view.byte(at)?;
    let mut at = at + 1;
    // All but the old encapsulation of RFC 1051 split long packets (RFC 1201).
    if !matches!(protocol, 0xf0 | 0xf1 | 0xcd) {
        if view.byte(at)? == 0xff {
            at += 4;
        }
        at += 3;
    }
    let rest = view.skip(at)?;
    let layer: Layer = match protocol {
        0xd4 | 0xf0 => network::ip,
        0xd5 | 0xd6 | 0xf1 => arp::layer,
        0xc4 => ipv6::layer,
        0xcd => llc::layer,
        _ => {
            context.draft.protocol = Label::Hex(u16::from(protocol));
            return Ok(Next::Done);
        }
    };
    Ok(Next::Layer(layer, rest))
}
