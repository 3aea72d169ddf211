//! Cisco's inter-switch link: a whole frame behind 26 bytes.

use super::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Reads an ISL frame from its own header on.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ISL");
    Ok(Next::Layer(ethernet::layer, view.skip(26)?))
}
