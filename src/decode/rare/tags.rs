//! Small headers between Ethernet and what it carries.

use crate::decode::draft::Info;
use crate::decode::link::ethernet;
use crate::decode::link::ethertype;
use crate::decode::link::vlan;
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
    let rest = view.skip(6)?;
    // What is not known, a length among it, stays in the dark.
    if !ethertype::is_known(kind) {
        return Ok(Next::Done);
    }
    ethertype::next(kind, rest, context)
}

/// An E-tag of a port extender (IEEE 802.1BR).
pub(super) fn etag<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("ETAG");
    let kind = view.be16(6)?;
    ethertype::next(kind, view.skip(8)?, context)
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

/// A header of Arista's switches: a time stamp of the length its version says.
pub(super) fn arista<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const TIME_STAMP: u16 = 1;
    context.draft.layer("AVSP");
    let mut at = 2;
    if view.be16(0)? == TIME_STAMP {
        let (words, len) = match view.be16(2)? {
            0x0010 => ("64bit TAI timestamp", 8),
            0x0110 => ("64bit UTC timestamp", 8),
            0x0020 => ("48bit TAI timestamp", 6),
            0x0120 => ("48bit UTC timestamp", 6),
            _ => return Ok(Next::Done),
        };
        context.draft.add(words);
        at += 2 + len;
    }
    let kind = view.be16(at)?;
    ethertype::next(kind, view.skip(at + 2)?, context)
}

/// The header of Gigamon's taps: its length, fields, then what it was put in front of.
pub(super) fn gigamon<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let len = usize::from(view.byte(0)?);
    let kind = view.be16(len)?;
    vlan::tagged(kind, view.skip(len + 2)?, context)
}

/// The header of VMware's Lab Manager, with addresses of its own, which tshark does not show.
pub(super) fn lab_manager<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("VMLAB");
    let kind = view.be16(22)?;
    ethertype::next(kind, view.skip(24)?, context)
}
