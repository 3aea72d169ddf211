//! What `netlab run -w` keeps: packets with the calls that sent them, and calls between packets.

use std::process::Command;

use super::stage::{Stage, lone_ack, stages};
use crate::support::stdout;

const PAIR: &[&str] = &[
    "--server",
    "python3 servidor.py PORT",
    "--client",
    "python3 cliente.py PORT",
];

/// What another verb of netlab says of a file of the stage.
fn netlab(stage: &Stage, args: &[&str]) -> String {
    let output = stage
        .command(&stage.file("netlab"))
        .args(args)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    stdout(&output)
}

#[test]
#[ignore = "needs tshark"]
fn a_packet_says_which_program_sent_it_after_which_call() {
    for stage in stages("comments") {
        let run = stage.run(&[&["-q", "-w", "run.pcapng"], PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let output = Command::new("tshark")
            .args(["-r", &stage.file("run.pcapng"), "-T", "fields"])
            .args(["-e", "frame.number", "-e", "frame.comment"])
            .output()
            .unwrap();
        let comments = stdout(&output);
        let of = |no: &str| {
            let line = comments
                .lines()
                .find_map(|line| line.strip_prefix(&format!("{no}\t")));
            line.unwrap_or_else(|| panic!("{comments}")).to_owned()
        };
        let table = netlab(&stage, &["replay", "-T", "tsv", "run.pcapng"]);
        assert_eq!(
            comments.lines().count(),
            10 + lone_ack(&table),
            "{comments}"
        );
        assert!(of("1").starts_with("client, pid "), "{comments}");
        assert!(of("1").contains(": connect(127.0.0.1:"), "{comments}");
        assert!(
            of("4").ends_with(": send(13) = 13  cliente.py:6"),
            "{comments}"
        );
        assert!(
            of("6").ends_with(": send(13) = 13  servidor.py:14"),
            "{comments}"
        );
    }
}

#[test]
fn calls_survive_in_the_file_and_are_read_back() {
    for stage in stages("calls") {
        let wanted = ["-q", "-w", "run.pcapng", "--calls-in-capture"];
        let run = stage.run(&[&wanted, PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let table = netlab(
            &stage,
            &["replay", "run.pcapng", "-T", "tsv", "--columns", "no,info"],
        );
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!(rows.len(), 25 + lone_ack(&table), "{table}");
        let place = |text: &str| rows.iter().position(|row| row.contains(text)).unwrap();
        assert!(place("client: send(13) = 13  cliente.py:6") < place("[PSH, ACK] Seq=1 Ack=1"));
        assert!(place("[PSH, ACK] Seq=1 Ack=1") < place("server: recv(1024) = 13"));
        let read = netlab(&stage, &["replay", "-q", "run.pcapng"]);
        assert!(
            read.contains("client (cliente.py:8) closed first: close() sent the FIN #20"),
            "{read}"
        );
        let ladder = netlab(&stage, &["ladder", "run.pcapng"]);
        assert!(ladder.contains("send(13) = 13"), "{ladder}");
        netlab(
            &stage,
            &[
                "report",
                "run.pcapng",
                "-o",
                "run.md",
                "--sections",
                "questions",
            ],
        );
        let report = std::fs::read_to_string(stage.file("run.md")).unwrap();
        assert!(report.contains("recv(1024) = 13"), "{report}");
    }
}

#[test]
#[ignore = "needs tshark, tcpdump"]
fn other_readers_see_the_calls_as_rows_or_not_at_all() {
    for stage in stages("readers") {
        let wanted = ["-q", "-w", "run.pcapng", "--calls-in-capture"];
        stage.run(&[&wanted, PAIR].concat());
        let file = stage.file("run.pcapng");
        let output = Command::new("tshark").args(["-r", &file]).output().unwrap();
        let rows = stdout(&output);
        assert_eq!(rows.matches("systemd Journal").count(), 15, "{rows}");
        let place = |text: &str| rows.find(text).unwrap_or_else(|| panic!("{rows}"));
        assert!(
            place("client: send(13) = 13") < place("[PSH, ACK]"),
            "{rows}"
        );
        let output = Command::new("tcpdump").args(["-r", &file]).output();
        let packets = stdout(&output.unwrap()).lines().count();
        assert_eq!(packets, 10 + lone_ack(&rows), "{rows}");
    }
}

#[test]
fn a_file_without_a_place_for_calls_is_refused() {
    for stage in stages("no-place") {
        let run = stage.run(&[&["-w", "run.pcap", "--calls-in-capture"], PAIR].concat());
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(
            run.err.contains("calls can be kept in a pcapng file only"),
            "{run:?}"
        );
    }
}

/// What each verb says of a file with calls, in both languages.
#[test]
fn what_calls_show_and_that_programs_were_watched_stands_wherever_such_a_file_is_read() {
    for stage in stages("together") {
        let wanted = ["-q", "-w", "run.pcapng", "--calls-in-capture"];
        let run = stage.run(&[&wanted, PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        for (lang, heading, sentence, note) in [
            (
                "en",
                "What the calls and the packets show\n",
                "client (cliente.py:8) closed first: close() sent the FIN",
                "The programs were watched: ",
            ),
            (
                "pt-BR",
                "O que as chamadas e os pacotes mostram\n",
                "cliente (cliente.py:8) fechou primeiro: close() enviou o FIN",
                "Os programas foram acompanhados: ",
            ),
        ] {
            let said = |args: &[&str]| netlab(&stage, &[args, &["--lang", lang]].concat());
            for args in [
                &["replay", "-q", "run.pcapng"][..],
                &["explain", "run.pcapng"],
            ] {
                let text = said(args);
                for part in [heading, sentence, note] {
                    assert!(text.contains(part), "{args:?} {part}: {text}");
                }
            }
            for args in [
                &["conversations", "run.pcapng"][..],
                &["ladder", "run.pcapng"],
                &["plot", "run.pcapng", "--kind", "rtt"],
            ] {
                let text = said(args);
                assert_eq!(text.matches(note).count(), 1, "{args:?}: {text}");
            }
            said(&["report", "run.pcapng", "-o", "run.md"]);
            let report = std::fs::read_to_string(stage.file("run.md")).unwrap();
            for part in [heading, sentence, note] {
                assert!(report.contains(part), "{part}: {report}");
            }
            // A sheet to fill in gives nothing away, and a part of a file is not concluded from.
            said(&["report", "run.pcapng", "-o", "run.md", "--blank"]);
            let report = std::fs::read_to_string(stage.file("run.md")).unwrap();
            assert!(!report.contains(sentence), "{report}");
            let text = said(&["explain", "run.pcapng", "--host", "127.0.0.1"]);
            assert!(!text.contains(sentence), "{text}");
        }
    }
}

/// Without calls as rows the comments on packets say it.
#[test]
fn a_file_of_packets_alone_says_that_programs_were_watched() {
    for stage in stages("mark") {
        let run = stage.run(&[&["-q", "-w", "run.pcapng"], PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        netlab(&stage, &["annotate", "run.pcapng", "-o", "more.pcapng"]);
        let note = "The programs were watched: ";
        for file in ["run.pcapng", "more.pcapng"] {
            for args in [
                &["replay", "-q", file][..],
                &["explain", file],
                &["explain", file, "--packet", "4"],
                &["conversations", file],
                &["ladder", file],
                &["plot", file, "--kind", "rtt"],
            ] {
                let text = netlab(&stage, args);
                assert_eq!(text.matches(note).count(), 1, "{args:?}: {text}");
            }
            netlab(&stage, &["report", file, "-o", "run.md"]);
            let report = std::fs::read_to_string(stage.file("run.md")).unwrap();
            assert!(report.contains(note), "{report}");
        }
    }
}

#[test]
fn times_of_programs_that_were_not_watched_stand_without_the_note() {
    for stage in stages("unwatched") {
        let port = stage.port.to_string();
        let file = ["--no-calls", "--port", &port, "-w", "run.pcapng"];
        let run = stage.run(&[&["-q"], &file[..], PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(!run.out.contains("The programs were watched"), "{run:?}");
        let text = netlab(&stage, &["conversations", "run.pcapng"]);
        assert!(!text.contains("The programs were watched"), "{text}");
    }
}

#[test]
fn calls_survive_comments() {
    for stage in stages("annotated") {
        let wanted = ["-q", "-w", "run.pcapng", "--calls-in-capture"];
        let run = stage.run(&[&wanted, PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        netlab(&stage, &["annotate", "run.pcapng", "-o", "more.pcapng"]);
        let rows = |file| {
            netlab(
                &stage,
                &["replay", file, "-T", "tsv", "--columns", "no,time,info"],
            )
        };
        assert_eq!(rows("run.pcapng"), rows("more.pcapng"));
        assert_eq!(
            netlab(&stage, &["replay", "-q", "run.pcapng"]),
            netlab(&stage, &["replay", "-q", "more.pcapng"])
        );
    }
}

#[test]
fn calls_without_packets_are_kept_and_read_too() {
    for stage in stages("calls-only").into_iter().filter(|it| it.plain) {
        let wanted = ["--no-sandbox", "-w", "run.pcapng", "--calls-in-capture"];
        let run = stage.run(&[&wanted, PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let table = netlab(
            &stage,
            &["replay", "run.pcapng", "-T", "tsv", "--columns", "info"],
        );
        assert_eq!(table.lines().count(), 1 + 14, "{table}");
        assert!(
            table.contains("client: send(13) = 13  cliente.py:6"),
            "{table}"
        );
        let text = netlab(&stage, &["explain", "run.pcapng"]);
        assert!(!text.contains("closed first"), "{text}");
        netlab(&stage, &["report", "run.pcapng", "-o", "run.md"]);
    }
}
