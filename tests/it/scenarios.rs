//! Every scenario of the specification: the rows and the values behind them, against what tshark
//! 4.0.17, 4.4.19 and 4.6.9 printed, each against netlab's rows in that version.
//!
//! `scenarios/NAME.pcap` is a capture written for one rule, and `NAME.tshark` holds two tables that
//! tshark printed for it: the rows and the fields behind them, separated by tabs. `== rows of 4.0 4.6`
//! names the versions of a table. A line that some of them printed begins with these: `4.0|7`.

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

use crate::support::{files, root, shown};

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

/// The scenarios, sorted by name.
pub(crate) fn scenarios() -> Vec<PathBuf> {
    let folder = root().join("tests/it/scenarios");
    let mut captures = [files(&folder, "pcap"), files(&folder, "pcapng")].concat();
    captures.sort();
    assert_eq!(captures.len(), files(&folder, "tshark").len());
    assert!(captures.len() > 200, "{}", captures.len());
    captures
}

/// The header and the lines of a table.
type Table = (Vec<String>, Vec<Vec<String>>);

/// What a version of tshark printed for a capture: `rows`, or the `fields` behind them. None where
/// that version was not asked.
fn printed(capture: &Path, kind: &str, version: &str) -> Option<Table> {
    let text = fs::read_to_string(capture.with_extension("tshark")).expect("a readable file");
    let tables = text.split("== ").skip(1);
    let mut of_kind = tables.filter_map(|table| table.strip_prefix(kind)?.strip_prefix(" of "));
    let (versions, table) = of_kind.next()?.split_once('\n')?;
    versions.split(' ').find(|it| *it == version)?;
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    let mut lines = table.lines().filter_map(|line| {
        let first = line.split('\t').next().unwrap_or("");
        match first.split_once('|') {
            None => Some(line),
            Some((of, _)) => {
                let printed = of.split(' ').any(|it| it == version);
                printed.then(|| &line[of.len() + 1..])
            }
        }
    });
    Some((cells(lines.next()?), lines.map(cells).collect()))
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
        ..AnalyzerOptions::default()
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
    compare("rows", |row, header, want, wrong| {
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
    compare("fields", |row, header, want, wrong| {
        // The fields of a quoted header are shown with the ICMP error; netlab shows none.
        if matches!(row.packet.content, Content::Other(_)) {
            return;
        }
        for (id, want) in header.iter().zip(want) {
            let got = value(row, id);
            if *want != got {
                wrong.push(format!("{id}: want {want}, got {got}"));
            }
        }
    });
}

/// Compares every row of every scenario in every version by `each`, which notes what is wrong.
fn compare(kind: &str, each: impl Fn(&Row<'_>, &[String], &[String], &mut Vec<String>)) {
    let (mut wrong, mut versions) = (Vec::new(), [0; Dialect::ALL.len()]);
    for capture in scenarios() {
        for (dialect, count) in Dialect::ALL.into_iter().zip(&mut versions) {
            let Some((header, want)) = printed(&capture, kind, dialect.name()) else {
                continue;
            };
            *count += 1;
            let place = format!("{} {}", dialect.name(), shown(&capture));
            let mut seen = 0;
            replay(&capture, dialect, |place_of, row| {
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
    let [newest, .., oldest] = versions;
    assert!(
        versions.iter().all(|count| *count > 40) && newest.min(oldest) > 200,
        "{versions:?}"
    );
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
