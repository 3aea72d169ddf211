//! What nearly shows a lab or an expectation, and must not pass for it.

use super::check::results;
use super::steps::capture;
use crate::support::{Folder, run};

const NEAR: &str = include_str!("near.txt");

/// What the names in brackets ask for.
const SPECS: &[(&str, &str)] = &[
    (
        "whole",
        "port = 5050\n[[expect]]\nhandshake = true\nclient_bytes = { min = 55 }\n\
         [[expect]]\nclose = ['four-segments', 'three-segments']\nclosed_by = 'client'\n",
    ),
    ("lab-at-5050", "port = 5050\n[[expect]]\nlab = 'echo'\n"),
    ("nonce", "port = 5050\n[[expect]]\nnonce = '{file}'\n"),
    ("again", "[[expect]]\nretransmission = true\n"),
    (
        "server-bytes",
        "protocol = 'udp'\n[[expect]]\nserver_bytes = { max = 100 }\n",
    ),
    ("not-refused", "port = 5050\n[[expect]]\nrefused = false\n"),
];

#[test]
fn what_nearly_shows_something_does_not_pass_for_it() {
    let folder = Folder::new("check-near");
    let path = folder.file("ana.pcap");
    let mut wrong = Vec::new();
    for line in NEAR.lines().filter(|line| !line.starts_with('#')) {
        let (what, steps) = line.split_once(": ").unwrap();
        let mut words = what.splitn(3, ' ');
        let (spec, verdict) = (words.next().unwrap(), words.next().unwrap());
        let written = SPECS.iter().find(|it| format!("[{}]", it.0) == spec);
        let spec = match written {
            Some((name, text)) => {
                let path = folder.file(&format!("{name}.toml"));
                std::fs::write(&path, text).unwrap();
                path
            }
            None => spec.to_owned(),
        };
        std::fs::write(&path, capture(steps)).unwrap();
        let file = results(&[&spec, &path]).remove("ana.pcap").unwrap();
        let said = file["lines"].as_array().unwrap();
        let told = said
            .iter()
            .all(|it| it["shown"] == true || it["said"] != "");
        if file["result"] != verdict || !told {
            wrong.push(format!("{what}: {file}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A pcap file with at most 60 bytes of each packet.
fn cut(file: &[u8]) -> Vec<u8> {
    let mut out = file[..24].to_vec();
    let mut at = 24;
    while at + 16 <= file.len() {
        let len = u32::from_le_bytes(file[at + 8..at + 12].try_into().unwrap());
        let kept = len.min(60);
        out.extend_from_slice(&file[at..at + 8]);
        out.extend_from_slice(&kept.to_le_bytes());
        let start = at + 12;
        out.extend_from_slice(&file[start..start + 4 + usize::try_from(kept).unwrap()]);
        at += 16 + usize::try_from(len).unwrap();
    }
    out
}

#[test]
fn of_what_was_not_captured_nothing_is_said_but_that() {
    let folder = Folder::new("check-cut");
    let spec = folder.file("spec.toml");
    let [whole, short] = ["whole.pcap", "short.pcap"].map(|it| folder.file(it));
    let not = "what was sent is not in the capture: packets cut short, or rows of text";
    let miss = |spec: &str, file: &str| {
        let name = file.rsplit('/').next().unwrap();
        let file = results(&[spec, file]).remove(name).unwrap();
        assert_eq!(file["result"], "fail", "{file}");
        file["lines"][0]["said"].as_str().unwrap().to_owned()
    };
    for (capture, asked) in [
        ("captures/echo.pcapng", "port = 5050\nmessage = 'Client'\n"),
        ("captures/web.pcapng", "port = 8080\nhttp = [200, 404]\n"),
    ] {
        std::fs::write(&spec, format!("[[expect]]\n{asked}")).unwrap();
        run(&["replay", capture, "-q", "-w", &whole]);
        std::fs::write(&short, cut(&std::fs::read(&whole).unwrap())).unwrap();
        assert_eq!(miss(&spec, &short), not);
    }
    std::fs::write(&spec, "[[expect]]\nport = 5050\nmessage = 'Client'\n").unwrap();
    assert_eq!(miss(&spec, "tests/it/rows/seed-log.txt"), not);
    // Nothing is missing, and nothing was said.
    std::fs::write(&spec, "[[expect]]\nport = 5050\nmessage = 'Client'\n").unwrap();
    std::fs::write(&whole, capture("A=50000>5050 A.hs A.close")).unwrap();
    assert_eq!(miss(&spec, &whole), "no end sends a text");
}
