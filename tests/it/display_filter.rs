//! `-Y`: which packets a display filter shows, and what it says where it cannot be read.

use crate::support::{Folder, run, stderr, stdout};

/// The numbers of the packets of a capture that an expression shows.
fn shown(capture: &str, expression: &str) -> Vec<u32> {
    let args = ["replay", capture, "-T", "tsv", "--columns", "no", "-Y"];
    let output = run(&[&args[..], &[expression]].concat());
    assert_eq!(output.status.code(), Some(0), "{expression}");
    let text = stdout(&output);
    text.lines().skip(1).map(|no| no.parse().unwrap()).collect()
}

fn assert_shown(capture: &str, cases: &[(&str, &[u32])]) {
    for (expression, expected) in cases {
        assert_eq!(shown(capture, expression), *expected, "{expression}");
    }
}

#[test]
fn expressions_mean_what_they_mean_in_wireshark() {
    let all: Vec<u32> = (1..=11).collect();
    assert_shown(
        "captures/echo-log.pcap",
        &[
            ("tcp.flags.syn == 1", &[1, 2]),
            ("tcp.flags.syn==1&&!tcp.flags.ack==true", &[1]),
            // A field alone asks whether it is there.
            ("tcp.flags.syn", &all),
            ("tcp.port == 5050", &all),
            (
                "tcp.port eq 57128 and tcp.srcport ne 5050",
                &[1, 3, 4, 7, 8, 11],
            ),
            // Of several values none may be equal.
            ("tcp.port != 5050", &[]),
            ("not tcp.port == 5050", &[]),
            ("udp.port != 5050", &[]),
            ("udp or icmp", &[]),
            ("tcp.len > 0", &[4, 6]),
            ("tcp.len >= 55 or frame.number <= 2", &[1, 2, 4, 6]),
            ("tcp.flags == 0x012", &[2]),
            // `and` binds closer than `or`.
            (
                "frame.number == 1 or frame.number == 2 and tcp.len > 0",
                &[1],
            ),
            (
                "(frame.number == 1 or frame.number == 4) and tcp.len > 0",
                &[4],
            ),
            ("tcp.stream == 0 and phase == handshake", &[1, 2, 3]),
            ("phase == \"encerramento\"", &[8, 9, 10, 11]),
            ("phase != close and frame.number > 6", &[7]),
            ("tcp.ack == 57", &[9, 10, 11]),
            ("ip.addr == 127.0.0.0/8 and frame.len > 90", &[4, 6]),
            ("ip.src == 10.0.0.0/8 or ipv6", &[]),
            ("  ", &all),
        ],
    );
    assert_shown(
        "captures/retransmission.pcapng",
        &[
            ("tcp.analysis.retransmission", &[5, 6, 7]),
            ("tcp.analysis.flags && frame.number < 7", &[5, 6]),
            (
                "tcp.analysis.duplicate_ack or tcp.analysis.duplicate_ack_num > 0",
                &[],
            ),
        ],
    );
}

#[test]
fn an_error_belongs_to_the_datagram_that_it_quotes() {
    assert_shown(
        "captures/udp-closed-port.pcapng",
        &[
            ("icmp", &[2, 4]),
            ("udp.dstport == 65431 and udp.stream == 1", &[3, 4]),
            ("phase == refused", &[2, 4]),
        ],
    );
}

#[test]
fn every_verb_that_chooses_packets_knows_it() {
    let explained = run(&[
        "explain",
        "captures/echo-log.pcap",
        "-T",
        "tsv",
        "-Y",
        "tcp.flags.fin==1",
    ]);
    let rows: Vec<String> = stdout(&explained)
        .lines()
        .skip(1)
        .map(|it| it[..2].trim().to_owned())
        .collect();
    assert_eq!(rows, ["8", "10"]);
    let folder = Folder::new("display-filter");
    let copy = folder.file("copy.pcap");
    let saved = run(&[
        "replay",
        "captures/echo-log.pcap",
        "-q",
        "-w",
        &copy,
        "-Y",
        "phase == data",
    ]);
    assert_eq!(saved.status.code(), Some(0));
    let again = stdout(&run(&["replay", &copy, "-T", "tsv", "--columns", "len"]));
    assert_eq!(again, "len\n55\n55\n");
    let counted = run(&[
        "replay",
        "captures/echo-log.pcap",
        "-T",
        "tsv",
        "--columns",
        "no",
        "-c",
        "1",
        "-Y",
        "tcp.len > 0",
    ]);
    assert_eq!(stdout(&counted), "no\n4\n");
}

const EXAMPLE: &str =
    "an example: tcp.port == 5050 and not tcp.flags.syn == 1; -f takes tcpdump's language instead";

/// A filter that cannot be read, what is wrong with it, and what helps.
const UNREADABLE: &[(&str, &str, &str)] = &[
    (
        "tcp.port = 5050",
        "in a display filter, equal is written ==",
        EXAMPLE,
    ),
    (
        "tcp.port == abc",
        "\"abc\" is no value for the field tcp.port",
        EXAMPLE,
    ),
    (
        "ip.addr == 1.2.3.4/33",
        "\"1.2.3.4/33\" is no value for the field ip.addr",
        EXAMPLE,
    ),
    (
        "phase > data",
        "\"data\" is no value for the field phase",
        EXAMPLE,
    ),
    (
        "tcp port 5050",
        "in the display filter, \"port\" is not expected there",
        EXAMPLE,
    ),
    (
        "tcp.port == 1 )",
        "in the display filter, \")\" is not expected there",
        EXAMPLE,
    ),
    ("(tcp", "the display filter is not complete", EXAMPLE),
    ("tcp and", "the display filter is not complete", EXAMPLE),
    (
        "phase == \"data",
        "the display filter is not complete",
        EXAMPLE,
    ),
    (
        "tcp.port & 1",
        "-Y does not know the operator \"&\": there are == != > < >= <= and, or, not",
        EXAMPLE,
    ),
    (
        "tcp.port in {80}",
        "-Y does not know the operator \"in\": there are == != > < >= <= and, or, not",
        EXAMPLE,
    ),
    (
        "tcp == 1",
        "tcp is there or not, and has no value to compare",
        "write tcp alone, or not tcp",
    ),
];

#[test]
fn what_cannot_be_read_is_said_in_a_sentence() {
    let deep = "(".repeat(100_000);
    let too_deep = (
        deep.as_str(),
        "the display filter has too many parentheses inside each other",
        EXAMPLE,
    );
    for (expression, cause, hint) in UNREADABLE.iter().copied().chain([too_deep]) {
        let output = run(&["replay", "captures/echo-log.pcap", "-Y", expression]);
        assert_eq!(output.status.code(), Some(2), "{expression}");
        assert_eq!(
            stderr(&output),
            format!("netlab: error: {cause}\n  {hint}\n")
        );
        assert_eq!(stdout(&output), "");
    }
    let unknown = run(&[
        "explain",
        "captures/echo-log.pcap",
        "-Y",
        "tcp.prot == 1",
        "--lang",
        "pt-BR",
    ]);
    let said = stderr(&unknown);
    assert!(said.starts_with("netlab: erro: -Y não conhece o campo \"tcp.prot\"\n  você quis dizer tcp.port? Os campos são: frame.number "), "{said}");
}
