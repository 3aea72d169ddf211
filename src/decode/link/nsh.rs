//! The network service header (RFC 8300).

use super::ethernet;
use super::mpls;
use crate::decode::draft::Info;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Reads a service header; its length field counts words.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context
        .draft
        .say("NSH", Info::Fixed("Network Service Header"));
    let words = usize::from(view.byte(1)? & 0x3f);
    let next = view.byte(3)?;
    view.head(8)?;
    let rest = view.skip(4 * words)?;
    let following: Layer = match next {
        1 => ipv4::layer,
        2 => ipv6::layer,
        3 => ethernet::layer,
        4 if words > 0 => layer,
        5 => mpls::layer,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(following, rest))
}
