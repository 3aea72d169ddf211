//! Packets in packets: the innermost one is the row.

use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::build::{ethernet, syn, v4, v6};
use super::decoded;

const V4_ROW: &str = "10.0.0.1 > 10.0.0.2 TCP 1000 2000 L=20";
const V6_ROW: &str = "2001:db8::1 > 2001:db8::2 TCP 1000 2000 L=20";

/// A frame with an IPv4 packet of `protocol`, its payload a header and what it carries.
fn over_ip(protocol: u8, header: &[u8], carried: &[u8]) -> String {
    let payload = [header, carried].concat();
    decoded(1, &ethernet(0x0800, &v4(protocol, &payload)))
}

#[test]
fn tunnels_over_ip() {
    let inner = v4(6, &syn());
    let inner6 = v6(6, &syn());
    let frame = ethernet(0x0800, &inner);
    assert_eq!(over_ip(4, &[], &inner), V4_ROW, "IP in IP");
    assert_eq!(over_ip(41, &[], &inner6), V6_ROW, "6in4");
    assert_eq!(over_ip(47, &[0, 0, 8, 0], &inner), V4_ROW, "GRE");
    assert_eq!(
        over_ip(47, &[0x20, 0, 0x65, 0x58, 0, 0, 1, 0], &frame),
        V4_ROW,
        "NVGRE"
    );
    assert_eq!(
        over_ip(47, &[0x20, 1, 0x64, 0, 0, 54, 0, 1], &frame),
        V4_ROW,
        "EoIP"
    );
    assert_eq!(
        over_ip(
            47,
            &[
                0x30, 1, 0x88, 0x0b, 0, 44, 0, 1, 0, 0, 0, 1, 0xff, 3, 0, 0x21
            ],
            &inner
        ),
        V4_ROW,
        "PPTP"
    );
    assert_eq!(over_ip(47, &[0, 0, 0x88, 0xbe], &frame), V4_ROW, "ERSPAN I");
    let erspan = [0x10, 0, 0x88, 0xbe, 0, 0, 0, 1, 0x10, 1, 0, 0, 0, 0, 0, 0];
    assert_eq!(over_ip(47, &erspan, &frame), V4_ROW, "ERSPAN II");
    assert_eq!(
        over_ip(137, &[0, 6, 0x41, 64], &inner),
        V4_ROW,
        "MPLS in IP"
    );
    assert_eq!(over_ip(97, &[0x30, 0], &frame), V4_ROW, "EtherIP");
    let ah = |next| {
        let mut header = vec![next, 4, 0, 0];
        header.resize(24, 0);
        header
    };
    assert_eq!(over_ip(51, &ah(6), &syn()), V4_ROW, "AH");
    assert_eq!(over_ip(51, &ah(41), &inner6), V6_ROW, "AH tunnel");
}

#[test]
fn tunnels_over_ethernet() {
    let inner = v4(6, &syn());
    let frame = ethernet(0x0800, &inner);
    let cases: &[(&str, u16, &[u8], &[u8])] = &[
        ("MPLS", 0x8847, &[0, 6, 0x40, 64, 0, 0xc8, 1, 64], &inner),
        ("PPPoE", 0x8864, &[0x11, 0, 0, 1, 0, 42, 0, 0x21], &inner),
        (
            "802.1ah",
            0x88e7,
            &[0, 0, 0, 5, 2, 0, 0, 0, 0, 7, 2, 0, 0, 0, 0, 8, 8, 0],
            &inner,
        ),
        (
            "Arista",
            0xd28b,
            &[0, 1, 0, 0x10, 0, 0, 0, 1, 0, 0, 0, 2, 8, 0],
            &inner,
        ),
        (
            "Arista, short",
            0xd28b,
            &[0, 1, 1, 0x20, 0, 1, 0, 0, 0, 2, 8, 0],
            &inner,
        ),
        ("Gigamon", 0x22e5, &[5, 4, 2, 5, 220, 8, 0], &inner),
        ("E-tag", 0x893f, &[0, 0, 0, 1, 0, 0, 8, 0], &inner),
        ("VN-tag", 0x8926, &[0, 0, 0, 1, 8, 0], &inner),
        ("bridged", 0x6558, &[], &frame),
        ("TRILL", 0x22f3, &[0, 0x3f, 0, 1, 0, 2], &frame),
    ];
    for (name, kind, header, carried) in cases {
        let packet = [*header, *carried].concat();
        assert_eq!(decoded(1, &ethernet(*kind, &packet)), V4_ROW, "{name}");
    }
}

#[test]
fn extension_headers_leave_no_trace() {
    let options = |next| [next, 0, 1, 4, 0, 0, 0, 0];
    let chain = [options(60).as_slice(), &options(6), &syn()].concat();
    assert_eq!(decoded(1, &ethernet(0x86dd, &v6(0, &chain))), V6_ROW);
}

#[test]
fn headers_above_headers_as_tshark_reads_them() {
    let shim = [6, 0, 0x80, 0, 0, 0, 0, 0];
    let chain = [&shim[..], &syn()].concat();
    assert_eq!(
        decoded(1, &ethernet(0x86dd, &v6(140, &chain))),
        V6_ROW,
        "Shim6"
    );
    let mut ah = vec![140, 4];
    ah.resize(24, 0);
    let chain = [ah, chain].concat();
    assert_eq!(decoded(1, &ethernet(0x86dd, &v6(51, &chain))), V6_ROW, "AH");
    let four = v4(6, &syn());
    assert_eq!(
        over_ip(41, &[], &four),
        "10.0.0.1 > 10.0.0.2 IPv6 IPv6 (41)"
    );
    assert_eq!(
        decoded(1, &ethernet(0x86dd, &v6(41, &four))),
        "2001:db8::1 > 2001:db8::2 IPv6 Unknown IP Protocol: IPv6 (41)"
    );
    let short = [&[6, 1, 4, 0][..], &[0; 12], &syn()].concat();
    assert_eq!(
        decoded(1, &ethernet(0x86dd, &v6(43, &short))),
        "2001:db8::1 > 2001:db8::2 IPv6 IPv6 routing[Malformed Packet]"
    );
    assert_eq!(over_ip(44, &[6, 0, 1, 1, 0, 0, 0, 9], &syn()), V4_ROW);
    assert_eq!(
        over_ip(132, &[0; 3], &[]),
        "10.0.0.1 > 10.0.0.2 IPv4 [Malformed Packet]"
    );
    assert_eq!(
        over_ip(132, &[0; 11], &[]),
        "10.0.0.1 > 10.0.0.2 SCTP [Malformed Packet]"
    );
    assert_eq!(
        over_ip(103, &[0x40], &four),
        "10.0.0.1 > 10.0.0.2 PIMv4 Unknown"
    );
}

#[test]
fn a_routing_header_names_the_real_destination() {
    let mut header = vec![6, 4, 0, 2, 0, 0, 0, 0];
    header.extend_from_slice(&[0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0a]);
    header.extend_from_slice(&[0x20, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0b]);
    header.extend_from_slice(&syn());
    assert_eq!(
        decoded(1, &ethernet(0x86dd, &v6(43, &header))),
        "2001:db8::1 > 2001::b TCP 1000 2000 L=20"
    );
    header[3] = 0;
    assert_eq!(decoded(1, &ethernet(0x86dd, &v6(43, &header))), V6_ROW);
}

#[test]
fn a_frame_of_nothing_but_tunnels_ends() {
    let mut packet = v4(6, &syn());
    for _ in 0..3000 {
        packet = v4(4, &packet);
    }
    assert_eq!(decoded(101, &packet), "10.0.0.1 > 10.0.0.2 IPv4 ");
    let tags = [0, 5, 0x81, 0].repeat(1000);
    assert!(decoded(1, &ethernet(0x8100, &tags)).ends_with("VLAN PRI: 0  DEI: 0  ID: 5"));
    // Labels of MPLS are no layers: their stack may be long.
    let labels = [vec![0; 4000], vec![0, 6, 0x41, 64], v4(6, &syn())].concat();
    assert_eq!(decoded(1, &ethernet(0x8847, &labels)), V4_ROW);
}

/// What IP payload compression makes of a payload (RFC 3173, with RFC 2394).
fn compressed(next: u8, payload: &[u8], level: Compression) -> Vec<u8> {
    let mut packed = DeflateEncoder::new(vec![next, 0, 0, 2], level);
    packed.write_all(payload).unwrap();
    packed.finish().unwrap()
}

#[test]
fn a_compressed_payload_is_unpacked() {
    let (inner, inner6) = (v4(6, &syn()), v6(6, &syn()));
    for level in [Compression::none(), Compression::best()] {
        assert_eq!(over_ip(108, &compressed(6, &syn(), level), &[]), V4_ROW);
        assert_eq!(over_ip(108, &compressed(4, &inner, level), &[]), V4_ROW);
        assert_eq!(over_ip(108, &compressed(41, &inner6, level), &[]), V6_ROW);
    }
    // As far as it goes, where the end is missing.
    let packed = compressed(6, &syn(), Compression::none());
    assert_eq!(over_ip(108, &packed[..packed.len() - 4], &[]), {
        "10.0.0.1 > 10.0.0.2 TCP 1000 2000 L=16"
    });
    // Nothing is made of what is something else.
    assert_eq!(
        over_ip(108, &[6, 0, 0x12, 0x34], &[0xff; 40]),
        "10.0.0.1 > 10.0.0.2 IPComp IPComp (CPI=0x1234)"
    );
    // However much it claims to hold, it is no more than a datagram can.
    let bomb = compressed(17, &vec![0; 10_000_000], Compression::best());
    assert_eq!(
        over_ip(108, &bomb, &[]),
        "10.0.0.1 > 10.0.0.2 UDP 0 0 L=65535"
    );
}
