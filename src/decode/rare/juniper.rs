//! Captures made on Juniper's routers: a header with flags in front of the frame, then often a
//! cookie of the card that it came from. What it does not say is guessed as tshark does.

use super::chdlc;
use super::frame_relay;
use super::llc;
use super::mpls;
use super::osi;
use super::ppp;
use crate::decode::link::ethernet;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::{Short, View};

/// The first bytes of every packet; old routers leave the header away.
const MAGIC: [u8; 3] = *b"MGC";

/// The packet came in.
const INCOMING: u8 = 0x01;

/// The link layer was taken off: an address family stands in its place.
const NO_LINK: u8 = 0x02;

/// Fields with a length of their own follow.
const EXTENDED: u8 = 0x80;

/// LLC's unnumbered information.
const UI: u8 = 0x03;

/// PPP's address and control.
const HDLC: u16 = 0xff03;

/// Ethernet.
pub(super) fn ethernet<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    plain(view, "Juniper Ethernet", 0, ethernet::layer, context)
}

/// PPP over Ethernet: a whole Ethernet frame.
pub(super) fn pppoe<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    plain(view, "Juniper PPPoE", 0, ethernet::layer, context)
}

/// PPP behind the address and control of HDLC, which are not looked at.
pub(super) fn ppp<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    plain(view, "Juniper PPP", 2, ppp::layer, context)
}

/// Frame relay.
pub(super) fn frame_relay<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    plain(view, "Juniper Frame-Relay", 0, frame_relay::layer, context)
}

/// Cisco's HDLC.
pub(super) fn chdlc<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    plain(view, "Juniper C-HDLC", 0, chdlc::layer, context)
}

/// A voice card: an empty header, then IP.
pub(super) fn voice<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    plain(view, "Juniper Voice PIC", 18, network::ip, context)
}

/// A services card: a cookie that is longer on the way in, then IP.
pub(super) fn services<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    card(view, "Juniper Services", context, |rest, flags| {
        let cookie = if flags & INCOMING != 0 { 16 } else { 12 };
        Ok((Some(network::ip), rest.skip(cookie)?))
    })
}

/// A gateway of mobile networks, which names the protocol.
pub(super) fn gateway<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    card(view, "Juniper GGSN", context, |rest, _| {
        Ok(match rest.be16(0)?.swap_bytes() {
            // Four bytes more, of which nobody knows what they are.
            0xa248 => (Some(network::ip), rest.skip(8)?),
            number => (u8::try_from(number).ok().and_then(family), rest.skip(4)?),
        })
    })
}

/// The first ATM card: a cookie of four bytes.
pub(super) fn atm1<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    card(view, "Juniper ATM1", context, |rest, _| {
        // tshark reads as much as the second card's cookie has.
        let [kind, ..] = *rest.array::<8>(0)?;
        let packet = rest.skip(4)?;
        match kind {
            // Not a packet: the network's own maintenance.
            0x80 => Ok((None, packet)),
            _ => over_atm(packet, false, false),
        }
    })
}

/// The second ATM card: a cookie of eight bytes.
pub(super) fn atm2<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    card(view, "Juniper ATM2", context, |rest, flags| {
        let (first, second) = (rest.be32(0)?, rest.be32(4)?);
        let packet = rest.skip(if flags & NO_LINK != 0 { 4 } else { 8 })?;
        let bridged = flags & INCOMING == 0 && first & 0x3f != 0;
        match second & 0x70 {
            0 => over_atm(packet, bridged, true),
            _ => Ok((None, packet)),
        }
    })
}

/// Multilink PPP: a cookie of one of three cards, or none.
pub(super) fn multilink_ppp<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    card(view, "Juniper MLPPP", context, |rest, flags| {
        if let Some(cookie) = Cookie::read(rest)? {
            let layer: Option<Layer> = match (cookie.protocol, flags & INCOMING != 0) {
                (None, _) => Some(ppp::layer),
                // On the way in, IS-IS over PPP has the number of IPv4, too.
                (Some(0), true) if cookie.direction != Cookie::TO_ROUTER => Some(ppp::layer),
                (Some(protocol), _) => Cookie::layer(protocol),
            };
            return Ok((layer, rest.skip(cookie.len)?));
        }
        let at = if rest.be16(0)? == HDLC { 2 } else { 0 };
        if is_ppp(rest.be16(at + 2)?) {
            return Ok((Some(ppp::layer), rest.skip(at + 2)?));
        }
        let known = at == 2 || is_ppp(rest.be16(0)?);
        Ok((known.then_some(ppp::layer), rest.skip(at)?))
    })
}

/// Multilink frame relay, likewise; IS-IS stands behind a control field.
pub(super) fn multilink_frame_relay<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    card(view, "Juniper MLFR", context, |rest, _| {
        let Some(cookie) = Cookie::read(rest)? else {
            return Ok(match rest.be16(2)? {
                // A control field, and the identifier of Q.933.
                0x0308 => (None, rest.skip(3)?),
                0x0003 | 0x0300 => (Some(osi::layer), rest.skip(4)?),
                0x0300..0x0400 => (Some(osi::layer), rest.skip(3)?),
                _ => (None, rest),
            });
        };
        let packet = rest.skip(cookie.len)?;
        let first = packet.byte(0)?;
        Ok(match cookie.protocol {
            None => {
                let doubled = matches!(packet.be16(0)?, 0x0003 | 0x0300);
                let padding = if doubled { 2 } else { 0 };
                let control = usize::from(packet.byte(padding)? == UI);
                (Some(osi::layer), packet.skip(padding + control)?)
            }
            Some(0) if cookie.direction == Cookie::TO_ROUTER && first == UI => {
                (Some(osi::layer), packet.skip(1)?)
            }
            Some(0) if cookie.direction == Cookie::TO_ROUTER => (None, packet),
            Some(protocol) => (Cookie::layer(protocol), packet),
        })
    })
}

/// A card that puts one kind of packet, `skip` bytes into what follows the header.
fn plain<'a>(
    view: View<'a>,
    name: &'static str,
    skip: usize,
    layer: Layer,
    context: &mut Context<'a>,
) -> Step<'a> {
    card(view, name, context, |rest, _| {
        Ok((Some(layer), rest.skip(skip)?))
    })
}

/// What follows the header: `read` says which layer, from where on.
fn card<'a>(
    view: View<'a>,
    name: &'static str,
    context: &mut Context<'a>,
    read: impl Fn(View<'a>, u8) -> Result<(Option<Layer>, View<'a>), Short>,
) -> Step<'a> {
    context.draft.layer(name);
    let [a, b, c, flags] = *view.array::<4>(0)?;
    let headed = [a, b, c] == MAGIC;
    let rest = match flags & EXTENDED {
        _ if !headed => view,
        0 => view.skip(4)?,
        _ => view.skip(6 + usize::from(view.be16(4)?))?,
    };
    let (layer, packet) = if headed && flags & NO_LINK != 0 {
        let [number, _, _, _] = *rest.array::<4>(0)?;
        (family(number), rest.skip(4)?)
    } else {
        read(rest, flags)?
    };
    Ok(match layer {
        Some(layer) => Next::Layer(layer, packet),
        None => Next::Done,
    })
}

/// The layer of one of the routers' numbers for address families and, above 200, link layers.
fn family(number: u8) -> Option<Layer> {
    Some(match number {
        2 | 3 => network::ip,
        4 | 5 | 8 | 32 => mpls::layer,
        6 | 7 => ipv6::layer,
        10 | 33 | 201 => osi::layer,
        200 => ppp::layer,
        202 | 203 => llc::layer,
        204 => ethernet::layer,
        207 => frame_relay::layer,
        208 => chdlc::layer,
        _ => return None,
    })
}

/// What travels over ATM does not say what it is: LLC, Ethernet, PPP or IP.
fn over_atm(
    packet: View<'_>,
    bridged: bool,
    ppp_too: bool,
) -> Result<(Option<Layer>, View<'_>), Short> {
    let [a, b, c] = *packet.array::<3>(0)?;
    let layer: Option<Layer> = match [a, b, c] {
        [0xfe, 0xfe, UI] | [0xaa, 0xaa, UI] => Some(llc::layer),
        _ if bridged => Some(ethernet::layer),
        _ if ppp_too && is_ppp(u16::from_be_bytes([a, b])) => Some(ppp::layer),
        [UI, _, _] => return Ok((Some(osi::layer), packet.skip(1)?)),
        [0x45..=0x4f, _, _] => Some(network::ip),
        [0x60..=0x6f, _, _] => Some(ipv6::layer),
        _ => None,
    };
    Ok((layer, packet))
}

/// Whether a number is one of PPP's that the routers know.
fn is_ppp(number: u16) -> bool {
    const KNOWN: [u16; 13] = [
        0x0021, 0x0023, 0x003d, 0x0057, 0x0281, 0x0283, 0x8021, 0x8023, 0x8057, 0x8281, 0xc021,
        0xc023, 0xc223,
    ];
    KNOWN.contains(&number)
}

/// What a card for multilink puts in front of a packet.
#[derive(Clone, Copy)]
struct Cookie {
    len: usize,
    /// The packet's protocol; `None` where the link's is all there can be.
    protocol: Option<u8>,
    direction: u8,
}

impl Cookie {
    /// To the router itself.
    const TO_ROUTER: u8 = 3;

    /// The cookie in front, if one of the known cards made it.
    fn read(rest: View<'_>) -> Result<Option<Cookie>, Short> {
        let [id, _, _, _, direction, protocol, _, _] = *rest.array::<8>(0)?;
        Ok(match id {
            0x54 => Some(Cookie {
                len: 4,
                protocol: None,
                direction: 0,
            }),
            0x40 | 0x47 => Some(Cookie {
                len: 8,
                protocol: Some(protocol >> 4),
                direction: direction & 3,
            }),
            _ => None,
        })
    }

    fn layer(protocol: u8) -> Option<Layer> {
        Some(match protocol {
            0 => network::ip,
            1 => ipv6::layer,
            2 => mpls::layer,
            3 => osi::layer,
            _ => return None,
        })
    }
}
