//! Datagrams in pieces.

use netlab::decode::Decoder;
use netlab::model::packet::Content;
use netlab::model::transport::Extent;

use super::build::{V4, datagram, ethernet, v6};
use super::{cut, frame, line};

const WHOLE: &str = "8.8.8.8 > 10.0.0.2 UDP 5000 6000 L=208";

/// The bytes of one datagram, whose payload counts up.
fn whole() -> Vec<u8> {
    datagram(&(0..200).collect::<Vec<u8>>())
}

/// A frame with the bytes `from..to` of the datagram.
fn piece(id: u16, from: usize, to: usize) -> Vec<u8> {
    let bytes = whole();
    let more = if to < bytes.len() { 0x2000 } else { 0 };
    let packet = V4 {
        protocol: 17,
        id,
        flags: more | u16::try_from(from / 8).unwrap(),
        source: [8, 8, 8, 8],
        ..V4::default()
    }
    .packet(&bytes[from..to]);
    ethernet(0x0800, &packet)
}

fn waiting(from: usize) -> String {
    format!("8.8.8.8 > 10.0.0.2 IPv4 Fragmented IP protocol (proto=UDP 17, off={from}, ID=0001)")
}

#[test]
fn the_fragment_that_completes_the_datagram_shows_it() {
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [2, 0, 1]] {
        let mut decoder = Decoder::new();
        for (place, part) in order.into_iter().enumerate() {
            let (from, to) = [(0, 80), (80, 160), (160, 208)][part];
            let bytes = piece(1, from, to);
            let packet = decoder.decode(&frame(1, &bytes));
            if place < 2 {
                assert_eq!(line(&packet), waiting(from), "{order:?}");
                continue;
            }
            assert_eq!(line(&packet), WHOLE, "{order:?}");
            let Content::Udp(datagram) = packet.content else {
                panic!("a datagram");
            };
            assert_eq!(datagram.transport.bytes, whole());
            assert_eq!(datagram.transport.extent, Extent::Whole);
        }
        // The next one with the same number begins anew.
        assert_eq!(
            line(&decoder.decode(&frame(1, &piece(1, 0, 80)))),
            waiting(0)
        );
    }
}

#[test]
fn overlaps_count_for_the_lower_offset() {
    let mut decoder = Decoder::new();
    let mut second = piece(1, 80, 208);
    // The bytes that both hold differ: those of the first fragment stay.
    second[34..74].fill(0xee);
    decoder.decode(&frame(1, &second));
    let first = piece(1, 0, 120);
    let packet = decoder.decode(&frame(1, &first));
    let Content::Udp(datagram) = packet.content else {
        panic!("a datagram");
    };
    assert_eq!(datagram.transport.bytes, whole());
}

#[test]
fn a_cut_fragment_is_not_put_together() {
    let mut decoder = Decoder::new();
    let first = piece(1, 0, 80);
    let packet = decoder.decode(&cut(1, &first[..60], first.len()));
    let Content::Udp(datagram) = packet.content else {
        panic!("the first fragment is read alone");
    };
    assert_eq!(datagram.transport.extent, Extent::FragmentAlone);
    let rest = piece(1, 80, 208);
    assert_eq!(
        line(&decoder.decode(&cut(1, &rest[..60], rest.len()))),
        waiting(80)
    );
    assert_eq!(line(&decoder.decode(&frame(1, &rest))), waiting(80));
}

#[test]
fn private_addresses_are_kept_apart_by_vlan() {
    let tagged = |vlan: u8, bytes: &[u8], source: [u8; 4]| {
        let mut packet = bytes[14..].to_vec();
        packet[12..16].copy_from_slice(&source);
        packet[16..20].copy_from_slice(&[9, 9, 9, 9]);
        ethernet(0x8100, &[vec![0, vlan, 8, 0], packet].concat())
    };
    for (source, meets) in [([8, 8, 8, 8], true), ([192, 168, 0, 1], false)] {
        let mut decoder = Decoder::new();
        decoder.decode(&frame(1, &tagged(5, &piece(1, 0, 80), source)));
        let bytes = tagged(6, &piece(1, 80, 208), source);
        let packet = decoder.decode(&frame(1, &bytes));
        assert_eq!(matches!(packet.content, Content::Udp(_)), meets);
    }
    // The VLAN goes into the identification: two of them meet where the sums are the same.
    let mut decoder = Decoder::new();
    let source = [192, 168, 0, 1];
    decoder.decode(&frame(1, &tagged(5, &piece(1, 0, 80), source)));
    let bytes = tagged(6, &piece(2, 80, 208), source);
    let packet = decoder.decode(&frame(1, &bytes));
    assert!(matches!(packet.content, Content::Udp(_)));
}

#[test]
fn ipv6_fragments_say_what_they_are() {
    let fragment = |from: usize, to: usize, more: u8| {
        let offset = u8::try_from(from).unwrap();
        let head = [17, 0, 0, offset | more, 0, 0, 0, 7];
        ethernet(0x86dd, &v6(44, &[&head, &whole()[from..to]].concat()))
    };
    let mut decoder = Decoder::new();
    assert_eq!(
        line(&decoder.decode(&frame(1, &fragment(80, 208, 0)))),
        "2001:db8::1 > 2001:db8::2 IPv6 IPv6 fragment (off=80 more=n ident=0x00000007 nxt=17)"
    );
    assert_eq!(
        line(&decoder.decode(&frame(1, &fragment(0, 80, 1)))),
        "2001:db8::1 > 2001:db8::2 UDP 5000 6000 L=208"
    );
    // A lone fragment that is the whole datagram is read at once.
    assert_eq!(
        line(&decoder.decode(&frame(1, &fragment(0, 208, 0)))),
        "2001:db8::1 > 2001:db8::2 UDP 5000 6000 L=208"
    );
}
