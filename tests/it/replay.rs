//! `netlab replay` on files, through the program: exact output.

use std::io::Write;
use std::process::Stdio;

use crate::support::{netlab, root, run, stderr, stdout};

const LOG: &str = "captures/echo-log.pcap";

/// The rows of the published log as tshark 4.0 words them: the first seven columns, the stream,
/// then netlab's phase.
const LOG_ROWS: &str = "\
no	time	source	destination	protocol	length	info	stream	phase
1	0.000000	127.0.0.1	127.0.0.1	TCP	48	57128 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495 SACK_PERM	0	handshake
2	0.014600	127.0.0.1	127.0.0.1	TCP	48	5050 → 57128 [SYN, ACK] Seq=0 Ack=1 Win=65495 Len=0 MSS=65495 SACK_PERM	0	handshake
3	0.014620	127.0.0.1	127.0.0.1	TCP	40	57128 → 5050 [ACK] Seq=1 Ack=1 Win=65495 Len=0	0	handshake
4	0.014640	127.0.0.1	127.0.0.1	TCP	95	57128 → 5050 [PSH, ACK] Seq=1 Ack=1 Win=65495 Len=55	0	data
5	0.014800	127.0.0.1	127.0.0.1	TCP	40	5050 → 57128 [ACK] Seq=1 Ack=56 Win=65440 Len=0	0	ACK
6	0.014820	127.0.0.1	127.0.0.1	TCP	95	5050 → 57128 [PSH, ACK] Seq=1 Ack=56 Win=65440 Len=55	0	data
7	0.014900	127.0.0.1	127.0.0.1	TCP	40	57128 → 5050 [ACK] Seq=56 Ack=56 Win=65440 Len=0	0	ACK
8	0.014910	127.0.0.1	127.0.0.1	TCP	40	57128 → 5050 [FIN, ACK] Seq=56 Ack=56 Win=65440 Len=0	0	close
9	0.014920	127.0.0.1	127.0.0.1	TCP	40	5050 → 57128 [ACK] Seq=56 Ack=57 Win=65440 Len=0	0	close
10	0.014930	127.0.0.1	127.0.0.1	TCP	40	5050 → 57128 [FIN, ACK] Seq=56 Ack=57 Win=65440 Len=0	0	close
11	0.014940	127.0.0.1	127.0.0.1	TCP	40	57128 → 5050 [ACK] Seq=57 Ack=57 Win=65440 Len=0	0	close
";

const SUMMARY: &str = "
Conversation 0 · 127.0.0.1:57128 (client) ↔ 127.0.0.1:5050 (server) · 11 packets · 14.940 ms
  [1, 2, 3]       three-way handshake (SYN; SYN, ACK; ACK)
  [4, 5]          client → server: 55 bytes, acknowledged
  [6, 7]          server → client: 55 bytes, acknowledged
  [8, 9, 10, 11]  four-way close, started by the client: FIN; ACK; FIN; ACK
                  the client is left in TIME-WAIT
";

const SUMMARY_PT: &str = "\
Conversa 0 · 127.0.0.1:57128 (cliente) ↔ 127.0.0.1:5050 (servidor) · 11 pacotes · 14,940 ms
  [1, 2, 3]       apresentação de três vias (three-way handshake: SYN; SYN, ACK; ACK)
  [4, 5]          cliente → servidor: 55 bytes, reconhecidos
  [6, 7]          servidor → cliente: 55 bytes, reconhecidos
  [8, 9, 10, 11]  encerramento em quatro segmentos, iniciado pelo cliente: FIN; ACK; FIN; ACK
                  o cliente fica em TIME-WAIT
";

/// Runs to a good end without a message, and gives standard output.
fn good(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(stderr(&output), "", "{args:?}");
    assert_eq!(output.status.code(), Some(0), "{args:?}");
    stdout(&output)
}

#[test]
fn the_published_log_reads_as_tshark_words_it() {
    assert_eq!(good(&["replay", LOG, "-T", "tsv"]), LOG_ROWS);
}

#[test]
fn the_table_has_the_same_cells_and_the_summary() {
    let table = good(&["replay", LOG]);
    let (rows, summary) = table.split_at(table.find("\nConversation").unwrap());
    assert_eq!(summary, SUMMARY);
    let lines: Vec<&str> = rows.lines().collect();
    assert_eq!(lines.len(), 12, "{rows}");
    for (line, row) in lines.iter().zip(LOG_ROWS.lines()).skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        for cell in &cells[..7] {
            assert!(line.contains(cell), "{cell:?} is missing in {line:?}");
        }
        let (way, phase) = line.rsplit_once(' ').unwrap();
        assert_eq!(phase, cells[8]);
        let from_client = cells[6].starts_with("57128");
        assert!(way.ends_with(if from_client { '→' } else { '←' }), "{line}");
    }
}

#[test]
fn portuguese_translates_words_and_leaves_the_info_column_alone() {
    assert_eq!(
        good(&["replay", LOG, "-q", "--lang", "pt-BR"]),
        format!("\n{SUMMARY_PT}")[1..]
    );
    let rows = good(&["replay", LOG, "-T", "tsv", "--lang", "pt-BR"]);
    let expected = LOG_ROWS
        .replace("\tdata\n", "\tdados\n")
        .replace("\tclose\n", "\tencerramento\n");
    assert_eq!(rows, expected);
}

#[test]
fn standard_input_works_as_a_file_does() {
    let bytes = std::fs::read(root().join(LOG)).unwrap();
    let mut child = netlab()
        .args(["replay", "-", "-T", "tsv"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(stdout(&output), LOG_ROWS);
}

#[test]
fn a_file_cut_in_the_middle_shows_what_is_there_and_says_where_it_ends() {
    let folder = crate::support::Folder::new("cut");
    let path = folder.file("cut.pcap");
    let bytes = std::fs::read(root().join(LOG)).unwrap();
    std::fs::write(&path, &bytes[..400]).unwrap();
    let output = run(&["replay", &path, "-T", "tsv"]);
    let rows: String = LOG_ROWS.split_inclusive('\n').take(6).collect();
    assert_eq!(stdout(&output), rows);
    assert_eq!(
        stderr(&output),
        "netlab: warning: the capture was cut short: it ends at byte 400, in the middle of a \
         packet; everything before is shown\n"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn what_is_no_capture_ends_with_code_5() {
    let folder = crate::support::Folder::new("nocapture");
    let path = folder.file("text.pcap");
    std::fs::write(&path, "this is text, and long enough for every header\n").unwrap();
    let output = run(&["replay", &path]);
    assert_eq!(output.status.code(), Some(5));
    assert_eq!(stdout(&output), "");
    assert!(
        stderr(&output).starts_with("netlab: error: "),
        "{}",
        stderr(&output)
    );
    assert_eq!(stderr(&output).lines().count(), 2);
    assert_eq!(run(&["replay", "/there/is/no/file"]).status.code(), Some(5));
}

#[test]
fn filters_choose_rows_and_leave_numbers_alone() {
    let lines = |args: &[&str]| {
        let mut all = vec!["replay", LOG, "-T", "tsv", "--columns", "no"];
        all.extend(args);
        good(&all)
            .lines()
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(lines(&["-f", "tcp[13] & 1 != 0"]), "8 10");
    assert_eq!(lines(&["--port", "5050"]), "1 2 3 4 5 6 7 8 9 10 11");
    assert_eq!(lines(&["--host", "127.0.0.1", "-c", "3"]), "1 2 3");
    let output = run(&["replay", LOG, "-f", "tcp prt 5050"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("\"tcp prt 5050\""),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_time_column_knows_tshark_s_styles() {
    let second = |style: &str| {
        let text = good(&["replay", LOG, "-T", "tsv", "--columns", "time", "-t", style]);
        text.lines().nth(2).unwrap().to_owned()
    };
    assert_eq!(second("r"), "0.014600");
    assert_eq!(second("d"), "0.014600");
    assert_eq!(second("e"), "1630000000.014600");
    assert_eq!(second("u"), "17:46:40.014600");
    let with_zone = |style: &str| {
        let output = netlab()
            .args(["replay", LOG, "-T", "tsv", "--columns", "time", "-t", style])
            .env("TZ", "<-03>3")
            .output()
            .unwrap();
        stdout(&output).lines().nth(2).unwrap().to_owned()
    };
    assert_eq!(with_zone("a"), "14:46:40.014600");
    assert_eq!(with_zone("ad"), "2021-08-26 14:46:40.014600");
    let text = good(&[
        "replay",
        LOG,
        "-T",
        "tsv",
        "--columns",
        "time",
        "-t",
        "dd",
        "-f",
        "tcp[13] & 1 != 0",
    ]);
    assert_eq!(text, "time\n0.000000\n0.000020\n");
}

#[test]
fn columns_are_chosen_and_added_by_name() {
    let text = good(&[
        "replay",
        LOG,
        "-T",
        "tsv",
        "-c",
        "1",
        "--columns",
        "info,no",
    ]);
    assert_eq!(
        text,
        "info\tno\n57128 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495 SACK_PERM\t1\n"
    );
    let text = good(&["replay", LOG, "-T", "tsv", "--columns", "+states"]);
    let last = text.lines().last().unwrap();
    assert!(last.ends_with("\tclose\tTIME-WAIT / CLOSED"), "{last}");
}

#[test]
fn every_format_holds_the_same_rows() {
    let info = "57128 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495 SACK_PERM";
    let csv = good(&["replay", LOG, "-T", "csv"]);
    assert_eq!(csv.lines().count(), 12);
    assert!(csv.contains("\"5050 → 57128 [SYN, ACK] Seq=0"), "{csv}");
    let json: serde_json::Value =
        serde_json::from_str(&good(&["replay", LOG, "-T", "json"])).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), 11);
    assert_eq!(rows[0]["info"], info);
    assert_eq!(rows[4]["acks_frame"], 4);
    assert_eq!(rows[0]["acks_frame"], serde_json::Value::Null);
    let jsonl = good(&["replay", LOG, "-T", "jsonl"]);
    let lines: Vec<serde_json::Value> = jsonl
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(&lines, rows);
    let markdown = good(&["replay", LOG, "-T", "md"]);
    assert!(
        markdown.starts_with("| No. | Time | Source |"),
        "{markdown}"
    );
    assert!(
        markdown.contains("57128 → 5050 \\[SYN\\] Seq=0"),
        "{markdown}"
    );
    assert!(markdown.ends_with("```\n"), "{markdown}");
}

#[test]
fn a_table_goes_to_a_file_by_its_suffix() {
    let folder = crate::support::Folder::new("suffix");
    let path = folder.file("rows.tsv");
    assert_eq!(good(&["replay", LOG, "-o", &path]), "");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), LOG_ROWS);
    let output = run(&["replay", LOG, "-o", &folder.file("rows.xyz")]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn details_and_bytes_stand_under_their_row() {
    let text = good(&["replay", LOG, "-c", "1", "-V", "-x"]);
    assert!(
        text.contains("\n    seq_raw            268435456\n"),
        "{text}"
    );
    assert!(text.contains("\n    0000  45 00 00 30 "), "{text}");
}

#[test]
fn what_is_written_is_what_was_shown() {
    let folder = crate::support::Folder::new("written");
    for name in ["some.pcap", "some.pcapng"] {
        let path = folder.file(name);
        good(&["replay", LOG, "-q", "-w", &path, "-f", "tcp[13] & 2 != 0"]);
        let rows: String = LOG_ROWS.split_inclusive('\n').take(3).collect();
        assert_eq!(good(&["replay", &path, "-T", "tsv"]), rows, "{name}");
    }
}

#[test]
fn a_paced_replay_takes_its_time_and_shows_the_same() {
    assert_eq!(
        good(&["replay", LOG, "-T", "tsv", "--pace", "100x"]),
        LOG_ROWS
    );
    let output = run(&["replay", LOG, "--pace", "0x"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_full_disk_is_told_and_ends_with_code_1() {
    let full = std::fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let output = netlab()
        .args(["replay", LOG])
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains("cannot write standard output"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn localhost_is_a_host_of_both_kinds() {
    let all = good(&["replay", LOG, "-T", "tsv"]);
    assert_eq!(
        good(&["replay", LOG, "-T", "tsv", "--host", "localhost"]),
        all
    );
    let list = good(&["conversations", LOG, "-T", "tsv"]);
    assert_eq!(
        good(&["conversations", LOG, "-T", "tsv", "--host", "LOCALHOST"]),
        list
    );
    let output = run(&["replay", LOG, "--host", "vm.local"]);
    assert_eq!(
        stderr(&output),
        "netlab: error: \"vm.local\" is no value for --host <ADDRESS>\n  \
         expected: 127.0.0.1, ::1, localhost, …\n"
    );
}
