//! What a report says, and its formats.

use std::path::PathBuf;

use super::packets::{ACK, RST, SYN, capture, exchange, tcp, udp, unreachable};
use super::{LOG, good, json, schema, section};
use crate::support::{Folder, files, root, run, shared, stderr};

#[test]
fn the_capture_of_the_exercise_is_described() {
    let report = json(&[LOG]);
    let facts = &section(&report, "capture")["facts"];
    assert_eq!(
        facts["sha256"],
        "13e04c960ef29917262819f0c8fc8e00c435c3b7e17ec1acfd705719823d155e"
    );
    assert_eq!(facts["packets"], 11);
    assert_eq!(facts["dropped"], serde_json::Value::Null);
    let row = &section(&report, "conversations")["tables"]["conversations"]["rows"][0];
    assert_eq!(row["phases"], "handshake, data, close");
    assert_eq!(
        (&row["close"], &row["closed_by"]),
        (&"four segments".into(), &"client".into())
    );
    assert_eq!(
        (&row["conn_state"], &row["history"]),
        (&"SF".into(), &"ShADadFf".into())
    );
    let tcp = section(&report, "tcp-0");
    assert_eq!(tcp["steps"]["summary"][0]["frames"], "[1, 2, 3]");
    let packets = tcp["tables"]["packets"]["rows"].as_array().unwrap();
    assert_eq!(packets.len(), 11);
    assert!(packets.iter().all(|packet| packet["explanation"] != ""));
    assert_eq!(
        packets[3]["fields"]["payload"],
        "Olá Servidor, meu nome é Cliente e sou o único aqui."
    );
    let states = tcp["tables"]["states"]["rows"].as_array().unwrap();
    let last = states.last().unwrap();
    assert_eq!(
        (&last["client"], &last["server"]),
        (&"TIME-WAIT".into(), &"CLOSED".into())
    );
}

/// Holds the JSON of a report to the published schema.
fn check(args: &[&str]) {
    let path = root().join("src/render/document/report.schema.json");
    let schema: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let report = json(args);
    let mut errors = Vec::new();
    schema::errors(&schema, &schema, &report, "", &mut errors);
    assert!(errors.is_empty(), "{args:?}: {errors:?}");
}

#[test]
fn the_json_follows_its_published_schema() {
    for args in [
        &[LOG][..],
        &[LOG, "--lang", "pt-BR"],
        &[LOG, LOG],
        &[LOG, "--rows", "4"],
    ] {
        check(args);
    }
    for path in files(&root().join("captures"), "pcapng") {
        check(&[&path.display().to_string(), "--lang", "pt-BR"]);
    }
}

/// A sample of other people's captures.
#[test]
#[ignore = "needs ../shared"]
fn the_json_of_other_captures_follows_its_published_schema() {
    let captures = files(&shared("corpus"), "pcap");
    let small = |path: &&PathBuf| path.metadata().is_ok_and(|it| it.len() < 30_000);
    for path in captures.iter().filter(small).step_by(8) {
        check(&[&path.display().to_string()]);
    }
}

#[test]
fn keys_are_the_same_in_both_languages() {
    fn keys(value: &serde_json::Value, path: &str, out: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
                out.push(format!("{path}.{key}"));
                keys(value, &format!("{path}.{key}"), out);
            }),
            serde_json::Value::Array(list) => list.iter().for_each(|value| keys(value, path, out)),
            _ => {}
        }
    }
    let all = |lang| {
        let mut out = Vec::new();
        keys(&json(&[LOG, "--lang", lang]), "", &mut out);
        out
    };
    assert_eq!(all("en"), all("pt-BR"));
}

#[test]
fn udp_exchanges_tell_a_reply_from_silence_and_refusal() {
    let folder = Folder::new("report-udp");
    let file = folder.file("udp.pcap");
    let refused = udp(40_001, 9, b"anyone?");
    let packets = [
        udp(40_000, 7, b"Ping 1 a"),
        udp(40_000, 7, b"Ping 2 b"),
        udp(7, 40_000, b"PING 2 B"),
        udp(40_000, 7, b"Ping 3 c"),
        udp(7, 40_000, b"something else"),
        unreachable(&refused),
        refused.clone(),
        unreachable(&refused),
    ];
    std::fs::write(&file, capture(&packets)).unwrap();
    let report = json(&[&file]);
    let echo = section(&report, "udp-0");
    let rows = echo["tables"]["udp_exchanges"]["rows"].as_array().unwrap();
    let answers: Vec<_> = rows.iter().map(|row| row["answer"].as_u64()).collect();
    // Nothing tells whose reply the last one is: it is put to the latest open request.
    assert_eq!(answers, [None, Some(3), Some(5)]);
    assert_eq!(rows[1]["rtt"], 0.001);
    assert_eq!(rows[2]["result"], "reply (a guess)");
    assert_eq!(echo["facts"]["guessed"], 1);
    assert_eq!(
        (&echo["facts"]["requests"], &echo["facts"]["unanswered"]),
        (&3.into(), &1.into())
    );
    let rows = &section(&report, "udp-1")["tables"]["udp_exchanges"]["rows"];
    assert_eq!(
        (&rows[0]["result"], &rows[0]["answer"]),
        (&"refused (ICMP)".into(), &8.into())
    );
}

#[test]
fn http_is_found_on_any_port_and_paired_in_order() {
    let folder = Folder::new("report-http");
    let file = folder.file("http.pcap");
    let mut packets = exchange(
        40_000,
        b"GET /missing HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\n\r\n",
    );
    packets.extend(exchange(40_001, b"GET but not HTTP\r\n", b"HTTP/9 no\r\n"));
    packets.push(tcp(40_002, 81, SYN, 5, 0, b""));
    packets.push(tcp(81, 40_002, RST | ACK, 0, 6, b""));
    std::fs::write(&file, capture(&packets)).unwrap();
    let report = json(&[&file]);
    let rows = section(&report, "http")["tables"]["http"]["rows"]
        .as_array()
        .unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["request"], "GET /missing HTTP/1.1");
    assert_eq!(rows[0]["response"], "HTTP/1.1 404 Not Found");
    assert_eq!(
        (&rows[0]["request_no"], &rows[0]["response_no"]),
        (&4.into(), &5.into())
    );
    let list = section(&report, "conversations")["tables"]["conversations"]["rows"]
        .as_array()
        .unwrap();
    let words = |key: &str| {
        list.iter()
            .map(|row| row[key].as_str().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(words("conn_state"), ["SF", "SF", "REJ"]);
    assert_eq!(words("history"), ["ShADdfFa", "ShADdfFa", "Sr"]);
    assert_eq!(
        words("phases"),
        [
            "handshake, data, close",
            "handshake, data, close",
            "refused"
        ]
    );
}

#[test]
fn sections_and_conversations_can_be_chosen() {
    let ids = |args: &[&str]| {
        let report = json(args);
        let sections = report["sections"].as_array().unwrap().iter();
        sections
            .map(|it| it["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(&[LOG]), ["capture", "conversations", "tcp-0", "flags"]);
    assert_eq!(
        ids(&[LOG, "--sections", "conversations"]),
        ["conversations"]
    );
    assert_eq!(
        ids(&[LOG, "--stream", "udp:0"]),
        ["capture", "conversations"]
    );
    assert_eq!(
        ids(&[LOG, "--stream", "tcp:0", "--sections", "details"]),
        ["tcp-0"]
    );
    assert_eq!(ids(&[LOG, "--port", "9"]), ["capture", "conversations"]);
    assert_eq!(ids(&[LOG, LOG]), ["file-1", "file-2"]);
    let output = run(&["report", LOG, "-T", "md", "--sections", "all"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("capture conversations details"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn the_suffix_decides_and_files_beside_the_document_are_named() {
    let folder = Folder::new("report-files");
    for (name, begins) in [
        ("a.md", "# Relatório sobre "),
        ("a.html", "<!doctype html>\n<html lang=\"pt-BR\">"),
        ("a.tex", "\\documentclass"),
        ("a.csv", "\u{feff}section;no;time;"),
        ("a.json", "{"),
    ] {
        let path = folder.file(name);
        let output = run(&["report", LOG, "-o", &path, "--lang", "pt-BR"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(begins), "{name}: {}", &text[..60]);
        for file in stderr(&output)
            .split_whitespace()
            .filter(|word| word.starts_with("a-"))
        {
            assert!(std::fs::exists(folder.file(file)).unwrap(), "{file}");
        }
    }
    assert!(good(&["report", LOG, "-T", "md"]).contains("three-way handshake"));
    let output = run(&["report", LOG, "-o", &folder.file("a.docx")]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn portuguese_has_the_decimal_comma_but_in_the_time_column_and_for_programs() {
    let folder = Folder::new("formats-comma");
    let report = |suffix: &str| {
        let path = folder.file(&format!("r.{suffix}"));
        let file = "captures/retransmission.pcapng";
        good(&["report", file, "-o", &path, "--lang", "pt-BR"]);
        std::fs::read_to_string(path).unwrap()
    };
    let md = report("md");
    for line in [
        "| Duração | 847,935 ms |",
        "| RTT inicial (s) | 0,000029013 |",
        "| 2 | 0.000014281 | ESTABLISHED | SYN-RECEIVED |",
        "| servidor → cliente | 9 | 1 | 55 | 0,847844 | 10 | 3,105 µs | 3,105 µs |",
        "· 13 pacotes · 847,935 ms",
        "| 8 | 0.847759624 | 127.0.0.1 |",
        "#5 repete números de \\#4, 203,492 ms depois.",
    ] {
        assert!(md.contains(line), "{line}\n{md}");
    }
    let html = report("html");
    for part in [
        ">0.847759624</td>",
        "<dt>RTT inicial (s)</dt><dd>0,000029013</dd>",
        ">203,492 ms depois</text>",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert!(report("tex").contains("0,000029013"));
    let json: serde_json::Value = serde_json::from_str(&report("json")).unwrap();
    let capture = &section(&json, "capture")["facts"];
    assert_eq!(capture["duration"], 0.847934665);
    assert!(report("csv").contains(";0,847934665"));
}

#[test]
fn answers_come_after_the_packets_and_the_contents_lead_to_them() {
    let folder = Folder::new("formats-contents");
    let path = folder.file("r.html");
    good(&["report", "captures/web.pcapng", "-o", &path]);
    let html = std::fs::read_to_string(&path).unwrap();
    let (_, rest) = html.split_once("<nav").unwrap();
    let (contents, _) = rest.split_once("</nav>").unwrap();
    let ids: Vec<&str> = contents
        .split("href=\"#")
        .skip(1)
        .filter_map(|link| link.split('"').next())
        .collect();
    assert_eq!(
        ids,
        [
            "capture",
            "conversations",
            "http",
            "together",
            "tcp-0",
            "tcp-0-questions",
            "tcp-1",
            "questions",
            "flags"
        ]
    );
    // The answers about a conversation stand on its line.
    assert_eq!(contents.matches("<li>").count(), 8);
    let found: Vec<usize> = ids
        .iter()
        .map(|id| html.find(&format!("<section id=\"{id}\"")).unwrap())
        .collect();
    assert!(found.is_sorted(), "{found:?}");
}
