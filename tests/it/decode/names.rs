//! What is known by name only: the column Protocol, where it takes a byte of the packet to tell.

use netlab::decode::Decoder;
use netlab::model::packet::Content;

use super::build::{ethernet, v4};
use super::frame;

fn name(link: u32, bytes: &[u8]) -> String {
    match Decoder::new().decode(&frame(link, bytes)).content {
        Content::Other(other) => other.protocol.to_owned(),
        _ => panic!("not such a packet"),
    }
}

fn padded(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes.resize(bytes.len() + 46, 0);
    bytes
}

#[test]
fn is_is_is_found_under_every_link_layer() {
    for (kind, expected) in [
        (15, "ISIS HELLO"),
        (20, "ISIS LSP"),
        (24, "ISIS CSNP"),
        (27, "ISIS PSNP"),
        (1, "ISIS"),
    ] {
        let message = padded(&[0x83, 27, 1, 0, kind, 1, 0, 0]);
        let behind = |header: &[u8]| [header, &message].concat();
        let gre = v4(47, &behind(&[0, 0, 0, 0xfe]));
        for (link, bytes) in [
            (1, ethernet(57, &behind(&[0xfe, 0xfe, 3]))),
            (1, ethernet(0x22f4, &message)),
            (1, ethernet(0x0800, &gre)),
            (50, behind(&[0, 0x23])),
            (104, behind(&[0x0f, 0, 0xfe, 0xfe])),
            (104, behind(&[0x0f, 0, 0xfe, 0xfe, 3])),
            (107, behind(&[0x18, 0x41, 3])),
        ] {
            assert_eq!(name(link, &bytes), expected, "link type {link}");
        }
    }
}

#[test]
fn a_byte_tells_the_name() {
    for (kind, start, expected) in [
        (0x888e, &[1, 0, 0, 5, 1, 1, 0, 5, 1][..], "EAP"),
        (0x888e, &[1, 1, 0, 0], "EAPOL"),
        (0x888e, &[2, 3, 0, 95], "EAPOL"),
        (0x8809, &[1, 1], "LACP"),
        (0x8809, &[2, 1], "Marker"),
        (0x8809, &[3, 0], "OAM"),
        (0x8809, &[9, 0], "Slow Protocols"),
        (49, &[4, 4, 3], "SNA"),
        (49, &[0xfe, 0xfe, 3, 0x81], "CLNP"),
        (49, &[0xfe, 0xfe, 3, 0x82], "ESIS"),
        (49, &[0xfe, 0xfe, 3, 0x84], "ISO"),
        // A security tag of another version is none.
        (0x88e5, &[0x80, 0], "0x88e5"),
        (0x88e5, &[0x0c, 0], "MACSEC"),
    ] {
        let bytes = ethernet(kind, &padded(start));
        assert_eq!(name(1, &bytes), expected, "{kind:#06x} {start:x?}");
    }
}

#[test]
fn an_ethertype_may_stand_where_a_wireless_frame_has_llc() {
    let mut header = vec![8, 1, 0, 0];
    header.extend_from_slice(&[2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 3, 0, 0]);
    for (kind, expected) in [([0x88, 0x8e], "EAP"), ([0x22, 0xf4], "ISIS")] {
        let packet = padded(&[2, 0, 0, 5, 1, 1, 0, 5, 1]);
        let bytes = [&header[..], &kind, &packet].concat();
        assert_eq!(name(105, &bytes), expected);
    }
}
