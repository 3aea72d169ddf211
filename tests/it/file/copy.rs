//! `netlab annotate` keeps what a capture file holds: every block, every option, every frame.

use netlab::source::file::FileSource;

use super::build::{
    Order, UDP, block, enhanced, enhanced_with, interface, option, packet, pcap, section, simple,
};
use super::malformed::Folder;
use super::{Kept, corpus, drain};
use crate::support::{run, stderr};

/// The blocks of a file: byte order, type, bytes.
fn blocks(file: &[u8]) -> Vec<(Order, u32, Vec<u8>)> {
    let mut found = Vec::new();
    let (mut at, mut order) = (0, Order::Little);
    while at < file.len() {
        if file[at..at + 4] == [10, 13, 13, 10] {
            order = match file[at + 8] {
                0x4d => Order::Little,
                _ => Order::Big,
            };
        }
        let number = |place: usize| {
            let bytes: [u8; 4] = file[place..place + 4].try_into().unwrap();
            match order {
                Order::Little => u32::from_le_bytes(bytes),
                Order::Big => u32::from_be_bytes(bytes),
            }
        };
        let size = usize::try_from(number(at + 4)).unwrap();
        assert_eq!(size, usize::try_from(number(at + size - 4)).unwrap());
        found.push((order, number(at), file[at..at + size].to_vec()));
        at += size;
    }
    found
}

fn annotate(from: &str, to: &str) {
    let output = run(&["annotate", from, "-o", to]);
    assert_eq!(output.status.code(), Some(0), "{from}: {}", stderr(&output));
}

/// A section with one of everything.
fn everything(order: Order) -> Vec<u8> {
    let end = option(order, 0, &[]);
    let head = [
        option(order, 1, b"what the section is"),
        option(order, 2, b"a machine"),
        option(order, 3, b"a system"),
        end.clone(),
    ]
    .concat();
    let about = [
        option(order, 2, b"eth7"),
        option(order, 3, b"the lab"),
        option(order, 9, &[9]),
        option(order, 11, b"\0udp"),
        option(order, 12, b"an os"),
        option(order, 14, &[0, 0, 0, 0, 0, 0, 0, 0]),
        option(order, 4242, b"nobody knows"),
        end.clone(),
    ]
    .concat();
    let of_packet = [
        option(order, 1, b"said before"),
        option(order, 2, &[1, 0, 0, 0]),
        end,
    ]
    .concat();
    let stamp = order.u32s(&[0, 1_000_000, 42, 42]);
    let old = [order.u16(0).as_slice(), &order.u16(7), &stamp, &UDP].concat();
    [
        section(order, (1, 0), &head),
        interface(order, 1, 262_144, &about),
        block(order, 4, &order.u32s(&[0])),
        block(order, 10, &order.u32s(&[0x544c_534b, 0])),
        enhanced_with(order, 0, 1_000_000_000, &UDP, &of_packet),
        block(order, 0x0bad, &order.u32s(&[32_473, 1, 2])),
        simple(order, 42, &UDP),
        block(order, 2, &old),
        block(order, 0x7777, b"what is this"),
        enhanced(order, 0, 2_000_000_000, &UDP[..41]),
        block(order, 5, &order.u32s(&[0, 0, 0])),
    ]
    .concat()
}

#[test]
fn every_block_and_option_stays() {
    let folder = Folder::new("copy-blocks");
    let (from, to) = (folder.file("from.pcapng"), folder.file("to.pcapng"));
    let file = [everything(Order::Big), everything(Order::Little)].concat();
    std::fs::write(&from, &file).unwrap();
    annotate(&from, &to);
    let copy = std::fs::read(&to).unwrap();
    let (before, after) = (blocks(&file), blocks(&copy));
    assert_eq!(before.len(), after.len());
    for (place, ((order, kind, old), (_, _, new))) in before.iter().zip(&after).enumerate() {
        // The first section and packets with options get one comment more.
        let commented = place == 0 || matches!(kind, 2 | 6);
        if !commented {
            assert_eq!(old, new, "block {place} of type {kind:#x}");
            continue;
        }
        // What stands behind both lengths and before the end of the options.
        let had_options = place == 0 || place % 11 == 4;
        let end = old.len() - 4 - if had_options { 4 } else { 0 };
        assert_eq!(old[8..end], new[8..end], "block {place}");
        let added = &new[end..];
        assert_eq!(added[..2], order.u16(1), "block {place}");
        assert_eq!(added[added.len() - 8..][..4], [0; 4], "block {place}");
        let len: [u8; 2] = added[2..4].try_into().unwrap();
        let len = match order {
            Order::Little => u16::from_le_bytes(len),
            Order::Big => u16::from_be_bytes(len),
        };
        assert_eq!(added.len(), 4 + usize::from(len).next_multiple_of(4) + 8);
    }
    // Once more, nothing is said twice.
    let again = folder.file("again.pcapng");
    annotate(&to, &again);
    assert_eq!(std::fs::read(again).unwrap(), copy);
}

/// The frames of a file. A time that a damaged file has beyond its own decimals, with a fraction
/// of more than a second, needs more of them in the copy, and an interface that has them.
fn frames(path: &str) -> Vec<Kept> {
    let mut frames = drain(&mut FileSource::open(path).unwrap()).unwrap().0;
    let beyond = |it: &&mut Kept| {
        it.time
            .is_some_and(|time| !time.nanos().is_multiple_of(1000))
    };
    for frame in frames.iter_mut().filter(beyond) {
        (frame.decimals, frame.interface) = (9, 0);
    }
    frames
}

#[test]
#[ignore = "needs ../shared"]
fn the_frames_of_the_corpus_stay_as_they_are() {
    let files = corpus();
    let folder = Folder::new("copy-corpus");
    let to = folder.file("to.pcapng");
    let mut compared = 0;
    for path in files {
        if path.metadata().unwrap().len() > 100_000 {
            continue;
        }
        let from = path.display().to_string();
        // A link type that tshark refuses ends with 5, after its frames.
        let code = run(&["annotate", &from, "-o", &to]).status.code();
        assert!(matches!(code, Some(0 | 5)), "{from}");
        assert!(frames(&from) == frames(&to), "{from}");
        compared += 1;
    }
    assert!(compared > 0, "no file was compared");
}

#[test]
fn what_is_cut_off_is_told_once_and_the_rest_stays() {
    let folder = Folder::new("copy-cut");
    let (from, to) = (folder.file("from.pcapng"), folder.file("to.pcapng"));
    let file = everything(Order::Little);
    std::fs::write(&from, &file[..file.len() - 40]).unwrap();
    let output = run(&["annotate", &from, "-o", &to]);
    assert_eq!(output.status.code(), Some(0));
    let said = stderr(&output);
    assert_eq!(said.matches("was cut short").count(), 1, "{said}");
    // The file's interfaces have clocks of their own: its times go back too.
    assert_eq!(said.lines().count(), 2, "{said}");
    assert_eq!(frames(&to).len(), 4);
    assert_eq!(blocks(&std::fs::read(&to).unwrap()).len(), 9);
}

#[test]
fn what_is_about_a_packet_is_written_with_it() {
    let folder = Folder::new("copy-about");
    let from = folder.file("from.pcap");
    // Every link type that has bytes about the packet in front, with how many.
    let links = [
        (123, 4),
        (139, 4),
        (144, 16),
        (177, 16),
        (196, 5),
        (201, 4),
        (204, 1),
        (209, 5),
        (245, 2),
        (254, 4),
    ];
    for (link, about) in links {
        let mut file = pcap(Order::Little, 0xa1b2_c3d4, (2, 4), 262_144, link);
        file.extend(packet(Order::Little, 1, 123_456, &[], &UDP));
        std::fs::write(&from, &file).unwrap();
        let to = folder.file("to.pcap");
        let output = run(&["replay", &from, "-w", &to]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert_eq!(std::fs::read(&to).unwrap(), file, "link type {link}");
        let to = folder.file("to.pcapng");
        run(&["replay", &from, "-w", &to]);
        assert_eq!(frames(&to), frames(&from), "link type {link}");
        assert_eq!(frames(&to)[0].bytes.len(), UDP.len() - about);
        let again = folder.file("again.pcap");
        run(&["replay", &to, "-w", &again]);
        assert_eq!(std::fs::read(&again).unwrap(), file, "link type {link}");
    }
}

#[test]
fn every_kind_of_pcap_keeps_its_packets_whole() {
    let folder = Folder::new("copy-pcap");
    let (from, to) = (folder.file("from.pcap"), folder.file("to.pcapng"));
    // Behind a link type that has bytes about the packet in front: PPP with a direction.
    let ppp = [&[1], UDP.as_slice()].concat();
    let kinds = [
        (Order::Little, 0xa1b2_c3d4, 1, &[][..], UDP.to_vec()),
        (Order::Big, 0xa1b2_c3d4, 204, &[], ppp),
        (Order::Big, 0xa1b2_3c4d, 101, &[], UDP[14..].to_vec()),
        // Kuznetsov's: the interface, the protocol and the direction of each packet.
        (Order::Little, 0xa1b2_cd34, 1, &[0; 8], UDP.to_vec()),
    ];
    for (order, magic, link, extra, bytes) in kinds {
        let mut file = pcap(order, magic, (2, 4), 1000, link);
        for secs in 1..4 {
            file.extend(packet(order, secs, 123_456, extra, &bytes));
        }
        std::fs::write(&from, &file).unwrap();
        annotate(&from, &to);
        assert_eq!(frames(&from), frames(&to), "{magic:#x}");
        assert_eq!(frames(&to).len(), 3);
        let copy = std::fs::read(&to).unwrap();
        let packets = blocks(&copy).into_iter().filter(|(_, kind, _)| *kind == 6);
        for (_, _, block) in packets {
            assert_eq!(block[28..28 + bytes.len()], bytes, "{magic:#x}");
        }
        let mut source = FileSource::open(&to).unwrap();
        drain(&mut source).unwrap();
        assert_eq!(source.facts().interfaces[0].snap_len, 1000);
    }
}
