//! The network service header (RFC 8300).

use super::mpls;
use crate::decode::draft::Info;
use crate::decode::link::ethernet;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Reads a service header; its length field counts words.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context
        .draft
        .say("NSH", Info::Fixed("Network Service Header"));
    let words = usize::from(view.byte(1)? & 0x3f);
    let [kind, next] = *view.array::<2>(2)?;
    view.head(8)?;
    // Metadata of type 1 is always four words long.
    let rest = view.skip(if kind == 1 { 24 } else { 4 * words })?;
    let following: Layer = match next {
        1 => network::ip,
        2 => ipv6::layer,
        3 => ethernet::layer,
        4 if words > 0 => layer,
        5 => mpls::layer,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(following, rest))
}
