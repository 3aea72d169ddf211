//! pcapng: sections, interfaces, packet blocks, and blocks that are none. The expected values are
//! what tshark 4.0.17 shows of the same bytes.

use netlab::model::frame::LinkType;
use netlab::model::time::Timestamp;
use netlab::source::damage::Damage;
use netlab::source::error::SourceError;
use netlab::source::file::Ending;

use super::build::{
    Order, UDP, block, enhanced, enhanced_with, interface, option, section, simple,
};
use super::{drain, open, read, whole};
use crate::support::{Folder, run, stdout};

const LITTLE: Order = Order::Little;

fn start() -> Vec<u8> {
    let mut file = section(LITTLE, (1, 0), &[]);
    file.extend(interface(LITTLE, 1, 0, &[]));
    file
}

fn with(parts: &[Vec<u8>]) -> Vec<u8> {
    [start(), parts.concat()].concat()
}

#[test]
fn sections_of_different_byte_order_have_interfaces_of_their_own() {
    let mut file = with(&[enhanced(LITTLE, 0, 1_000_000, &UDP)]);
    file.extend(section(Order::Big, (1, 2), &[]));
    file.extend(interface(Order::Big, 101, 0, &[]));
    file.extend(enhanced(Order::Big, 0, 5_000_000, &UDP[14..]));
    file.extend(start());
    file.extend(enhanced(LITTLE, 0, 2_000_000, &UDP));
    let mut source = open(&file).unwrap();
    let (frames, ending) = drain(&mut source).unwrap();
    assert_eq!(ending, Ending::Complete);
    let seen: Vec<_> = frames
        .iter()
        .map(|frame| {
            (
                frame.no,
                frame.time.unwrap().secs(),
                frame.link,
                frame.interface,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (1, 1, LinkType::ETHERNET, 0),
            (2, 5, LinkType::RAW, 0),
            (3, 2, LinkType::ETHERNET, 0),
        ]
    );
    assert_eq!(source.facts().sections, 3);
    assert_eq!(source.facts().interfaces.len(), 3);
}

#[test]
fn a_section_without_an_interface_has_no_packets() {
    let mut file = with(&[enhanced(LITTLE, 0, 1_000_000, &UDP)]);
    let offset = file.len() as u64 + 28;
    file.extend(section(LITTLE, (1, 0), &[]));
    file.extend(enhanced(LITTLE, 0, 2_000_000, &UDP));
    let (frames, ending) = read(&file);
    assert_eq!(frames.len(), 1);
    let what = Damage::NoInterface {
        interface: 0,
        known: 0,
    };
    assert_eq!(ending, Ending::DamagedAt { offset, what });
}

#[test]
fn each_interface_has_its_link_type_resolution_and_offset() {
    let mut file = section(LITTLE, (1, 0), &[]);
    file.extend(interface(LITTLE, 1, 0, &[]));
    file.extend(interface(LITTLE, 101, 96, &option(LITTLE, 9, &[9])));
    file.extend(interface(LITTLE, 0, 0, &option(LITTLE, 9, &[0x88])));
    let offset = option(LITTLE, 14, &(-100_i64).to_le_bytes());
    file.extend(interface(LITTLE, 113, 0, &offset));
    for number in 0..4 {
        file.extend(enhanced(LITTLE, number, 0x0001_0203_0405_0607, &UDP));
    }
    let seen: Vec<_> = whole(&file)
        .iter()
        .map(|frame| {
            let time = frame.time.unwrap();
            (
                frame.link.0,
                frame.interface,
                time.secs(),
                time.nanos(),
                frame.decimals,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (1, 0, 283_686_952, 306_183_000, 6),
            (101, 1, 283_686, 952_306_183, 9),
            (0, 2, 1_108_152_157_446, 27_343_750, 2),
            (113, 3, 283_686_852, 306_183_000, 6),
        ]
    );
}

#[test]
fn simple_packets_have_no_time_and_the_first_interfaces_snap_length() {
    let mut file = section(Order::Big, (1, 0), &[]);
    file.extend(interface(Order::Big, 1, 30, &[]));
    file.extend(simple(Order::Big, 42, &UDP[..30]));
    file.extend(simple(Order::Big, 20, &UDP[..20]));
    file.extend(enhanced(Order::Big, 0, 1_000_000, &UDP));
    let seen: Vec<_> = whole(&file)
        .iter()
        .map(|frame| (frame.time.is_some(), frame.wire_len, frame.bytes.len()))
        .collect();
    assert_eq!(seen, [(false, 42, 30), (false, 20, 20), (true, 42, 42)]);
    // A block that is longer than the snap length says.
    let file = [
        section(LITTLE, (1, 0), &[]),
        interface(LITTLE, 1, 20, &[]),
        simple(LITTLE, 42, &UDP),
    ]
    .concat();
    let error = drain(&mut open(&file).unwrap()).err();
    assert!(matches!(error, Some(SourceError::Damaged { .. })));
}

#[test]
fn old_packet_blocks_are_packets() {
    let mut body = vec![0, 0, 3, 0];
    body.extend(LITTLE.u32s(&[0, 2_000_000, 42, 60]));
    body.extend_from_slice(&UDP);
    let frames = whole(&with(&[block(LITTLE, 2, &body)]));
    assert_eq!(frames[0].time, Some(Timestamp::new(2, 0)));
    assert_eq!((frames[0].wire_len, &frames[0].bytes[..]), (60, &UDP[..]));
}

/// The link type, length and time of a frame that is no packet.
type Shown = (LinkType, u32, Option<Timestamp>);

#[test]
fn only_these_other_blocks_are_frames() {
    let first = enhanced(LITTLE, 0, 1_000_000, &UDP);
    let last = enhanced(LITTLE, 0, 2_000_000, &UDP);
    let names = [option(LITTLE, 1, &[127, 0, 0, 1, b'a', 0]), vec![0; 4]].concat();
    let quiet: [(u32, Vec<u8>); 8] = [
        (4, names),
        (5, vec![0; 12]),
        (7, vec![]),
        (8, vec![1; 40]),
        (10, LITTLE.u32s(&[0x544c_534b, 4, 0x6162_6364])),
        (0x201, vec![0; 8]),
        (0x8000_0001, vec![9; 5]),
        (0xdead_beef, vec![9; 4]),
    ];
    for (kind, body) in quiet {
        let file = with(&[first.clone(), block(LITTLE, kind, &body), last.clone()]);
        let frames = whole(&file);
        assert_eq!(frames.len(), 2, "block type {kind:#x}");
        assert_eq!(frames[1].no, 2);
    }
    let journal = b"MESSAGE=abc\n__REALTIME_TIMESTAMP=1000001\n".to_vec();
    let mut event = vec![1, 0];
    event.extend(1_500_000_000_u64.to_le_bytes());
    event.extend(7_u64.to_le_bytes());
    event.extend(26_u32.to_le_bytes());
    event.extend([5, 0]);
    event.extend(b"abcdefgh");
    let counted: [(u32, Vec<u8>, Shown); 4] = [
        (0xbad, vec![0; 12], (LinkType::PCAPNG_BLOCK, 8, None)),
        (0x4000_0bad, vec![0; 4], (LinkType::PCAPNG_BLOCK, 0, None)),
        (
            9,
            journal,
            (LinkType::SYSTEMD_JOURNAL, 41, Some(Timestamp::new(1, 1000))),
        ),
        (
            0x204,
            event,
            (
                LinkType::SYSDIG_EVENT,
                26,
                Some(Timestamp::new(1, 500_000_000)),
            ),
        ),
    ];
    for (kind, body, shown) in counted {
        let file = with(&[first.clone(), block(LITTLE, kind, &body), last.clone()]);
        let frames = whole(&file);
        assert_eq!(frames.len(), 3, "block type {kind:#x}");
        let frame = &frames[1];
        assert_eq!((frame.link, frame.wire_len, frame.time), shown);
        assert_eq!(frames[2].no, 3);
    }
}

#[test]
fn lengths_that_leave_the_padding_out_are_rounded_up() {
    let mut packet = enhanced(LITTLE, 0, 1_000_000, &UDP);
    let len = packet.len();
    let short = LITTLE.u32(u32::try_from(len).unwrap() - 2);
    packet[4..8].copy_from_slice(&short);
    packet[len - 4..].copy_from_slice(&short);
    let file = with(&[packet, enhanced(LITTLE, 0, 2_000_000, &UDP)]);
    assert_eq!(whole(&file).len(), 2);
}

/// Damaged blocks that follow a good one, and what is wrong with each.
fn damaged(good: &[u8]) -> Vec<(Vec<u8>, Damage)> {
    let sized = |kind: u32, len: u32| [LITTLE.u32(kind), LITTLE.u32(len)].concat();
    let mut trailer = good.to_vec();
    let end = trailer.len() - 4;
    trailer[end] = 4;
    let mut outside = good.to_vec();
    outside[20] = 100;
    let options = |options: Vec<u8>| enhanced_with(LITTLE, 0, 1, &UDP, &options);
    vec![
        (
            sized(0x99, 8),
            Damage::BlockLength {
                kind: 0x99,
                claimed: 8,
            },
        ),
        (
            sized(6, 0x7fff_ffff),
            Damage::BlockLength {
                kind: 6,
                claimed: 0x7fff_ffff,
            },
        ),
        (
            trailer,
            Damage::LengthsDiffer {
                first: 76,
                second: 4,
            },
        ),
        (
            outside,
            Damage::PacketOutsideBlock {
                claimed: 100,
                room: 44,
            },
        ),
        (
            enhanced(LITTLE, 7, 1, &UDP),
            Damage::NoInterface {
                interface: 7,
                known: 1,
            },
        ),
        (
            enhanced(LITTLE, 0, 1, &[0; 262_145]),
            Damage::PacketTooLarge {
                claimed: 262_145,
                most: 262_144,
            },
        ),
        (options(vec![1, 0, 32, 0]), Damage::Option { code: 1 }),
        (
            options(option(LITTLE, 2, b"abc")),
            Damage::Option { code: 2 },
        ),
        (
            section(LITTLE, (1, 1), &[]),
            Damage::SectionVersion { major: 1, minor: 1 },
        ),
        (
            block(LITTLE, 4, &[1, 0, 0xff, 0]),
            Damage::NameRecord { kind: 1 },
        ),
        (
            block(LITTLE, 10, &LITTLE.u32s(&[1, 400])),
            Damage::SecretsOutsideBlock {
                claimed: 400,
                room: 0,
            },
        ),
    ]
}

#[test]
fn damage_is_told_with_its_place_and_reason() {
    let good = enhanced(LITTLE, 0, 1_000_000, &UDP);
    let place = (start().len() + good.len()) as u64;
    for (part, what) in damaged(&good) {
        let file = with(&[good.clone(), part, good.clone()]);
        let (frames, ending) = read(&file);
        assert_eq!(frames.len(), 1, "{what:?}");
        assert_eq!(
            ending,
            Ending::DamagedAt {
                offset: place,
                what
            }
        );
    }
}

#[test]
fn a_file_tells_who_made_it() {
    let about = [
        option(LITTLE, 2, b"a laptop"),
        option(LITTLE, 3, b"Linux 6.1\0"),
        option(LITTLE, 4, b"Dumpcap"),
        option(LITTLE, 1, b"lab 3"),
        option(LITTLE, 0, b""),
    ]
    .concat();
    let described = [
        option(LITTLE, 2, b"lo"),
        option(LITTLE, 3, b"loopback"),
        option(LITTLE, 11, b"\0port 5050"),
        option(LITTLE, 9, &[9]),
    ]
    .concat();
    let mut file = section(LITTLE, (1, 0), &about);
    file.extend(interface(LITTLE, 1, 262_144, &described));
    file.extend(enhanced(LITTLE, 0, 1, &UDP));
    let mut source = open(&file).unwrap();
    drain(&mut source).unwrap();
    let facts = source.facts();
    assert_eq!(facts.hardware.as_deref(), Some("a laptop"));
    assert_eq!(facts.os.as_deref(), Some("Linux 6.1"));
    assert_eq!(facts.application.as_deref(), Some("Dumpcap"));
    assert_eq!(facts.comment.as_deref(), Some("lab 3"));
    let interface = &facts.interfaces[0];
    assert_eq!(interface.name.as_deref(), Some("lo"));
    assert_eq!(interface.description.as_deref(), Some("loopback"));
    assert_eq!(interface.filter.as_deref(), Some("port 5050"));
    assert_eq!((interface.snap_len, interface.decimals), (262_144, 9));
}

#[test]
fn what_a_file_says_is_utf8_first_and_else_escaped() {
    // 1,023 bytes, then a character of three: it does not fit any more.
    let long = "x".repeat(1023) + "€ and more";
    let about = [
        option(LITTLE, 1, b"caf\xe9"),
        option(LITTLE, 2, "máquina".as_bytes()),
        option(LITTLE, 3, long.as_bytes()),
    ];
    let mut file = section(LITTLE, (1, 0), &about.concat());
    file.extend(interface(LITTLE, 1, 0, &[]));
    let source = open(&file).unwrap();
    let facts = source.facts();
    assert_eq!(facts.comment.as_deref(), Some("caf\\xe9"));
    assert_eq!(facts.hardware.as_deref(), Some("máquina"));
    assert_eq!(facts.os.as_deref(), Some(&long[..1023]));
}

#[test]
fn times_that_are_centuries_apart_are_left_out_not_made_up() {
    const CENTURIES: u64 = 16_500_000_000_000_000;
    // From here on nanoseconds since the first frame do not fit in 64 bits with a sign.
    const EDGE: u64 = 9_223_372_036_000_000;
    let mut later = UDP;
    later[34] = 0x20;
    let mut over = UDP;
    over[34] = 0x30;
    // A datagram with a payload: those without count no time of their rows.
    let mut full = [&UDP[..], &[0]].concat();
    full[17] += 1;
    full[39] += 1;
    let file = with(&[
        enhanced(LITTLE, 0, 0, &UDP),
        enhanced(LITTLE, 0, CENTURIES, &later),
        enhanced(LITTLE, 0, CENTURIES + 3_200_000, &later),
        enhanced(LITTLE, 0, CENTURIES, &UDP),
        enhanced(LITTLE, 0, EDGE, &over),
        enhanced(LITTLE, 0, EDGE + 2_500_000, &over),
        enhanced(LITTLE, 0, 0, &full),
    ]);
    let folder = Folder::new("centuries");
    let path = folder.file("centuries.pcapng");
    std::fs::write(&path, file).unwrap();
    let columns = "client,start,duration";
    let output = run(&["conversations", &path, "-T", "tsv", "--columns", columns]);
    assert_eq!(
        stdout(&output),
        "client\tstart\tduration\n127.0.0.1:5000\t\t\n127.0.0.1:8328\t\t3.200000000\n\
         127.0.0.1:12424\t\t\n"
    );
    let columns = "no,stream_time,stream_delta";
    let output = run(&["replay", &path, "-T", "tsv", "--columns", columns]);
    assert_eq!(stdout(&output).lines().last(), Some("7\t\t"));
}
