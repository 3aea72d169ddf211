//! Linux cooked captures: no addresses of a link, but what they would announce
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html>, `..._SLL2.html`).

use super::ethertype;
use super::llc;
use super::wlan;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// Version 1: sixteen bytes, the protocol last.
pub(super) fn version1<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("SLL");
    context.draft.write(format_args!(""));
    let (kind, hardware, len) = (view.be16(0)?, view.be16(2)?, view.be16(4)?);
    context.draft.add(direction(kind));
    source(view, 6, usize::from(len), context)?;
    let protocol = view.be16(14)?;
    next(protocol, hardware, view.skip(16)?, context)
}

/// Version 2: twenty bytes, the protocol first.
pub(super) fn version2<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("SLL");
    let protocol = view.be16(0)?;
    let hardware = view.be16(8)?;
    let (kind, len) = (view.byte(10)?, view.byte(11)?);
    context.draft.add(direction(u16::from(kind)));
    source(view, 12, usize::from(len), context)?;
    next(protocol, hardware, view.skip(20)?, context)
}

/// The sender's address: six bytes of Ethernet, four of an IP tunnel's end.
fn source<'a>(
    view: View<'a>,
    at: usize,
    len: usize,
    context: &mut Context<'a>,
) -> Result<(), crate::decode::view::Short> {
    match len {
        4 => context.draft.source = Address::V4((*view.array::<4>(at)?).into()),
        6 => context.draft.source = Address::Mac(*view.array::<6>(at)?),
        _ => {}
    }
    Ok(())
}

fn next<'a>(protocol: u16, hardware: u16, rest: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const NETLINK: u16 = 824;
    const IEEE80211: [u16; 3] = [801, 802, 803];
    if hardware == NETLINK {
        context.draft.layer("Netlink");
        return Ok(Next::Done);
    }
    if hardware == IEEE80211[2] {
        return Ok(Next::Layer(super::radiotap::layer, rest));
    }
    match protocol {
        // An 802.3 frame: no length field is left of it.
        0x0004 => Ok(Next::Layer(llc::layer, rest)),
        0x0001 => {
            context.draft.layer("IPX");
            Ok(Next::Done)
        }
        0x000c => Ok(Next::Done),
        _ if hardware == IEEE80211[0] => Ok(Next::Layer(wlan::layer, rest)),
        _ => ethertype::next(protocol, rest, context),
    }
}

fn direction(kind: u16) -> &'static str {
    match kind {
        0 => "Unicast to us",
        1 => "Broadcast",
        2 => "Multicast",
        3 => "Unicast to another host",
        4 => "Sent by us",
        _ => "Unknown",
    }
}
