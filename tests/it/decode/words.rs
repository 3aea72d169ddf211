//! The words of packets that are neither TCP nor UDP.

use netlab::decode::Decoder;
use netlab::model::dialect::Dialect;
use netlab::model::frame::Frame;
use netlab::model::packet::{Content, OtherKind};

use super::build::{datagram, ethernet, syn, v4, v6};
use super::{cut, frame, line};

fn words(decoder: &mut Decoder, bytes: &[u8]) -> String {
    words_of(decoder, 1, bytes)
}

/// The same, of frame `no`.
fn words_of(decoder: &mut Decoder, no: u32, bytes: &[u8]) -> String {
    let frame = Frame {
        no,
        ..frame(1, bytes)
    };
    match decoder.decode(&frame).content {
        Content::Other(other) => format!("{} {}", other.protocol, other.info),
        _ => panic!("not such a packet"),
    }
}

fn arp(kind: u8, sender: [u8; 4], target: [u8; 4]) -> Vec<u8> {
    let head: &[u8] = &[0, 1, 8, 0, 6, 4, 0, kind, 2, 0, 0, 0, 0, 1];
    ethernet(0x0806, &[head, &sender, &[0; 6], &target].concat())
}

#[test]
fn arp_asks_answers_and_announces() {
    let mut decoder = Decoder::new();
    let (one, two) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    for (bytes, expected) in [
        (arp(1, one, two), "ARP Who has 10.0.0.2? Tell 10.0.0.1"),
        (arp(2, one, two), "ARP 10.0.0.1 is at 02:00:00:00:00:01"),
        (arp(1, one, one), "ARP ARP Announcement for 10.0.0.1"),
        (arp(2, one, one), "ARP Gratuitous ARP for 10.0.0.1 (Reply)"),
        (arp(1, [0; 4], two), "ARP Who has 10.0.0.2? (ARP Probe)"),
    ] {
        assert_eq!(words(&mut decoder, &bytes), expected);
    }
    let mut other = arp(1, one, two);
    other[27] = 9;
    assert_eq!(
        words_of(&mut decoder, 2, &other),
        "ARP Who has 10.0.0.2? Tell 10.0.0.1 (duplicate use of 10.0.0.1 detected!)"
    );
}

#[test]
fn arp_that_is_not_what_it_seems() {
    let mut decoder = Decoder::new();
    let (one, two) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    words(&mut decoder, &arp(1, one, two));
    // Only addresses of IPv4 over Ethernet are held against each other.
    let mut other = arp(1, one, two);
    (other[15], other[27]) = (5, 9);
    assert_eq!(
        words_of(&mut decoder, 2, &other),
        "ARP Who has 10.0.0.2? Tell 10.0.0.1"
    );
    // Nor is what one message says of itself.
    let mut alone = arp(2, [10, 0, 0, 7], [10, 0, 0, 7]);
    alone[32..38].copy_from_slice(&[2, 0, 0, 0, 0, 9]);
    assert_eq!(
        words_of(&mut decoder, 3, &alone),
        "ARP Gratuitous ARP for 10.0.0.7 (Reply)"
    );
    // Addresses that the packet has no room for: no words, and no name of its own.
    let mut long = arp(3, one, two);
    long[18] = 200;
    assert_eq!(words(&mut decoder, &long), "ARP [Malformed Packet]");
    // Words come whole or not at all.
    let cut_short = arp(1, one, two);
    let packet = decoder.decode(&cut(1, &cut_short[..36], cut_short.len()));
    assert!(line(&packet).ends_with(" ARP [Packet size limited during capture]"));
    assert_eq!(
        words(&mut decoder, &arp(11, one, two)),
        "MARS MARS request from 02:00:00:00:00:01 at 10.0.0.1"
    );
}

#[test]
fn an_echo_behind_an_authentication_header_has_no_time_to_live() {
    let header = [&[1, 4, 0, 0][..], &[0; 20]].concat();
    let echo = [header, vec![8, 0, 0xf6, 0xfc, 0, 1, 1, 0]].concat();
    assert_eq!(
        words(&mut Decoder::new(), &ethernet(0x0800, &v4(51, &echo))),
        "ICMP Echo (ping) request  id=0x0001, seq=256/1"
    );
}

#[test]
fn options_reach_no_further_than_the_packet() {
    let row = |option: u8| {
        let chain = [&[6, 0, 1, option, 0, 0, 0, 0][..], &syn()].concat();
        line(&Decoder::new().decode(&frame(1, &ethernet(0x86dd, &v6(0, &chain)))))
    };
    let ends = "2001:db8::1 > 2001:db8::2";
    assert_eq!(row(24), format!("{ends} TCP 1000 2000 L=20"));
    assert_eq!(
        row(25),
        format!("{ends} IPv6 IPv6 hop-by-hop options[Malformed Packet]")
    );
}

#[test]
fn echoes_are_matched_once() {
    let mut decoder = Decoder::new();
    let ask = ethernet(0x0800, &v4(1, &[8, 0, 0xf6, 0xfc, 0, 1, 1, 0]));
    let mut answer = ethernet(0x0800, &v4(1, &[0, 0, 0xfe, 0xfc, 0, 1, 1, 0]));
    answer[26..34].copy_from_slice(&[10, 0, 0, 2, 10, 0, 0, 1]);
    assert_eq!(
        words(&mut decoder, &ask),
        "ICMP Echo (ping) request  id=0x0001, seq=256/1, ttl=64"
    );
    let reply = "ICMP Echo (ping) reply    id=0x0001, seq=256/1, ttl=64";
    assert_eq!(
        words(&mut decoder, &answer),
        format!("{reply} (request in 1)")
    );
    assert_eq!(words(&mut decoder, &answer), reply);
}

#[test]
fn icmp_errors_quote_and_keep_their_own_addresses() {
    let mut quoted = v4(17, &datagram(b"data"));
    quoted[12..20].copy_from_slice(&[9, 9, 9, 9, 8, 8, 8, 8]);
    let message = [vec![3, 3, 0, 0, 0, 0, 0, 0], quoted].concat();
    let bytes = ethernet(0x0800, &v4(1, &message));
    let mut decoder = Decoder::new();
    let packet = decoder.decode(&frame(1, &bytes));
    assert_eq!(
        line(&packet),
        "10.0.0.1 > 10.0.0.2 ICMP Destination unreachable (Port unreachable)"
    );
    let Content::Other(other) = packet.content else {
        panic!("an ICMP error is neither TCP nor UDP");
    };
    assert_eq!(other.kind, OtherKind::IcmpError);
    let quoted = other.quoted.unwrap();
    assert!(!quoted.tcp);
    assert_eq!(
        quoted.source,
        netlab::model::address::Address::V4([9, 9, 9, 9].into())
    );
    assert_eq!(quoted.transport.len, 12);
}

#[test]
fn a_redirect_quotes_udp_but_not_tcp() {
    let quotes = |protocol, payload: &[u8]| {
        let message = [vec![5, 1, 0, 0, 10, 0, 0, 3], v4(protocol, payload)].concat();
        let bytes = ethernet(0x0800, &v4(1, &message));
        let mut decoder = Decoder::new();
        let packet = decoder.decode(&frame(1, &bytes));
        assert_eq!(
            line(&packet),
            "10.0.0.1 > 10.0.0.2 ICMP Redirect             (Redirect for host)"
        );
        let Content::Other(other) = packet.content else {
            panic!("a redirect is ICMP");
        };
        other.quoted.is_some()
    };
    assert!(!quotes(6, &syn()));
    assert!(quotes(17, &datagram(b"data")));
}

#[test]
fn a_cut_quotation_is_told() {
    let message = |quoted: &[u8]| {
        ethernet(
            0x0800,
            &v4(1, &[&[3, 3, 0, 0, 0, 0, 0, 0], quoted].concat()),
        )
    };
    let told = |quoted: &[u8], kept: usize| {
        let bytes = message(quoted);
        let kept = &bytes[..14 + 28 + kept];
        let mut decoder = Decoder::new();
        let line = line(&decoder.decode(&cut(1, kept, bytes.len())));
        let words = "10.0.0.1 > 10.0.0.2 ICMP Destination unreachable (Port unreachable)";
        match line.strip_prefix(words).unwrap() {
            "" => false,
            cut => {
                assert_eq!(cut, "[Packet size limited during capture]");
                true
            }
        }
    };
    let (udp, tcp) = (v4(17, &datagram(b"data")), v4(6, &syn()));
    assert!(told(&udp, 10) && told(&udp, 22) && told(&udp, 28));
    assert!(!told(&udp, 29));
    assert!(told(&tcp, 39));
    assert!(!told(&tcp, 40));
    // A quotation that is short by itself is the usual thing.
    assert!(!told(&tcp[..28], 28));
}

#[test]
fn icmp_in_words() {
    let mut decoder = Decoder::new();
    let icmp = |kind, code| {
        let message = [vec![kind, code, 0, 0, 0, 0, 0, 0], v4(6, &syn())].concat();
        ethernet(0x0800, &v4(1, &message))
    };
    for (kind, code, expected) in [
        (3, 4, "Destination unreachable (Fragmentation needed)"),
        (3, 16, "Destination unreachable (Unknown code: 16)"),
        (4, 0, "Source quench (flow control)"),
        (5, 1, "Redirect             (Redirect for host)"),
        (10, 0, "Router solicitation "),
        (
            11,
            0,
            "Time-to-live exceeded (Time to live exceeded in transit)",
        ),
        (13, 0, "Timestamp request    id=0x0000, seq=0/0, ttl=64"),
        (44, 0, "Unknown ICMP (obsolete or malformed?)"),
    ] {
        assert_eq!(
            words(&mut decoder, &icmp(kind, code)),
            format!("ICMP {expected}")
        );
    }
}

#[test]
fn what_ends_before_its_first_words_has_none() {
    let mut decoder = Decoder::new();
    let icmp = |len: usize| ethernet(0x0800, &v4(1, &[8, 0, 0, 0, 0, 1][..len]));
    assert_eq!(words(&mut decoder, &icmp(5)), "ICMP [Malformed Packet]");
    assert_eq!(
        words(&mut decoder, &icmp(6)),
        "ICMP Echo (ping) request [Malformed Packet]"
    );
    // What is empty does not even have a name.
    let igmp = ethernet(0x86dd, &v6(2, &[]));
    assert_eq!(words(&mut decoder, &igmp), "IPv6 [Malformed Packet]");
}

#[test]
fn a_listener_report_is_read_to_its_end() {
    let mut message = vec![143, 0, 0, 0, 0, 0, 0, 1, 4, 0, 0, 0];
    message.extend_from_slice(&[0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5]);
    let bytes = ethernet(0x86dd, &v6(58, &message));
    let told = "2001:db8::1 > 2001:db8::2 ICMPv6 Multicast Listener Report Message v2";
    let mut decoder = Decoder::new();
    assert_eq!(line(&decoder.decode(&frame(1, &bytes))), told);
    assert_eq!(
        line(&decoder.decode(&cut(1, &bytes[..80], bytes.len()))),
        format!("{told}[Packet size limited during capture]")
    );
    message.truncate(20);
    let bytes = ethernet(0x86dd, &v6(58, &message));
    assert_eq!(
        line(&decoder.decode(&frame(1, &bytes))),
        format!("{told}[Malformed Packet]")
    );
}

#[test]
fn icmpv6_in_words() {
    let mut decoder = Decoder::new();
    let target = [0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5];
    let mut neighbour = |kind, flags, option: &[u8]| {
        let head: &[u8] = &[kind, 0, 0, 0, flags, 0, 0, 0];
        let message = [head, &target, option].concat();
        words(&mut decoder, &ethernet(0x86dd, &v6(58, &message)))
    };
    let hardware = |kind| [kind, 1, 2, 0, 0, 0, 0, 5];
    assert_eq!(
        neighbour(135, 0, &hardware(1)),
        "ICMPv6 Neighbor Solicitation for fe80::5 from 02:00:00:00:00:05"
    );
    assert_eq!(
        neighbour(136, 0x60, &hardware(2)),
        "ICMPv6 Neighbor Advertisement fe80::5 (sol, ovr) is at 02:00:00:00:00:05"
    );
    assert_eq!(
        neighbour(136, 0, &[]),
        "ICMPv6 Neighbor Advertisement fe80::5 (none)"
    );
    let message = [vec![1, 4, 0, 0, 0, 0, 0, 0], v6(6, &syn())].concat();
    assert_eq!(
        words(&mut decoder, &ethernet(0x86dd, &v6(58, &message))),
        "ICMPv6 Destination Unreachable (Port unreachable)"
    );
}

#[test]
fn icmpv6_codes_begin_with_a_capital_since_4_6() {
    for (kind, code, small, capital) in [
        (1, 0, "no route to destination", "No route to destination"),
        (1, 3, "Address unreachable", "Address unreachable"),
        (
            3,
            0,
            "hop limit exceeded in transit",
            "Hop limit exceeded in transit",
        ),
        (
            3,
            1,
            "fragment reassembly time exceeded",
            "Fragment reassembly time exceeded",
        ),
        (
            4,
            1,
            "unrecognized Next Header type encountered",
            "Unrecognized Next Header type encountered",
        ),
    ] {
        let message = [vec![kind, code, 0, 0, 0, 0, 0, 0], v6(6, &syn())].concat();
        let bytes = ethernet(0x86dd, &v6(58, &message));
        for (dialect, expected) in [
            (Dialect::V4_0, small),
            (Dialect::V4_4, small),
            (Dialect::V4_6, capital),
        ] {
            let told = words(&mut Decoder::of(dialect), &bytes);
            assert!(
                told.ends_with(&format!("({expected})")),
                "{dialect:?}: {told}"
            );
        }
    }
}

#[test]
fn macsec_is_verified_since_4_4() {
    let inner = v4(17, &datagram(b"hi"));
    let check = [0; 16];
    let frame = |control: u8, short: u8| {
        let tag = [control, short, 0, 0, 0, 1];
        let body = [&tag[..], &[0x08, 0x00], &inner, &check].concat();
        ethernet(0x88e5, &body)
    };
    let len = u8::try_from(inner.len() + 2).unwrap();
    let told = |dialect, bytes: &[u8]| words(&mut Decoder::of(dialect), bytes);
    for dialect in [Dialect::V4_4, Dialect::V4_6] {
        let whole = Decoder::of(dialect)
            .decode(&super::frame(1, &frame(0, len)))
            .tail;
        assert_eq!(whole, " [UNVERIFIED]");
        for bytes in [frame(0, len + 1), frame(0x0c, 0)] {
            let expected = "MACSEC MACsec frame[Malformed Packet]";
            assert_eq!(told(dialect, &bytes), expected);
        }
    }
    let whole = Decoder::of(Dialect::V4_0)
        .decode(&super::frame(1, &frame(0, len)))
        .tail;
    assert_eq!(whole, "");
    assert_eq!(told(Dialect::V4_0, &frame(0x0c, 0)), "MACSEC MACsec frame");
}

#[test]
fn other_protocols_by_name() {
    let mut decoder = Decoder::new();
    let mut ip =
        |protocol, payload: &[u8]| words(&mut decoder, &ethernet(0x0800, &v4(protocol, payload)));
    assert_eq!(
        ip(2, &[0x16, 0, 0, 0, 224, 0, 0, 5]),
        "IGMPv2 Membership Report group 224.0.0.5"
    );
    assert_eq!(ip(50, &[0; 16]), "ESP ESP (SPI=0x00000000)");
    assert_eq!(ip(253, b"?"), "IPv4 Unknown (253)");
    assert_eq!(ip(132, &[0; 12]), "SCTP ");
    let mut v6 = |next| words(&mut decoder, &ethernet(0x86dd, &v6(next, b"abcd")));
    assert_eq!(v6(59), "IPv6 IPv6 no next header");
    assert_eq!(v6(253), "IPv6 Unknown IP Protocol: Unknown (253)");
}
