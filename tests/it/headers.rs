//! `-V` and its columns: every header field as it stands, and whether checksums are right.

use std::process::Command;

use crate::support::{root, run, stderr, stdout};

fn shown(args: &[&str]) -> String {
    let output = run(&[&["replay"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn details_name_the_fields_that_sheets_ask_for() {
    let text = shown(&["captures/echo.pcapng", "-V", "-c", "1"]);
    for (name, value) in [
        ("eth_type", "0x0800 (IPv4)"),
        ("ip_version", "4"),
        ("ip_header_length", "20"),
        ("ip_id", "40804"),
        ("ip_flags", "0x2 DF"),
        ("ip_ttl", "64"),
        ("ip_protocol", "6 (TCP)"),
        ("ip_checksum", "0x9d55"),
        ("ip_checksum_state", "right"),
        ("source_port", "38528"),
        ("destination_port", "5050"),
        ("checksum", "0xfe30"),
        ("checksum_state", "offloaded"),
        ("tcp_header_length", "40"),
        ("tcp_reserved", "0"),
        ("flag_ack", "0"),
        ("flag_syn", "1"),
        ("tcp_options", "MSS=65495"),
        ("seq_raw", "2856481349"),
    ] {
        let line = format!("\n    {name:17}  {value}\n");
        assert!(text.contains(&line), "{line:?} in {text}");
    }
    assert!(
        text.contains(" NOP\n") && text.contains(" WS=1024 (shift 10)\n"),
        "{text}"
    );
    assert!(text.contains("(checksum offload: the field holds the sum of the pseudo-header alone"));
    let datagram = shown(&[
        "captures/udp-echo.pcapng",
        "-V",
        "-c",
        "1",
        "--lang",
        "pt-BR",
    ]);
    assert!(
        datagram.contains("\n    udp_length         54\n"),
        "{datagram}"
    );
    assert!(datagram.contains("não é sinal de dano"));
}

#[test]
fn a_checksum_that_does_not_fit_is_told_with_the_one_that_would() {
    // The published log with a bit of its payload turned.
    let mut bytes = std::fs::read(root().join("captures/echo-log.pcap")).unwrap();
    let text = "sou o".as_bytes();
    let at = bytes.windows(text.len()).position(|it| it == text).unwrap();
    bytes[at] ^= 1;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("damaged.pcap");
    std::fs::write(&file, bytes).unwrap();
    let file = file.to_str().unwrap();
    let rows = shown(&[file, "-T", "tsv", "--columns", "no,checksum_state"]);
    assert_eq!(rows.matches("\twrong\n").count(), 1, "{rows}");
    assert_eq!(rows.matches("\tright\n").count(), 10, "{rows}");
    let details = shown(&[file, "-V", "-Y", "frame.number == 4"]);
    assert!(details.contains("(the bytes need 0x"), "{details}");
}

#[test]
fn json_has_whole_payloads_and_no_number_that_a_double_would_change() {
    let web = shown(&["captures/web.pcapng", "-T", "jsonl"]);
    let rows: Vec<serde_json::Value> = web
        .lines()
        .map(|it| serde_json::from_str(it).unwrap())
        .collect();
    let payload = rows[5]["payload"].as_str().unwrap();
    assert!(
        payload.ends_with("</html>\\n") && !payload.contains('…'),
        "{payload}"
    );
    assert_eq!(rows[0]["flag_syn"], 1);
    let table = shown(&["captures/web.pcapng", "--columns", "no,payload"]);
    assert!(table.contains('…'), "{table}");
    let epoch = shown(&[
        "captures/web.pcapng",
        "-t",
        "e",
        "-T",
        "jsonl",
        "--columns",
        "no,time",
    ]);
    assert_eq!(
        epoch.lines().next(),
        Some("{\"no\":1,\"time\":\"1795198908.471938112\"}")
    );
    let log = shown(&[
        "captures/echo-log.pcap",
        "-t",
        "e",
        "-T",
        "jsonl",
        "--columns",
        "time",
    ]);
    assert_eq!(log.lines().nth(1), Some("{\"time\":1630000000.014600}"));
}

/// Our columns beside tshark's fields.
const FIELDS: [(&str, &str); 16] = [
    ("eth_src", "eth.src"),
    ("eth_dst", "eth.dst"),
    ("ip_version", "ip.version"),
    ("ip_header_length", "ip.hdr_len"),
    ("ip_length", "ip.len"),
    ("ip_ttl", "ip.ttl"),
    ("ip_checksum", "ip.checksum"),
    ("ip_offset", "ip.frag_offset"),
    ("tcp_header_length", "tcp.hdr_len"),
    ("flag_cwr", "tcp.flags.cwr"),
    ("flag_psh", "tcp.flags.push"),
    ("flag_ack", "tcp.flags.ack"),
    ("flag_syn", "tcp.flags.syn"),
    ("flag_fin", "tcp.flags.fin"),
    ("urgent_pointer", "tcp.urgent_pointer"),
    ("udp_length", "udp.length"),
];

#[test]
#[ignore = "needs tshark"]
fn the_columns_hold_what_tsharks_fields_hold() {
    for file in [
        "captures/echo-log.pcap",
        "captures/reset.pcapng",
        "captures/pinger.pcapng",
        "tests/it/cases/http-gaps.pcap",
        "tests/it/cases/xmas.pcap",
    ] {
        let names: Vec<&str> = FIELDS.iter().map(|(ours, _)| *ours).collect();
        let ours = shown(&[file, "-T", "tsv", "--columns", &names.join(",")]);
        let mut command = Command::new("tshark");
        command
            .args(["-n", "-r", file, "-T", "fields"])
            .current_dir(root());
        for (_, field) in FIELDS {
            command.args(["-e", field]);
        }
        let theirs = stdout(&command.output().unwrap());
        let theirs = theirs.replace("True", "1").replace("False", "0");
        let ours: Vec<&str> = ours.lines().skip(1).collect();
        assert!(!ours.is_empty());
        assert_eq!(ours, theirs.lines().collect::<Vec<_>>(), "{file}");
    }
}
