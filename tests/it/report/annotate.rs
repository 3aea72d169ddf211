//! `netlab annotate`: the same packets, each with a comment.

use std::process::Command;

use super::{LOG, good};
use crate::needs::skip;
use crate::support::{Folder, run, stderr};

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
fn tshark_reads_the_comments_back() {
    if Command::new("tshark").arg("--version").output().is_err() {
        return skip("tshark is not installed");
    }
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
