//! Cisco FabricPath: an Ethernet frame behind an outer header with switch addresses and a tag.

use super::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// What stands in the place of an EtherType.
pub(super) const MARK: u16 = 0x8903;

/// The outer addresses, the mark and the tag.
const HEADER: usize = 16;

/// The checksum at the end, which tshark leaves out of the inner frame.
const CHECKSUM: usize = 4;

/// Reads a FabricPath frame from its first byte on.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let inner = view.skip(HEADER)?;
    let inner = inner.limit(inner.len.saturating_sub(CHECKSUM));
    ethernet::layer(inner, context)
}
