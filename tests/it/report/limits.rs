//! What does not fit is summarised, and said to be.

use super::packets::{ACK, PSH, SYN, capture, exchange, tcp};
use super::{json, section};
use crate::support::Folder;

#[test]
fn packets_beyond_the_limit_are_counted_and_the_close_is_kept() {
    let folder = Folder::new("report-rows");
    let file = folder.file("long.pcap");
    let mut packets = vec![
        tcp(40_000, 80, SYN, 0, 0, b""),
        tcp(80, 40_000, SYN | ACK, 0, 1, b""),
        tcp(40_000, 80, ACK, 1, 1, b""),
    ];
    packets.extend((0..100).map(|place| tcp(40_000, 80, PSH, 1 + place, 1, b"x")));
    packets.push(tcp(40_000, 80, 0x11, 101, 1, b""));
    std::fs::write(&file, capture(&packets)).unwrap();
    let report = json(&[&file, "--rows", "8"]);
    let table = &section(&report, "tcp-0")["tables"]["packets"];
    let shown: Vec<_> = table["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["no"].as_u64().unwrap())
        .collect();
    assert_eq!(shown, [1, 2, 3, 4, 5, 6, 104]);
    let gap = &table["left_out"][0];
    assert_eq!((&gap["after"], &gap["rows"]), (&6.into(), &97.into()));
    assert!(
        gap["text"].as_str().unwrap().contains("[7] to [103]"),
        "{gap}"
    );
}

#[test]
fn conversations_beyond_the_limit_are_summarised_together() {
    let folder = Folder::new("report-conversations");
    let file = folder.file("many.pcap");
    let packets: Vec<_> = (0..1200)
        .flat_map(|place| exchange(20_000 + place, b"a", b"b"))
        .collect();
    std::fs::write(&file, capture(&packets)).unwrap();
    let report = json(&[&file, "--conversations", "3"]);
    let table = &section(&report, "conversations")["tables"]["conversations"];
    assert_eq!(table["rows"].as_array().unwrap().len(), 1000);
    assert_eq!(table["left_out"][0]["rows"], 200);
    let text = table["left_out"][0]["text"].as_str().unwrap();
    assert!(
        text.contains("200 more conversations: 1600 packets"),
        "{text}"
    );
    let described = report["sections"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["kind"] == "conversation");
    assert_eq!(described.count(), 3);
    let note = section(&report, "beyond")["text"][0].as_str().unwrap();
    assert!(note.starts_with("1197 more conversations"), "{note}");
}
