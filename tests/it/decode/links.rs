//! One packet under each link layer.

use super::build::{ethernet, syn, v4, v6};
use super::decoded;

const V4_ROW: &str = "10.0.0.1 > 10.0.0.2 TCP 1000 2000 L=20";
const V6_ROW: &str = "2001:db8::1 > 2001:db8::2 TCP 1000 2000 L=20";

fn behind(header: &[u8], packet: &[u8]) -> Vec<u8> {
    [header, packet].concat()
}

/// A name, a link type, and a frame that holds this IP packet.
type Case = (&'static str, u32, Vec<u8>);

fn usual_links(ip: &[u8]) -> Vec<Case> {
    let snap = behind(&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ip);
    let cooked = |protocol: [u8; 2]| {
        let mut header = vec![0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0];
        header.extend_from_slice(&protocol);
        header
    };
    vec![
        ("Ethernet", 1, ethernet(0x0800, ip)),
        ("VLAN", 1, ethernet(0x8100, &behind(&[0, 5, 8, 0], ip))),
        (
            "QinQ",
            1,
            ethernet(0x88a8, &behind(&[0, 5, 0x81, 0, 0, 6, 8, 0], ip)),
        ),
        ("802.3 SNAP", 1, ethernet(48, &snap)),
        ("802.3 LLC", 1, ethernet(43, &behind(&[6, 6, 3], ip))),
        ("null, little-endian", 0, behind(&[2, 0, 0, 0], ip)),
        ("null, big-endian", 0, behind(&[0, 0, 0, 2], ip)),
        ("loop", 108, behind(&[0, 0, 0, 2], ip)),
        ("raw 12", 12, ip.to_vec()),
        ("raw 14", 14, ip.to_vec()),
        ("raw 101", 101, ip.to_vec()),
        ("IPv4", 228, ip.to_vec()),
        ("cooked", 113, behind(&cooked([8, 0]), ip)),
        ("cooked 802.2", 113, behind(&cooked([0, 4]), &snap)),
        (
            "cooked 2",
            276,
            behind(
                &[8, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0],
                ip,
            ),
        ),
    ]
}

fn rare_links(ip: &[u8]) -> Vec<Case> {
    let snap = behind(&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ip);
    // The third byte would be a protocol's, were it not an address's.
    let mut bridged = [ethernet(0x0800, ip), vec![0; 10]].concat();
    bridged[2] = 0x44;
    vec![
        ("PPP", 9, behind(&[0, 0x21], ip)),
        ("PPP framed", 9, behind(&[0xff, 3, 0, 0x21], ip)),
        ("PPP short", 9, behind(&[0x21], ip)),
        ("Cisco HDLC in PPP", 9, behind(&[0x0f, 0, 8, 0], ip)),
        ("Cisco HDLC", 104, behind(&[0x0f, 0, 8, 0], ip)),
        (
            "PPP bridged",
            9,
            behind(&[0, 0x31, 0, 1], &ethernet(0x0800, ip)),
        ),
        (
            "frame relay, Ethernet with a checksum",
            107,
            behind(&[0x18, 0x41], &bridged),
        ),
        ("frame relay, Cisco", 107, behind(&[0x18, 0x41, 8, 0], ip)),
        ("frame relay", 107, behind(&[0x18, 0x41, 3, 0xcc], ip)),
        ("frame relay, Cisco", 107, behind(&[0x18, 0x41, 8, 0], ip)),
        (
            "FDDI",
            10,
            behind(&[0x50, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2], &snap),
        ),
        (
            "Token Ring with a route",
            6,
            behind(
                &[
                    0x10, 0x40, 2, 0, 0, 0, 0, 1, 0x82, 0, 0, 0, 0, 2, 6, 0x90, 1, 2, 3, 4,
                ],
                &snap,
            ),
        ),
        ("ARCNET", 7, behind(&[1, 2, 0xd4, 0, 0, 1], ip)),
        ("ARCNET on Linux", 129, behind(&[1, 2, 0, 0, 0xf0], ip)),
        (
            "NFLOG",
            239,
            behind(&behind(&[2, 0, 0, 0, 44, 0, 9, 0], ip), &[]),
        ),
        (
            "IPsec inside",
            109,
            behind(&[0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0], ip),
        ),
        (
            "InfiniBand",
            242,
            behind(&behind(&[0; 40], &[8, 0, 0, 0]), ip),
        ),
        ("ATM", 106, ip.to_vec()),
    ]
}

fn wireless_links(ip: &[u8]) -> Vec<Case> {
    let snap = behind(&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], ip);
    let wireless = behind(
        &[
            8, 1, 0, 0, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 3, 0, 0,
        ],
        &snap,
    );
    vec![
        ("802.11", 105, wireless.clone()),
        (
            "radiotap",
            127,
            behind(&[0, 0, 8, 0, 0, 0, 0, 0], &wireless),
        ),
        ("PPI", 192, behind(&[0, 0, 8, 0, 105, 0, 0, 0], &wireless)),
        (
            "AVS",
            163,
            behind(
                &behind(&[0x80, 0x21, 0x10, 1, 0, 0, 0, 64], &[0; 56]),
                &wireless,
            ),
        ),
        ("Prism", 119, behind(&[0x44; 144], &wireless)),
    ]
}

#[test]
fn link_layers_lead_to_the_ip_packet() {
    let ip = v4(6, &syn());
    let cases = [usual_links(&ip), rare_links(&ip), wireless_links(&ip)];
    for (name, link, bytes) in cases.concat() {
        assert_eq!(decoded(link, &bytes), V4_ROW, "{name}");
    }
}

#[test]
fn families_of_ipv6_differ_by_system() {
    let ip = v6(6, &syn());
    for family in [24, 28, 30] {
        assert_eq!(decoded(0, &behind(&[family, 0, 0, 0], &ip)), V6_ROW);
        assert_eq!(decoded(108, &behind(&[0, 0, 0, family], &ip)), V6_ROW);
    }
    assert_eq!(decoded(229, &ip), V6_ROW);
    assert_eq!(decoded(101, &ip), V6_ROW);
}

#[test]
fn a_firewall_log_puts_its_verdict_in_front() {
    let mut header = vec![61, 2, 1, 0];
    header.extend_from_slice(b"em0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    header.extend_from_slice(&[0; 16]);
    header.extend_from_slice(&[0, 0, 0, 7]);
    header.resize(64, 0);
    let bytes = behind(&header, &v4(6, &syn()));
    let mut decoder = netlab::decode::Decoder::new();
    let packet = decoder.decode(&super::frame(117, &bytes));
    assert_eq!(packet.lead, "[block em0/7] ");
    assert_eq!(super::line(&packet), V4_ROW);
}

#[test]
fn wireless_frames_may_do_without_llc() {
    let mut header = vec![8, 1, 0, 0];
    header.extend_from_slice(&[
        2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3, 0x10, 0,
    ]);
    let bare = [&header[..], &[8, 0], &v4(6, &syn())].concat();
    assert_eq!(decoded(105, &bare), V4_ROW);
    // A number without a name is an LLC header.
    let llc = [&header[..], &[8, 1], &v4(6, &syn())].concat();
    assert!(decoded(105, &llc).contains(" LLC "));
}

#[test]
fn juniper_puts_its_header_in_front() {
    let ip = v4(6, &syn());
    let header = *b"MGC\0";
    for (name, link, inner) in [
        ("PPP", 179, &[0xff, 3, 0, 0x21][..]),
        ("multilink PPP", 130, &[0xff, 3, 0, 0x21]),
        ("multilink PPP, bare", 130, &[0, 0x21]),
        ("C-HDLC", 181, &[0x0f, 0, 8, 0]),
    ] {
        let bytes = [&header[..], inner, &ip].concat();
        assert_eq!(decoded(link, &bytes), V4_ROW, "{name}");
    }
    // Cookies of the cards, and what they leave to be guessed.
    for (name, link, flags, cookie) in [
        ("voice", 183, 0, &[0; 18][..]),
        ("services, out", 136, 0, &[0; 12]),
        ("services, in", 136, 1, &[0; 16]),
        ("GGSN", 133, 0, &[2, 0, 0, 0]),
        ("ATM1, bare", 137, 1, &[0; 4]),
        ("ATM2, bare", 135, 1, &[0; 8]),
        ("ATM2, PPP", 135, 1, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0x21]),
        ("ATM2, ISO", 135, 1, &[0, 0, 0, 0, 0, 0, 0, 0, 3, 0xcc]),
        (
            "ATM2, SNAP",
            135,
            1,
            &[0, 0, 0, 0, 0, 0, 0, 0, 0xaa, 0xaa, 3, 0, 0, 0, 8, 0],
        ),
        ("multilink PPP, LSQ", 130, 0, &[0x47, 0, 0, 0, 1, 0, 0, 0]),
        ("multilink PPP, LS", 130, 0, &[0x54, 0, 0, 0, 0, 0x21]),
        ("multilink FR, LSQ", 131, 0, &[0x47, 0, 0, 0, 1, 0, 0, 0]),
        ("no link layer", 178, 2, &[2, 0, 0, 0]),
        ("extensions", 183, 0x80, &[0; 20]),
    ] {
        let bytes = [&b"MGC"[..], &[flags], cookie, &ip].concat();
        assert_eq!(decoded(link, &bytes), V4_ROW, "{name}");
    }
    let no_header = [&[0; 18][..], &ip].concat();
    assert_eq!(decoded(183, &no_header), V4_ROW, "an old router");
    let maintenance = [&b"MGC\x01\x80\0\0\0"[..], &ip].concat();
    assert_eq!(decoded(137, &maintenance), " >  Juniper ATM1 ");
    let frame = [&header[..], &ethernet(0x0800, &ip)].concat();
    assert_eq!(decoded(167, &frame), V4_ROW, "PPPoE");
    assert_eq!(decoded(178, &frame), V4_ROW, "Ethernet");
}

#[test]
fn padding_behind_a_cooked_packet_may_be_cut() {
    let mut bytes = vec![0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0];
    bytes.extend_from_slice(&v4(6, &syn()));
    bytes.extend_from_slice(&[0; 6]);
    let mut decoder = netlab::decode::Decoder::new();
    for (kept, tail) in [(58, "[Packet size limited during capture]"), (60, "")] {
        let packet = decoder.decode(&super::cut(113, &bytes[..kept], 62));
        assert_eq!(packet.tail, tail);
    }
}

#[test]
fn what_is_not_ip_after_all() {
    let nowhere = [0x75; 30];
    for link in [12, 14, 101] {
        assert_eq!(decoded(link, &nowhere), "N/A > N/A N/A Raw packet data");
    }
    assert_eq!(
        decoded(0, &behind(&[2, 0, 0, 0], &nowhere)),
        "N/A > N/A IP Bogus IP version (7)"
    );
    assert_eq!(
        decoded(108, &behind(&[0, 0, 8, 0], &v4(6, &syn()))),
        "N/A > N/A N/A Null/Loopback"
    );
    assert_eq!(
        decoded(127, &[2, 0, 0, 0, 2, 2, 2, 0, 0, 0]),
        " >  WLAN Radiotap Capture v2, Length 0"
    );
}

#[test]
fn what_is_not_read_is_still_a_row() {
    assert_eq!(decoded(65_000, b"anything"), " >   ");
    let block = netlab::model::frame::LinkType::PCAPNG_BLOCK.0;
    assert_eq!(decoded(block, b""), " >  PCAPNG ");
    assert_eq!(
        decoded(1, &ethernet(0x9999, b"?")),
        "02:00:00:00:00:01 > 02:00:00:00:00:02 0x9999 Ethernet II"
    );
    assert_eq!(
        decoded(1, &ethernet(0x8100, &[0x70, 0x64, 0x99, 0x99, 1])),
        "02:00:00:00:00:01 > 02:00:00:00:00:02 0x9999 PRI: 3  DEI: 1  ID: 100"
    );
}
