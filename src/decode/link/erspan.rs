//! Cisco's ERSPAN: mirrored Ethernet frames.

use super::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Type II: eight bytes.
pub(in crate::decode) fn version2<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ERSPAN");
    Ok(Next::Layer(ethernet::layer, view.skip(8)?))
}

/// Type III: twelve bytes, and eight more where a platform header follows.
pub(in crate::decode) fn version3<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ERSPAN");
    let platform = view.byte(11)? & 1 == 1;
    let len = if platform { 20 } else { 12 };
    Ok(Next::Layer(ethernet::layer, view.skip(len)?))
}
