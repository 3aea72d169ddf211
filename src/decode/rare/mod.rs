//! Links, tunnels and protocols that are rarely met, behind one door: [`layer`] finds each by the
//! number that announces it.
//!
//! To add one, write its file and its line in the table. The usual layers know nothing of what is
//! in here, except for the modules that are visible to them, which no number announces.

mod atm;
mod carriers;
mod chdlc;
pub(super) mod cisco;
mod erf;
mod ether_ip;
mod frame_relay;
mod gre;
mod igmp;
mod ipsec;
mod journal;
mod juniper;
mod kernel;
mod lan;
pub(super) mod llc;
mod macsec;
mod mobility;
mod mpls;
mod named;
pub(super) mod netlink;
mod nflog;
mod nsh;
mod osi;
mod pim;
mod pktap;
pub(super) mod ppp;
mod pppoe;
mod preemption;
pub(super) mod radiotap;
mod rows;
mod stp;
mod tags;
mod wlan;

use super::link::ethernet;
use super::step::Layer;
use super::usual;
use super::view::View;
use crate::model::frame::{Frame, LinkType};

/// The number that announces a layer.
#[derive(Clone, Copy, Debug)]
pub(super) enum Number {
    /// The link type of a capture.
    Link(LinkType),
    /// An EtherType.
    EtherType(u16),
    /// A protocol number of IPv4, a next header of IPv6.
    IpProtocol(u8),
}

/// The layer that a number announces and that reads `view`; `None` where there is none.
pub(super) fn layer(number: Number, view: View<'_>) -> Option<Layer> {
    match number {
        Number::Link(LinkType::SYSTEMD_JOURNAL) => Some(journal::entry),
        Number::Link(LinkType::ROWS) => Some(rows::layer),
        Number::Link(LinkType(number)) => of_link(number),
        Number::EtherType(number) => of_ether_type(number, view),
        Number::IpProtocol(number) => of_ip_protocol(number),
    }
}

fn of_link(number: u32) -> Option<Layer> {
    Some(match number {
        6 => lan::token_ring,
        7 => lan::arcnet,
        9 | 50 | 103 => ppp::line,
        10 => lan::fddi,
        11 | 100 => llc::layer,
        13 | 109 => kernel::enc,
        16 | 18 | 19 | 106 => atm::classical,
        51 => pppoe::session,
        104 | 112 => chdlc::layer,
        105 => wlan::layer,
        107 => frame_relay::layer,
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
        163 => radiotap::avs,
        167 => juniper::pppoe,
        178 => juniper::ethernet,
        179 => juniper::ppp,
        180 => juniper::frame_relay,
        181 => juniper::chdlc,
        183 => juniper::voice,
        192 => radiotap::ppi,
        197 => erf::layer,
        204 => ppp::framed,
        226 => kernel::ipnet,
        239 => nflog::layer,
        242 => carriers::infiniband,
        253 => netlink::layer,
        274 => preemption::layer,
        _ => return None,
    })
}

fn of_ether_type(number: u16, view: View<'_>) -> Option<Layer> {
    Some(match number {
        0x22e5 => tags::gigamon,
        0x22f3 => tags::trill,
        0x22f4 => osi::isis,
        0x4305 => tags::batman,
        0x6558 => ethernet::layer,
        0x8809 => named::slow,
        0x8847 | 0x8848 => mpls::layer,
        0x8863 => pppoe::discovery,
        0x8864 => pppoe::session,
        0x8870 => llc::layer,
        0x888e | 0x88c7 => named::eapol,
        0x88de => tags::lab_manager,
        0x88e5 if macsec::is_tag(view) => macsec::layer,
        0x8909 => tags::cisco_metadata,
        0x8926 => tags::vntag,
        0x892f => tags::hsr,
        0x893f => tags::etag,
        0x894f => nsh::layer,
        0x8988 => tags::heartbeat,
        0xd28b => tags::arista,
        0xe555 => tags::exeh,
        0xf1c1 => tags::redundancy,
        _ => return None,
    })
}

fn of_ip_protocol(number: u8) -> Option<Layer> {
    Some(match number {
        2 => igmp::layer,
        47 => gre::layer,
        50 => ipsec::encapsulating,
        51 => ipsec::authentication,
        62 | 135 => mobility::layer,
        97 => ether_ip::layer,
        103 => pim::layer,
        108 => ipsec::compression,
        132 => named::sctp,
        137 => mpls::layer,
        140 => ipsec::shim6,
        143 => ethernet::layer,
        _ => return None,
    })
}

/// Whether a frame may hold several packets side by side: an aggregate of wireless frames, which
/// controllers also send in GRE, or messages of netfilter.
#[inline]
pub(super) fn may_hold_several(frame: &Frame<'_>) -> bool {
    const GRE: u8 = 47;
    match frame.link {
        LinkType::ETHERNET => usual::carries(frame, GRE),
        LinkType::LINUX_SLL => frame.bytes.get(2..4) == Some(&netlink::DEVICE.to_be_bytes()),
        LinkType(link) => matches!(link, 105 | 119 | 127 | 163 | 192 | 253),
    }
}
