//! Every lab against every kept capture: what the packets show of it, and why. The answer to a
//! file is decided from its packets alone, so another lab's capture is an answer only where it
//! holds the same.

use netlab::lab::{self, Collector};
use netlab::source::file::FileSource;
use netlab::text::Lang;

use crate::support::{root, run};

/// `LAB CAPTURE shown|missing WHY`, a line for each pair.
const MATRIX: &str = include_str!("lab_matrix.txt");

#[test]
fn a_lab_s_answer_to_a_file_is_decided_from_its_packets() {
    let mut captures: Vec<String> = std::fs::read_dir(root().join("captures"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains(".pcap"))
        .collect();
    captures.sort();
    let mut pairs = Vec::new();
    let mut wrong = Vec::new();
    for line in MATRIX.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.splitn(4, ' ');
        let mut next = || words.next().expect("LAB CAPTURE VERDICT WHY");
        let (id, capture, verdict, why) = (next(), next(), next(), next());
        pairs.push((id.to_owned(), capture.to_owned()));
        let path = root().join("captures").join(capture);
        let mut source = FileSource::open(path.to_str().unwrap()).unwrap();
        let mut collector = Collector::new();
        while let Some(frame) = source.next_frame().unwrap() {
            collector.see(&frame);
        }
        let evidence = collector.finish(Vec::new());
        let found = lab::find(id).expect(id);
        let shows = lab::shows(found, &evidence);
        let fits = match (verdict, &shows) {
            ("shown", Ok(())) => !why.is_empty(),
            ("missing", Err(missing)) => missing.en == why,
            _ => false,
        };
        if !fits {
            wrong.push(format!("{line}\n  found: {shows:?}"));
        }
        // Both languages say as much, and end with the same verdict.
        let [en, pt_br] = [Lang::En, Lang::PtBr].map(|lang| lab::answer(found, &evidence, lang));
        assert_eq!(en.lines.len(), pt_br.lines.len(), "{id} {capture}");
        // A list of frames that has none says nothing.
        for line in en.lines.iter().chain(&pt_br.lines) {
            assert!(!line.contains("[]"), "{id} {capture}: {line}");
        }
        assert_eq!((en.shown, pt_br.shown), (shows.is_ok(), shows.is_ok()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    pairs.sort();
    let mut all: Vec<(String, String)> = Vec::new();
    for lab in lab::ALL {
        all.extend(captures.iter().map(|it| (lab.id.to_owned(), it.clone())));
    }
    all.sort();
    assert_eq!(pairs, all, "a line for each pair");
}

#[test]
fn the_program_ends_with_1_where_a_file_does_not_show_a_lab() {
    for (id, capture, code) in [
        ("small-buffer", "captures/udp-echo.pcapng", 1),
        ("unread-data", "captures/reset.pcapng", 1),
        ("udp-echo", "captures/pinger.pcapng", 1),
        ("small-buffer", "captures/small-buffer.pcapng", 0),
    ] {
        let output = run(&["replay", "-q", "--lab", id, capture]);
        assert_eq!(output.status.code(), Some(code), "{id} {capture}");
    }
}
