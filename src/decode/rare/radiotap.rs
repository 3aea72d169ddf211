//! What a receiver says about a wireless frame, in front of it: radiotap, PPI, AVS, Prism.

use super::wlan;
use crate::decode::link;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::frame::LinkType;

/// Radiotap (<https://www.radiotap.org>): a length, a bit for each field, the fields.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("WLAN");
    let [version, _, l0, l1] = *view.array::<4>(0)?;
    let len = usize::from(u16::from_le_bytes([l0, l1]));
    context
        .draft
        .write(format_args!("Radiotap Capture v{version}, Length {len}"));
    if len < 8 {
        return Ok(Next::Done);
    }
    let padded = flags(view.head(len)?).is_some_and(|flags| flags & 0x20 != 0);
    let frame = view.skip(len)?;
    if padded {
        return Ok(Next::Layer(wlan::padded, frame));
    }
    Ok(Next::Layer(wlan::layer, frame))
}

/// The flags field, which stands first or behind the time stamp.
fn flags(header: &[u8]) -> Option<u8> {
    const TIME: u32 = 1;
    const FLAGS: u32 = 2;
    const MORE: u32 = 1 << 31;
    let word = |at: usize| {
        let bytes = header.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*bytes))
    };
    let present = word(4)?;
    let mut at = 8;
    let mut last = present;
    while last & MORE != 0 {
        last = word(at)?;
        at += 4;
    }
    if present & TIME != 0 {
        at = at.next_multiple_of(8) + 8;
    }
    (present & FLAGS != 0).then(|| header.get(at).copied())?
}

/// Per-packet information: a length and the link type of what follows.
pub(super) fn ppi<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("PPI");
    let [_, _, l0, l1, t0, t1, t2, t3] = *view.array::<8>(0)?;
    let len = usize::from(u16::from_le_bytes([l0, l1]));
    let kind = u32::from_le_bytes([t0, t1, t2, t3]);
    let rest = view.skip(len)?;
    Ok(Next::Layer(link::layer(LinkType(kind), rest), rest))
}

/// AVS: a version and a length.
pub(super) fn avs<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("WLAN");
    let len = usize::try_from(view.be32(4)?).unwrap_or(usize::MAX);
    Ok(Next::Layer(wlan::layer, view.skip(len)?))
}

/// Prism: 144 bytes, or AVS, which its first bytes tell.
pub(super) fn prism<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const AVS: u32 = 0x8021_1000;
    if view.be32(0)? & 0xffff_f000 == AVS {
        return avs(view, context);
    }
    context.draft.layer("Prism");
    Ok(Next::Layer(wlan::layer, view.skip(144)?))
}
