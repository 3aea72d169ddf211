//! `netlab explain` as it is called.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::support::{Folder, netlab, run, stderr, stdout};

const ECHO: &str = "captures/echo-log.pcap";

#[test]
fn the_echo_of_the_course_is_explained_packet_by_packet() {
    let output = run(&["explain", ECHO]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&output), ENGLISH);
    let output = run(&["explain", ECHO, "--lang", "pt-BR"]);
    assert_eq!(stdout(&output), PORTUGUESE);
}

const ENGLISH: &str = include_str!("echo-log.en.txt");
const PORTUGUESE: &str = include_str!("echo-log.pt-BR.txt");

#[test]
fn one_packet_comes_with_the_arithmetic() {
    let output = run(&["explain", ECHO, "--packet", "9", "--why"]);
    assert_eq!(
        stdout(&output),
        "\
Conversation 0 · 127.0.0.1:57128 (client) ↔ 127.0.0.1:5050 (server)
    #9 (ACK): The server acknowledges the FIN of the client (#8), which counts 1; the next number it expects is 57; once this arrives, the client is in FIN-WAIT-2.
      · Seq = 536870968 − 536870912 = 56: the raw number less the one shown as 0 [RFC 9293, 3.4]
      · Ack = 56 + 1 (FIN) = 57: the number after the last one acknowledged, and the next expected (raw: 268435512 + 1 (FIN) = 268435513) [RFC 9293, 3.4]
      · 10 µs after #8, whose last number it acknowledges: a round trip as seen where the capture was made [tcp.analysis.ack_rtt]
"
    );
}

#[test]
fn the_timestamp_of_an_ack_names_the_copy_that_it_answers() {
    let why = |lang| {
        let file = "captures/retransmission.pcapng";
        let output = run(&["explain", file, "--packet", "8", "--why", "--lang", lang]);
        stdout(&output).lines().last().unwrap().to_owned()
    };
    assert_eq!(
        why("en"),
        "      · TSecr = 1328509839 is the TSval of #7: it answers that copy, 27.571 µs after it, which is a round trip as seen where the capture was made [RFC 7323, 4.1]"
    );
    assert_eq!(
        why("pt-BR"),
        "      · TSecr = 1328509839 é o TSval de #7: responde a essa cópia, 27,571 µs depois dela, o que é um tempo de ida e volta visto de onde a captura foi feita [RFC 7323, 4.1]"
    );
}

#[test]
fn programs_get_rows() {
    let output = run(&["explain", ECHO, "-T", "tsv", "--port", "5050"]);
    let text = stdout(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "no\texplanation");
    assert_eq!(
        lines[5],
        "5\tThe server acknowledges bytes 1–55 of the client, sent in #4; the next byte it expects is number 56."
    );
    assert_eq!(lines.len(), 12);
    let output = run(&["explain", ECHO, "-T", "jsonl", "--packet", "4", "--why"]);
    assert_eq!(
        stdout(&output),
        "{\"no\":4,\"explanation\":\"The client sends bytes 1–55 (55 bytes of data); PSH asks for delivery to the program without delay.\",\"why\":\"Seq = 268435457 − 268435456 = 1: the raw number less the one shown as 0 [RFC 9293, 3.4]; 1 + 55 = 56: the number after this segment [RFC 9293, 3.4]; Ack = 1 as before: no number was acknowledged that was not before (raw: 536870913) [RFC 9293, 3.4]\"}\n"
    );
}

#[test]
fn a_packet_that_is_not_there_is_a_wrong_argument() {
    let output = run(&["explain", ECHO, "--packet", "12"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("there is no packet 12 here: the capture has 11"));
    assert!(stdout(&output).is_empty());
    let output = run(&["explain", ECHO, "--packet", "4", "--port", "80"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("packet 4 is not among those"));
    let output = run(&["explain", ECHO, "--packet", "0"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn only_chosen_packets_are_shown_and_all_of_them_count() {
    let output = run(&["explain", ECHO, "-f", "tcp[tcpflags] & tcp-fin != 0"]);
    let text = stdout(&output);
    assert!(text.contains("#8 (FIN, ACK)") && text.contains("#10 (FIN, ACK)"));
    assert!(!text.contains("    #9 "));
    assert!(text.contains("the client had sent its FIN in #8"));
}

/// A pcap of `count` lone SYNs to port 80, each of a connection of its own: from port 2000 on.
fn many(count: u16) -> Vec<u8> {
    let mut file = Vec::new();
    for field in [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65_535, 101] {
        file.extend_from_slice(&field.to_le_bytes());
    }
    for place in 0..count {
        for field in [1_700_000_000 + u32::from(place), 0, 40, 40] {
            file.extend_from_slice(&field.to_le_bytes());
        }
        file.extend_from_slice(&[0x45, 0, 0, 40, 0, 1, 0, 0, 64, 6, 0, 0]);
        file.extend_from_slice(&[10, 0, 0, 1, 10, 0, 0, 2]);
        file.extend_from_slice(&(2000 + place).to_be_bytes());
        file.extend_from_slice(&[0, 80, 0, 0, 0, 1, 0, 0, 0, 0]);
        file.extend_from_slice(&[0x50, 2, 0xff, 0xff, 0, 0, 0, 0]);
    }
    file
}

#[test]
fn a_conversation_far_behind_is_explained_where_it_is_asked_for() {
    let folder = Folder::new("explain-many");
    let file = folder.file("many.pcap");
    std::fs::write(&file, many(1500)).unwrap();
    let one = stdout(&run(&["explain", &file, "--packet", "1400"]));
    let ends = "Conversation 1399 · 10.0.0.1:3399 (client) ↔ 10.0.0.2:80 (server)";
    assert!(one.starts_with(ends), "{one}");
    assert!(one.contains("#1400 (SYN): "), "{one}");
    let port = stdout(&run(&["explain", &file, "--port", "3399"]));
    assert!(port.starts_with(ends), "{port}");
    assert!(port.contains("#1400 (SYN): "), "{port}");
    assert!(
        port.contains("connection attempt") || port.contains("[1400]"),
        "{port}"
    );
    let all = stdout(&run(&["explain", &file]));
    assert_eq!(all.matches("(SYN): ").count(), 1000);
    let first = "Not every packet is explained here, but at most 50000, of at most 1000 \
                 conversations: choose with --port, --host, -f or --packet, or use -T jsonl\n\n\
                 Conversation 0 · ";
    assert!(all.starts_with(first), "{all}");
    let last = "\n… and 500 more packets, not explained here\n";
    assert!(all.contains(last), "{all}");
}

/// The first line of `verb` while the capture goes on, and the lines that follow once it ends.
fn first_and_rest(verb: &str) -> (String, String) {
    let mut child = netlab()
        .args([verb, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    input.write_all(&many(6000)).unwrap();
    let (mut first, mut rest) = (String::new(), String::new());
    output.read_line(&mut first).unwrap();
    drop(input);
    output.read_to_string(&mut rest).unwrap();
    assert!(child.wait().unwrap().success());
    (first, rest)
}

#[test]
fn the_first_line_of_a_long_capture_does_not_wait_for_its_end() {
    let (first, rest) = first_and_rest("explain");
    assert!(first.starts_with("Not every packet is explained here, "));
    assert!(rest.ends_with("\n… and 5000 more packets, not explained here\n"));
    let (first, rest) = first_and_rest("conversations");
    assert_eq!(rest.lines().count(), 6000);
    for (heading, cell) in [
        ("Client ", "10.0.0.1:"),
        ("Close ", "open"),
        ("Server ", "10.0.0.2:80 "),
    ] {
        let place = first.find(heading).unwrap();
        let place = first[..place].chars().count();
        let stands = |row: &str| row.get(place..).is_some_and(|rest| rest.starts_with(cell));
        assert!(rest.lines().all(stands), "{heading}\n{first}");
    }
}

#[test]
fn what_arp_asks_answers_and_announces_is_explained() {
    let (one, two) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    let mut file = Vec::new();
    for word in [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65535, 1] {
        file.extend_from_slice(&word.to_le_bytes());
    }
    for (kind, sender, target) in [(1, one, two), (2, one, two), (1, one, one), (2, one, one)] {
        for word in [0_u32, 0, 42, 42] {
            file.extend_from_slice(&word.to_le_bytes());
        }
        file.extend_from_slice(&[2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 6]);
        file.extend_from_slice(&[0, 1, 8, 0, 6, 4, 0, kind, 2, 0, 0, 0, 0, 1]);
        file.extend_from_slice(&[&sender[..], &[0; 6], &target].concat());
    }
    let folder = Folder::new("explain-arp");
    let path = folder.file("arp.pcap");
    std::fs::write(&path, file).unwrap();
    let said = |lang| {
        let output = run(&["explain", &path, "-T", "tsv", "--lang", lang]);
        stdout(&output)
            .lines()
            .skip(1)
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert_eq!(
        said("en"),
        "1\t10.0.0.1 asks everyone on the link for the hardware address of 10.0.0.2 (ARP).
2\t10.0.0.1 says that its hardware address is 02:00:00:00:00:01 (ARP).
3\tA host announces that it uses the address 10.0.0.1 (ARP).
4\tA host announces that it uses the address 10.0.0.1 (ARP)."
    );
    assert_eq!(
        said("pt-BR"),
        "1\t10.0.0.1 pergunta a todos no enlace qual é o endereço físico de 10.0.0.2 (ARP).
2\t10.0.0.1 diz que o seu endereço físico é 02:00:00:00:00:01 (ARP).
3\tUma máquina anuncia que usa o endereço 10.0.0.1 (ARP).
4\tUma máquina anuncia que usa o endereço 10.0.0.1 (ARP)."
    );
}
