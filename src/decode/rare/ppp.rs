//! The point-to-point protocol (RFC 1661), alone and framed like HDLC (RFC 1662), and Cisco's
//! HDLC, which shares its lines.

use super::chdlc;
use super::llc;
use super::mpls;
use super::osi;
use crate::decode::draft::{Info, Label};
use crate::decode::link::ethernet;
use crate::decode::network;
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
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
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
        0x0021 | 0x0800 => network::ip,
        0x0057 | 0x86dd if rest.byte(0).is_ok_and(|first| first >> 4 == 6) => ipv6::layer,
        0x004b => llc::layer,
        0x0281 | 0x0283 => mpls::layer,
        0x0023 => osi::layer,
        0x0031 => bridged,
        0x003d => multilink,
        // Van Jacobson's compression (RFC 1144): an uncompressed packet has its connection's
        // number in the place of the protocol; a compressed one says nothing by itself.
        0x002f => return uncompressed(rest, context),
        0x002d => return Ok(Next::Done),
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

/// A packet whose IP protocol field holds a connection number; it is TCP.
fn uncompressed<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const PROTOCOL: usize = 9;
    const TCP: u8 = 6;
    view.head(20)?;
    let Some(packet) = context.spare.next() else {
        return Ok(Next::Done);
    };
    packet.clear();
    packet.extend_from_slice(view.bytes);
    if let Some(protocol) = packet.get_mut(PROTOCOL) {
        *protocol = TCP;
    }
    Ok(Next::Layer(ipv4::layer, View::new(packet, view.len)))
}

/// A bridged frame (RFC 3518): flags, the kind of network, the frame with padding behind it.
fn bridged<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const CONTROL: u8 = 0x10;
    const CHECKSUM: u8 = 0x80;
    const PADDING: u8 = 0x0f;
    context.draft.layer("PPP BCP");
    let [flags, network] = *view.array::<2>(0)?;
    if flags & CONTROL != 0 {
        context.draft.add("Bridge control");
        return Ok(Next::Done);
    }
    let name = match network {
        1 => "IEEE 802.3/Ethernet",
        2 => "IEEE 802.4",
        3 => "IEEE 802.5, non-canonical addresses",
        4 => "FDDI, non-canonical addresses",
        11 => "IEEE 802.5, canonical addresses",
        12 => "FDDI, canonical addresses",
        _ => {
            context
                .draft
                .write(format_args!("Unknown MAC type {network}"));
            return Ok(Next::Done);
        }
    };
    context.draft.add(name);
    let frame = view.skip(2)?;
    let padding = usize::from(flags & PADDING);
    if network != 1 || frame.len < padding {
        return Ok(Next::Done);
    }
    let checksum = if flags & CHECKSUM != 0 { 4 } else { 0 };
    let len = (frame.len - padding).saturating_sub(checksum);
    Ok(Next::Layer(ethernet::layer, frame.limit(len)))
}

/// A part of a packet on several links (RFC 1990), read where it is the whole.
fn multilink<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PPP MP");
    context.draft.add("PPP Multilink");
    let flags = view.byte(0)?;
    let rest = view.skip(4)?;
    if flags & 0xc0 == 0xc0 {
        return layer(rest, context);
    }
    context.draft.clear();
    Ok(Next::Done)
}

/// Control protocols and others that are known by name only.
static NAMES: &[(u16, &str)] = &[
    (0x0027, "DEC DNA"),
    (0x0029, "DDP"),
    (0x002b, "IPX"),
    (0x0035, "Vines IP"),
    (0x004d, "SNA"),
    (0x0059, "PPP PPPMux"),
    (0x005b, "VSNP"),
    (0x0061, "CRTP"),
    (0x0065, "CRTP"),
    (0x0067, "CRTP"),
    (0x00fd, "PPP Comp"),
    (0x0205, "DEC_STP"),
    (0x2065, "CRTP"),
    (0x2067, "CRTP"),
    (0x8021, "PPP IPCP"),
    (0x8023, "PPP OSINLCP"),
    (0x8031, "PPP BCP NCP"),
    (0x8057, "PPP IPV6CP"),
    (0x8059, "PPP PPPMuxCP"),
    (0x805b, "VSNCP"),
    (0x80fd, "PPP CCP"),
    (0x8207, "PPP CDPCP"),
    (0x8281, "PPP MPLSCP"),
    (0xc021, "PPP LCP"),
    (0xc023, "PPP PAP"),
    (0xc029, "PPP CBCP"),
    (0xc02b, "PPP BACP"),
    (0xc02d, "PPP BAP"),
    (0xc223, "PPP CHAP"),
    (0xc227, "EAP"),
];
