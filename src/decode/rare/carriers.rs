//! IP on networks made for other things: Fibre Channel, FireWire, InfiniBand.

use super::llc;
use crate::decode::draft::Info;
use crate::decode::link::ethertype;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// IP over Fibre Channel (RFC 4338): two addresses of eight bytes, then LLC.
pub(super) fn fibre_channel<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("IP/FC");
    Ok(Next::Layer(llc::layer, view.skip(16)?))
}

/// IP over FireWire (RFC 2734) as Apple captures it: two addresses of eight bytes, an EtherType.
pub(super) fn firewire<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("IP/IEEE1394");
    context.draft.destination = Address::Eui64(*view.array::<8>(0)?);
    context.draft.source = Address::Eui64(*view.array::<8>(8)?);
    let kind = view.be16(16)?;
    ethertype::next(kind, view.skip(18)?, context)
}

/// IP over InfiniBand (RFC 4391): a global route header, an EtherType, two bytes of nothing.
pub(super) fn infiniband<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context
        .draft
        .say("IPoIB", Info::Fixed("IP over Infiniband"));
    let kind = view.be16(40)?;
    ethertype::next(kind, view.skip(44)?, context)
}
