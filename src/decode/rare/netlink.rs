//! Messages between Linux's kernel and programs (RFC 3549). Those of netfilter can carry packets:
//! the ones that a firewall logs or has a program decide on.

use super::nflog;
use crate::decode::link::ethertype;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::{Short, View};

/// What the cooked header in front says of Netlink's devices.
pub(in crate::decode) const DEVICE: u16 = 824;

/// The length of the header in front of each message.
const HEADER: usize = 16;

/// The family of netfilter, whose messages name their subsystem in the upper byte of their type.
const NETFILTER: u16 = 12;

/// Reads the messages of a frame behind a cooked header. The last packet in them is the row's.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("");
    if view.be16(2)? != DEVICE {
        return Ok(Next::Done);
    }
    context.draft.layer("Netlink");
    let family = view.be16(14)?;
    let mut rest = view.skip(HEADER)?;
    let order = Order::guess(*rest.array::<4>(0)?, rest.len);
    let mut packet = None;
    let mut packets = 0;
    while rest.len >= HEADER {
        let len = order.word(*rest.array::<4>(0)?);
        let kind = order.half(rest, 4)?;
        rest.head(HEADER)?;
        if len < HEADER {
            break;
        }
        let message = rest.limit(len);
        if let Some(name) = name(family)
            && kind >= 16
            && len > HEADER
        {
            context.draft.layer(name);
            if family == NETFILTER {
                message.head(message.len)?;
            }
            if family == NETFILTER
                && let Some(next) = carried(kind, message.skip(HEADER)?, order, context)?
            {
                packets += 1;
                context.parts = packets;
                if context.part == Some(packets - 1) {
                    return Ok(next);
                }
                packet = Some(next);
            }
        }
        rest = rest.skip(len.min(rest.len))?;
    }
    Ok(packet.unwrap_or(Next::Done))
}

/// The families that tshark names.
fn name(family: u16) -> Option<&'static str> {
    match family {
        0 => Some("Netlink route"),
        4 => Some("Netlink sock diag"),
        NETFILTER => Some("Netlink netfilter"),
        16 => Some("Netlink generic"),
        _ => None,
    }
}

/// The packet in a message of netfilter: one that is logged, or one that waits for a verdict.
fn carried<'a>(
    kind: u16,
    message: View<'a>,
    order: Order,
    context: &mut Context<'a>,
) -> Result<Option<Next<'a>>, Short> {
    /// The attribute with the EtherType behind a number, and the one that holds the packet.
    const PACKET: u16 = 1;
    const PAYLOAD: u16 = 10;
    match kind {
        0x0400 => return Ok(Some(Next::Layer(nflog::layer, message))),
        0x0300 | 0x0301 => {}
        _ => {
            // The header that all have: family, version, resource.
            message.head(4)?;
            return Ok(None);
        }
    }
    let mut rest = message.skip(4)?;
    let mut protocol = 0;
    let mut packet = None;
    while rest.len >= 4 {
        let len = usize::from(order.half(rest, 0)?);
        let kind = order.half(rest, 2)? & 0x3fff;
        if len < 4 {
            break;
        }
        let value = rest.limit(len).skip(4)?;
        match kind {
            PACKET if value.len == 7 => protocol = value.be16(4)?,
            PAYLOAD if !value.is_empty() => packet = Some((protocol, value)),
            _ => {}
        }
        rest = rest.skip(len.next_multiple_of(4).min(rest.len))?;
    }
    match packet {
        Some((protocol, packet)) if ethertype::is_known(protocol) => {
            ethertype::next(protocol, packet, context).map(Some)
        }
        _ => Ok(None),
    }
}

/// The order of the bytes, which is that of the machine.
#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

impl Order {
    /// The one in which the length of the first message is nearer to what is there.
    fn guess(bytes: [u8; 4], there: usize) -> Order {
        let distance = |order: Order| order.word(bytes).abs_diff(there);
        match distance(Order::Big) < distance(Order::Little) {
            true => Order::Big,
            false => Order::Little,
        }
    }

    fn word(self, bytes: [u8; 4]) -> usize {
        let word = match self {
            Order::Little => u32::from_le_bytes(bytes),
            Order::Big => u32::from_be_bytes(bytes),
        };
        usize::try_from(word).unwrap_or(usize::MAX)
    }

    fn half(self, view: View<'_>, at: usize) -> Result<u16, Short> {
        let half = view.be16(at)?;
        Ok(match self {
            Order::Little => half.swap_bytes(),
            Order::Big => half,
        })
    }
}
