//! The programs in `examples/`, which show how the library is used, say what they should.

use std::path::PathBuf;
use std::process::Command;

use crate::support::{root, stdout};

/// Runs an example, which cargo builds beside the tests, and returns what it prints.
fn example(name: &str, arguments: &[&str]) -> String {
    let tests = std::env::current_exe().unwrap();
    let built: PathBuf = tests.parent().unwrap().parent().unwrap().join("examples");
    let output = Command::new(built.join(name))
        .args(arguments)
        .current_dir(root())
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    stdout(&output)
}

#[test]
fn rows_prints_the_columns_that_it_is_asked_for() {
    let printed = example("rows", &["captures/echo-log.pcap", "no", "phase", "states"]);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(lines.len(), 11);
    assert_eq!(lines[0], "1\thandshake\tSYN-SENT / ?");
    assert_eq!(lines[10], "11\tclose\tTIME-WAIT / CLOSED");
}

#[test]
fn closes_says_who_began_to_close() {
    let printed = example("closes", &["captures/echo-log.pcap"]);
    assert_eq!(
        printed,
        "tcp.stream 0: four segments, begun by port 57128\n"
    );
}

#[test]
fn sentences_says_one_for_each_packet() {
    let printed = example("sentences", &["captures/echo-log.pcap"]);
    assert_eq!(printed.lines().count(), 11);
    let third = printed.lines().nth(2).unwrap();
    assert!(third.contains("this completes the three-way handshake (#1, #2, #3)"));
}
