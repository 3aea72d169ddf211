//! Packets from Linux's netfilter log
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html>).

use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The attribute that holds the packet.
const PAYLOAD: u16 = 9;

/// Reads an address family and attributes; their lengths and types are little-endian, as most
/// machines write them and as tshark reads them. The last packet counts.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("NFLOG");
    let family = view.byte(0)?;
    let mut rest = view.skip(4)?;
    let mut packet = None;
    while rest.len >= 4 {
        let [l0, l1, t0, t1] = *rest.array::<4>(0)?;
        let len = usize::from(u16::from_le_bytes([l0, l1])).max(4);
        let kind = u16::from_le_bytes([t0, t1]) & 0x7fff;
        if kind == PAYLOAD {
            packet = Some(rest.limit(len).skip(4)?);
        }
        if len > rest.len {
            return Err(rest.shortage(len));
        }
        match rest.skip(len.next_multiple_of(4).min(rest.len)) {
            Ok(following) => rest = following,
            // The packet itself may be cut.
            Err(_) if packet.is_some() => break,
            Err(short) => return Err(short),
        }
    }
    Ok(match (family, packet) {
        (2, Some(packet)) => Next::Layer(ipv4::layer, packet),
        (10, Some(packet)) => Next::Layer(ipv6::layer, packet),
        _ => Next::Done,
    })
}
