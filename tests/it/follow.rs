//! `netlab follow`: what each side sent, whole and in order, with what is missing and what came twice.

use std::process::Command;

use crate::support::{root, run, stderr, stdout};

const LOG: &str = "captures/echo-log.pcap";
const WEB: &str = "captures/web.pcapng";

fn shown(args: &[&str]) -> String {
    let output = run(&[&["follow"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    stdout(&output)
}

#[test]
fn both_sides_are_shown_in_words_with_their_frames() {
    let text = "Olá Servidor, meu nome é Cliente e sou o único aqui.";
    assert_eq!(
        shown(&[LOG]),
        format!(
            "Conversation 0 · 127.0.0.1:57128 (client) ↔ 127.0.0.1:5050 (server)\n\
             → client: 55 bytes, #4\n    {text}\n\
             ← server: 55 bytes, #6\n    {text}\n\
             → client: end of the stream (FIN), #8\n\
             ← server: end of the stream (FIN), #10\n"
        )
    );
    let portuguese = shown(&[LOG, "--lang", "pt-BR", "--from", "server", "-T", "hex"]);
    let lines: Vec<&str> = portuguese.lines().collect();
    assert_eq!(lines[1], "← servidor: 55 bytes, #6");
    assert_eq!(
        lines[2],
        "    0000  4f 6c c3 a1 20 53 65 72  76 69 64 6f 72 2c 20 6d  Ol.. Servidor, m"
    );
    assert!(!portuguese.contains("cliente:"));
}

#[test]
fn headers_of_http_are_whole_and_streams_are_chosen() {
    let text = shown(&[WEB, "--stream", "1"]);
    assert!(
        text.contains(
            "→ client: 104 bytes, #14\n    GET /missing.html HTTP/1.1\n    Host: 127.0.0.1:8080\n"
        ),
        "{text}"
    );
    assert!(
        text.contains("    HTTP/1.1 404 Not Found\n") && text.contains("    Content-Length: 141\n")
    );
    assert!(!text.contains("Conversation 0"));
    let none = run(&["follow", WEB, "--stream", "9"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(stderr(&none).contains("has no such conversation"));
}

#[test]
fn gaps_and_repetitions_are_said() {
    let text = shown(&["tests/it/cases/http-gaps.pcap"]);
    assert!(text.contains("← server: 40 bytes missing here: the capture does not hold them\n"));
    let text = shown(&["tests/it/cases/retx_same_diffbytes.pcap"]);
    assert!(
        text.contains("→ client: 100 bytes sent again in #5 (same sequence numbers), left out\n")
    );
    // Segments that came in another order.
    let text = shown(&["tests/it/cases/http-out-of-order.pcap"]);
    assert!(text.contains("#6, #5\n    HTTP/1.1 200 OK\n    Content-Length: 8\n\n    12345678\n"));
}

#[test]
fn json_has_every_byte_and_says_who_sent_it() {
    let all: serde_json::Value = serde_json::from_str(&shown(&[WEB, "-T", "json"])).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 2);
    let part = &all[0]["parts"][1];
    assert_eq!(
        (part["role"].as_str(), part["bytes"].as_u64()),
        (Some("server"), Some(852))
    );
    assert_eq!(part["hex"].as_str().unwrap().len(), 2 * 852);
    assert!(part["text"].as_str().unwrap().ends_with("</html>\n"));
}

#[test]
fn datagrams_stand_one_by_one() {
    let text = shown(&["captures/udp-echo.pcapng"]);
    assert!(text.starts_with("UDP conversation 0 ·"), "{text}");
    assert_eq!(text.matches("→ client:").count(), 1);
}

/// What `tshark -z follow` prints of a stream as hexadecimal lines, without its frame.
fn tshark(file: &str, stream: u32) -> String {
    let filter = format!("follow,tcp,raw,{stream}");
    let output = Command::new("tshark")
        .args(["-n", "-q", "-r", file, "-z", &filter])
        .current_dir(root())
        .output()
        .unwrap();
    let text = stdout(&output);
    let hex = |line: &&str| {
        !line.trim().is_empty() && line.trim().bytes().all(|it| it.is_ascii_hexdigit())
    };
    text.lines().filter(hex).map(str::trim).collect()
}

#[test]
#[ignore = "needs tshark"]
fn raw_bytes_are_those_that_tshark_follows() {
    for file in [
        LOG,
        WEB,
        "captures/multi.pcapng",
        "captures/small-buffer.pcapng",
        "captures/keep-alive.pcapng",
    ] {
        let ours = run(&["follow", file, "-T", "raw", "--stream", "0"]);
        let hex: String = ours
            .stdout
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(!hex.is_empty());
        assert_eq!(hex, tshark(file, 0), "{file}");
    }
}
