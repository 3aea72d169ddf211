//! Small headers between Ethernet and what it carries.

use super::ethernet;
use super::ethertype;
use super::vlan;
use crate::decode::draft::Info;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// TRILL (RFC 6325): nicknames and options, then an Ethernet frame.
pub(super) fn trill<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("TRILL");
    let flags = view.be16(0)?;
    let options = usize::from(flags >> 6 & 0x1f);
    Ok(Next::Layer(ethernet::layer, view.skip(6 + 4 * options)?))
}

/// B.A.T.M.A.N. advanced: unicast and broadcast packets carry an Ethernet frame. Their numbers
/// changed with version 15.
pub(super) fn batman<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("", Info::Fixed(""));
    let [kind, version] = *view.array::<2>(0)?;
    let len = match (version, kind) {
        (14, 3) | (15, 0x40) => 10,
        (15, 0x42) => 18,
        (14, 4) | (15, 1) => 14,
        _ => return Ok(Next::Done),
    };
    Ok(Next::Layer(ethernet::layer, view.skip(len)?))
}

/// High-availability seamless redundancy (IEC 62439-3).
pub(super) fn hsr<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("HSR", Info::Fixed("HSR-Data Frame"));
    let kind = view.be16(4)?;
    vlan::tagged(kind, view.skip(6)?, context)
}

/// An E-tag of a port extender (IEEE 802.1BR).
pub(super) fn etag<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("802.1BR");
    let kind = view.be16(6)?;
    vlan::tagged(kind, view.skip(8)?, context)
}

/// Cisco's VN-tag.
pub(super) fn vntag<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("VNTAG");
    let kind = view.be16(4)?;
    vlan::tagged(kind, view.skip(6)?, context)
}

/// Cisco metadata with a security group.
pub(super) fn cisco_metadata<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("CMD");
    let kind = view.be16(6)?;
    ethertype::next(kind, view.skip(8)?, context)
}

/// A heartbeat of Palo Alto firewalls.
pub(super) fn heartbeat<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context
        .draft
        .say("HBBAK", Info::Fixed("Palo Alto Heartbeat Backup"));
    let kind = view.be16(6)?;
    ethertype::next(kind, view.skip(8)?, context)
}

/// Frame replication and elimination (IEEE 802.1CB).
pub(super) fn redundancy<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("802.1CB");
    let sequence = view.be16(2)?;
    context.draft.write(format_args!("SEQ: {sequence}"));
    let kind = view.be16(4)?;
    ethertype::next(kind, view.skip(6)?, context)
}

/// ExEh, a header of Extreme Networks.
pub(super) fn exeh<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ExEh");
    Ok(Next::Layer(ethernet::layer, view.skip(38)?))
}
