//! Generic routing encapsulation (RFC 2784, RFC 2890), PPTP's version of it (RFC 2637), and what
//! travels in it.

use super::arp;
use super::ipv4;
use super::ipv6;
use crate::decode::link::erspan;
use crate::decode::link::ethernet;
use crate::decode::link::frame_relay;
use crate::decode::link::mpls;
use crate::decode::link::nsh;
use crate::decode::link::ppp;
use crate::decode::link::wlan;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

const CHECKSUM: u16 = 0x8000;
const ROUTING: u16 = 0x4000;
const KEY: u16 = 0x2000;
const SEQUENCE: u16 = 0x1000;
const ACKNOWLEDGMENT: u16 = 0x0080;

/// Reads a GRE header.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("GRE");
    let (flags, kind) = (view.be16(0)?, view.be16(2)?);
    match name(kind) {
        Some(name) => context.draft.write(format_args!("Encapsulated {name}")),
        None => context
            .draft
            .write(format_args!("Encapsulated 0x{kind:04x} (unknown)")),
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
        0x0800 | 0x883e => ipv4::layer,
        0x86dd => ipv6::layer,
        0x0806 => arp::layer,
        0x6558 | 0x6400 => ethernet::layer,
        0x8847 | 0x8848 => mpls::layer,
        0x880b => ppp::layer,
        0x8881 | 0x88d2 => ppp::framed,
        0x88be if flags & SEQUENCE == 0 => ethernet::layer,
        0x88be => erspan::version2,
        0x22eb => erspan::version3,
        0x894f => nsh::layer,
        0x6559 => frame_relay::layer,
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
        0x88be => "ERSPAN",
        0x883e => "WCCP",
        _ => return None,
    })
}
