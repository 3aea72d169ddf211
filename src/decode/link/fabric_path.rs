//! Cisco FabricPath: an Ethernet frame behind switch addresses and a tag.

use super::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The tag that follows the outer addresses.
pub(super) fn layer<'a>(view: View<'a>, _: &mut Context<'a>) -> Step<'a> {
    Ok(Next::Layer(ethernet::layer, view.skip(2)?))
}
