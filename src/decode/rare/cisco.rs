//! Cisco's frames that begin as Ethernet does and hold a whole frame within: FabricPath and the
//! inter-switch link.

use crate::decode::link::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::dialect::Dialect;

/// The checksum at the end, which tshark leaves out of the inner frame, since 4.6 of ISL alone.
const CHECKSUM: usize = 4;

/// What follows an Ethernet header that is one of these frames': `frame` with `kind` in the place
/// of the EtherType.
pub(in crate::decode) fn inside_ethernet(
    kind: u16,
    frame: View<'_>,
    dialect: Dialect,
) -> Option<Next<'_>> {
    /// FabricPath's mark in the place of an EtherType, in front of which an 802.1Q tag may stand.
    const FABRIC_PATH: u16 = 0x8903;
    const TAG: u16 = 0x8100;
    /// The first five bytes of ISL's two destinations, the last of them with its type bits off.
    const ISL: [u8; 5] = [0x01, 0x00, 0x0c, 0x00, 0x00];
    let start = match kind {
        FABRIC_PATH => 16,
        TAG if frame.be16(16) == Ok(FABRIC_PATH) => 20,
        1..=ethernet::MAX_LENGTH if frame.bytes.starts_with(&ISL) => {
            return Some(Next::Layer(inter_switch_link, frame));
        }
        _ => return None,
    };
    let inner = frame.skip(start).ok()?;
    let inner = match dialect.fabric_path_ends_with_checksum() {
        true => inner.limit(inner.len.saturating_sub(CHECKSUM)),
        false => inner,
    };
    Some(Next::Layer(ethernet::layer, inner))
}

/// An ISL frame from its own header on: 26 bytes, of which the length counts what follows the
/// fourteenth.
fn inter_switch_link<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ISL");
    let len = 14 + usize::from(view.be16(12)?);
    let inner = view.limit(len).skip(26)?;
    let inner = inner.limit(inner.len.saturating_sub(CHECKSUM));
    Ok(Next::Layer(ethernet::layer, inner))
}
