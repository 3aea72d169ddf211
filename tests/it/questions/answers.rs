//! Every question of a lab sheet has its answer, in both languages: `asked.txt` beside this file.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;

use netlab::analysis::AnalyzerOptions;
use netlab::model::address::Endpoint;
use netlab::model::call::{Call, CallResult, Party, SocketCall};
use netlab::model::time::Timestamp;
use netlab::pipeline::Pipeline;
use netlab::report::document::{
    CaptureFacts, Collector, Line, Options, Part, Row, Section, Sections,
};
use netlab::source::file::FileSource;
use netlab::text::Lang;

use crate::support::{Folder, root};

const ASKED: &str = include_str!("asked.txt");
/// How many questions the sheets ask.
const QUESTIONS: u32 = 49;

/// The report on a capture, with calls as a lab would have recorded them.
fn report(path: &str, lang: Lang, calls: &[SocketCall]) -> Vec<Section> {
    let mut source = FileSource::open(path).unwrap();
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 100,
        ..AnalyzerOptions::default()
    });
    let mut collector = Collector::new(Options {
        lang,
        sections: Sections::ALL,
        ..Options::default()
    });
    while let Some(frame) = source.next_frame().unwrap() {
        let row = pipeline.push(&frame);
        collector.row(&row, true);
    }
    calls.iter().for_each(|call| collector.call(call));
    let conversations = pipeline.analyzer().conversations();
    collector.finish(&CaptureFacts::default(), conversations)
}

/// The sections of that id, those with the questions about it first.
fn sections<'s>(all: &'s [Section], id: &str) -> Vec<&'s Section> {
    let inner = all.iter().flat_map(|it| &it.sections);
    let wanted = |it: &&Section| it.id.trim_end_matches("-questions") == id;
    inner.chain(all).filter(wanted).collect()
}

fn cells(row: &Row) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.as_str()).collect()
}

/// What stands at a place: `tcp-0 isn`, `flags [flags] SYN`, `tcp-0 #5`, `tcp-0 ladder`.
fn at(all: &[Section], place: &str) -> Option<String> {
    let (id, what) = place.split_once(' ')?;
    let sections = sections(all, id);
    let mut parts = sections.iter().flat_map(|it| &it.parts);
    let rows = |table: &netlab::report::document::Table| {
        let rows = table.lines.iter().filter_map(|line| match line {
            Line::Row(row) => Some(row.clone()),
            Line::Gap(_) => None,
        });
        rows.collect::<Vec<_>>()
    };
    if let Some((table, key)) = what.strip_prefix('[').and_then(|it| it.split_once("] ")) {
        return parts.find_map(|part| match part {
            Part::Table(it) if it.id == table => {
                let rows = rows(it);
                let found = rows.iter().find(|row| cells(row).contains(&key));
                found.map(|row| cells(row).join(" | "))
            }
            _ => None,
        });
    }
    if let Some(no) = what.strip_prefix('#') {
        return parts.find_map(|part| match part {
            Part::Table(it) if it.id == "packets" => {
                let rows = rows(it);
                let found = rows.iter().find(|row| cells(row)[0] == no);
                found.and_then(|row| Some(row.detail.as_ref()?.sentence.clone()))
            }
            _ => None,
        });
    }
    parts.find_map(|part| match part {
        Part::Facts(facts) => {
            let found = facts.iter().find(|fact| fact.id == what);
            found.map(|fact| fact.value.as_str().to_owned())
        }
        Part::Picture(picture) if picture.id == what => Some(picture.alt.clone()),
        _ => None,
    })
}

#[test]
fn every_question_is_answered_by_a_capture_or_says_why_not() {
    let mut reports = HashMap::new();
    let mut numbers = BTreeSet::new();
    let mut wrong = Vec::new();
    let lines = ASKED
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    let lines: Vec<&str> = lines.collect();
    for pair in lines.chunks(2) {
        let [head, text] = pair else {
            panic!("no text: {pair:?}");
        };
        let text = text.trim();
        let mut words = head.splitn(4, ' ');
        numbers.insert(words.next().unwrap().parse::<u32>().unwrap());
        let capture = words.next().unwrap();
        let (Some(tag), Some(place)) = (words.next(), words.next()) else {
            assert!(
                ["calls", "later"].contains(&capture) && !text.is_empty(),
                "{head}"
            );
            continue;
        };
        let lang = Lang::from_tag(tag).unwrap();
        let all = reports.entry((capture, tag)).or_insert_with(|| {
            let path = root().join("captures").join(capture);
            report(path.to_str().unwrap(), lang, &[])
        });
        let found = at(all, place);
        if found.as_deref() != Some(text) {
            wrong.push(format!("{head}\n  {}", found.unwrap_or_default()));
        }
    }
    assert!(wrong.is_empty(), "not as expected:\n{}", wrong.join("\n"));
    assert_eq!(numbers, (1..=QUESTIONS).collect());
}

/// A call on the only connection of captures/small-buffer.pcapng, `micros` after its first frame.
fn call(client: bool, call: Call, result: CallResult, micros: u32) -> SocketCall {
    let end = |port| {
        Some(Endpoint {
            ip: IpAddr::from([127, 0, 0, 1]),
            port,
        })
    };
    let mut source = FileSource::open(&capture("small-buffer.pcapng")).unwrap();
    let first = source.next_frame().unwrap().unwrap();
    let start = first.time.unwrap();
    let port = u16::from_be_bytes([first.bytes[34], first.bytes[35]]);
    let server = first.bytes[36..38]
        .try_into()
        .map(u16::from_be_bytes)
        .unwrap();
    let at = Timestamp::new(start.secs(), start.nanos() + micros * 1000);
    let listens = matches!(call, Call::Bind | Call::Listen { .. });
    let (local, peer) = match (client, listens) {
        (true, _) => (end(port), end(server)),
        (false, false) => (end(server), end(port)),
        (false, true) => (end(server), None),
    };
    SocketCall {
        party: if client { Party::CLIENT } else { Party::SERVER },
        call,
        tcp: true,
        local,
        peer,
        began: at,
        acted: at,
        ended: at,
        result,
        origin: None,
        kernel: None,
    }
}

fn capture(name: &str) -> String {
    root()
        .join("captures")
        .join(name)
        .to_str()
        .unwrap()
        .to_owned()
}

#[test]
fn socket_calls_stand_beside_segments_and_states() {
    let calls = [
        call(false, Call::Bind, CallResult::Done, 0),
        call(false, Call::Listen { backlog: 1 }, CallResult::Done, 0),
        call(true, Call::Send { len: 28 }, CallResult::Bytes(28), 900_000),
        call(false, Call::Recv { room: 5 }, CallResult::Bytes(5), 900_000),
        call(false, Call::Recv { room: 5 }, CallResult::Bytes(0), 900_000),
    ];
    let all = report(&capture("small-buffer.pcapng"), Lang::En, &calls);
    assert_eq!(
        at(&all, "tcp-0 [call_lengths] client → server").unwrap(),
        "client → server | 28 | 28 (#4) | 5, 0"
    );
    assert_eq!(
        at(&all, "tcp-0 messages").unwrap(),
        "No: TCP carries a stream of bytes. The table below has the three side by side."
    );
    let row = |call| at(&all, &format!("tcp-0 [call_states] {call}")).unwrap();
    assert!(row("bind(127.0.0.1:9999)").ends_with("it is not a TCP state)"));
    assert!(row("listen(1)").ends_with("| LISTEN"));
    assert!(row("send(28) = 28").ends_with("| client | send(28) = 28 | TIME-WAIT"));
    assert!(row("recv(5) = 0").ends_with("| server | recv(5) = 0 | CLOSED"));
}

#[test]
fn a_capture_that_ends_in_the_middle_says_who_stays_and_claims_no_more() {
    // Up to the ACK of the first FIN: a pcap header, then nine frames.
    let bytes = std::fs::read(capture("echo-log.pcap")).unwrap();
    let mut end = 24;
    for _ in 0..9 {
        let len = bytes[end + 8..end + 12]
            .try_into()
            .map(u32::from_le_bytes)
            .unwrap();
        end += 16 + len as usize;
    }
    let folder = Folder::new("questions-cut");
    let file = folder.file("cut.pcap");
    std::fs::write(&file, &bytes[..end]).unwrap();
    let all = report(&file, Lang::En, &[]);
    assert_eq!(
        at(&all, "tcp-0 states_left").unwrap(),
        "The server stays in CLOSE-WAIT from #8 on: it received a FIN and does not close its own direction in this capture. \
         The client stays in FIN-WAIT-2 from #9 on: its FIN is acknowledged, and the server sends none in this capture."
    );
    assert_eq!(
        at(&all, "tcp-0 close").unwrap(),
        "Only one direction is closed in this capture: #8 (FIN) and #9 (its ACK)."
    );
    assert_eq!(
        at(&all, "tcp-0 closed_by").unwrap(),
        "The client: its FIN (#8) is the only one in this capture."
    );
    assert_eq!(at(&all, "tcp-0 time_wait"), None);
    // From the fourth frame on: the handshake is missing.
    let mut start = 24;
    for _ in 0..3 {
        let len = bytes[start + 8..start + 12]
            .try_into()
            .map(u32::from_le_bytes)
            .unwrap();
        start += 16 + len as usize;
    }
    let middle = folder.file("middle.pcap");
    std::fs::write(&middle, [&bytes[..24], &bytes[start..]].concat()).unwrap();
    let all = report(&middle, Lang::En, &[]);
    let said = |question: &str| at(&all, &format!("tcp-0 {question}"));
    assert_eq!(
        said("handshake").unwrap(),
        "None of this capture: it holds no SYN of this conversation, whose first packet here is #1."
    );
    assert_eq!(
        said("isn").unwrap(),
        "Not in this capture: the ISN stands in the SYN, and there is none."
    );
    assert!(said("window").unwrap().ends_with("is not known."));
    for absent in ["syn_ack", "syn_flags", "mss", "numbers"] {
        assert_eq!(said(absent), None, "{absent}");
    }
}

#[test]
fn a_filter_that_leaves_out_packets_leaves_out_the_answers() {
    let file = capture("echo-log.pcap");
    let answered = |args: &[&str]| {
        let all = [
            &["report", &file, "-T", "json", "--sections", "questions"],
            args,
        ]
        .concat();
        let output = crate::support::run(&all);
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let section = &report["sections"][0]["sections"][0];
        let facts = section["facts"].as_object().unwrap().len();
        (facts > 0, section["text"].as_array().unwrap().len())
    };
    assert_eq!(answered(&["--port", "5050"]), (true, 0));
    assert_eq!(answered(&["-f", "tcp[13] = 2"]), (false, 1));
}
