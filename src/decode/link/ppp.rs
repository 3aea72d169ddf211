//! The point-to-point protocol (RFC 1661), alone and framed like HDLC (RFC 1662), and Cisco's
//! HDLC, which shares its lines.

use super::chdlc;
use super::mpls;
use crate::decode::draft::{Info, Label};
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// A serial line: PPP or Cisco HDLC, which the first byte tells apart.
pub(super) fn line<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    if matches!(view.byte(0), Ok(0x0f | 0x8f)) {
        return Ok(Next::Layer(chdlc::layer, view));
    }
    context.draft.source = Address::Name("N/A");
    context.draft.destination = Address::Name("N/A");
    framed(view, context)
}

/// PPP behind a byte that tells its direction: 0 received, else sent.
pub(super) fn with_direction<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let (from, to) = match view.byte(0)? {
        0 => ("DCE", "DTE"),
        _ => ("DTE", "DCE"),
    };
    let rest = view.skip(1)?;
    context.draft.source = Address::Name(from);
    context.draft.destination = Address::Name(to);
    framed(rest, context)
}

/// PPP with HDLC's address and control where they are not left out.
pub(in crate::decode) fn framed<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PPP");
    if view.byte(0)? == 0xff {
        return layer(view.skip(2)?, context);
    }
    layer(view, context)
}

/// PPP in a PPPoE session: the words of the session stay where the payload has none.
pub(super) fn session<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    protocol(view, context)
}

/// PPP from its protocol field on, which may be one byte long.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PPP");
    protocol(view, context)
}

fn protocol<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let first = view.byte(0)?;
    let (protocol, len) = if first & 1 == 1 {
        (u16::from(first), 1)
    } else {
        (view.be16(0)?, 2)
    };
    let rest = view.skip(len)?;
    let layer: Layer = match protocol {
        0x0021 | 0x0800 => ipv4::layer,
        0x0057 | 0x86dd => ipv6::layer,
        0x0281 | 0x0283 => mpls::layer,
        0x0031 => return Ok(Next::Done),
        _ => {
            match NAMES.iter().find(|(number, _)| *number == protocol) {
                Some((_, name)) => context.draft.say(name, Info::Fixed("")),
                None => {
                    context.draft.clear();
                    context.draft.protocol = Label::Hex(protocol);
                }
            }
            return Ok(Next::Done);
        }
    };
    Ok(Next::Layer(layer, rest))
}

/// Control protocols and others that are known by name only.
static NAMES: &[(u16, &str)] = &[
    (0x003d, "PPP MP"),
    (0x00fd, "PPP Comp"),
    (0x8021, "PPP IPCP"),
    (0x8023, "PPP OSINLCP"),
    (0x8031, "PPP BCP"),
    (0x8057, "PPP IPV6CP"),
    (0x80fd, "PPP CCP"),
    (0x8207, "PPP CDPCP"),
    (0x8281, "PPP MPLSCP"),
    (0xc021, "PPP LCP"),
    (0xc023, "PPP PAP"),
    (0xc025, "PPP LQR"),
    (0xc029, "PPP CBCP"),
    (0xc02b, "PPP BACP"),
    (0xc02d, "PPP BAP"),
    (0xc223, "PPP CHAP"),
    (0xc227, "EAP"),
];
