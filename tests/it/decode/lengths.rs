//! How many bytes IP hands over, and what is said where there are too few.

use netlab::decode::Decoder;
use netlab::model::packet::Content;

use super::build::{V4, datagram, ethernet, syn, v4, v6};
use super::{cut, decoded, line};

/// The row of a SYN under a total length, with six bytes of padding behind.
fn with_total(total: u16) -> String {
    let packet = V4 {
        total: Some(total),
        ..V4::default()
    }
    .packet(&syn());
    decoded(1, &ethernet(0x0800, &[packet, vec![0; 6]].concat()))
}

#[test]
fn the_total_length_counts_as_far_as_it_can() {
    let link = "02:00:00:00:00:01 > 02:00:00:00:00:02";
    let ip = "10.0.0.1 > 10.0.0.2";
    assert_eq!(with_total(40), format!("{ip} TCP 1000 2000 L=20"));
    assert_eq!(with_total(0), format!("{ip} TCP 1000 2000 L=26"));
    assert_eq!(with_total(1000), format!("{ip} TCP 1000 2000 L=26"));
    assert_eq!(with_total(20), format!("{ip} IPv4 "));
    assert_eq!(with_total(23), format!("{ip} IPv4 [Malformed Packet]"));
    assert_eq!(
        with_total(10),
        format!("{link} IPv4 Bogus IP length (10, less than header length 20)")
    );
}

#[test]
fn broken_headers_say_what_is_broken() {
    let link = "02:00:00:00:00:01 > 02:00:00:00:00:02";
    let mut packet = v4(6, &syn());
    packet[0] = 0x44;
    assert_eq!(
        decoded(1, &ethernet(0x0800, &packet)),
        format!("{link} IPv4 Bogus IP header length (16, must be at least 20)")
    );
    packet[0] = 0x55;
    assert_eq!(
        decoded(1, &ethernet(0x0800, &packet)),
        format!("{link} IPv4 Bogus IPv4 version (5, must be 4)")
    );
    assert_eq!(
        decoded(1, &ethernet(0x0800, &v6(6, &syn()))),
        "2001:db8::1 > 2001:db8::2 TCP 1000 2000 L=20"
    );
    assert_eq!(
        decoded(1, &ethernet(0x86dd, &v6(6, &syn())[..30])),
        "2001:db8::1 > 02:00:00:00:00:02 IPv6 \
         Invalid IPv6 header (30 bytes, need exactly 40)[Malformed Packet]"
    );
}

#[test]
fn addresses_appear_as_far_as_they_were_captured() {
    let bytes = ethernet(0x0800, &v4(17, &datagram(&[0; 40])));
    let row = |kept: usize| {
        let mut decoder = Decoder::new();
        line(&decoder.decode(&cut(1, &bytes[..kept], bytes.len())))
    };
    let limited = "[Packet size limited during capture]";
    assert_eq!(row(5), format!(" >  Ethernet {limited}"));
    assert_eq!(
        row(13),
        format!("02:00:00:00:00:01 > 02:00:00:00:00:02 Ethernet {limited}")
    );
    assert_eq!(
        row(29),
        format!("02:00:00:00:00:01 > 02:00:00:00:00:02 IPv4 {limited}")
    );
    assert_eq!(
        row(30),
        format!("10.0.0.1 > 02:00:00:00:00:02 IPv4 {limited}")
    );
    assert_eq!(row(34), format!("10.0.0.1 > 10.0.0.2 IPv4 {limited}"));
    assert_eq!(row(38), "10.0.0.1 > 10.0.0.2 UDP 5000 6000 L=48");
}

/// A frame of `all` bytes with an acknowledgment in it, of which `kept` were captured: whether tshark
/// tells of the cut.
fn cut_is_told(wrap: fn(&[u8]) -> Vec<u8>, trailer: &[u8], kept: usize) -> bool {
    let bytes = [wrap(&v4(6, &syn())), trailer.to_vec()].concat();
    let mut decoder = Decoder::new();
    let packet = decoder.decode(&cut(
        1,
        &bytes[..bytes.len() - trailer.len() + kept],
        bytes.len(),
    ));
    assert!(matches!(packet.content, Content::Tcp(_)));
    match packet.tail {
        "" => false,
        tail => {
            assert_eq!(tail, "[Packet size limited during capture]");
            true
        }
    }
}

#[test]
fn a_cut_behind_the_packet_is_told_within_padding_checksum_and_stamp() {
    let plain: fn(&[u8]) -> Vec<u8> = |packet| ethernet(0x0800, packet);
    let vlan: fn(&[u8]) -> Vec<u8> = |packet| ethernet(0x8100, &[&[0, 5, 8, 0], packet].concat());
    let mpls: fn(&[u8]) -> Vec<u8> =
        |packet| ethernet(0x8847, &[&[0, 6, 0x41, 64], packet].concat());
    let snap: fn(&[u8]) -> Vec<u8> = |packet| {
        let payload = [&[0xaa, 0xaa, 3, 0, 0, 0, 8, 0], packet].concat();
        ethernet(u16::try_from(payload.len()).unwrap(), &payload)
    };
    // Padding: zeros up to 60 bytes.
    assert!(cut_is_told(plain, &[0; 6], 2));
    assert!(!cut_is_told(plain, &[0; 6], 0));
    assert!(!cut_is_told(plain, &[9; 6], 2));
    assert!(!cut_is_told(plain, &[0; 5], 2));
    assert!(cut_is_told(vlan, &[0; 6], 1));
    assert!(!cut_is_told(vlan, &[0; 6], 2));
    // A checksum in frames of 64 bytes and more, not behind a tag.
    assert!(cut_is_told(plain, &[9; 10], 9));
    assert!(cut_is_told(mpls, &[0; 6], 5));
    assert!(!cut_is_told(vlan, &[9; 10], 9));
    // Where a length says what belongs to the frame, nothing of the rest needs to be there.
    assert!(cut_is_told(snap, &[9; 4], 0));
    assert!(!cut_is_told(snap, &[9; 3], 1));
    // The stamp of a monitor in a frame too short for a checksum, or behind a tag.
    assert!(cut_is_told(plain, &[9; 8], 7));
    assert!(cut_is_told(vlan, &[9; 12], 7));
    assert!(!cut_is_told(vlan, &[9; 12], 8));
}

#[test]
fn the_source_route_names_the_real_destination() {
    let mut packet = v4(6, &[]);
    packet[0] = 0x48;
    packet[3] = 52;
    packet.extend_from_slice(&[131, 11, 4, 1, 2, 3, 4, 5, 6, 7, 8, 0]);
    packet.extend_from_slice(&syn());
    assert_eq!(
        decoded(1, &ethernet(0x0800, &packet)),
        "10.0.0.1 > 5.6.7.8 TCP 1000 2000 L=20"
    );
}
