//! VLAN tags: 802.1Q, provider bridges (802.1ad) and backbone bridges (802.1ah).

use etherparse::SingleVlanHeaderSlice;

use super::ethernet;
use super::ethertype;
use crate::decode::draft::Info;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// An 802.1Q tag.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let Ok(header) = SingleVlanHeaderSlice::from_slice(view.bytes) else {
        context.draft.layer("VLAN");
        let control = view.be16(0)?;
        context.draft.say("VLAN", Info::Vlan(control));
        return Err(view.shortage(4));
    };
    context.draft.say("VLAN", Info::Vlan(view.be16(0)?));
    // The outermost tag is the one that tells networks apart.
    if context.draft.vlan == 0 {
        context.draft.vlan = header.vlan_identifier().value();
    }
    context.tags = context.tags.saturating_add(1);
    no_checksum(context);
    if context.tags > MAX_TAGS {
        return Ok(Next::Done);
    }
    tagged(header.ether_type().0, view.skip(4)?, context)
}

/// tshark reads no more tags than this.
const MAX_TAGS: u8 = 20;

/// A service tag of a provider bridge.
pub(in crate::decode) fn provider<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("802.1ad");
    let header = SingleVlanHeaderSlice::from_slice(view.bytes);
    let header = header.map_err(|_| view.shortage(4))?;
    no_checksum(context);
    context.draft.write(format_args!(
        "PRI: {}  DROP: {} ID: {}",
        header.priority_code_point().value(),
        u8::from(header.drop_eligible_indicator()),
        header.vlan_identifier().value()
    ));
    ethertype::next(header.ether_type().0, view.skip(4)?, context)
}

/// A backbone tag: service identifier, then the customer's addresses, which tshark does not show.
pub(in crate::decode) fn backbone<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("802.1ah");
    let control = view.be32(0)?;
    let (priority, drop, nca) = (control >> 29, control >> 28 & 1, control >> 27 & 1);
    let (res1, res2, id) = (control >> 26 & 1, control >> 24 & 3, control & 0xff_ffff);
    context.draft.write(format_args!(
        "PRI: {priority}  Drop: {drop}  NCA: {nca}  Res1: {res1}  Res2: {res2}  I-SID: {id}"
    ));
    let kind = view.be16(16)?;
    ethertype::next(kind, view.skip(18)?, context)
}

/// Behind what a tag carries no checksum is looked for.
fn no_checksum(context: &mut Context<'_>) {
    if let Some(trailer) = &mut context.trailer {
        trailer.checksum = false;
    }
}

/// What follows a tag: an EtherType's packet, or a length's.
pub(in crate::decode) fn tagged<'a>(
    kind: u16,
    rest: View<'a>,
    context: &mut Context<'a>,
) -> Step<'a> {
    if kind <= ethernet::MAX_LENGTH {
        ethernet::length(kind, rest, context)
    } else {
        ethertype::next(kind, rest, context)
    }
}
