//! MPLS labels (RFC 3032), and Ethernet pseudowires below them (RFC 4448).

use super::ethernet;
use super::ethertype;
use crate::decode::draft::Info;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Reads a label stack. Nothing says what follows it: tshark goes by the first nibble.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context
        .draft
        .say("MPLS", Info::Fixed("MPLS Label Switched Packet"));
    let mut rest = view;
    loop {
        let entry = rest.be32(0)?;
        rest = rest.skip(4)?;
        if entry & 0x100 != 0 {
            break;
        }
    }
    if rest.is_empty() {
        return Ok(Next::Done);
    }
    let layer: Layer = match rest.byte(0)? >> 4 {
        4 => ipv4::layer,
        6 => ipv6::layer,
        1 => return Ok(Next::Done),
        0 if !looks_like_ethernet(rest) => {
            return Ok(Next::Layer(ethernet::layer, rest.skip(4)?));
        }
        _ => ethernet::layer,
    };
    Ok(Next::Layer(layer, rest))
}

/// Whether an Ethernet header begins right here and not behind a control word. tshark asks its
/// list of vendors; this asks whether a type that is read stands in one of the two places.
fn looks_like_ethernet(view: View<'_>) -> bool {
    let known = |at| view.be16(at).is_ok_and(|kind| ethertype::is_common(kind));
    known(12) && !known(16)
}
