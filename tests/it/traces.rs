//! Written exchanges, `traces/*.trace`: each is the test and the documentation of a behaviour.
//!
//! ```text
//! # time  way    flags seq:end(len) [ack N] [win N] = phase [client server] ! marks
//! 0.000   C > S  S     0:0(0)       win 65495       = handshake SYN-SENT -
//! 0.001   C > S  udp   (12)                         = datagram
//! 0.002   S > C  icmp  unreachable                  = refused
//! 0.002   C > S  drop  1:6(5)       ack 1
//! ```
//!
//! Flags are tcpdump's (`S F R P U .`, `-` for none); numbers are relative, the client's first
//! sequence number lies just below the wrap. `drop` is a segment that the capture does not hold: it only documents. The parts from `=` and from `!` are optional, what is
//! written is checked; a state `-` is one that must not be shown, `! none` is a segment without
//! marks. `#` starts a comment. After `--- en` and `--- pt-BR` follows the whole summary, after
//! `--- explain en` and `--- explain pt-BR` the sentences of the packets whose numbers stand there.
//!
//! Segments become bytes (raw IPv4) and go through the pipeline, as a capture does.

use std::fmt::Write;
use std::path::Path;

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::row::Row;
use netlab::analysis::tcp::marks::Marks;
use netlab::model::frame::Frame;
use netlab::model::frame::LinkType;
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;
use netlab::report::explain::Explainer;
use netlab::report::phase;
use netlab::report::summary;
use netlab::text::Lang;

const CLIENT: ([u8; 4], u16) = ([127, 0, 0, 1], 57128);
const SERVER: ([u8; 4], u16) = ([127, 0, 0, 1], 5050);
const CLIENT_ISN: u32 = u32::MAX - 5;
const SERVER_ISN: u32 = 0x2000_0000;

const MARKS: [(&str, Marks); 15] = [
    ("zero-window-probe-ack", Marks::ZERO_WINDOW_PROBE_ACK),
    ("zero-window", Marks::ZERO_WINDOW),
    ("zero-window-probe", Marks::ZERO_WINDOW_PROBE),
    ("dup-ack", Marks::DUP_ACK),
    ("keep-alive-ack", Marks::KEEP_ALIVE_ACK),
    ("keep-alive", Marks::KEEP_ALIVE),
    ("window-full", Marks::WINDOW_FULL),
    ("window-update", Marks::WINDOW_UPDATE),
    ("acked-unseen", Marks::ACKED_UNSEEN),
    ("previous-not-captured", Marks::LOST_SEGMENT),
    ("out-of-order", Marks::OUT_OF_ORDER),
    ("spurious-retransmission", Marks::SPURIOUS_RETRANSMISSION),
    ("fast-retransmission", Marks::FAST_RETRANSMISSION),
    ("retransmission", Marks::RETRANSMISSION),
    ("port-reused", Marks::PORT_REUSED),
];

#[test]
fn written_exchanges_are_read_as_they_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/traces");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|suffix| suffix == "trace"))
        .collect();
    paths.sort();
    assert!(paths.len() >= 17, "only {} traces", paths.len());
    let mut failures = String::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        run(&name, &text, &mut failures);
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn run(name: &str, text: &str, failures: &mut String) {
    let mut sections = text.split("\n--- ");
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 10,
        ..AnalyzerOptions::default()
    });
    let mut sent: [Vec<u8>; 2] = Default::default();
    let mut explained = [Lang::En, Lang::PtBr].map(|lang| (Explainer::new(lang), Vec::new()));
    let mut no = 0;
    for line in sections.next().unwrap().lines() {
        let line = line.split('#').next().unwrap().trim();
        let (exchange, marks) = split(line, '!');
        let (exchange, expected) = split(exchange, '=');
        let words: Vec<&str> = exchange.split_whitespace().collect();
        let [time, from, ">", _, kind, what @ ..] = words.as_slice() else {
            assert!(words.is_empty(), "{name}: cannot read {line:?}");
            continue;
        };
        if *kind == "drop" {
            continue;
        }
        no += 1;
        let client = *from == "C";
        let bytes = packet(client, kind, what, &sent);
        sent[usize::from(client)].clone_from(&bytes);
        let frame = Frame {
            no,
            time: Some(timestamp(time)),
            decimals: 6,
            link: LinkType::RAW,
            interface: 0,
            wire_len: u32::try_from(bytes.len()).unwrap(),
            bytes: &bytes,
        };
        let row = pipeline.push(&frame);
        for (explainer, said) in &mut explained {
            let sentence = explainer.row(&row).sentence;
            said.push(format!("#{no} {sentence}"));
        }
        for (expected, found) in [
            (expected, found_phase(&row, expected)),
            (marks, found_marks(&row)),
        ] {
            let expected: Vec<&str> = expected.split_whitespace().collect();
            let expected = expected.join(" ");
            if !expected.is_empty() && expected != found {
                let _ = writeln!(failures, "{name}, {line}\n    found: {found}");
            }
        }
    }
    for section in sections {
        let (lang, expected) = section.split_once('\n').unwrap();
        if let Some(lang) = lang.strip_prefix("explain ") {
            let (_, said) = &explained[usize::from(lang == "pt-BR")];
            for line in expected.lines().filter(|line| !line.is_empty()) {
                if !said.iter().any(|it| it == line) {
                    let no = line.split(' ').next().unwrap();
                    let found = said.iter().find(|it| it.split(' ').next() == Some(no));
                    let _ = writeln!(failures, "{name}, {lang}, found:\n{}", found.unwrap());
                }
            }
            continue;
        }
        let mut found = String::new();
        for conversation in pipeline.analyzer().conversations() {
            summary::write(conversation, Lang::from_tag(lang).unwrap(), &mut found);
        }
        if expected.trim_end() != found.trim_end() {
            let _ = writeln!(failures, "{name}, summary {lang}, found:\n{found}");
        }
    }
}

fn split(line: &str, at: char) -> (&str, &str) {
    line.split_once(at).unwrap_or((line, ""))
}

/// Phase and states, as many words as are expected.
fn found_phase(row: &Row<'_>, expected: &str) -> String {
    let phase = row
        .analysis
        .phase
        .map_or("-", |phase| phase::word(phase).en);
    let states = row
        .analysis
        .states
        .map(|state| state.map_or("-", |state| state.name()));
    match expected.split_whitespace().count() {
        0 | 1 => phase.replace(' ', "-"),
        _ => format!("{} {} {}", phase.replace(' ', "-"), states[0], states[1]),
    }
}

fn found_marks(row: &Row<'_>) -> String {
    let marks = row.analysis.tcp.map(|tcp| tcp.marks).unwrap_or_default();
    let names: Vec<&str> = MARKS
        .iter()
        .filter(|(_, mark)| marks.any(*mark))
        .map(|(name, _)| *name)
        .collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(" "),
    }
}

fn timestamp(seconds: &str) -> Timestamp {
    let (whole, decimals) = seconds.split_once('.').unwrap_or((seconds, "0"));
    let nanos: u32 = format!("{decimals:0<9}").parse().unwrap();
    Timestamp::new(1_630_000_000 + whole.parse::<i64>().unwrap(), nanos)
}

/// The bytes of one written packet; `sent` are the latest of server and client.
fn packet(client: bool, kind: &str, what: &[&str], sent: &[Vec<u8>; 2]) -> Vec<u8> {
    let (from, to) = if client {
        (CLIENT, SERVER)
    } else {
        (SERVER, CLIENT)
    };
    let ports = [from.1.to_be_bytes(), to.1.to_be_bytes()].concat();
    let len_of = |text: &str| -> usize {
        let (_, len) = text.split_once('(').unwrap();
        len.trim_end_matches(')').parse().unwrap()
    };
    let (protocol, rest) = match kind {
        "udp" => {
            let len = len_of(what[0]);
            let total = u16::try_from(8 + len).unwrap();
            (
                17,
                [&ports[..], &total.to_be_bytes(), &[0, 0], &vec![b'x'; len]].concat(),
            )
        }
        "icmp" => {
            let code = if what == ["unreachable"] { 3 } else { 1 };
            let quoted = &sent[usize::from(!client)];
            let quoted = &quoted[..quoted.len().min(28)];
            (1, [&[3, code, 0, 0, 0, 0, 0, 0][..], quoted].concat())
        }
        flags => (6, [&ports[..], &segment(client, flags, what)].concat()),
    };
    let total = u16::try_from(20 + rest.len()).unwrap().to_be_bytes();
    let header = [
        0x45, 0, total[0], total[1], 0, 1, 0x40, 0, 64, protocol, 0, 0,
    ];
    [&header[..], &from.0, &to.0, &rest].concat()
}

/// A TCP header from its sequence number on, and its payload.
fn segment(client: bool, flags: &str, what: &[&str]) -> Vec<u8> {
    let (mine, other) = match client {
        true => (CLIENT_ISN, SERVER_ISN),
        false => (SERVER_ISN, CLIENT_ISN),
    };
    let value = |name: &str| {
        let place = what.iter().position(|word| *word == name)?;
        Some(what[place + 1].parse::<u32>().unwrap())
    };
    let (start, range) = what[0].split_once(':').unwrap();
    let start: u32 = start.parse().unwrap();
    let (end, len) = range.split_once('(').unwrap();
    let len: u32 = len.trim_end_matches(')').parse().unwrap();
    assert_eq!(start + len, end.parse::<u32>().unwrap(), "{what:?}");
    let bits = flags.chars().fold(0u8, |bits, flag| {
        bits | match flag {
            'F' => 0x01,
            'S' => 0x02,
            'R' => 0x04,
            'P' => 0x08,
            '.' => 0x10,
            'U' => 0x20,
            '-' => 0x00,
            other => panic!("flag {other}"),
        }
    });
    let ack = value("ack").map_or(0, |ack| other.wrapping_add(ack));
    let window = u16::try_from(value("win").unwrap_or(65_495)).unwrap();
    [
        &mine.wrapping_add(start).to_be_bytes()[..],
        &ack.to_be_bytes(),
        &[5 << 4, bits],
        &window.to_be_bytes(),
        &[0; 4],
        &vec![b'x'; usize::try_from(len).unwrap()],
    ]
    .concat()
}
