//! Packets from Linux's netfilter log
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html>).

use crate::decode::link::ethertype;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The attribute that begins with the EtherType, and the one that holds the packet.
const HEADER: u16 = 1;
const PAYLOAD: u16 = 9;

/// Reads an address family and attributes; their lengths and types are little-endian, as most
/// machines write them and as tshark reads them. The last packet counts, and only a whole one.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("NFLOG");
    let family = view.byte(0)?;
    let mut rest = view.skip(4)?;
    let mut packet = None;
    let mut protocol = 0;
    while rest.len >= 4 {
        let [l0, l1, t0, t1] = *rest.array::<4>(0)?;
        let len = usize::from(u16::from_le_bytes([l0, l1]));
        if len < 4 {
            break;
        }
        let attribute = View::whole(rest.head(len)?);
        match u16::from_le_bytes([t0, t1]) & 0x7fff {
            HEADER => protocol = attribute.be16(4)?,
            PAYLOAD => packet = Some(attribute.skip(4)?),
            _ => {}
        }
        rest = rest.skip(len.next_multiple_of(4).min(rest.len))?;
    }
    match (packet, protocol, family) {
        (Some(packet), 0, 2) => Ok(Next::Layer(ipv4::layer, packet)),
        (Some(packet), 0, 10) => Ok(Next::Layer(ipv6::layer, packet)),
        (Some(packet), 1.., _) => ethertype::next(protocol, packet, context),
        _ => Ok(Next::Done),
    }
}
