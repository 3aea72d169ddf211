//! `netlab annotate`: the same packets, each with a comment.

use std::path::PathBuf;
use std::process::Command;

use super::{LOG, good};
use crate::support::{Folder, files, run, shared, stderr};

/// Number, time and bytes of each packet, as netlab reads them.
fn packets(path: &str) -> String {
    let rows = good(&[
        "replay",
        path,
        "-T",
        "tsv",
        "-t",
        "e",
        "--columns",
        "no,time,length,info",
    ]);
    rows + &good(&["replay", path, "-q", "-x"])
}

#[test]
fn the_packets_stay_as_they_are() {
    let folder = Folder::new("annotate-same");
    let out = folder.file("out.pcapng");
    assert_eq!(good(&["annotate", LOG, "-o", &out]), "");
    assert_eq!(packets(&out), packets(LOG));
    let back = folder.file("back.pcap");
    good(&["replay", &out, "-q", "-w", &back]);
    let (one, other) = (std::fs::read(LOG).unwrap(), std::fs::read(&back).unwrap());
    // All but the file header, whose snap length is the writer's own.
    assert_eq!(one[24..], other[24..]);
}

#[test]
#[ignore = "needs tshark"]
fn tshark_reads_the_comments_back() {
    let folder = Folder::new("annotate-tshark");
    let out = folder.file("out.pcapng");
    good(&["annotate", LOG, "-o", &out, "--lang", "pt-BR"]);
    let tshark = |args: &[&str]| {
        let output = Command::new("tshark")
            .args(["-r", &out])
            .args(args)
            .output()
            .unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let comments = tshark(&["-T", "fields", "-e", "frame.comment"]);
    let explained = good(&["explain", LOG, "-T", "tsv", "--lang", "pt-BR"]);
    let sentences: Vec<&str> = explained
        .lines()
        .skip(1)
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    assert_eq!(comments.lines().count(), 11);
    for (comment, sentence) in comments.lines().zip(sentences) {
        assert!(comment.ends_with(sentence), "{comment}\n{sentence}");
    }
    assert!(comments.starts_with("handshake: "), "{comments}");
    let whole = tshark(&["-T", "fields", "-e", "frame.number", "-Y", "pkt_comment"]);
    assert_eq!(whole.lines().count(), 11);
}

#[test]
fn the_section_names_the_phases() {
    let folder = Folder::new("annotate-section");
    let out = folder.file("out.pcapng");
    good(&["annotate", LOG, "-o", &out]);
    let report = super::json(&[&out]);
    let comment = super::section(&report, "capture")["facts"]["comment"]
        .as_str()
        .unwrap();
    assert!(
        comment.contains("Phases: handshake (3), data (2), ACK (2), close (4)"),
        "{comment}"
    );
}

#[test]
fn only_another_pcapng_can_be_written() {
    let folder = Folder::new("annotate-wrong");
    let copy = folder.file("copy.pcapng");
    good(&["annotate", LOG, "-o", &copy]);
    for out in [copy.as_str(), &folder.file("x.pcap")] {
        let output = run(&["annotate", &copy, "-o", out]);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    }
}

/// What tshark shows of each packet: these fields, a line each.
fn tshark(path: &str, fields: &[&str]) -> Vec<String> {
    let mut command = Command::new("tshark");
    command.args(["-n", "-r", path, "-o", "frame.generate_md5_hash:TRUE"]);
    command.args(["-T", "fields"]);
    for field in fields {
        command.args(["-e", field]);
    }
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(str::to_owned).collect()
}

/// Number, time, lengths, protocols and hash.
const SAME: &[&str] = &[
    "frame.number",
    "frame.time_epoch",
    "frame.len",
    "frame.cap_len",
    "frame.protocols",
    "frame.md5_hash",
];

/// A sample of the corpus.
#[test]
#[ignore = "needs tshark, ../shared"]
fn tshark_sees_the_same_packets_before_and_after() {
    let mut paths = files(&shared("corpus"), "pcapng");
    paths.extend(files(&shared("corpus"), "pcap"));
    let small = |path: &&PathBuf| path.metadata().is_ok_and(|it| it.len() < 100_000);
    let folder = Folder::new("annotate-sample");
    let out = folder.file("out.pcapng");
    for path in paths.iter().filter(small).step_by(30) {
        let path = path.display().to_string();
        good(&["annotate", &path, "-o", &out]);
        assert_eq!(tshark(&path, SAME), tshark(&out, SAME), "{path}");
        // Every comment sits on the frame that it explains.
        let explained = good(&["explain", &path, "-T", "tsv"]);
        let comments = tshark(&out, &["frame.number", "frame.comment"]);
        for (line, comment) in explained.lines().skip(1).zip(&comments) {
            let (no, sentence) = line.split_once('\t').unwrap();
            let (frame, comment) = comment.split_once('\t').unwrap();
            assert_eq!(no, frame, "{path}");
            assert!(comment.ends_with(sentence), "{path}: {comment}\n{sentence}");
        }
    }
}

#[test]
#[ignore = "needs tshark"]
fn comments_that_were_there_come_first() {
    let folder = Folder::new("annotate-twice");
    let (once, twice) = (folder.file("once.pcapng"), folder.file("twice.pcapng"));
    good(&["annotate", LOG, "-o", &once]);
    good(&["annotate", &once, "-o", &twice, "--lang", "pt-BR"]);
    let comment = |path: &str| tshark(path, &["frame.comment"]).swap_remove(0);
    let (first, both) = (comment(&once), comment(&twice));
    let added = both.strip_prefix(&first).unwrap();
    assert!(added.starts_with(",handshake: O cliente "), "{added}");
    assert_eq!(tshark(LOG, SAME), tshark(&twice, SAME));
}
