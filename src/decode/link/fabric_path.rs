//! Cisco FabricPath: an Ethernet frame behind an outer header with switch addresses and a tag.

use crate::decode::view::View;

/// What stands in the place of an EtherType.
const MARK: u16 = 0x8903;

/// An 802.1Q tag may stand in front of it.
const TAG: u16 = 0x8100;

/// The tag behind the mark.
const HEADER: usize = 2;

/// The checksum at the end, which tshark leaves out of the inner frame.
const CHECKSUM: usize = 4;

/// Where the inner frame begins, if an Ethernet frame of type `kind` is a FabricPath frame;
/// `rest` is what follows the type.
pub(super) fn inner(kind: u16, rest: View<'_>) -> Option<View<'_>> {
    let start = match kind {
        MARK => HEADER,
        TAG if rest.be16(2) == Ok(MARK) => 4 + HEADER,
        _ => return None,
    };
    let inner = rest.skip(start).ok()?;
    Some(inner.limit(inner.len.saturating_sub(CHECKSUM)))
}
