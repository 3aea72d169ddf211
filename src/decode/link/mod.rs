//! Link layers: what stands before the IP header. One file for each or for a family.

mod atm;
mod carriers;
mod chdlc;
mod cooked;
mod erf;
pub(super) mod erspan;
pub(super) mod ether_ip;
pub(super) mod ethernet;
pub(super) mod ethertype;
mod fabric_path;
pub(super) mod frame_relay;
mod isl;
mod juniper;
mod kernel;
mod lan;
mod llc;
mod llc_info;
mod macsec;
pub(super) mod mpls;
mod named;
mod nflog;
pub(super) mod nsh;
mod null;
mod pktap;
pub(super) mod ppp;
mod pppoe;
mod preemption;
mod radiotap;
mod raw;
mod stp;
mod tags;
pub(super) mod trailer;
mod vlan;
pub(super) mod wlan;

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
        13 | 109 => kernel::enc,
        16 | 18 | 19 | 106 => atm::classical,
        51 => pppoe::session,
        104 | 112 => chdlc::layer,
        105 => wlan::layer,
        107 => frame_relay::layer,
        108 => null::network_order,
        113 => cooked::version1,
        117 => kernel::pflog,
        119 => radiotap::prism,
        122 => carriers::fibre_channel,
        123 => atm::sun,
        127 => radiotap::layer,
        129 => lan::arcnet_linux,
        130 => juniper::multilink_ppp,
        131 => juniper::multilink_frame_relay,
        133 => juniper::gateway,
        135 => juniper::atm2,
        136 => juniper::services,
        137 => juniper::atm1,
        138 => carriers::firewire,
        149 | 258 => pktap::layer,
        167 => juniper::pppoe,
        178 => juniper::ethernet,
        179 => juniper::ppp,
        180 => juniper::frame_relay,
        181 => juniper::chdlc,
        183 => juniper::voice,
        163 => radiotap::avs,
        192 => radiotap::ppi,
        197 => erf::layer,
        204 => ppp::framed,
        226 => kernel::ipnet,
        228 => raw::ip,
        229 => network::ipv6::layer,
        239 => nflog::layer,
        242 => carriers::infiniband,
        274 => preemption::layer,
        276 => cooked::version2,
        _ => unread,
    }
}

/// The name of what a link type's frames are, where that is all that is read of them; empty where
/// it is not known, or where tshark names each frame by what is in it.
pub(super) fn name(link: LinkType) -> &'static str {
    match link.0 {
        3 => "AX.25",
        99 => "Symantec",
        143 => "DOCSIS",
        165 => "BACnet",
        186 | 189 | 220 | 249 | 266 => "USB",
        187 | 201 => "HCI H4",
        195 | 215 => "IEEE 802.15.4",
        199 => "IPMB",
        210 => "FLEXRAY",
        212 => "LIN",
        224 | 225 => "FC",
        227 => "CAN",
        231 => "D-Bus",
        248 => "SCTP",
        251 | 256 => "LE LL",
        253 => "Netlink",
        270 => "LoRaTap",
        271 => "vSocket",
        288 | 293..=295 => "USBLL",
        // Not a packet at all: tshark counts a block of a capture file that nobody knows as a frame.
        _ if link == LinkType::PCAPNG_BLOCK => "PCAPNG",
        _ => "",
    }
}

/// A link type that is not read: a row without addresses.
fn unread<'a>(_: View<'a>, _: &mut Context<'a>) -> Step<'a> {
    Ok(Next::Done)
}
