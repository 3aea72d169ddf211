//! Link layers: what stands before the IP header. One file for each or for a family.

mod chdlc;
mod cooked;
pub(super) mod erspan;
pub(super) mod ether_ip;
pub(super) mod ethernet;
pub(super) mod ethertype;
mod fabric_path;
pub(super) mod frame_relay;
mod isl;
mod lan;
mod llc;
mod macsec;
pub(super) mod mpls;
mod nflog;
pub(super) mod nsh;
mod null;
pub(super) mod ppp;
mod pppoe;
mod radiotap;
mod raw;
mod stp;
mod tags;
mod vlan;
pub(super) mod wlan;

use super::draft::Info;
use super::network;
use super::step::{Context, Layer, Next, Step};
use super::view::View;
use crate::model::frame::LinkType;

/// The layer that a link type's frames begin with.
pub(super) fn layer(link: LinkType) -> Layer {
    match link.0 {
        0 => null::null,
        1 => ethernet::layer,
        6 => lan::token_ring,
        7 => lan::arcnet,
        9 | 50 | 103 => ppp::line,
        10 => lan::fddi,
        11 | 100 => llc::layer,
        12 | 14 | 101 => raw::layer,
        51 => pppoe::session,
        104 | 112 => chdlc::layer,
        105 => wlan::layer,
        107 => frame_relay::layer,
        108 => null::network_order,
        113 => cooked::version1,
        119 => radiotap::prism,
        127 => radiotap::layer,
        129 => lan::arcnet_linux,
        163 => radiotap::avs,
        192 => radiotap::ppi,
        204 => ppp::with_direction,
        228 => raw::ip,
        229 => network::ipv6::layer,
        239 => nflog::layer,
        276 => cooked::version2,
        _ if link == LinkType::PCAPNG_BLOCK => pcapng_block,
        _ => unknown,
    }
}

/// Not a packet at all: tshark counts a block of a capture file that nobody knows as a frame.
fn pcapng_block<'a>(_: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.say("PCAPNG", Info::Fixed(""));
    Ok(Next::Done)
}

/// A link type that is not read: a row without addresses.
fn unknown<'a>(_: View<'a>, _: &mut Context<'a>) -> Step<'a> {
    Ok(Next::Done)
}
