//! What a pcapng file says of packets that were lost.

use std::process::Command;

use netlab::model::frame::{Frame, LinkType};
use netlab::model::interface_counts::InterfaceCounts;
use netlab::model::time::Timestamp;
use netlab::source::save::{Description, Input, Saver};

use super::build::{Order, UDP, block, enhanced, enhanced_with, interface, option, section};
use super::malformed::Folder;
use super::{drain, open, whole};
use crate::support::{run, stdout};

fn counts(file: &[u8]) -> Vec<InterfaceCounts> {
    let mut source = open(file).unwrap();
    drain(&mut source).unwrap();
    let interfaces = source.facts().interfaces.iter();
    interfaces.map(|interface| interface.counts).collect()
}

fn number(order: Order, value: u64) -> Vec<u8> {
    let halves = [value >> 32, value & 0xffff_ffff].map(|half| u32::try_from(half).unwrap());
    match order {
        Order::Little => order.u32s(&[halves[1], halves[0]]),
        Order::Big => order.u32s(&halves),
    }
}

/// A statistics block of these options.
fn statistics(order: Order, interface: u32, options: &[(u16, u64)]) -> Vec<u8> {
    let mut body = order.u32s(&[interface, 0, 0]);
    for (code, value) in options {
        body.extend(option(order, *code, &number(order, *value)));
    }
    block(order, 5, &body)
}

#[test]
fn statistics_belong_to_an_interface_of_their_section() {
    let mut file = Vec::new();
    for order in Order::BOTH {
        file.extend(section(order, (1, 0), &[]));
        file.extend(interface(order, 1, 0, &[]));
        file.extend(interface(order, 1, 0, &[]));
        file.extend(enhanced(order, 1, 1_000_000, &UDP));
        file.extend(statistics(order, 1, &[(4, 90), (5, 2)]));
        // The later block counts, and what it does not repeat stays.
        file.extend(statistics(order, 1, &[(4, 100), (7, 3), (8, 95)]));
        file.extend(statistics(order, 9, &[(5, 1000)]));
    }
    let told = InterfaceCounts {
        received: Some(100),
        dropped_by_interface: Some(2),
        dropped_by_system: Some(3),
        delivered: Some(95),
        ..InterfaceCounts::default()
    };
    let silent = InterfaceCounts::default();
    assert_eq!(counts(&file), [silent, told, silent, told]);
    assert_eq!(told.dropped(), Some(5));
    assert_eq!(silent.dropped(), None);
}

#[test]
fn a_count_that_is_not_known_is_none() {
    let order = Order::Little;
    let file = [
        section(order, (1, 0), &[]),
        interface(order, 1, 0, &[]),
        statistics(order, 0, &[(4, u64::MAX), (5, 0)]),
    ];
    let counts = counts(&file.concat())[0];
    assert_eq!((counts.received, counts.dropped()), (None, Some(0)));
}

#[test]
fn packets_say_how_many_were_lost_before_them() {
    let order = Order::Little;
    let lost = |count| option(order, 4, &number(order, count));
    // An old packet block: interface, drops, time, lengths, bytes.
    let old = |drops: u16| {
        let head = [order.u16(0), order.u16(drops)].concat();
        let len = u32::try_from(UDP.len()).unwrap();
        let rest = order.u32s(&[0, 1_000_000, len, len]);
        block(order, 2, &[head.as_slice(), &rest, &UDP].concat())
    };
    let start = [section(order, (1, 0), &[]), interface(order, 1, 0, &[])].concat();
    let packets = [
        enhanced_with(order, 0, 1_000_000, &UDP, &lost(3)),
        enhanced(order, 0, 1_000_000, &UDP),
        enhanced_with(order, 0, 1_000_000, &UDP, &lost(4)),
        old(5),
        old(0xffff),
    ]
    .concat();
    let told = counts(&[start.clone(), packets.clone()].concat())[0];
    assert_eq!(told.dropped(), Some(12));
    // Statistics are about the whole capture.
    let end = statistics(order, 0, &[(5, 20)]);
    let told = counts(&[start.clone(), packets, end].concat())[0];
    assert_eq!((told.dropped(), told.dropped_between), (Some(20), Some(12)));
    assert_eq!(counts(&[start, old(0xffff)].concat())[0].dropped(), None);
}

/// Captures one packet as `netlab capture -w` does, and ends as it does.
fn capture(path: &str) {
    let link = LinkType::ETHERNET;
    let mut saver = Saver::create(path, Input::Live { link, decimals: 9 }).unwrap();
    let interface = Description {
        link,
        decimals: 9,
        snap_len: 262_144,
        name: "lo",
        filter: "port 5001",
    };
    saver.describe(&interface).unwrap();
    let frame = Frame {
        no: 1,
        time: Some(Timestamp::new(1_700_000_000, 123_456_789)),
        decimals: 9,
        link,
        interface: 0,
        wire_len: 42,
        bytes: &UDP,
    };
    saver.write(&frame).unwrap();
    // Nothing waits for the end.
    assert_eq!(whole(&std::fs::read(path).unwrap()).len(), 1);
    let counts = InterfaceCounts {
        received: Some(8),
        dropped_by_interface: Some(2),
        dropped_by_system: Some(5),
        delivered: Some(3),
        ..InterfaceCounts::default()
    };
    saver.count(&counts).unwrap();
    saver.finish().unwrap();
}

#[test]
fn a_live_capture_ends_with_what_the_kernel_counted() {
    let folder = Folder::new("statistics-live");
    let path = folder.file("live.pcapng");
    capture(&path);
    let mut source = open(&std::fs::read(&path).unwrap()).unwrap();
    assert_eq!(drain(&mut source).unwrap().0.len(), 1);
    let interface = &source.facts().interfaces[0];
    assert_eq!(interface.name.as_deref(), Some("lo"));
    assert_eq!(interface.filter.as_deref(), Some("port 5001"));
    let told = &interface.counts;
    assert_eq!((told.received, told.delivered), (Some(8), Some(3)));
    assert_eq!(told.dropped(), Some(7));
    let output = Command::new("capinfos").arg(&path).output().unwrap();
    let said = stdout(&output);
    assert!(output.status.success());
    for line in [
        "Number of stat entries = 1",
        "Number of packets = 1",
        "Name = lo",
        "Filter string = port 5001",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
}

#[test]
fn a_report_tells_what_was_lost_at_each_interface() {
    let folder = Folder::new("statistics-report");
    let path = folder.file("two.pcapng");
    let order = Order::Little;
    let mut file = [
        section(order, (1, 0), &[]),
        interface(order, 1, 0, &option(order, 2, b"eth0")),
        interface(order, 1, 0, &option(order, 2, b"eth1")),
        enhanced(order, 0, 1_000_000, &UDP),
        statistics(order, 0, &[(4, 10), (5, 3)]),
    ]
    .concat();
    let facts = |file: &[u8]| {
        std::fs::write(&path, file).unwrap();
        let output = run(&["report", &path, "-T", "json", "--sections", "capture"]);
        let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
        report["sections"][0]["facts"].clone()
    };
    let some = facts(&file);
    assert_eq!(some["dropped"], serde_json::Value::Null);
    assert_eq!(some["received"], serde_json::json!([10, null]));
    assert_eq!(some["dropped_by_interface"], serde_json::json!([3, null]));
    let output = run(&["report", &path, "-T", "md", "--sections", "capture"]);
    assert!(stdout(&output).contains("not recorded for every interface"));
    file.extend(statistics(order, 1, &[(5, 1), (7, 1)]));
    let all = facts(&file);
    assert_eq!(all["dropped"], 5);
    assert_eq!(all["dropped_by_interface"], serde_json::json!([3, 1]));
    assert_eq!(all["dropped_by_system"], serde_json::json!([null, 1]));
}
