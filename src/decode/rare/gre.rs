//! Generic routing encapsulation (RFC 2784, RFC 2890), PPTP's version of it (RFC 2637), and what
//! travels in it.

use super::frame_relay;
use super::mpls;
use super::nsh;
use super::osi;
use super::ppp;
use super::wlan;
use crate::decode::draft::Info;
use crate::decode::link::ethernet;
use crate::decode::network::arp;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGMENT: u16 = 0x0080;

/// Reads a GRE header.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let (flags, kind) = (view.be16(0)?, view.be16(2)?);
    context.draft.layer("GRE");
    match name(kind) {
        Some(name) => context.draft.write(format_args!("Encapsulated {name}")),
        None => context
            .draft
            .write(format_args!("Encapsulated 0x{kind:04X} (unknown)")),
    }
    let mut at = 4;
    if flags & (CHECKSUM | ROUTING) != 0 {
        at += 4;
    }
    if flags & KEY != 0 {
        at += 4;
    }
    if flags & SEQUENCE != 0 {
        at += 4;
    }
    if flags & 7 == 1 && flags & ACKNOWLEDGMENT != 0 {
        at += 4;
    }
    if flags & ROUTING != 0 {
        // Source route entries, up to one of no length (RFC 1701).
        loop {
            let [f0, f1, _, len] = *view.array::<4>(at)?;
            at += 4 + usize::from(len);
            if f0 == 0 && f1 == 0 && len == 0 {
                break;
            }
        }
    }
    // A router's redirect header stands before the packet where the first nibble is not IPv4's.
    if kind == 0x883e && view.byte(at)? >> 4 != 4 {
        at += 4;
    }
    let payload = view.skip(at)?;
    if payload.is_empty() {
        return Ok(Next::Done);
    }
    let layer: Layer = match kind {
        0x0800 | 0x883e => crate::decode::network::ip,
        0x86dd => ipv6::layer,
        0x0806 => arp::layer,
        0x6558 | 0x6400 => ethernet::layer,
        0x8847 | 0x8848 => mpls::layer,
        0x880b => ppp::framed,
        0x88be if flags & SEQUENCE == 0 => ethernet::layer,
        0x88be | 0x22eb => erspan,
        0x894f => nsh::layer,
        0x6559 => frame_relay::layer,
        0x00fe => osi::layer,
        0x8200..=0x83ff if kind & 0xf == 0 => wlan::layer,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(layer, payload))
}

fn name(kind: u16) -> Option<&'static str> {
    Some(match kind {
        0x0000 => "Possible GRE keepalive packet",
        0x0800 => "IP",
        0x86dd => "IPv6",
        0x0806 => "ARP",
        0x6558 => "Transparent Ethernet bridging",
        0x8847 => "MPLS label switched packet",
        0x880b => "PPP",
        0x00fe => "OSI",
        0x2000 => "CDP (Cisco)",
        0x2001 => "NHRP",
        0x22eb => "ERSPAN III",
        0x6400 => "MIKROTIK EoIP",
        0x6559 => "Frame Relay",
        0x8137 => "IPX",
        0x8200 | 0x8210 | 0x8220 | 0x8230 | 0x8240 | 0x8250 | 0x8260 | 0x8270 | 0x8280 | 0x8290
        | 0x82a0 | 0x82b0 | 0x82c0 | 0x82d0 | 0x82e0 | 0x82f0 | 0x8300 | 0x8310 | 0x8320
        | 0x8330 | 0x8340 | 0x8350 | 0x8360 | 0x8370 | 0x9000 => "ARUBA WLAN",
        0x8881 => "CDMA2000 A10 Unstructured byte stream",
        0x883e => "WCCP",
        0x88be => "ERSPAN",
        0x88d2 => "CDMA2000 A10 3GPP2 Packet",
        0x8909 => "CiscoMetaData",
        0x894f => "Network Service Header",
        0xb7ea => "Huawei GRE bonding",
        0xfeae => "AIROHIVE AP AP",
        _ => return None,
    })
}

/// Cisco's mirrored Ethernet frames (ERSPAN): the header is eight bytes in type II, twelve in type III, and eight more where a platform
/// header follows. Type I has none and is not read here.
fn erspan<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const ETHERNET: u8 = 0;
    context.draft.say("ERSPAN", Info::Fixed("ERSPAN:"));
    let len = match view.byte(0)? >> 4 {
        1 => 8,
        2 => {
            let [content, last] = *view.array::<2>(10)?;
            if content >> 2 & 0x1f != ETHERNET {
                return Ok(Next::Done);
            }
            if last & 1 == 1 { 20 } else { 12 }
        }
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(ethernet::layer, view.skip(len)?))
}
