//! `netlab diff`: two captures side by side.

use serde_json::Value;

use super::build::{pcap, talk};
use crate::support::{Folder, run, stdout};

fn diff(a: &str, b: &str) -> String {
    let output = run(&["diff", &format!("captures/{a}"), &format!("captures/{b}")]);
    assert_eq!(output.status.code(), Some(0));
    stdout(&output)
}

/// The cells of the row that begins with these words.
fn row(text: &str, begin: &str) -> Vec<String> {
    let line = text
        .lines()
        .find(|line| line.starts_with(begin))
        .unwrap_or_else(|| panic!("{text}"));
    line[begin.len()..]
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

#[test]
fn tcp_costs_a_handshake_and_a_close_that_udp_has_not() {
    let text = diff("udp-echo.pcapng", "echo.pcapng");
    assert_eq!(row(&text, "TCP connections"), ["0", "1", "1"]);
    assert_eq!(row(&text, "UDP conversations"), ["1", "0", "-1", "-100.0"]);
    assert_eq!(row(&text, "complete handshakes"), ["0", "1", "1"]);
    assert_eq!(row(&text, "packets"), ["2", "11", "9", "450.0"]);
    // 14 of Ethernet, 20 of IP, 8 of UDP twice; 52 or 60 of TCP and IP eleven times.
    assert_eq!(row(&text, "header bytes")[..2], ["84", "742"]);
    assert_eq!(row(&text, "payload bytes")[..2], ["92", "110"]);
    assert_eq!(text.matches("first difference").count(), 1);
}

#[test]
fn the_same_capture_has_no_difference() {
    let text = diff("echo.pcapng", "echo.pcapng");
    assert!(text.contains("Both have the same packets"), "{text}");
    assert!(!text.contains("first difference"));
    assert_eq!(row(&text, "packets"), ["11", "11", "0", "0.0"]);
}

#[test]
fn packets_beyond_the_pairs_are_not_called_the_same() {
    let folder = Folder::new("diff-long");
    let path = folder.file("long.pcap");
    std::fs::write(&path, pcap(&talk(5050, &[&b"hello"[..]; 310]))).unwrap();
    let text = stdout(&run(&["diff", &path, &path]));
    assert!(
        text.contains("first 600 packets are put in pairs"),
        "{text}"
    );
    assert!(!text.contains("Both have the same packets"), "{text}");
}

#[test]
fn a_share_is_rounded() {
    // 2 of 11 packets are left, so 9 fewer: 81.818 %.
    let text = diff("echo.pcapng", "udp-echo.pcapng");
    assert_eq!(row(&text, "packets"), ["11", "2", "-9", "-81.8"]);
    // 742 to 84 bytes: -88.679 %.
    assert_eq!(row(&text, "header bytes"), ["742", "84", "-658", "-88.7"]);
}

#[test]
fn loss_shows_as_what_is_sent_again() {
    let text = diff("echo.pcapng", "retransmission.pcapng");
    assert_eq!(row(&text, "segments sent again"), ["0", "3", "3"]);
    let first = text
        .lines()
        .find(|line| line.contains("first difference"))
        .unwrap();
    assert!(
        first.contains("only in B") || first.contains("only in A"),
        "{first}"
    );
}

#[test]
fn a_report_by_the_suffix() {
    let folder = Folder::new("diff");
    let (a, b) = ("captures/web.pcapng", "captures/keep-alive.pcapng");
    for name in ["d.md", "d.html", "d.json"] {
        let out = folder.file(name);
        let output = run(&["--lang", "pt-BR", "diff", a, b, "-o", &out]);
        assert_eq!(output.status.code(), Some(0), "{name}");
        let text = std::fs::read_to_string(&out).unwrap();
        assert!(text.contains("primeira diferença"), "{name}");
    }
    let text = std::fs::read_to_string(folder.file("d.json")).unwrap();
    let _: Value = serde_json::from_str(&text).unwrap();
    let both = run(&["diff", a, "captures/no-such.pcapng"]);
    assert_eq!(both.status.code(), Some(5));
    let over = run(&["diff", a, b, "-o", b]);
    assert_eq!(over.status.code(), Some(2));
}
