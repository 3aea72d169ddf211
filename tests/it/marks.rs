//! Each analysis mark in a written exchange: the packets of a short story and the marks they earn.
//!
//! A line of a `.trace` file is one packet:
//!
//! ```text
//! time  way    flags  start:end(len)  ack N  win N  <option, option>  ! mark, mark
//! ```
//!
//! Times are seconds, `C > S` goes from the client to the server, flags are `S F R P .` (`.` is
//! ACK), numbers count from the first ones of each side. What stands behind `!` is all that the
//! packet earns, and nothing where there is no `!`. The client's numbers begin six below the
//! wrap, so that every story passes it.

#![allow(
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a trace that cannot be read fails the test; sequence numbers wrap"
)]

use std::collections::BTreeSet;
use std::fs;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::tcp::TcpAnalysis;
use netlab::analysis::tcp::marks::Marks;
use netlab::analysis::tcp::rules;
use netlab::model::frame::Frame;
use netlab::model::frame::LinkType;
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;

use crate::support::root;

const CLIENT: (u32, u16, u32) = (0x7f00_0001, 40_000, u32::MAX - 5);
const SERVER: (u32, u16, u32) = (0x7f00_0001, 7_007, 5_000);

/// A packet as written and the marks it should earn.
struct Line {
    time: Timestamp,
    bytes: Vec<u8>,
    marks: BTreeSet<String>,
}

#[test]
fn every_mark_has_its_story_and_every_story_its_marks() {
    let folder = root().join("tests/it/marks");
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("the folder of traces") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().and_then(|stem| stem.to_str());
        let name = name.expect("a name").to_owned();
        let text = fs::read_to_string(&path).expect("a trace");
        let told = play(&name, &text);
        let own = format!("tcp.{name}");
        assert!(
            told.iter().any(|mark| mark.starts_with(&own)),
            "{name} never shows {own}"
        );
        names.insert(own);
    }
    let ids: BTreeSet<String> = rules::all().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(names, ids);
}

#[test]
fn rules_are_told_apart_and_explained_in_both_languages() {
    let mut bits = 0u16;
    let mut ids = BTreeSet::new();
    for rule in rules::all() {
        assert!(ids.insert(rule.id), "{} twice", rule.id);
        assert_eq!(rule.mark.0.count_ones(), 1, "{}", rule.id);
        assert_eq!(bits & rule.mark.0, 0, "{} shares a bit", rule.id);
        bits |= rule.mark.0;
        assert!(!rule.unless.any(rule.mark), "{} excludes itself", rule.id);
        assert!(rule.label.starts_with("[TCP ") && rule.label.ends_with(']'));
        for text in [&rule.name, &rule.explain] {
            assert!(!text.en.is_empty() && !text.pt_br.is_empty(), "{}", rule.id);
        }
    }
    assert_eq!(bits, (1 << ids.len()) - 1, "marks without a rule");
}

/// Plays a trace and says which marks it showed.
fn play(name: &str, text: &str) -> BTreeSet<String> {
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
    let mut told = BTreeSet::new();
    let mut no = 0;
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let want = read(line);
        no += 1;
        let frame = Frame {
            no,
            time: Some(want.time),
            decimals: 6,
            link: LinkType::RAW,
            interface: 0,
            wire_len: u32::try_from(want.bytes.len()).expect("a short packet"),
            bytes: &want.bytes,
        };
        let row = pipeline.push(&frame);
        let tcp = row.analysis.tcp.expect("a TCP segment");
        let got: BTreeSet<String> = tcp.marks.iter().map(|mark| show(mark, &tcp)).collect();
        assert_eq!(got, want.marks, "{name}, packet {no}: {line}");
        told.extend(got);
    }
    told
}

/// A mark by the id of its rule, with the numbers that it has.
fn show(mark: Marks, tcp: &TcpAnalysis) -> String {
    let id = rules::of(mark).expect("a rule for every mark").id;
    match (mark, tcp.duplicate, tcp.timeout) {
        (Marks::DUP_ACK, Some(duplicate), _) => {
            format!("{id} {}#{}", duplicate.of, duplicate.number)
        }
        (Marks::RETRANSMISSION, _, Some(timeout)) => format!("{id} of {}", timeout.of),
        _ => id.to_owned(),
    }
}

/// Reads one line.
fn read(line: &str) -> Line {
    let (packet, marks) = line.split_once('!').unwrap_or((line, ""));
    let (packet, options) = packet.split_once('<').unwrap_or((packet, ""));
    let words: Vec<&str> = packet.split_whitespace().collect();
    let after = |name: &str| {
        let place = words.iter().position(|word| *word == name)?;
        words.get(place + 1)?.parse::<i64>().ok()
    };
    let (from, to) = match words[1] {
        "C" => (CLIENT, SERVER),
        "S" => (SERVER, CLIENT),
        way => panic!("{way} is neither C nor S: {line}"),
    };
    let flags = words[4].chars().map(|flag| match flag {
        'F' => 0x01,
        'S' => 0x02,
        'R' => 0x04,
        'P' => 0x08,
        '.' => 0x10,
        _ => panic!("{flag} is no flag: {line}"),
    });
    let (start, rest) = words[5].split_once(':').expect("start:end(len)");
    let len: usize = rest
        .split_once('(')
        .and_then(|(_, len)| len.trim_end_matches(')').parse().ok())
        .expect("a length");
    let micros = (words[0].parse::<f64>().expect("a time") * 1e6).round();
    let number = |base: u32, value: i64| (i64::from(base) + value) as u32;
    let bytes = segment(
        (from, to),
        number(from.2, start.parse().expect("a number")),
        after("ack").map_or(0, |ack| number(to.2, ack)),
        flags.sum(),
        after("win").map_or(512, |win| u16::try_from(win).expect("16 bits")),
        &option_bytes(options),
        len,
    );
    Line {
        time: Timestamp::new(
            1_000_000 + (micros / 1e6) as i64,
            (micros % 1e6) as u32 * 1_000,
        ),
        bytes,
        marks: marks
            .split(',')
            .map(|mark| mark.trim().to_owned())
            .filter(|mark| !mark.is_empty())
            .collect(),
    }
}

/// The bytes of `ws 7, mss 1460`, padded.
fn option_bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for option in text.trim().trim_end_matches('>').split(',') {
        match option.trim().split_once(' ') {
            Some(("ws", shift)) => bytes.extend([3, 3, shift.parse().expect("a shift")]),
            Some(("mss", size)) => {
                bytes.extend([2, 4]);
                bytes.extend(size.parse::<u16>().expect("a size").to_be_bytes());
            }
            _ => assert!(option.trim().is_empty(), "{option} is not known"),
        }
    }
    bytes.resize(bytes.len().next_multiple_of(4), 1);
    bytes
}

type End = (u32, u16, u32);

/// An IPv4 packet with one TCP segment.
fn segment(
    (from, to): (End, End),
    seq: u32,
    ack: u32,
    flags: u8,
    window: u16,
    options: &[u8],
    len: usize,
) -> Vec<u8> {
    let header_len = 20 + options.len();
    let total = u16::try_from(20 + header_len + len).expect("a short packet");
    let offset = u8::try_from(header_len / 4).expect("a short header") << 4;
    let mut bytes = vec![0x45, 0];
    bytes.extend(total.to_be_bytes());
    bytes.extend([0, 1, 0, 0, 64, 6, 0, 0]);
    bytes.extend(from.0.to_be_bytes());
    bytes.extend(to.0.to_be_bytes());
    bytes.extend(from.1.to_be_bytes());
    bytes.extend(to.1.to_be_bytes());
    bytes.extend(seq.to_be_bytes());
    bytes.extend(ack.to_be_bytes());
    bytes.extend([offset, flags]);
    bytes.extend(window.to_be_bytes());
    bytes.extend([0, 0, 0, 0]);
    bytes.extend(options);
    bytes.resize(bytes.len() + len, b'x');
    bytes
}
