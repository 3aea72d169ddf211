//! Cisco's HDLC: address, control, an EtherType.

use super::ethertype;
use super::stp;
use crate::decode::draft::{Info, Label};
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// Reads a Cisco HDLC frame.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("CHDLC");
    context.draft.source = Address::Name("N/A");
    context.draft.destination = Address::Name("N/A");
    let protocol = view.be16(2)?;
    next(protocol, view.skip(4)?, context)
}

/// Goes on with what a protocol number announces.
pub(super) fn next<'a>(protocol: u16, rest: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    match protocol {
        0x8035 => {
            context.draft.say("SLARP", Info::Fixed(""));
            Ok(Next::Done)
        }
        0x2000 => {
            context.draft.say("CDP", Info::Fixed(""));
            Ok(Next::Done)
        }
        0x4242 => Ok(Next::Layer(stp::layer, rest)),
        0x0800 | 0x86dd | 0x8847 | 0x8848 | 0x6558 | 0x80f3 | 0x8038 | 0x8137 | 0x6003 => {
            ethertype::next(protocol, rest, context)
        }
        _ => {
            context.draft.protocol = Label::Hex(protocol);
            Ok(Next::Done)
        }
    }
}
