//! HTTP is read from the bytes of a connection, however they are cut into segments.

use serde_json::Value;

use super::{case, holds, said, section};
use crate::support::shared;

/// The exchanges: request line and frame, response line and frame, the frame that completes it,
/// its segments, its body.
fn exchanges(name: &str) -> Vec<String> {
    let section = section(name, "http");
    let rows = section["tables"]["http"]["rows"].as_array().expect("rows");
    let text = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let columns = [
        "request_no",
        "request",
        "response_no",
        "response",
        "complete_no",
        "segments",
        "body",
    ];
    let rows = rows.iter();
    rows.map(|row| columns.map(|id| text(&row[id])).join(" | "))
        .collect()
}

/// The report in a language.
fn report(name: &str, lang: &str) -> String {
    let sections = "http,questions";
    let args = ["--lang", lang, "report", "-T", "md", "--sections", sections];
    said(&[&args[..], &[&case(name)]].concat()).replace('\\', "")
}

#[test]
fn a_response_behind_a_gap_answers_the_request_that_it_acknowledges() {
    let name = "http-response-not-captured.pcap";
    assert_eq!(
        exchanges(name),
        [
            "4 | GET /a HTTP/1.1 | - | - | - | - | -",
            "7 | GET /b HTTP/1.1 | 9 | HTTP/1.1 404 Not Found | 9 | 1 | 1",
        ]
    );
    holds(
        &report(name, "en"),
        &[
            "its response is not in the capture",
            "bytes before #9 are missing; it answers #7: it acknowledges #7, which was sent once all that came before had arrived",
            "#7 asks \"GET /b HTTP/1.1\", #9 answers \"HTTP/1.1 404 Not Found\".",
        ],
    );
    holds(
        &report(name, "pt-BR"),
        &[
            "sua resposta não está na captura",
            "faltam bytes antes de #9; responde a #7: ele reconhece #7, enviado quando tudo o que veio antes já tinha chegado",
        ],
    );
}

#[test]
fn several_requests_in_a_segment_are_several() {
    assert_eq!(
        exchanges("http-pipelined.pcap"),
        [
            "4 | GET /a HTTP/1.1 | 6 | HTTP/1.1 200 OK | 6 | 1 | 1",
            "4 | GET /b HTTP/1.1 | 8 | HTTP/1.1 404 Not Found | 8 | 1 | 1",
        ]
    );
    assert_eq!(
        exchanges("http_pipeline.pcap"),
        [
            "4 | GET /a HTTP/1.1 | 6 | HTTP/1.1 200 OK | 6 | 1 | 1",
            "4 | GET /b HTTP/1.1 | 6 | HTTP/1.1 404 Not Found | 6 | 1 | 2",
            "4 | GET /c HTTP/1.1 | 8 | HTTP/1.1 200 OK | 8 | 1 | 3",
        ]
    );
    holds(
        &report("http-pipelined.pcap", "en"),
        &["Connections with HTTP: 1; requests: 2; by client port (requests): 40000 (2)."],
    );
    holds(
        &report("http-pipelined.pcap", "pt-BR"),
        &["Conexões com HTTP: 1; requisições: 2; por porta do cliente (requisições): 40000 (2)."],
    );
}

#[test]
#[ignore = "needs ../shared"]
fn forty_exchanges_on_one_connection_are_forty_rows() {
    let path = shared("corpus/OISF+suricata-verify/http-protocol-nodup-input.pcap");
    let path = path.display().to_string();
    let args = ["report", "-T", "json", "--sections", "http", &path];
    let report: Value = serde_json::from_str(&said(&args)).expect("JSON");
    let rows = report["sections"][0]["tables"]["http"]["rows"].as_array();
    assert_eq!(rows.expect("rows").len(), 40);
}

#[test]
fn bodies_end_where_their_heads_say_and_are_no_requests() {
    let name = "http-bodies.pcap";
    assert_eq!(
        exchanges(name),
        [
            "4 | GET /split HTTP/1.1 | 6 | HTTP/1.1 200 OK | 8 | 3 | 4",
            "9 | POST /form HTTP/1.1 | 12 | HTTP/1.1 201 Created | 12 | 1 | 0",
            "13 | HEAD /h HTTP/1.1 | 14 | HTTP/1.1 200 OK | 14 | 1 | 0",
            "15 | GET /n HTTP/1.1 | 16 | HTTP/1.1 304 Not Modified | 16 | 1 | 0",
            "17 | GET /close HTTP/1.0 | 18 | HTTP/1.0 200 OK | 20 | 2 | 13",
        ]
    );
    holds(
        &report(name, "en"),
        &[
            "1 interim response (1xx) before it",
            "\"HTTP/1.1 200 OK\": from #6 (status line) to #8 (end of the body), 3 segments, body of 4 bytes.",
        ],
    );
    holds(
        &report(name, "pt-BR"),
        &[
            "1 resposta provisória (1xx) antes",
            "\"HTTP/1.1 200 OK\": de #6 (linha de status) a #8 (fim do corpo), 3 segmentos, corpo de 4 bytes.",
        ],
    );
}

#[test]
fn missing_bytes_leave_open_what_they_leave_open() {
    let name = "http-gaps.pcap";
    assert_eq!(
        exchanges(name),
        [
            "4 | GET /1 HTTP/1.1 | - | - | - | - | -",
            "4 | GET /2 HTTP/1.1 | - | - | - | - | -",
            "- | - | 5 | HTTP/1.1 404 Not Found | 5 | 1 | 2",
            "7 | GET /3 HTTP/1.1 | 8 | HTTP/1.1 200 OK | 9 | 2 | 30",
            "10 | GET /4 HTTP/1.1 | 11 | HTTP/1.1 200 OK | 11 | 1 | 1",
        ]
    );
    holds(
        &report(name, "en"),
        &[
            "bytes are missing, so which response answers it is not known",
            "bytes are missing before it, so which request it answers is not known",
            "10 bytes of it missing in the capture",
        ],
    );
    holds(
        &report(name, "pt-BR"),
        &[
            "faltam bytes, e não se sabe qual resposta responde a ela",
            "faltam bytes antes, e não se sabe a qual requisição responde",
            "10 bytes dela faltam na captura",
        ],
    );
    assert_eq!(
        exchanges("http-out-of-order.pcap"),
        ["4 | GET /o HTTP/1.1 | 6 | HTTP/1.1 200 OK | 6 | 2 | 8"]
    );
}

#[test]
fn an_answer_that_is_no_http_is_said_to_be_none() {
    let name = "http-odd.pcap";
    holds(
        &report(name, "en"),
        &["#4 asks \"GET / HTTP/1.1\"; from #5 on come bytes that are no status line."],
    );
    holds(
        &report(name, "pt-BR"),
        &["#4 pede \"GET / HTTP/1.1\"; a partir de #5 vêm bytes que não são uma linha de status."],
    );
}

#[test]
fn connections_are_serial_or_parallel() {
    holds(
        &report("http-parallel.pcap", "en"),
        &["Parallel: of 2 connections up to 2 at a time."],
    );
    holds(
        &report("http-parallel.pcap", "pt-BR"),
        &["Em paralelo: de 2 conexões, até 2 ao mesmo tempo."],
    );
    let web = "../../../captures/web.pcapng";
    holds(
        &report(web, "en"),
        &["Serial: 2 connections, one after another."],
    );
    holds(
        &report(web, "pt-BR"),
        &["Em série: 2 conexões, uma depois da outra."],
    );
}
