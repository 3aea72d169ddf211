//! Every scenario of the specification: the rows and the values behind them, against what tshark
//! 4.0.17, 4.4.19 and 4.6.9 printed, each against netlab's rows in that version.
//!
//! The scenarios lie beside the repository (`../shared/spec/scenarios`, or where
//! `NETLAB_SCENARIOS` says, and in the folder beside that whose name ends in `-4.6`, which holds
//! what later versions print otherwise). Without them there is nothing to compare, and the test
//! says so.

#![allow(clippy::expect_used, reason = "a broken scenario file fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::row::Row;
use netlab::analysis::tcp::rules;
use netlab::model::dialect::Dialect;
use netlab::model::packet::Content;
use netlab::model::time::Nanos;
use netlab::pipeline::Pipeline;
use netlab::report::columns::{COLUMNS, CellOptions};
use netlab::source::file::FileSource;

use crate::needs::skip;
use crate::support::{files, shared};

/// The columns of a scenario's rows.
const ROW: [&str; 8] = [
    "no",
    "time",
    "source",
    "destination",
    "protocol",
    "length",
    "info",
    "stream",
];

/// Columns of the fields files that netlab has elsewhere or not at all.
const NOT_HERE: [&str; 4] = [
    "frame.number",
    "frame.coloring_rule.name",
    "_ws.expert.severity",
    "udp.length",
];

/// A capture and the files of what tshark printed for it, one for each version.
struct Scenario {
    name: String,
    capture: PathBuf,
    /// Where the rows of a version stand; with `fields`, the values behind them.
    expected: fn(&Path, Dialect, bool) -> Option<PathBuf>,
}

impl Scenario {
    fn expected(&self, dialect: Dialect, fields: bool) -> Option<PathBuf> {
        (self.expected)(&self.capture, dialect, fields)
    }
}

fn folders() -> Option<[PathBuf; 2]> {
    let path = std::env::var_os("NETLAB_SCENARIOS")
        .map_or_else(|| shared("spec/scenarios"), PathBuf::from);
    let mut later = path.clone().into_os_string();
    later.push("-4.6");
    path.is_dir().then(|| [path, later.into()])
}

/// The scenarios that use tshark's default preferences: those of 4.0, and those written for what
/// changed after it.
fn scenarios() -> Option<Vec<Scenario>> {
    let [first, later] = folders()?;
    let of = |folder: &Path, expected| {
        let captures = [files(folder, "pcap"), files(folder, "pcapng")].concat();
        let named = captures.into_iter().map(move |capture| Scenario {
            name: name(&capture).to_owned(),
            capture,
            expected,
        });
        named.collect::<Vec<_>>()
    };
    let mut all = of(&first, of_first);
    all.extend(of(&later, of_later));
    all.retain(|scenario| !scenario.name.starts_with('g'));
    Some(all)
}

fn name(path: &Path) -> &str {
    path.file_stem()
        .and_then(|name| name.to_str())
        .unwrap_or("")
}

const fn suffix(fields: bool) -> &'static str {
    match fields {
        true => "fields.tsv",
        false => "tsv",
    }
}

/// What 4.6 prints for a scenario of 4.0 stands in the other folder, where it differs. What 4.4
/// prints is not kept.
fn of_first(capture: &Path, dialect: Dialect, fields: bool) -> Option<PathBuf> {
    let first = capture.with_extension(suffix(fields));
    let later = folders()?[1].join(first.file_name()?);
    match dialect {
        Dialect::V4_0 => Some(first),
        Dialect::V4_4 => None,
        Dialect::V4_6 => Some(if later.exists() { later } else { first }),
    }
}

fn of_later(capture: &Path, dialect: Dialect, fields: bool) -> Option<PathBuf> {
    let version = match dialect {
        Dialect::V4_0 => "40.",
        Dialect::V4_4 => "44.",
        Dialect::V4_6 => "",
    };
    Some(capture.with_extension(format!("{version}{}", suffix(fields))))
}

/// A tab-separated file: its header and its rows.
fn table(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let text = fs::read_to_string(path).expect("the expected rows can be read");
    let mut rows = text
        .lines()
        .map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    (rows.next().expect("a header line"), rows.collect())
}

/// Calls `each` with every row that netlab makes of a capture.
fn replay(path: &Path, dialect: Dialect, mut each: impl FnMut(usize, &Row<'_>)) {
    let path = path.to_str().expect("a path in UTF-8");
    let Ok(mut source) = FileSource::open(path) else {
        return;
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions {
        summaries: 0,
        dialect,
    });
    let mut place = 0;
    while let Ok(Some(frame)) = source.next_frame() {
        each(place, &pipeline.push(&frame));
        place += 1;
    }
}

fn cell(row: &Row<'_>, id: &str) -> String {
    let column = COLUMNS.iter().find(|column| column.id == id);
    let mut out = Vec::new();
    (column.expect("a known column").write)(row, &CellOptions::default(), &mut out);
    String::from_utf8(out).expect("cells are text")
}

/// The expected cell, as netlab's reference configuration has it: MPTCP is shown as TCP, link
/// addresses without a maker's name, times with the decimals of the file.
fn expected(id: &str, want: &str, got: &str) -> String {
    match id {
        "protocol" if want == "MPTCP" => "TCP".to_owned(),
        "source" | "destination" => want.replace('_', ":"),
        "time" if got.len() > want.len() && got.starts_with(want) => got.to_owned(),
        _ => want.to_owned(),
    }
}

#[test]
fn rows_are_those_of_tshark() {
    compare(false, |row, header, want, wrong| {
        assert_eq!(header, ROW);
        for (id, want) in ROW.iter().zip(want) {
            let got = cell(row, id);
            let want = expected(id, want, &got);
            if want != got {
                wrong.push(format!("{id}: want {want}, got {got}"));
            }
        }
    });
}

#[test]
fn values_behind_the_rows_are_those_of_tshark() {
    compare(true, |row, header, want, wrong| {
        // The fields of a quoted header are shown with the ICMP error; netlab shows none.
        if matches!(row.packet.content, Content::Other(_)) {
            return;
        }
        for (id, want) in header.iter().zip(want) {
            if NOT_HERE.contains(&id.as_str()) {
                continue;
            }
            let got = value(row, id);
            if *want != got {
                wrong.push(format!("{id}: want {want}, got {got}"));
            }
        }
    });
}

/// Compares every row of every scenario in every version by `each`, which notes what is wrong.
fn compare(fields: bool, each: impl Fn(&Row<'_>, &[String], &[String], &mut Vec<String>)) {
    let Some(scenarios) = scenarios() else {
        skip("the scenarios of the specification are not here");
        return;
    };
    let mut wrong = Vec::new();
    for scenario in scenarios {
        for dialect in Dialect::ALL {
            let Some(path) = scenario.expected(dialect, fields) else {
                continue;
            };
            let place = format!("{} {}", dialect.name(), scenario.name);
            let (header, want) = table(&path);
            let mut seen = 0;
            replay(&scenario.capture, dialect, |place_of, row| {
                seen += 1;
                let Some(want) = want.get(place_of) else {
                    return;
                };
                let mut differ = Vec::new();
                each(row, &header, want, &mut differ);
                let no = row.frame.no;
                wrong.extend(differ.into_iter().map(|it| format!("{place} {no} {it}")));
            });
            if seen != want.len() {
                wrong.push(format!("{place}: {seen} rows of {}", want.len()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// A value as tshark's field of that name prints it; empty where tshark has none.
fn value(row: &Row<'_>, id: &str) -> String {
    let text = |value: Option<u32>| value.map(|v| v.to_string()).unwrap_or_default();
    let time = |value: Option<Nanos>| value.map(seconds).unwrap_or_default();
    let analysis = &row.analysis;
    let segment = match &row.packet.content {
        Content::Tcp(segment) => Some(segment),
        _ => None,
    };
    match id {
        "tcp.time_relative" if segment.is_some() => return time(analysis.since_first),
        "tcp.time_delta" if segment.is_some() => return time(analysis.since_previous),
        "udp.time_relative" if segment.is_none() => return time(analysis.since_first),
        "udp.time_delta" if segment.is_none() => return time(analysis.since_previous),
        _ => {}
    }
    let (Some(tcp), Some(segment)) = (&analysis.tcp, segment) else {
        return String::new();
    };
    let Some(header) = segment.header else {
        return String::new();
    };
    // With a broken data offset tshark's tree ends after the sequence number; Info goes on.
    if header.offset < 5 && !["tcp.seq", "tcp.seq_raw", "tcp.len", "tcp.completeness"].contains(&id)
    {
        return String::new();
    }
    match id {
        "tcp.seq" => tcp.seq.to_string(),
        "tcp.seq_raw" => header.seq.0.to_string(),
        "tcp.ack" => tcp.ack.to_string(),
        "tcp.ack_raw" => header.ack.0.to_string(),
        "tcp.len" => text(tcp.len),
        "tcp.nxtseq" => text(tcp.next_seq),
        "tcp.window_size_value" | "tcp.window_size" if !segment.has_window() => String::new(),
        "tcp.window_size_value" => header.window.to_string(),
        "tcp.window_size" => tcp.window.to_string(),
        "tcp.window_size_scalefactor" if header.flags.syn() => String::new(),
        "tcp.window_size_scalefactor" => tcp.scale.factor().to_string(),
        "tcp.completeness" => tcp.completeness.0.to_string(),
        "tcp.analysis.acks_frame" => text(tcp.acks_frame),
        "tcp.analysis.ack_rtt" => time(tcp.ack_rtt),
        "tcp.analysis.initial_rtt" => time(tcp.initial_rtt),
        "tcp.analysis.bytes_in_flight" => text(tcp.bytes_in_flight),
        "tcp.analysis.push_bytes_sent" => text(tcp.push_bytes),
        "tcp.analysis.rto" => time(tcp.timeout.map(|timeout| timeout.waited)),
        "tcp.analysis.rto_frame" => text(tcp.timeout.map(|timeout| timeout.of)),
        "tcp.analysis.duplicate_ack_num" => text(tcp.duplicate.map(|d| d.number)),
        "tcp.analysis.duplicate_ack_frame" => text(tcp.duplicate.map(|d| d.of)),
        "flags" => flags(row),
        _ => String::new(),
    }
}

/// The fields of a segment's marks, in the order of the fields files.
fn flags(row: &Row<'_>) -> String {
    const ORDER: [&str; 15] = [
        "reused_ports",
        "retransmission",
        "fast_retransmission",
        "spurious_retransmission",
        "out_of_order",
        "lost_segment",
        "ack_lost_segment",
        "window_update",
        "window_full",
        "keep_alive",
        "keep_alive_ack",
        "duplicate_ack",
        "zero_window_probe",
        "zero_window",
        "zero_window_probe_ack",
    ];
    let marks = row.analysis.tcp.map(|tcp| tcp.marks).unwrap_or_default();
    let set: Vec<&str> = marks
        .iter()
        .filter_map(rules::of)
        .flat_map(|rule| rule.fields)
        .filter_map(|field| field.strip_prefix("tcp.analysis."))
        .collect();
    let shown: Vec<&str> = ORDER
        .into_iter()
        .filter(|name| set.contains(name))
        .collect();
    shown.join(",")
}

fn seconds(time: Nanos) -> String {
    let sign = if time.0 < 0 { "-" } else { "" };
    let nanos = time.0.unsigned_abs();
    format!(
        "{sign}{}.{:09}",
        nanos / 1_000_000_000,
        nanos % 1_000_000_000
    )
}
