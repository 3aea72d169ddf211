//! What an EtherType announces.

use super::ethernet;
use super::llc;
use super::macsec;
use super::mpls;
use super::named;
use super::nsh;
use super::pppoe;
use super::tags;
use super::vlan;
use crate::decode::draft::{Info, Label};
use crate::decode::network::arp;
use crate::decode::network::ipv4;
use crate::decode::network::ipv6;
use crate::decode::network::osi;
use crate::decode::step::{Context, Layer, Next, Step};
use crate::decode::view::View;

/// Internet Protocol version 4.
pub(super) const IPV4: u16 = 0x0800;

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
        0x8847 | 0x8848 => mpls::layer,
        0x8863 => pppoe::discovery,
        0x8864 => pppoe::session,
        0x6558 => ethernet::layer,
        0x8870 => llc::layer,
        0x888e | 0x88c7 => named::eapol,
        0x8809 => named::slow,
        0x22f4 => osi::isis,
        0x88e5 if macsec::is_tag(view) => macsec::layer,
        0x894f => nsh::layer,
        0x22f3 => tags::trill,
        0x4305 => tags::batman,
        0x892f => tags::hsr,
        0x893f => tags::etag,
        0x8926 => tags::vntag,
        0x8909 => tags::cisco_metadata,
        0x8988 => tags::heartbeat,
        0xf1c1 => tags::redundancy,
        0xe555 => tags::exeh,
        0xd28b => tags::arista,
        0x22e5 => tags::gigamon,
        0x88de => tags::lab_manager,
        _ => return None,
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
pub(super) fn is_common(kind: u16) -> bool {
    matches!(
        kind,
        IPV4 | 0x0806 | 0x86dd | 0x8100 | 0x88a8 | 0x8847 | 0x8848 | 0x8863 | 0x8864 | 0x88cc
    )
}

/// Whether a number is a type that is read or known by name.
pub(super) fn is_known(kind: u16) -> bool {
    NAMES.iter().any(|(number, _)| *number == kind) || layer_of(kind, View::whole(&[])).is_some()
}

fn version(view: View<'_>) -> Option<u8> {
    view.bytes.first().map(|first| first >> 4)
}

/// A type that is not read further: its name where tshark has one for the column, else the number.
fn known(kind: u16, context: &mut Context<'_>) {
    if let Some((_, name)) = NAMES.iter().find(|(number, _)| *number == kind) {
        context.draft.say(name, Info::Fixed(""));
        return;
    }
    if let Some((_, words)) = WORDS.iter().find(|(number, _)| *number == kind) {
        context.draft.say("", Info::Fixed(words));
    }
    context.draft.protocol = Label::Hex(kind);
}

/// Types whose protocol tshark names in the column Protocol.
static NAMES: &[(u16, &str)] = &[
    (0x0600, "IDP"),
    (0x0712, "MDP"),
    (0x0713, "MDP"),
    (0x08f0, "WiMax"),
    (0x0baf, "Vines Echo"),
    (0x0c15, "C15CH_HBEAT"),
    (0x2001, "CGMP"),
    (0x2065, "CRTP"),
    (0x2067, "CRTP"),
    (0x22ea, "MRP-MSRP"),
    (0x22f0, "IEEE1722"),
    (0x6000, "LAPB"),
    (0x6003, "DEC DNA"),
    (0x6004, "LAT"),
    (0x8021, "PPP IPCP"),
    (0x8023, "PPP OSINLCP"),
    (0x8038, "DEC_STP"),
    (0x8057, "PPP IPV6CP"),
    (0x8059, "PPP PPPMuxCP"),
    (0x80e1, "DLR"),
    (0x80f3, "AARP"),
    (0x80fd, "PPP CCP"),
    (0x8102, "BOFL"),
    (0x8103, "LACP"),
    (0x8133, "NSRP"),
    (0x8137, "IPX"),
    (0x8181, "STP"),
    (0x81fd, "ISMP"),
    (0x8207, "PPP CDPCP"),
    (0x8281, "PPP MPLSCP"),
    (0x872d, "WLCCP"),
    (0x8783, "MINT"),
    (0x8808, "MAC CTRL"),
    (0x886c, "HomePNA"),
    (0x886d, "Intel ANS probe"),
    (0x886f, "MS NLB"),
    (0x8874, "Broadcom tag"),
    (0x887b, "HomePlug"),
    (0x8899, "Realtek"),
    (0x889a, "HyperSCSI"),
    (0x889b, "CSM_ENCAPS"),
    (0x88a1, "TELKONET"),
    (0x88a2, "AoE"),
    (0x88b7, "IEEE802a"),
    (0x88b8, "GOOSE"),
    (0x88ca, "TIPC"),
    (0x88cc, "LLDP"),
    (0x88d8, "CESoETH"),
    (0x88d9, "LLTD"),
    (0x88dc, "WSMP"),
    (0x88e1, "HomePlug AV"),
    (0x88e3, "PN-MRP"),
    (0x88ee, "E-LMI"),
    (0x88f5, "MRP-MVRP"),
    (0x88f6, "MRP-MMRP"),
    (0x88f7, "PTPv2"),
    (0x88f8, "NCSI"),
    (0x88fb, "HSR/PRP"),
    (0x8901, "FLIP"),
    (0x8902, "CFM"),
    (0x8911, "LINX"),
    (0x8914, "FIP"),
    (0x8917, "MIH"),
    (0x891d, "TTE/PCF"),
    (0x892d, "bluecom"),
    (0x893a, "ieee1905"),
    (0x8940, "ECP"),
    (0x8942, "LLDP"),
    (0x8947, "GEONW"),
    (0x9000, "LOOP"),
    (0x9021, "RTmac"),
    (0x9022, "RTcfg"),
    (0x9104, "EERO"),
    (0x99fe, "TECMP"),
    (0xaaaa, "Ethernet"),
    (0xaefe, "eCPRI"),
    (0xb4e3, "CL3"),
    (0xc021, "PPP LCP"),
    (0xc023, "PPP PAP"),
    (0xc029, "PPP CBCP"),
    (0xc02b, "PPP BACP"),
    (0xc02d, "PPP BAP"),
    (0xc0de, "XIP"),
    (0xc0df, "NWP"),
    (0xc223, "PPP CHAP"),
    (0xcafe, "LLT"),
    (0xd00d, "TDMoE"),
    (0xf052, "HCrt"),
];

/// Types that tshark has words for and shows as a number.
static WORDS: &[(u16, &str)] = &[
    (0x0805, "X.25 Layer 3"),
    (0x0842, "Wake on LAN"),
    (0x1984, "Netmon Train"),
    (0x3c07, "3Com NBP Datagram"),
    (0x6001, "DEC DNA Dump/Load"),
    (0x6002, "DEC DNA Remote Console"),
    (0x6005, "DEC Diagnostics"),
    (0x6006, "DEC Customer use"),
    (0x6007, "DEC LAVC/SCA"),
    (0x8041, "DEC LAST"),
    (0x8104, "Simple Loop Protection Protocol (old)"),
    (0x81ff, "Cabletron SFVLAN 1.8 Tag-Based Flood"),
    (0x86dd, "IPv6"),
    (0x8819, "Cirrus Cobranet Packet"),
    (0x885a, "Foundry proprietary"),
    (0x8881, "CDMA2000 A10 Unstructured byte stream"),
    (0x8884, "ATM over Ethernet"),
    (0x88ad, "XiMeta Technology"),
    (0x88b4, "WAI Authentication Protocol"),
    (0x88b5, "Local Experimental Ethertype 1"),
    (0x88b6, "Local Experimental Ethertype 2"),
    (0x88b9, "IEC 61850/GSE management services"),
    (0x88d2, "CDMA2000 A10 3GPP2 Packet"),
    (0x88e5, "802.1AE (MACsec)"),
    (0x892b, "Schweitzer Engineering Labs Layer 2 Protocol"),
    (0xfff2, "Cisco ACI ARP gleaning"),
];
