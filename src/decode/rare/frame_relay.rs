//! Frame relay: multiprotocol encapsulation (RFC 2427), Cisco's with an EtherType, or Ethernet. It
//! does not say which, so it is guessed as tshark does.

use super::chdlc;
use super::llc;
use super::osi;
use super::ppp;
use crate::decode::link::ethernet;
use crate::decode::link::ethertype;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step, named};
use crate::decode::view::{Short, View};

/// An unnumbered information frame.
const UI: u8 = 0x03;

/// An exchange of identification.
const XID: u8 = 0xaf;

/// SNAP's identifier.
const SNAP: u8 = 0x80;

/// The checksum that ends an Ethernet frame within.
const CHECKSUM: usize = 4;

/// Reads a frame relay frame.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("FR");
    let (circuit, at) = address(view)?;
    context.draft.write(format_args!("DLCI {circuit}"));
    let control = view.byte(at)?;
    if control == UI {
        return by_identifier(view.skip(at + 1)?, context);
    }
    // Signalling, of which only the name is told.
    if circuit == 0 || control == XID {
        return named("FR", context);
    }
    let rest = view.skip(at)?;
    if let Ok(kind) = rest.be16(0)
        && chdlc::is_known(kind)
    {
        return chdlc::next(kind, rest.skip(2)?, context);
    }
    if has_identifier(rest) {
        return by_identifier(rest.skip(control_len(control))?, context);
    }
    match rest.be16(12) {
        Ok(kind) if kind <= ethernet::MAX_LENGTH || ethertype::is_known(kind) => {
            let frame = rest.limit(rest.len.saturating_sub(CHECKSUM));
            Ok(Next::Layer(ethernet::layer, frame))
        }
        _ => Ok(Next::Done),
    }
}

/// The number of the circuit, and where the address ends: at the first byte with the lowest bit
/// set.
fn address(view: View<'_>) -> Result<(u32, usize), Short> {
    let first = view.byte(0)?;
    if first & 1 != 0 {
        return Ok((0, 1));
    }
    let second = view.byte(1)?;
    let mut circuit = u32::from(first & 0xfc) << 2 | u32::from(second >> 4);
    if second & 1 != 0 {
        return Ok((circuit, 2));
    }
    let mut at = 2;
    let mut last = view.byte(at)?;
    if last & 1 == 0 {
        circuit = circuit << 7 | u32::from(last >> 1);
        while last & 1 == 0 {
            at += 1;
            last = view.byte(at)?;
        }
    }
    // The last byte may hold control information instead.
    if last & 2 == 0 {
        circuit = circuit << 6 | u32::from(last >> 2);
    }
    Ok((circuit, at + 1))
}

/// The length of a control field: that of unnumbered frames is shorter.
const fn control_len(control: u8) -> usize {
    if control & 3 == 3 { 1 } else { 2 }
}

/// Whether an identifier that is known stands where it would, behind a control field.
fn has_identifier(rest: View<'_>) -> bool {
    let padding = usize::from(rest.byte(0) == Ok(0));
    let identifier = rest
        .byte(padding)
        .and_then(|control| rest.byte(padding + control_len(control)));
    matches!(
        identifier,
        Ok(0x00 | 0x08 | 0x09 | 0x81..=0x83 | 0xb0 | SNAP | osi::IPV4 | osi::IPV6 | osi::PPP)
    )
}

/// What the identifier in front of a packet announces; a byte of padding may precede it.
fn by_identifier<'a>(mut view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let mut identifier = view.byte(0)?;
    if identifier == 0 {
        view = view.skip(1)?;
        identifier = view.byte(0)?;
    }
    if let Some(step) = osi::own(identifier, view, context) {
        return step;
    }
    let rest = view.skip(1)?;
    let layer: Layer = match identifier {
        SNAP => return llc::snap(rest, 0, 0, context),
        osi::IPV4 => network::ip,
        osi::IPV6 => ipv6::layer,
        osi::PPP => ppp::layer,
        0x08 => return named("Q.933", context),
        0x09 => return named("LMI", context),
        0xb0 => return named("WCP", context),
        _ => return named("FR", context),
    };
    Ok(Next::Layer(layer, rest))
}
