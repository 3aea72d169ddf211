//! `netlab lab` through the program: calls between the packets, and repeated runs.

use serde_json::Value;

use crate::needs::port_of_its_own;
use crate::support::{run, stderr, stdout};

/// The standard output of a lab that has to succeed, at a port of its own, which reads `PORT`.
fn lab(id: &str, args: &[&str]) -> String {
    let port = port_of_its_own().to_string();
    let output = run(&[&["lab", id, "--port", &port], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output).replace(&port, "PORT")
}

/// Packets by number, calls by Info, each in its place.
fn order(tsv: &str) -> Vec<&str> {
    let rows = tsv
        .lines()
        .skip(1)
        .map(|line| line.split_once('\t').unwrap());
    rows.map(|(no, info)| if no.is_empty() { info } else { no })
        .collect()
}

#[test]
#[ignore = "needs the right to capture"]
fn calls_stand_before_the_packets_they_cause_and_after_those_that_wake_them() {
    let tsv = lab("echo", &["-T", "tsv", "--calls", "--columns", "no,info"]);
    let all = order(&tsv);
    // The lone ACK of the close waits for a timer, 40 ms as a rule: no call depends on it.
    let of = |who: &str| -> Vec<&str> {
        let other = |row: &&&str| row.contains(": ") && !row.starts_with(who) || **row == "9";
        all.iter().filter(|row| !other(row)).copied().collect()
    };
    assert_eq!(
        of("client"),
        [
            "client: socket(SOCK_STREAM)",
            "client: connect(127.0.0.1:PORT) …",
            "1",
            "2",
            "3",
            "client: … connect = 0",
            "client: send(55) = 55",
            "4",
            "5",
            "6",
            "7",
            "client: recv(1024) = 55",
            "client: close()",
            "8",
            "10",
            "11",
        ]
    );
    // When the program accepts is its own affair: the kernel has completed the handshake before,
    // and may have taken the message, too.
    let server = of("server");
    let (accepts, others): (Vec<&str>, Vec<&str>) =
        server.iter().partition(|row| row.contains("accept()"));
    assert_eq!(accepts.len(), 1);
    let place = |row: &str| server.iter().position(|it| *it == row).unwrap();
    assert!(place("3") < place(accepts[0]));
    assert!(place(accepts[0]) < place("server: recv(1024) = 55"));
    assert_eq!(
        others,
        [
            "server: socket(SOCK_STREAM)",
            "server: bind(127.0.0.1:PORT)",
            "server: listen(128)",
            "1",
            "2",
            "3",
            "4",
            "5",
            "server: recv(1024) = 55",
            "server: send(55) = 55",
            "6",
            "7",
            "8",
            "server: recv(1024) = 0",
            "server: close()",
            "10",
            "11",
            "server: close(127.0.0.1:PORT)",
        ]
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn tables_have_the_calls_and_the_contract_of_tsv_lists_packets_alone() {
    let table = lab("refused", &["--columns", "+states"]);
    let rows: Vec<&str> = table
        .lines()
        .filter(|line| line.contains(" call "))
        .collect();
    assert_eq!(rows.len(), 3, "{table}");
    assert!(rows[1].contains("client: connect(127.0.0.1:PORT) …"));
    assert!(rows[2].contains("client: … connect = ECONNREFUSED"));
    // Before the first packet the time is negative.
    assert!(rows[1].trim_start().starts_with("-0.0"), "{table}");
    assert!(table.contains("SYN-SENT / ?"));
    for args in [
        &["-T", "tsv"] as &[&str],
        &["-T", "csv"],
        &["--no-calls", "-T", "jsonl"],
    ] {
        let text = lab("refused", args);
        assert!(!text.contains("connect("), "{text}");
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn json_tells_all_of_a_call() {
    // A port that is a number stays one.
    let text = lab("echo", &["-T", "jsonl"]).replace(":PORT,", ":5050,");
    let rows: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let (calls, packets): (Vec<&Value>, Vec<&Value>) =
        rows.iter().partition(|row| row.get("call").is_some());
    assert_eq!(packets.len(), 11);
    assert!(packets.iter().all(|row| row["no"].is_number()));
    let send = calls
        .iter()
        .find(|row| row["info"] == "client: send(55) = 55")
        .unwrap();
    assert_eq!(
        (&send["no"], &send["protocol"]),
        (&Value::Null, &"call".into())
    );
    assert_eq!(send["stream"], 0);
    let call = &send["call"];
    for (key, value) in [("who", "client"), ("name", "send"), ("part", "whole")] {
        assert_eq!(call[key], value);
    }
    assert_eq!(
        (&call["argument"], &call["result"]),
        (&55.into(), &55.into())
    );
    assert_eq!(call["peer"], "127.0.0.1:PORT");
    assert!(call["began"].as_str() <= call["acted"].as_str());
    assert!(call["acted"].as_str() <= call["ended"].as_str());
}

#[test]
#[ignore = "needs the right to capture"]
fn a_server_with_several_clients_names_the_one() {
    let tsv = lab(
        "two-clients",
        &["-T", "tsv", "--calls", "--columns", "no,info"],
    );
    let named = |call: &str| {
        let calls = order(&tsv).into_iter().filter(|row| row.ends_with(call));
        calls.filter(|row| row.starts_with("server (")).count()
    };
    assert_eq!(
        (named(": recv(1024) = 0"), named(": send(55) = 55")),
        (2, 1),
        "{tsv}"
    );
}

#[test]
fn fields_stand_under_their_row() {
    let output = run(&["replay", "captures/refused.pcapng", "-V"]);
    let text = stdout(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines[0].trim_start().starts_with("No."), "{text}");
    assert!(
        lines[1].contains("[SYN]") && lines[1].trim_start().starts_with("1 "),
        "{text}"
    );
    assert!(lines[2].trim_start().starts_with("no "), "{text}");
}

#[test]
#[ignore = "needs the right to capture"]
fn repeated_runs_are_counted() {
    for (lang, run, rows) in [
        (
            "en",
            "run 3 of 3: packets: 2; refused (RST), server first",
            [
                "answer (runs)                shown          3 of 3",
                "packets (runs)               2              3 of 3",
                "close (connections)          refused (RST)  3 of 3",
            ],
        ),
        (
            "pt-BR",
            "execução 3 de 3: pacotes: 2; recusada (RST), servidor primeiro",
            [
                "resposta (execuções)          mostrada        3 de 3",
                "pacotes (execuções)           2               3 de 3",
                "encerramento (conexões)       recusada (RST)  3 de 3",
            ],
        ),
    ] {
        let text = lab("refused", &["--repeat", "3", "--lang", lang]);
        let squeezed = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        let lines: Vec<String> = text.lines().map(squeezed).collect();
        assert_eq!(lines[2], run);
        for row in rows {
            assert!(lines.contains(&squeezed(row)), "{text}");
        }
        assert!(
            lines
                .iter()
                .any(|line| line.ends_with("3 of 3") || line.ends_with("3 de 3"))
        );
    }
}

#[test]
fn what_a_repetition_cannot_do_is_refused() {
    for args in [["-w", "x.pcap"], ["-T", "tsv"]] {
        let output = run(&[&["lab", "echo", "--repeat", "2"], &args[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    }
    let output = run(&["lab", "echo", "--repeat", "0"]);
    assert_eq!(output.status.code(), Some(2));
}
