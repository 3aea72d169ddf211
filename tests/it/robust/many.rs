//! Captures of many packets and many conversations: bounded memory, and no work for nobody.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::support::{run, stderr, stdout};

/// The first bytes of a capture of raw IP packets.
fn header() -> Vec<u8> {
    let fields = [0xa1b2_c3d4_u32, 0x0004_0002, 0, 0, 65_535, 101];
    fields.map(u32::to_le_bytes).concat()
}

/// A TCP segment without data between 10.0.0.1 and port 80 of 10.0.0.2, as a packet of a capture.
fn packet(place: u32, port: u16, to_server: bool, flags: u8, numbers: [u32; 2]) -> Vec<u8> {
    let (client, server) = ([10, 0, 0, 1], [10, 0, 0, 2]);
    let (from, to) = if to_server {
        (client, server)
    } else {
        (server, client)
    };
    let ports = if to_server { [port, 80] } else { [80, port] };
    let mut bytes = [place / 1_000_000, place % 1_000_000, 40, 40]
        .map(u32::to_le_bytes)
        .concat();
    bytes.extend([0x45, 0, 0, 40, 0, 0, 0x40, 0, 64, 6, 0, 0]);
    bytes.extend(from);
    bytes.extend(to);
    bytes.extend(ports.map(u16::to_be_bytes).concat());
    bytes.extend(numbers.map(u32::to_be_bytes).concat());
    bytes.extend([0x50, flags, 0xfa, 0xf0, 0, 0, 0, 0]);
    bytes
}

const SYN: u8 = 2;
const RST: u8 = 4;
const ACK: u8 = 16;

#[test]
fn of_too_many_open_conversations_the_oldest_are_left_and_it_is_said() {
    let mut file = header();
    for place in 0..20_010_u16 {
        file.extend(packet(place.into(), 1024 + place, true, SYN, [7, 0]));
    }
    file.extend(packet(30_000, 1024, false, SYN | ACK, [9, 8]));
    file.extend(packet(30_001, 21_033, false, SYN | ACK, [9, 8]));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("many.pcap");
    std::fs::write(&path, file).expect("a file");
    let path = path.display().to_string();
    for (lang, oldest, warning) in [
        (
            "en",
            "a TCP segment of a conversation that is not followed, as there are too many",
            "netlab: warning: more than 20000 conversations were open at once: 10 of them, the oldest, \
             were not followed to their end, and of their later packets less is said\n",
        ),
        (
            "pt-BR",
            "um segmento TCP de uma conversa que não é acompanhada, pois há conversas demais",
            "netlab: aviso: mais de 20000 conversas estavam abertas ao mesmo tempo: 10 delas, as mais \
             antigas, não foram acompanhadas até o fim, e dos seus pacotes posteriores se diz menos\n",
        ),
    ] {
        let output = run(&["--lang", lang, "explain", "-T", "jsonl", &path]);
        let said = stdout(&output).to_lowercase();
        let lines: Vec<&str> = said.lines().collect();
        assert!(
            lines[20_010].contains(&oldest.to_lowercase()),
            "{}",
            lines[20_010]
        );
        assert!(lines[20_011].contains("#20010"), "{}", lines[20_011]);
        assert_eq!(stderr(&output), warning);
    }
}

#[test]
fn of_a_closed_conversation_that_is_not_followed_any_more_it_is_said_too() {
    let mut file = header();
    file.extend(packet(0, 1023, true, SYN, [7, 0]));
    file.extend(packet(1, 1023, false, RST | ACK, [0, 8]));
    for place in 0..20_000_u16 {
        file.extend(packet(
            u32::from(place) + 2,
            1024 + place,
            true,
            SYN,
            [7, 0],
        ));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("closed.pcap");
    let explain = |file: &[u8], lang: &str| {
        std::fs::write(&path, file).expect("a file");
        let path = path.display().to_string();
        stderr(&run(&["--lang", lang, "explain", "-T", "tsv", &path]))
    };
    assert_eq!(explain(&file, "en"), "");
    file.extend(packet(30_000, 1023, false, RST | ACK, [0, 8]));
    assert_eq!(
        explain(&file, "en"),
        "netlab: warning: of 1 packet less is said: its conversation was closed before it, and not \
         followed any more when more than 20000 others had come\n"
    );
    assert_eq!(
        explain(&file, "pt-BR"),
        "netlab: aviso: de 1 pacote se diz menos: sua conversa já estava encerrada, e não era mais \
         acompanhada depois que vieram mais de 20000 outras\n"
    );
}

#[test]
fn a_reader_that_leaves_ends_the_reading() {
    let netlab = env!("CARGO_BIN_EXE_netlab");
    for verb in [
        &["conversations", "-T", "tsv"][..],
        &["explain", "-T", "tsv"],
        &["replay", "-T", "tsv"],
    ] {
        let child = Command::new(netlab)
            .args(verb)
            .arg("-")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut child = child.expect("netlab");
        let mut input = child.stdin.take().expect("a pipe");
        let packets = (0..5000_u16).flat_map(|place| packet(place.into(), 1024, true, ACK, [1, 1]));
        let packets: Vec<u8> = packets.collect();
        input.write_all(&header()).expect("netlab reads");
        // Of a list nothing is known before there are many packets; rows fill their pipe.
        let first = if verb[0] == "conversations" {
            packets.len()
        } else {
            560
        };
        input.write_all(&packets[..first]).expect("netlab reads");
        let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut line = String::new();
        output.read_line(&mut line).expect("a heading");
        drop(output);
        // The input does not end, and netlab does: at the latest with what is written next.
        while child.try_wait().expect("netlab").is_none() {
            if input.write_all(&packets).is_err() {
                break;
            }
        }
        let status = child.wait().expect("netlab");
        assert_eq!(status.code(), Some(0), "{verb:?}");
    }
}

/// The same with `len` bytes of payload, none of them captured.
fn data(place: u32, number: u32, len: u16) -> Vec<u8> {
    let mut bytes = packet(place, 1024, true, ACK, [number, 10]);
    bytes[12..16].copy_from_slice(&(40 + u32::from(len)).to_le_bytes());
    bytes[18..20].copy_from_slice(&(40 + len).to_be_bytes());
    bytes
}

#[test]
fn numbers_that_go_round_make_no_smaller_transfer_and_no_second_syn() {
    const LEN: u16 = 65_000;
    const SEGMENTS: u32 = 66_100;
    let mut file = header();
    file.extend(packet(0, 1024, true, SYN, [7, 0]));
    file.extend(packet(1, 1024, false, SYN | ACK, [9, 8]));
    file.extend(packet(2, 1024, true, ACK, [8, 10]));
    let mut number = 8_u32;
    for place in 0..SEGMENTS {
        file.extend(data(place * 2 + 3, number, LEN));
        number = number.wrapping_add(LEN.into());
        if place % 8 == 7 || place + 1 == SEGMENTS {
            file.extend(packet(place * 2 + 4, 1024, false, ACK, [10, number]));
        }
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.pcap");
    std::fs::write(&path, file).expect("a file");
    let path = path.display().to_string();
    for (lang, whole) in [
        (
            "en",
            "The client sends 4296500000 bytes to the server, and with ",
        ),
        (
            "pt-BR",
            "O cliente envia 4296500000 bytes ao servidor, e com ",
        ),
    ] {
        let said = stdout(&run(&["explain", "--lang", lang, &path]));
        assert!(said.contains(whole), "{lang}");
    }
    let every = stdout(&run(&["explain", "-T", "jsonl", &path]));
    let again: Vec<&str> = every
        .lines()
        .skip(3)
        .filter(|it| it.contains("SYN"))
        .collect();
    assert_eq!(again, <[&str; 0]>::default());
    let round = every
        .lines()
        .find(|it| it.contains("acknowledges bytes 4294680001–4294967295 and 0–232704"));
    assert!(round.is_some(), "the ACK that goes round");
    let asked = ["report", "-T", "md", "--sections", "questions", &path];
    let report = stdout(&run(&asked));
    assert!(
        !report.contains("The client uses number 0 for its SYN"),
        "{report}"
    );
}
