//! Logical link control (IEEE 802.2) and the subnetwork access protocol on top of it.

use super::ethernet;
use super::ethertype;
use super::stp;
use crate::decode::draft::Info;
use crate::decode::network::ipv4;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

const SNAP: u8 = 0xaa;

/// Reads an LLC header.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("LLC");
    let [to, from] = *view.array::<2>(0)?;
    let control = view.byte(2)?;
    let unnumbered = control & 3 == 3;
    let header = if unnumbered { 3 } else { 4 };
    if to == SNAP && from == SNAP {
        return snap(view, header, context);
    }
    let rest = view.skip(header)?;
    // Only information carries something: UI frames and numbered ones.
    if rest.is_empty() || !(control & 1 == 0 || control & 0xef == 0x03) {
        return Ok(Next::Done);
    }
    match to & 0xfe {
        0x06 if to & 1 == 0 => Ok(Next::Layer(ipv4::layer, rest)),
        0x42 => Ok(Next::Layer(stp::layer, rest)),
        0xe0 | 0x10 => named("IPX", context),
        0xf0 => named("NetBIOS", context),
        0xf8 => named("HPEXT", context),
        _ => Ok(Next::Done),
    }
}

/// An organization and its protocol number.
pub(super) fn snap<'a>(view: View<'a>, header: usize, context: &mut Context<'a>) -> Step<'a> {
    let [a, b, c, p0, p1] = *view.array::<5>(header)?;
    let number = u16::from_be_bytes([p0, p1]);
    let rest = view.skip(header + 5)?;
    match [a, b, c] {
        // Encapsulated Ethernet, and Cisco's and Apple's way of saying the same.
        [0, 0, 0] | [0, 0, 0xf8] | [0x08, 0, 0x07] => ethertype::next(number, rest, context),
        [0, 0x80, 0xc2] => match number {
            // Bridged frames with and without their checksum.
            0x0001 | 0x0007 => Ok(Next::Layer(ethernet::layer, rest)),
            0x000e => Ok(Next::Layer(stp::layer, rest)),
            _ => Ok(Next::Done),
        },
        [0, 0, 0x0c] => match number {
            0x2000 => named("CDP", context),
            0x2003 => named("VTP", context),
            0x2004 => named("DTP", context),
            0x0111 => named("UDLD", context),
            0x010b => Ok(Next::Layer(stp::layer, rest)),
            _ => Ok(Next::Done),
        },
        _ => Ok(Next::Done),
    }
}

fn named<'a>(name: &'static str, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say(name, Info::Fixed(""));
    Ok(Next::Done)
}
