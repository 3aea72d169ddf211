//! Linux cooked captures: no addresses of a link, but what they would announce
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html>, `..._SLL2.html`). By hand: etherparse
//! does not know version 2 and refuses a header that is cut or has numbers unknown to it, of which
//! tshark shows what is there.

use super::ethernet;
use super::ethertype;
use super::trailer::Trailer;
use crate::decode::draft::Info;
use crate::decode::rare;
use crate::decode::rare::netlink;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::{Short, View};
use crate::model::address::Address;

/// Version 1: sixteen bytes, the protocol last.
pub(super) fn version1<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("SLL");
    watch(view, context);
    let (kind, hardware, len) = (view.be16(0)?, view.be16(2)?, view.be16(4)?);
    direction(kind, context);
    source(view, 6, usize::from(len), context)?;
    let protocol = view.be16(14)?;
    if hardware == netlink::DEVICE {
        context.draft.source = Address::None;
        return Ok(Next::Layer(netlink::layer, view));
    }
    next(protocol, hardware, view.skip(16)?, context)
}

/// Version 2: twenty bytes, the protocol first. tshark takes the packet type and the length of
/// the address behind it for one number, so its words are mostly that it does not know it.
pub(super) fn version2<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let protocol = view.be16(0)?;
    let hardware = view.be16(8)?;
    let (kind, len) = (view.be16(10)?, view.byte(11)?);
    context.draft.layer("SLL");
    watch(view, context);
    direction(kind, context);
    source(view, 12, usize::from(len), context)?;
    next(protocol, hardware, view.skip(20)?, context)
}

/// Has the end of a cut frame watched: what stands behind the packet may be padding.
fn watch<'a>(view: View<'a>, context: &mut Context<'a>) {
    if !view.is_whole() {
        context.trailer = Some(Trailer {
            frame: view,
            checksum: false,
        });
    }
}

/// The sender's address: six bytes of Ethernet, four of an IP tunnel's end.
fn source<'a>(
    view: View<'a>,
    at: usize,
    len: usize,
    context: &mut Context<'a>,
) -> Result<(), Short> {
    match len {
        4 => context.draft.source = Address::V4((*view.array::<4>(at)?).into()),
        6 => context.draft.source = Address::Mac(*view.array::<6>(at)?),
        _ => {}
    }
    Ok(())
}

/// The greatest number that is not an EtherType.
const MAX_LOCAL: u16 = 1536;

fn next<'a>(protocol: u16, hardware: u16, rest: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    const RADIOTAP: u16 = 803;
    match hardware {
        netlink::DEVICE => {
            context.draft.source = Address::None;
            context.draft.layer("Netlink");
            return Ok(Next::Done);
        }
        RADIOTAP => return Ok(Next::Layer(rare::radiotap::layer, rest)),
        _ => {}
    }
    let layer: Layer = match protocol {
        0x0003 => ethernet::layer,
        // An 802.3 frame: no length field is left of it.
        0x0004 => rare::llc::layer,
        0x0007 => rare::ppp::framed,
        0x0001 => {
            context.draft.layer("IPX");
            return Ok(Next::Done);
        }
        0..=MAX_LOCAL => return Ok(Next::Done),
        _ => return ethertype::next(protocol, rest, context),
    };
    Ok(Next::Layer(layer, rest))
}

fn direction(kind: u16, context: &mut Context<'_>) {
    let words = match kind {
        0 => "Unicast to us",
        1 => "Broadcast",
        2 => "Multicast",
        3 => "Unicast to another host",
        4 => "Sent by us",
        _ => return context.draft.write(format_args!("Unknown ({kind})")),
    };
    context.draft.say("SLL", Info::Fixed(words));
}
