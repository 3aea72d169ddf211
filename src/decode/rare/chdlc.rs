//! Cisco's HDLC: address, control, an EtherType.

use super::osi;
use super::stp;
use crate::decode::draft::Label;
use crate::decode::link::ethertype;
use crate::decode::network;
use crate::decode::network::ipv6;
use crate::decode::step::{Context, Next, Step, named};
use crate::decode::view::View;
use crate::model::address::Address;

/// Reads a Cisco HDLC frame.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("CHDLC");
    context.draft.source = Address::Name("N/A");
    context.draft.destination = Address::Name("N/A");
    let protocol = view.be16(2)?;
    next(protocol, view.skip(4)?, context)
}

/// Whether a number is a protocol that [`next`] knows.
pub(super) fn is_known(protocol: u16) -> bool {
    matches!(
        protocol,
        0x0111 | 0x0600 | 0x0800 | 0x2000 | 0x4242 | 0x8035 | 0x809b | 0x86dd | 0xfefe
    ) || is_ethertype(protocol)
}

fn is_ethertype(protocol: u16) -> bool {
    matches!(
        protocol,
        0x8847 | 0x8848 | 0x6558 | 0x80f3 | 0x8038 | 0x8137 | 0x6003
    )
}

/// Goes on with what a protocol number announces.
pub(super) fn next<'a>(protocol: u16, rest: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let first = rest.byte(0)?;
    match protocol {
        0x8035 => named("SLARP", context),
        0x2000 => named("CDP", context),
        0x0111 => named("UDLD", context),
        0x4242 => Ok(Next::Layer(stp::layer, rest)),
        // Most put a byte of padding before it.
        0xfefe if matches!(first, 0x81..=0x83) => Ok(Next::Layer(osi::layer, rest)),
        0xfefe => Ok(Next::Layer(osi::layer, rest.skip(1)?)),
        0x0800 => Ok(Next::Layer(network::ip, rest)),
        0x86dd => Ok(Next::Layer(ipv6::layer, rest)),
        _ if is_ethertype(protocol) => ethertype::next(protocol, rest, context),
        _ => {
            context.draft.protocol = Label::Hex(protocol);
            Ok(Next::Done)
        }
    }
}
