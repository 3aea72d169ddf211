//! MPLS labels (RFC 3032), and Ethernet pseudowires below them (RFC 4448).

use crate::decode::draft::Info;
use crate::decode::link::ethernet;
use crate::decode::link::ethertype;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Labels that announce an associated channel or an alert, not a packet (RFC 5586, RFC 3429).
const CHANNEL: u32 = 13;
const ALERT: u32 = 14;

/// Reads a label stack. Nothing says what follows it: tshark goes by the first nibble.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context
        .draft
        .say("MPLS", Info::Fixed("MPLS Label Switched Packet"));
    let mut rest = view;
    let label = loop {
        let entry = rest.be32(0)?;
        rest = rest.skip(4)?;
        if entry & 0x100 != 0 {
            break entry >> 12;
        }
    };
    let nibble = rest.byte(0)? >> 4;
    let layer: Layer = match (label, nibble) {
        (ALERT, _) => return Ok(Next::Done),
        (CHANNEL, _) | (_, 1) => return channel(rest),
        (_, 4) => network::ip,
        (_, 6) => ipv6::layer,
        (_, 0) if rest.len < 14 => return Ok(Next::Done),
        (_, 0) if looks_like_ethernet(rest) => ethernet::layer,
        (_, 0) => return Ok(Next::Layer(ethernet::layer, rest.skip(4)?)),
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(layer, rest))
}

/// An associated channel (RFC 4385), which may carry IP.
fn channel(view: View<'_>) -> Step<'_> {
    let layer: Layer = match view.be16(2)? {
        0x0021 => network::ip,
        0x0057 => ipv6::layer,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(layer, view.skip(4)?))
}

/// Whether an Ethernet header begins right here and not behind a control word. tshark asks its
/// list of vendors whether both addresses begin with a known one; this asks whether they can,
/// and which of the two places holds a type.
fn looks_like_ethernet(view: View<'_>) -> bool {
    let vendor = |at| view.byte(at).is_ok_and(|byte| byte & 3 == 0);
    let kind = |at| view.be16(at).unwrap_or(0);
    vendor(0)
        && vendor(6)
        && (ethertype::is_common(kind(12))
            || kind(12) <= ethernet::MAX_LENGTH && !ethertype::is_common(kind(16)))
}
