//! Packets from Linux's netfilter log
//! (<https://www.tcpdump.org/linktypes/LINKTYPE_NFLOG.html>).

use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The attribute that holds the packet.
const PAYLOAD: u16 = 9;

/// Reads an address family and attributes, in the byte order of the machine that captured, which
/// the first length tells.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("NFLOG");
    let family = view.byte(0)?;
    let mut rest = view.skip(4)?;
    while rest.len >= 4 {
        let [l0, l1, t0, t1] = *rest.array::<4>(0)?;
        let little = u16::from_le_bytes([l0, l1]);
        let big = u16::from_be_bytes([l0, l1]);
        let (len, kind) = if little <= big {
            (little, u16::from_le_bytes([t0, t1]))
        } else {
            (big, u16::from_be_bytes([t0, t1]))
        };
        let len = usize::from(len).max(4);
        if kind & 0x7fff == PAYLOAD {
            let packet = rest.limit(len).skip(4)?;
            return Ok(match family {
                2 => Next::Layer(ipv4::layer, packet),
                10 => Next::Layer(ipv6::layer, packet),
                _ => Next::Done,
            });
        }
        rest = rest.skip(len.next_multiple_of(4).min(rest.len))?;
    }
    Ok(Next::Done)
}
