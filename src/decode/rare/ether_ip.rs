//! Ethernet in IP (RFC 3378).

use crate::decode::link::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// Two bytes of version, then a frame.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("EtherIP");
    Ok(Next::Layer(ethernet::layer, view.skip(2)?))
}
