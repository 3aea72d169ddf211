//! Every scenario of the specification: the rows and the values behind them, against what
//! tshark 4.0.17 printed.
//!
//! The scenarios lie beside the repository (`../shared/spec/scenarios`, or where
//! `NETLAB_SCENARIOS` says). Without them there is nothing to compare, and the test says so.

#![allow(clippy::expect_used, reason = "a broken scenario file fails the test")]

use std::fs;
use std::path::{Path, PathBuf};

use netlab::analysis::AnalyzerOptions;
use netlab::analysis::row::Row;
use netlab::analysis::tcp::rules;
use netlab::model::packet::Content;
use netlab::model::time::Nanos;
use netlab::pipeline::Pipeline;
use netlab::report::columns::{COLUMNS, CellOptions};
use netlab::source::file::FileSource;

use crate::needs::skip;

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

fn folder() -> Option<PathBuf> {
    let path = std::env::var_os("NETLAB_SCENARIOS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/spec/scenarios"),
        PathBuf::from,
    );
    path.is_dir().then_some(path)
}

/// The captures of the scenarios that use tshark's default preferences.
fn captures(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| entry.expect("its entries can be read").path())
        .filter(|path| {
            let extension = path
                .extension()
                .is_some_and(|e| e == "pcap" || e == "pcapng");
            let name = path.file_name().and_then(|name| name.to_str());
            extension && name.is_some_and(|name| !name.starts_with('g'))
        })
        .collect();
    paths.sort();
    paths
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
fn replay(path: &Path, mut each: impl FnMut(usize, &Row<'_>)) {
    let path = path.to_str().expect("a path in UTF-8");
    let Ok(mut source) = FileSource::open(path) else {
        return;
    };
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
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
    let Some(folder) = folder() else {
        skip("the scenarios of the specification are not here");
        return;
    };
    let mut wrong = Vec::new();
    for capture in captures(&folder) {
        let name = capture.file_stem().and_then(|n| n.to_str()).unwrap_or("");
        let (header, want) = table(&capture.with_extension("tsv"));
        assert_eq!(header, ROW, "{name}");
        let mut seen = 0;
        replay(&capture, |place, row| {
            seen += 1;
            let Some(want) = want.get(place) else { return };
            for (id, want) in ROW.iter().zip(want) {
                let got = cell(row, id);
                let want = expected(id, want, &got);
                if want != got {
                    wrong.push(format!(
                        "{name} {} {id}: want {want}, got {got}",
                        row.frame.no
                    ));
                }
            }
        });
        if seen != want.len() {
            wrong.push(format!("{name}: {seen} rows of {}", want.len()));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn values_behind_the_rows_are_those_of_tshark() {
    let Some(folder) = folder() else {
        skip("the scenarios of the specification are not here");
        return;
    };
    let mut wrong = Vec::new();
    for capture in captures(&folder) {
        let name = capture.file_stem().and_then(|n| n.to_str()).unwrap_or("");
        let (header, want) = table(&capture.with_extension("fields.tsv"));
        replay(&capture, |place, row| {
            let Some(want) = want.get(place) else { return };
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
                    wrong.push(format!(
                        "{name} {} {id}: want {want}, got {got}",
                        row.frame.no
                    ));
                }
            }
        });
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
