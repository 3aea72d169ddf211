//! What an EtherType announces.

use super::vlan;
use crate::decode::draft::{Info, Label};
use crate::decode::names;
use crate::decode::network::arp;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::rare::{self, Number};
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Internet Protocol version 4.
pub(in crate::decode) const IPV4: u16 = 0x0800;

/// Goes on with what EtherType `kind` announces.
pub(in crate::decode) fn next<'a>(
    kind: u16,
    view: View<'a>,
    context: &mut Context<'a>,
) -> Step<'a> {
    if !keeps_trailer(kind) {
        context.trailer = None;
    }
    match layer_of(kind, view) {
        Some(layer) => Ok(Next::Layer(layer, view)),
        None => {
            known(kind, context);
            Ok(Next::Done)
        }
    }
}

/// The layer of a type that is read further.
fn layer_of(kind: u16, view: View<'_>) -> Option<Layer> {
    Some(match kind {
        IPV4 => ipv4::layer,
        0x86dd if version(view) == Some(6) || view.bytes.is_empty() => ipv6::layer,
        0x8100 | 0x9100 => vlan::layer,
        0x88a8 => vlan::provider,
        0x88e7 => vlan::backbone,
        0x0806 | 0x8035 => arp::layer,
        _ => return rare::layer(Number::EtherType(kind), view),
    })
}

/// Whether the frame's trailer is found behind what such a packet carries.
fn keeps_trailer(kind: u16) -> bool {
    matches!(
        kind,
        IPV4 | 0x86dd | 0x0806 | 0x8035 | 0x8100 | 0x9100 | 0x88a8 | 0x8847 | 0x8848
    )
}

/// Whether a number is a type that is often met, so that a guess can rest on it.
pub(in crate::decode) fn is_common(kind: u16) -> bool {
    matches!(
        kind,
        IPV4 | 0x0806 | 0x86dd | 0x8100 | 0x88a8 | 0x8847 | 0x8848 | 0x8863 | 0x8864 | 0x88cc
    )
}

/// Whether a number is a type that is read or known by name.
pub(in crate::decode) fn is_known(kind: u16) -> bool {
    names::ethertype(kind).is_some() || layer_of(kind, View::whole(&[])).is_some()
}

fn version(view: View<'_>) -> Option<u8> {
    view.bytes.first().map(|first| first >> 4)
}

/// A type that is not read further: its name where tshark has one for the column, else the number.
fn known(kind: u16, context: &mut Context<'_>) {
    if let Some(name) = names::ethertype(kind) {
        context.draft.say(name, Info::Fixed(""));
        return;
    }
    if let Some(words) = names::ethertype_words(kind) {
        context.draft.say("", Info::Fixed(words));
    }
    context.draft.protocol = Label::Hex(kind);
}
