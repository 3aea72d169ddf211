//! Ethernet (IEEE 802.3), with an EtherType or a length.

use etherparse::Ethernet2HeaderSlice;

use super::ethertype;
use super::trailer::Trailer;
use crate::decode::draft::Info;
use crate::decode::network::ipv4;
use crate::decode::rare;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;
use crate::model::address::Address;

/// The greatest length; a greater value in its place is an EtherType.
pub(in crate::decode) const MAX_LENGTH: u16 = 1500;

/// The least EtherType.
pub(in crate::decode) const MIN_TYPE: u16 = 0x0600;

/// Reads an Ethernet frame.
pub(in crate::decode) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    let Ok(header) = Ethernet2HeaderSlice::from_slice(view.bytes) else {
        return cut(view, context);
    };
    let draft = &mut context.draft;
    if draft.source == Address::None {
        context.trailer = Some(Trailer {
            frame: view,
            checksum: true,
        });
    }
    draft.source = Address::Mac(header.source());
    draft.destination = Address::Mac(header.destination());
    draft.group |= header.destination()[0] & 1 != 0;
    let kind = header.ether_type().0;
    let rest = view.skip(14)?;
    if kind == ethertype::IPV4 {
        return ipv4::layer(rest, context);
    }
    if let Some(next) = rare::cisco::inside_ethernet(kind, view, context.dialect) {
        return Ok(next);
    }
    // tshark takes a length of zero for a type.
    if kind > MAX_LENGTH || kind == 0 {
        if kind != 0 && kind < MIN_TYPE {
            context.draft.layer("Ethernet");
            context.draft.write(format_args!(
                "Ethernet Unknown: Invalid length/type: 0x{kind:04x} ({kind})"
            ));
            return Ok(Next::Done);
        }
        context.draft.say("Ethernet", Info::Fixed("Ethernet II"));
        return ethertype::next(kind, rest, context);
    }
    context
        .draft
        .say("Ethernet", Info::Fixed("IEEE 802.3 Ethernet "));
    length(kind, rest, context)
}

/// What follows a length instead of an EtherType: an LLC header, or IPX without one.
pub(in crate::decode) fn length<'a>(
    length: u16,
    rest: View<'a>,
    context: &mut Context<'a>,
) -> Step<'a> {
    let payload = rest.limit(usize::from(length));
    if let Some(trailer) = context.trailer.take() {
        context.draft.behind = trailer.behind_length(rest, usize::from(length), context.dialect);
    }
    if rest.bytes.starts_with(&[0xff, 0xff]) {
        context.draft.layer("IPX");
        return Ok(Next::Done);
    }
    rare::llc::layer(payload, context)
}

/// A frame that ends within its header.
fn cut<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("Ethernet");
    context.draft.destination = Address::Mac(*view.array::<6>(0)?);
    context.draft.source = Address::Mac(*view.array::<6>(6)?);
    Err(view.shortage(14))
}
