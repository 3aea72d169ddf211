//! The usual link layers: what stands before the IP header. The others are in [`super::rare`].

mod cooked;
pub(super) mod ethernet;
pub(super) mod ethertype;
mod null;
mod raw;
pub(super) mod trailer;
pub(super) mod vlan;

use super::network;
use super::rare::{self, Number};
use super::step::{Context, Layer, Next, Step};
use super::view::View;
use crate::model::frame::LinkType;

/// The layer that a link type's frames begin with.
pub(super) fn layer(link: LinkType, view: View<'_>) -> Layer {
    match link.0 {
        0 => null::null,
        1 => ethernet::layer,
        12 | 14 | 101 => raw::layer,
        108 => null::network_order,
        113 => cooked::version1,
        228 => network::ip,
        229 => network::ipv6::layer,
        276 => cooked::version2,
        _ => rare::layer(Number::Link(link), view).unwrap_or(unread),
    }
}

/// A link type that is not read: a row without addresses.
fn unread<'a>(_: View<'a>, _: &mut Context<'a>) -> Step<'a> {
    Ok(Next::Done)
}
