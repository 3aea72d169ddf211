//! `netlab conversations`: one row per conversation, with tshark's packets and bytes.

use std::path::PathBuf;
use std::process::Command;

use netlab::analysis::AnalyzerOptions;
use netlab::model::dialect::Dialect;
use netlab::pipeline::Pipeline;

use crate::needs::tshark_here;
use crate::support::{files, run, shared, sources, stderr, stdout};

const LOG: &str = "captures/echo-log.pcap";

/// The rows of `netlab conversations -T tsv`, by the wanted columns, in one version.
fn rows(file: &str, columns: &str, dialect: Dialect) -> Vec<Vec<String>> {
    let args = ["conversations", file, "-T", "tsv", "--columns", columns];
    let output = run(&[&args[..], &["--wireshark", dialect.name()]].concat());
    assert_eq!(output.status.code(), Some(0), "{file}: {}", stderr(&output));
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect();
    stdout(&output).lines().skip(1).map(cells).collect()
}

#[test]
fn the_published_log_is_one_conversation() {
    let output = run(&["conversations", LOG, "-T", "tsv"]);
    assert_eq!(
        stdout(&output),
        "protocol\tstream\tclient\tserver\tpackets\tbytes\tpackets_to_server\tbytes_to_server\t\
         packets_to_client\tbytes_to_client\tstart\tduration\tclose\tclosed_by\tretransmissions\t\
         rtt_min\trtt_avg\trtt_max\tinitial_rtt\tcompleteness\tcompleteness_text\troles\n\
         TCP\t0\t127.0.0.1:57128\t127.0.0.1:5050\t11\t566\t6\t303\t5\t263\t0.000000000\t\
         0.014940000\tfour segments\tclient\t0\t0.000010000\t0.002480000\t0.014600000\t\
         0.014620000\t31\tComplete, WITH_DATA\tSYN\n"
    );
    let output = run(&["conversations", LOG, "--lang", "pt-BR"]);
    let text = stdout(&output);
    assert!(
        text.contains("quatro segmentos") && text.contains("cliente"),
        "{text}"
    );
}

#[test]
fn every_format_lists_the_conversation() {
    for (format, part) in [
        ("csv", "TCP,0,127.0.0.1:57128,"),
        ("json", "\"client\":\"127.0.0.1:57128\""),
        ("jsonl", "\"close\":\"four segments\""),
        ("md", "| TCP | 0 | 127.0.0.1:57128 |"),
        ("table", "four segments"),
    ] {
        let text = stdout(&run(&["conversations", LOG, "-T", format]));
        assert!(text.contains(part), "{format}: {text}");
    }
}

/// One row of `tshark -z conv`: its ends with packets and bytes of each, in a fixed order.
type Counted = [(String, u64, String); 2];

fn sorted(mut ends: Counted) -> Counted {
    ends.sort();
    ends
}

/// Bytes as tshark abbreviates them.
fn abbreviated(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1000),
        10_000_000..10_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}

fn tshark(file: &str, protocol: &str) -> Vec<Counted> {
    let mut command = Command::new("tshark");
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", "/")
        .env("LC_ALL", "C.UTF-8");
    command.args(["-n", "-q", "-r", file, "-z", &format!("conv,{protocol}")]);
    command.args([
        "-d",
        "tcp.port==0-65535,data",
        "-d",
        "udp.port==0-65535,data",
    ]);
    command.args([
        "--disable-protocol",
        "mptcp",
        "--disable-protocol",
        "f5ethtrailer",
    ]);
    let text = String::from_utf8(command.output().unwrap().stdout).unwrap();
    let row = |line: &str| -> Option<Counted> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [
            left,
            "<->",
            right,
            back,
            bytes,
            unit,
            forth,
            bytes2,
            unit2,
            ..,
        ] = words[..]
        else {
            return None;
        };
        Some(sorted([
            (
                left.to_owned(),
                forth.parse().ok()?,
                format!("{bytes2} {unit2}"),
            ),
            (
                right.to_owned(),
                back.parse().ok()?,
                format!("{bytes} {unit}"),
            ),
        ]))
    };
    let mut rows: Vec<Counted> = text.lines().filter_map(row).collect();
    rows.sort();
    rows
}

fn netlab(file: &str, protocol: &str, dialect: Dialect) -> Vec<Counted> {
    let columns = "protocol,client,server,packets_to_server,bytes_to_server,packets_to_client,\
                   bytes_to_client";
    let plain = |end: &str| end.replace(['[', ']'], "");
    let mut rows: Vec<Counted> = rows(file, columns, dialect)
        .iter()
        .filter(|row| row[0].eq_ignore_ascii_case(protocol))
        .map(|row| {
            let number = |place: usize| row[place].parse::<u64>().unwrap();
            sorted([
                (plain(&row[1]), number(3), abbreviated(number(4))),
                (plain(&row[2]), number(5), abbreviated(number(6))),
            ])
        })
        .collect();
    rows.sort();
    rows
}

#[test]
#[ignore = "needs tshark, ../shared"]
fn packets_and_bytes_are_those_of_tshark() {
    let dialect = tshark_here();
    let corpus = shared("corpus");
    let mut all: Vec<PathBuf> = files(&corpus, "pcap");
    all.extend(files(&corpus, "pcapng"));
    let mut compared = 0;
    for path in all.iter().step_by(17) {
        let file = path.display().to_string();
        for protocol in ["tcp", "udp"] {
            let expected = tshark(&file, protocol);
            compared += expected.len();
            assert_eq!(
                netlab(&file, protocol, dialect),
                expected,
                "{protocol} of {file}"
            );
        }
    }
    assert!(
        compared > 100,
        "only {compared} conversations were compared"
    );
}

#[test]
#[ignore = "needs ../shared"]
fn rows_are_sorted_by_any_column() {
    let corpus = shared("corpus");
    let more_than_five =
        |path: &PathBuf| rows(&path.display().to_string(), "bytes", Dialect::default()).len() > 5;
    let path = files(&corpus, "pcap")
        .into_iter()
        .find(more_than_five)
        .unwrap();
    let file = path.display().to_string();
    let bytes = |args: &[&str]| -> Vec<u64> {
        let mut all = vec!["conversations", &file, "-T", "tsv", "--columns", "bytes"];
        all.extend(args);
        stdout(&run(&all))
            .lines()
            .skip(1)
            .map(|line| line.parse().unwrap())
            .collect()
    };
    let mut expected = bytes(&[]);
    expected.sort_unstable();
    assert_eq!(bytes(&["--sort", "bytes", "--reverse"]), expected);
    expected.reverse();
    assert_eq!(bytes(&["--sort", "bytes"]), expected);
    let output = run(&["conversations", &file, "--sort", "colour"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("protocol stream client"),
        "{}",
        stderr(&output)
    );
}

#[test]
#[ignore = "needs ../shared"]
fn conversations_are_the_same_whether_or_not_somebody_wants_the_rows() {
    let mut count = 0;
    for (path, mut source) in sources() {
        // Without records, and with all of them.
        let pipeline = |summaries| {
            Pipeline::new(AnalyzerOptions {
                summaries,
                ..AnalyzerOptions::default()
            })
        };
        let [mut bare, mut full] = [0, usize::MAX].map(|it| (pipeline(it), pipeline(it)));
        loop {
            bare.1.prefetch(|| source.upcoming());
            let Ok(Some(frame)) = source.next_frame() else {
                break;
            };
            for (with_rows, without) in [&mut bare, &mut full] {
                with_rows.push(&frame);
                without.observe(&frame);
            }
        }
        for (with_rows, without) in [&bare, &full] {
            let [with_rows, without] = [with_rows, without].map(|it| it.analyzer().conversations());
            assert!(format!("{with_rows:?}") == format!("{without:?}"), "{path}");
            count += without.len();
        }
    }
    assert!(count > 10_000, "only {count} conversations were compared");
}
