//! Logical link control (IEEE 802.2) and the subnetwork access protocol on top of it.

use super::ethernet;
use super::ethertype;
use super::lan;
use super::llc_info;
use super::stp;
use crate::decode::network;
use crate::decode::step::{Context, Next, Step, named};
use crate::decode::view::View;

const SNAP: u8 = 0xaa;

/// Unnumbered information.
const UI: u8 = 0x03;

/// Padding in front of a bridged frame behind an LLC header (RFC 2684, 5.2).
const PADDING: usize = 2;

/// Reads an LLC header.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("LLC");
    let [to, from] = *view.array::<2>(0)?;
    let control = view.byte(2)?;
    let unnumbered = control & 3 == 3;
    let header = if unnumbered { 3 } else { 4 };
    if to == SNAP && from == SNAP {
        return snap(view, header, PADDING, context);
    }
    llc_info::write(view, context)?;
    let rest = view.skip(header)?;
    // Only information carries something: numbered frames, and UI without the poll bit.
    if rest.is_empty() || !(control & 1 == 0 || control == UI) {
        return Ok(Next::Done);
    }
    match to {
        0x06 => Ok(Next::Layer(network::ip, rest)),
        0x42 => Ok(Next::Layer(stp::layer, rest)),
        0xe0 | 0x10 => named("IPX", context),
        0xf0 => named("NetBIOS", context),
        0x04 | 0x08 | 0x0c | 0x40 | 0xc8 => named("SNA", context),
        0x7e => named("X.25", context),
        0x80 => named("3Com XNS", context),
        // BACnet, which tshark calls one of two names.
        0x82 => named("", context),
        0xbc => named("Vines LLC", context),
        0xf8 => named("HPEXT", context),
        0xfc => named("RPL", context),
        0xfe | 0x14 | 0x20 | 0x34 | 0x54 => Ok(Next::Layer(network::osi::layer, rest)),
        _ => Ok(Next::Done),
    }
}

/// An organization and its protocol number, `at` bytes into the view. Bridged frames have
/// `padding` bytes in front.
pub(super) fn snap<'a>(
    view: View<'a>,
    at: usize,
    padding: usize,
    context: &mut Context<'a>,
) -> Step<'a> {
    let [a, b, c, p0, p1] = *view.array::<5>(at)?;
    let number = u16::from_be_bytes([p0, p1]);
    let rest = view.skip(at + 5)?;
    match ([a, b, c], number) {
        // Encapsulated Ethernet, and Cisco's and Apple's way of saying the same.
        ([0, 0, 0] | [0, 0, 0xf8] | [0x08, 0, 0x07], ethernet::MAX_LENGTH..) => {
            ethertype::next(number, rest, context)
        }
        ([0, 0x80, 0xc2], 0x0001 | 0x0007) => Ok(Next::Layer(ethernet::layer, rest.skip(padding)?)),
        ([0, 0x80, 0xc2], 0x0004 | 0x000a) => {
            Ok(Next::Layer(lan::fddi_in_order, rest.skip(padding + 1)?))
        }
        ([0, 0x80, 0xc2], 0x000e) => Ok(Next::Layer(stp::layer, rest)),
        ([0, 0, 0x0c], 0x2000) => named("CDP", context),
        ([0, 0, 0x0c], 0x2003) => named("VTP", context),
        ([0, 0, 0x0c], 0x2004) => named("DTP", context),
        ([0, 0, 0x0c], 0x0111) => named("UDLD", context),
        ([0, 0, 0x0c], 0x0139) => named("MCP", context),
        ([0, 0, 0x0c], 0x2001) => named("CGMP", context),
        ([0, 0, 0x0c], 0x0104) => named("PAGP", context),
        ([0, 0, 0x0c], 0x0108 | 0x0109 | 0x010b | 0x010c) => Ok(Next::Layer(stp::layer, rest)),
        _ => Ok(Next::Done),
    }
}
