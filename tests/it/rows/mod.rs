//! Rows of text in place of a capture: copied out of Wireshark, printed by tshark and tcpdump.

mod pasted;
mod printed;

use std::io::Write;
use std::process::Stdio;

use crate::support::{Folder, netlab, run, stderr, stdout};

/// The published log, as it stands.
const SEED: &str = "tests/it/rows/seed-log.txt";

/// What the program says of a text that it reads from standard input.
fn piped(text: &str, args: &[&str]) -> (String, String) {
    let mut child = netlab()
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(text.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    (stdout(&output), stderr(&output))
}

/// The rows of a text as tsv, with these columns.
fn rows(text: &str, columns: &str) -> Vec<String> {
    let (out, said) = piped(text, &["replay", "-", "-T", "tsv", "--columns", columns]);
    assert!(out.lines().count() > 1, "{said}");
    out.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_published_log_has_the_labels_and_the_summary_of_its_capture() {
    let phases = |file: &str| {
        let columns = "no,source,destination,protocol,info,stream,phase,states";
        let output = run(&["replay", file, "-T", "tsv", "--columns", columns]);
        stdout(&output)
    };
    let capture = "captures/echo-log.pcap";
    assert_eq!(phases(SEED), phases(capture));
    for lang in ["en", "pt-BR"] {
        let summary = |file| stdout(&run(&["--lang", lang, "replay", "-q", file]));
        // The text has four digits of a second.
        let whole = summary(capture).replacen("14.940", "14.900", 1);
        assert_eq!(summary(SEED), whole.replacen("14,940", "14,900", 1));
        let sentences = |file| stdout(&run(&["--lang", lang, "explain", file, "-T", "tsv"]));
        assert_eq!(
            sentences(SEED).lines().count(),
            sentences(capture).lines().count()
        );
    }
    let times = stdout(&run(&["replay", SEED, "-T", "tsv", "--columns", "time"]));
    let times: Vec<&str> = times.lines().skip(1).collect();
    assert_eq!(times[..4], ["0.0000", "0.0146", "0.0146", "0.0146"]);
}

#[test]
fn every_verb_that_reads_a_capture_reads_rows() {
    let folder = Folder::new("rows-verbs");
    let report = folder.file("report.md");
    for args in [
        vec!["replay", SEED],
        vec!["explain", SEED],
        vec!["conversations", SEED],
        vec!["ladder", SEED],
        vec!["plot", SEED],
        vec!["report", SEED, "-o", &report],
        vec!["check", "-e", "echo", SEED],
    ] {
        let code = run(&args).status.code();
        // What an echo says is in no row.
        let expected = if args[0] == "check" { 1 } else { 0 };
        assert_eq!(code, Some(expected), "{args:?}");
    }
}

#[test]
fn what_text_cannot_tell_stays_empty() {
    let columns = "seq_raw,ack_raw,window_raw,payload";
    let output = run(&["replay", SEED, "-T", "csv", "--columns", columns]);
    let text = stdout(&output);
    assert!(text.lines().skip(1).all(|line| line == ",,,"), "{text}");
    for style in ["a", "ad", "e", "u"] {
        let output = run(&[
            "replay",
            SEED,
            "-T",
            "csv",
            "-t",
            style,
            "--columns",
            "no,time",
        ]);
        assert!(
            stdout(&output).contains("\r\n1,\r\n"),
            "{style}: {}",
            stdout(&output)
        );
    }
    let why = stdout(&run(&["explain", SEED, "--why"]));
    assert!(!why.contains("raw"), "{why}");
    let folder = Folder::new("rows-report");
    let report = folder.file("report.json");
    run(&["report", SEED, "-o", &report]);
    let report = std::fs::read_to_string(&report).unwrap();
    assert!(
        report.contains("rows of text show numbers relative to the ISN"),
        "{report}"
    );
    assert!(!report.contains("1970"));
    assert!(stderr(&run(&["replay", SEED, "-q"])).contains("these are rows of text"));
}

#[test]
fn rows_are_not_written_as_packets() {
    let folder = Folder::new("rows-write");
    for args in [
        vec!["replay", SEED, "-w", "out.pcap"],
        vec!["replay", SEED, "-w", "out.pcapng"],
        vec!["annotate", SEED, "-o", "out.pcapng"],
    ] {
        let mut args: Vec<String> = args.into_iter().map(str::to_owned).collect();
        let last = args.pop().unwrap();
        args.push(folder.file(&last));
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let output = run(&args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains("there is nothing to write"),
            "{}",
            stderr(&output)
        );
        assert!(!std::path::Path::new(args[args.len() - 1]).exists());
    }
}

#[test]
fn a_text_without_rows_is_no_capture() {
    for file in [
        "CONTRIBUTING.md",
        "Cargo.toml",
        "CHANGELOG.md",
        "scripts/run",
    ] {
        let output = run(&["replay", file]);
        assert_eq!(output.status.code(), Some(5), "{file}: {}", stdout(&output));
        assert!(stderr(&output).contains("not a pcap or pcapng capture"));
    }
}
