//! pcap in every variant. The expected values are what tshark 4.0.17 shows of the same bytes.

use netlab::analysis::clock::Clock;
use netlab::model::frame::LinkType;
use netlab::model::time::Timestamp;
use netlab::report::columns::time;
use netlab::report::columns::{CellOptions, TimeStyle};
use netlab::source::error::SourceError;
use netlab::source::file::{ByteOrder, Format};
use netlab::text::Lang;

use super::build::{Order, UDP, packet, pcap, usual};
use super::{open, whole};

const PLAIN: u32 = 0xa1b2_c3d4;
const NANOS: u32 = 0xa1b2_3c4d;
const MODIFIED: u32 = 0xa1b2_cd34;

/// Two packets, one and two seconds after 1970, each header with `extra` bytes.
fn two(order: Order, magic: u32, version: (u16, u16), link: u32, extra: &[u8]) -> Vec<u8> {
    let mut file = pcap(order, magic, version, 65_535, link);
    file.extend(packet(order, 1, 5, extra, &UDP));
    file.extend(packet(order, 2, 7, extra, &UDP));
    file
}

/// The column Time of every packet of a file.
fn column(file: &[u8], time: TimeStyle) -> Vec<String> {
    let options = CellOptions {
        time,
        ..CellOptions::default()
    };
    let mut clock = Clock::default();
    let cell = |(time, decimals)| {
        let mut cell = Vec::new();
        time::write_times(&clock.tick(Some(time)), decimals, &options, &mut cell);
        String::from_utf8(cell).unwrap()
    };
    times(file).into_iter().map(cell).collect()
}

#[test]
fn a_fraction_of_a_second_or_more_is_shown_as_it_stands() {
    let mut file = usual();
    for (secs, micros) in [
        (100, 2_200_000),
        (100, 5),
        (101, 2_097_152),
        (100, 2_302_436),
        (99, 1_500_000),
        (98, 4_294_967),
        (103, 3_000_000),
        (102, 1_999_999),
    ] {
        file.extend(packet(Order::Little, secs, micros, &[], &UDP));
    }
    assert_eq!(
        column(&file, TimeStyle::Relative),
        [
            "0.000000",
            "0.(2094972296 nanoseconds)",
            "0.897152",
            "0.102436",
            "-1.700000",
            "-1.(1094967000 nanoseconds)",
            "3.800000",
            "1.799999"
        ]
    );
    assert_eq!(
        column(&file, TimeStyle::Delta),
        [
            "0.000000",
            "0.(2094972296 nanoseconds)",
            "1.(2097147000 nanoseconds)",
            "-0.794716",
            "-1.802436",
            "-1.(1500000296 nanoseconds)",
            "-4.294967",
            "-1.(1000001000 nanoseconds)"
        ]
    );
    assert_eq!(
        column(&file, TimeStyle::Epoch),
        [
            "-100.(2094967296 nanoseconds)",
            "100.000005",
            "101.(2097152000 nanoseconds)",
            "-100.(1992531296 nanoseconds)",
            "99.(1500000000 nanoseconds)",
            "98.000000",
            "-103.(1294967296 nanoseconds)",
            "102.(1999999000 nanoseconds)"
        ]
    );
}

fn times(file: &[u8]) -> Vec<(Timestamp, u8)> {
    let frames = whole(file);
    frames
        .iter()
        .map(|frame| (frame.time.unwrap(), frame.decimals))
        .collect()
}

#[test]
fn both_byte_orders_and_both_resolutions() {
    for order in Order::BOTH {
        for (magic, nanos, decimals) in [(PLAIN, 1000, 6), (NANOS, 1, 9)] {
            let file = two(order, magic, (2, 4), 1, &[]);
            let frames = whole(&file);
            assert_eq!(frames.len(), 2);
            for (place, frame) in frames.iter().enumerate() {
                let secs = i64::try_from(place).unwrap() + 1;
                let fraction = [5, 7][place] * nanos;
                assert_eq!(frame.time, Some(Timestamp::new(secs, fraction)));
                assert_eq!(usize::try_from(frame.no).unwrap(), place + 1);
                assert_eq!(frame.decimals, decimals);
                assert_eq!(frame.link, LinkType::ETHERNET);
                assert_eq!(frame.wire_len, 42);
                assert_eq!(frame.bytes, UDP);
            }
            let facts = open(&file).unwrap().facts().clone();
            let expected = match order {
                Order::Little => ByteOrder::Little,
                Order::Big => ByteOrder::Big,
            };
            assert_eq!(facts.byte_order, expected);
            assert_eq!(facts.size, Some(file.len() as u64));
            assert_eq!(facts.interfaces[0].snap_len, 65_535);
        }
    }
}

#[test]
fn the_headers_of_1999_are_recognized_by_their_packets() {
    // Interface 2, protocol 0x0800, packet type 0.
    let short = [2, 0, 0, 0, 0, 8, 0, 0];
    let long = [2, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0];
    let nokia = [0x01, 0xb6, 0xbf, 0x9f];
    let cases: [(u32, &[u8], Format); 4] = [
        (PLAIN, &short, Format::PcapModified),
        (MODIFIED, &short, Format::PcapModified),
        (MODIFIED, &long, Format::PcapModified),
        (PLAIN, &nokia, Format::PcapNokia),
    ];
    for (magic, extra, format) in cases {
        let file = two(Order::Little, magic, (2, 4), 1, extra);
        assert_eq!(open(&file).unwrap().facts().format, format);
        let frames = whole(&file);
        assert_eq!(frames.len(), 2, "{magic:x} with {} more", extra.len());
        assert!(frames.iter().all(|frame| frame.bytes == UDP));
    }
}

#[test]
fn aix_has_its_own_link_types_and_nanoseconds() {
    for (interface_type, link) in [(6, 1), (9, 6), (24, 0)] {
        for order in Order::BOTH {
            let file = two(order, PLAIN, (2, 2), interface_type, &[]);
            let frames = whole(&file);
            assert_eq!(frames[0].link, LinkType(link));
            assert_eq!(frames[0].time, Some(Timestamp::new(1, 5)));
            assert_eq!(frames[0].decimals, 9);
        }
    }
    // FDDI frames have three bytes in front.
    let file = two(Order::Big, PLAIN, (2, 2), 15, &[]);
    let frames = whole(&file);
    assert_eq!(frames[0].link, LinkType(10));
    assert_eq!((frames[0].wire_len, &frames[0].bytes[..]), (39, &UDP[3..]));
}

#[test]
fn old_versions_put_the_original_length_first() {
    let mut record = Order::Little.u32s(&[1, 5, 60, 42]);
    record.extend_from_slice(&UDP);
    for version in [(2, 0), (2, 2), (2, 3), (543, 0)] {
        let mut file = pcap(Order::Little, PLAIN, version, 65_535, 1);
        file.extend_from_slice(&record);
        let frames = whole(&file);
        assert_eq!((frames[0].wire_len, frames[0].bytes.len()), (60, 42));
    }
    // From 2.3 on, only a kept length above the original one is taken for that.
    let mut file = pcap(Order::Little, PLAIN, (2, 3), 65_535, 1);
    file.extend(Order::Little.u32s(&[1, 5, 42, 60]));
    file.extend_from_slice(&UDP);
    assert_eq!(whole(&file)[0].wire_len, 60);
}

#[test]
fn ixia_puts_a_length_behind_the_header() {
    for magic in [0x1c00_01ac, 0x1c00_01ab] {
        for order in Order::BOTH {
            let mut file = pcap(order, magic, (2, 4), 65_535, 1);
            file.extend(order.u32(58));
            file.extend(packet(order, 1, 5, &[], &UDP));
            assert_eq!(times(&file), [(Timestamp::new(1, 5000), 6)]);
        }
    }
}

#[test]
fn lengths_are_told_as_they_stand() {
    let mut file = usual();
    // More kept than there was; nothing kept; more than anything can have.
    file.extend(Order::Little.u32s(&[1, 0, 42, 20]));
    file.extend_from_slice(&UDP);
    file.extend(Order::Little.u32s(&[2, 0, 0, 42]));
    file.extend(Order::Little.u32s(&[3, 0, 42, 3_599_899_676]));
    file.extend_from_slice(&UDP);
    let lengths: Vec<_> = whole(&file)
        .iter()
        .map(|frame| (frame.wire_len, frame.bytes.len()))
        .collect();
    assert_eq!(lengths, [(20, 42), (42, 0), (2_147_483_647, 42)]);
}

#[test]
fn a_fraction_beyond_the_second_wraps_as_in_tshark() {
    let mut file = usual();
    file.extend(packet(Order::Little, 3, u32::MAX, &[], &UDP));
    assert_eq!(times(&file), [(Timestamp::new(2, 999_999_000), 6)]);
    let mut file = pcap(Order::Little, NANOS, (2, 4), 65_535, 1);
    file.extend(packet(Order::Little, 3, u32::MAX, &[], &UDP));
    assert_eq!(times(&file), [(Timestamp::new(2, 999_999_999), 9)]);
    let mut file = usual();
    file.extend(packet(Order::Little, u32::MAX, 0, &[], &UDP));
    assert_eq!(times(&file), [(Timestamp::new(4_294_967_295, 0), 6)]);
}

#[test]
fn the_link_type_field_can_tell_the_length_of_the_check_sequence() {
    for field in [0x1400_0001, 0x2400_0001, 0xf400_0001, 0x0800_0001] {
        let file = two(Order::Little, PLAIN, (2, 4), field, &[]);
        assert_eq!(whole(&file)[0].link, LinkType::ETHERNET);
    }
    for field in [0x0001_0001, 0x0200_0001] {
        let file = two(Order::Little, PLAIN, (2, 4), field, &[]);
        let error = open(&file).err();
        assert!(matches!(error, Some(SourceError::Unsupported { .. })));
    }
}

#[test]
fn what_is_only_about_a_packet_is_taken_off() {
    for (link, about) in [(204, 1), (245, 2), (123, 4), (201, 4), (209, 5)] {
        let frames = whole(&two(Order::Little, PLAIN, (2, 4), link, &[]));
        let frame = &frames[0];
        assert_eq!(frame.bytes, UDP[about..], "link type {link}");
        assert_eq!(frame.wire_len as usize, 42 - about);
    }
}

#[test]
fn an_unknown_link_type_is_told_and_its_frames_are_read() {
    let file = two(Order::Little, PLAIN, (2, 4), 9999, &[]);
    let error = open(&file).unwrap().complaint().expect("a complaint");
    assert!(error.message(Lang::En).contains("9999"), "{error}");
    assert_eq!(whole(&file).len(), 2);
    let file = two(Order::Little, PLAIN, (2, 4), 147, &[]);
    assert!(open(&file).unwrap().complaint().is_none());
}

#[test]
fn a_packet_of_the_largest_size_is_read_and_no_larger_one() {
    let large = vec![7; 262_144];
    let mut file = usual();
    file.extend(packet(Order::Little, 1, 0, &[], &large));
    file.extend(packet(Order::Little, 2, 0, &[], &UDP));
    let frames = whole(&file);
    assert_eq!(frames[0].bytes, large);
    assert_eq!(frames[1].bytes, UDP);
    let mut file = usual();
    file.extend(packet(Order::Little, 1, 0, &[], &[7; 262_145]));
    let error = super::drain(&mut open(&file).unwrap()).err();
    assert!(matches!(
        error,
        Some(SourceError::Damaged { offset: 24, .. })
    ));
}
