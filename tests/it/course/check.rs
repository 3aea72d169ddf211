//! `netlab check`: every lab and every kind of expectation against every kept capture. A false
//! pass is the worst fault.

use std::collections::BTreeMap;

use serde_json::Value;

use super::build::{Segment, pcap, talk};
use crate::support::{Folder, root, run, stderr, stdout};

/// What is shown of each file, by its name without folder.
pub(super) fn results(args: &[&str]) -> BTreeMap<String, Value> {
    let output = run(&[&["check", "-T", "json", "-e"], args].concat());
    let text = stdout(&output);
    let all: Value = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}", stderr(&output)));
    let files = all["files"].as_array().unwrap();
    let named = files.iter().map(|file| {
        let path = file["file"].as_str().unwrap();
        (path.rsplit('/').next().unwrap().to_owned(), file.clone())
    });
    named.collect()
}

#[test]
fn every_lab_is_shown_by_those_captures_alone_that_the_matrix_names() {
    let matrix = include_str!("../lab_matrix.txt").lines();
    let mut cells = 0;
    let mut all: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    for line in matrix.filter(|line| !line.starts_with('#')) {
        let mut words = line.splitn(4, ' ');
        let mut next = || words.next().unwrap();
        let (lab, capture, verdict, why) = (next(), next(), next(), next());
        let files = all
            .entry(lab)
            .or_insert_with(|| results(&[lab, "captures"]));
        let file = &files[capture];
        let passes = verdict == "shown";
        let result = if passes { "pass" } else { "fail" };
        assert_eq!(file["result"], result, "{lab} {capture}: {file}");
        if !passes {
            let said = file["lines"][0]["said"].as_str().unwrap();
            assert!(said.starts_with(why), "{lab} {capture}: {said}");
        }
        cells += 1;
    }
    assert_eq!(cells, 26 * 27);
}

#[test]
fn every_kind_of_expectation_is_shown_by_those_captures_alone_that_hold_it() {
    let files = results(&["tests/it/course/kinds.toml", "captures"]);
    let mut seen = String::new();
    for (name, file) in &files {
        let lines = file["lines"].as_array().unwrap();
        let shown = lines.iter().filter(|line| line["shown"] == true);
        let names: Vec<&str> = shown.map(|line| line["name"].as_str().unwrap()).collect();
        seen.push_str(format!("{name} {}", names.join(" ")).trim_end());
        seen.push('\n');
        for line in lines.iter().filter(|line| line["shown"] == false) {
            assert_ne!(line["said"], "", "{name}: {line}");
        }
    }
    assert_eq!(seen, include_str!("kinds.txt"));
}

/// A folder with a specification and a capture of these segments.
fn asked(name: &str, spec: &str, segments: &[Segment<'_>]) -> (Folder, Value) {
    let folder = Folder::new(name);
    std::fs::write(folder.file("spec.toml"), spec).unwrap();
    std::fs::write(folder.file("ana.pcap"), pcap(segments)).unwrap();
    let files = results(&[&folder.file("spec.toml"), &folder.file("ana.pcap")]);
    let file = files["ana.pcap"].clone();
    (folder, file)
}

#[test]
fn what_was_captured_on_the_wrong_interface_is_told_by_what_is_there() {
    let hello: &[u8] = &[0x16, 3, 1, 0, 2, 1, 1];
    let spec = "port = 5050\n[[expect]]\nhandshake = true\n[[expect]]\nmessage = 'hi'\n";
    let (folder, file) = asked("check-wrong", spec, &talk(443, &[hello]));
    let said = "port 5050 never appears; 5 packets are TLS to port 443: was the interface right?";
    assert_eq!(file["lines"][0]["said"], said);
    let spec = folder.file("spec.toml");
    let output = run(&[
        "--lang",
        "pt-BR",
        "check",
        "-e",
        &spec,
        &folder.file("ana.pcap"),
        "-T",
        "csv",
    ]);
    let said = "apresentação (porta 5050), mensagem “hi” (porta 5050): a porta 5050 nunca aparece; \
                5 pacotes são TLS para a porta 443: a interface era a certa?";
    assert!(stdout(&output).contains(said), "{}", stdout(&output));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_text_is_found_across_segments_and_only_where_it_stands() {
    let spec = "[[expect]]\nmessage = 'needle'\nfrom = 'client'\n";
    let shown = |name, texts: &[&[u8]]| asked(name, spec, &talk(5050, texts)).1["result"].clone();
    assert_eq!(shown("check-whole", &[b"a needle"]), "pass");
    assert_eq!(shown("check-cut", &[b"a nee", b"d", b"le!"]), "pass");
    assert_eq!(shown("check-not", &[b"nee", b"-dle"]), "fail");
    // A segment in between is missing: nobody knows what stood there.
    let mut lost = talk(5050, &[b"nee", b"XX", b"dle"]);
    lost.remove(5);
    assert_eq!(asked("check-lost", spec, &lost).1["result"], "fail");
    // What is sent again is not sent once more.
    let mut again = talk(5050, &[b"need", b"need", b"le"]);
    again[5] = again[3];
    for segment in &mut again[6..] {
        segment.seq -= if segment.ports.0 == 50000 { 4 } else { 0 };
        segment.ack -= if segment.ports.0 == 5050 { 4 } else { 0 };
    }
    assert_eq!(asked("check-again", spec, &again).1["result"], "pass");
    let from = spec.replace("client", "server");
    let (_, file) = asked("check-from", &from, &talk(5050, &[b"a needle"]));
    assert_eq!(file["result"], "fail");
}

#[test]
fn lines_about_a_port_speak_of_one_conversation() {
    // One connection says hello, another one closes: no connection does both.
    let spec = "[[expect]]\nmessage = 'hello'\n[[expect]]\nclose = 'four-segments'\n";
    let mut segments = talk(5050, &[b"hello"]);
    let close = [
        (0x11, 101, 901, true),
        (0x10, 901, 102, false),
        (0x11, 901, 102, false),
        (0x10, 102, 902, true),
    ];
    let mut other = talk(5050, &[]);
    other.extend(close.map(|(flags, seq, ack, up)| Segment {
        time: 500,
        ports: if up { (50000, 5050) } else { (5050, 50000) },
        flags,
        seq,
        ack,
        payload: b"",
    }));
    for segment in &mut other {
        let moved = |port| if port == 50000 { 50001 } else { port };
        segment.ports = (moved(segment.ports.0), moved(segment.ports.1));
    }
    segments.extend(other);
    let (_, file) = asked("check-one", spec, &segments);
    assert_eq!(
        (&file["result"], &file["points"]),
        (&"fail".into(), &1.into())
    );
}

#[test]
fn the_exit_code_and_the_sentence_tell_what_is_wrong() {
    let folder = Folder::new("check-codes");
    let spec = folder.file("spec.toml");
    let code = |args: &[&str]| run(&[&["check"], args].concat()).status.code();
    let echo = "captures/echo.pcapng";
    assert_eq!(
        code(&["-e", "echo", echo, "captures/echo-log.pcap"]),
        Some(0)
    );
    assert_eq!(code(&["-e", "echo", echo, "captures/web.pcapng"]), Some(1));
    assert_eq!(code(&["-e", "echo", echo, "captures/echo.toml"]), Some(1));
    assert_eq!(code(&["-e", "echo", "captures/echo.toml"]), Some(5));
    assert_eq!(code(&["-e", "echo", "docs"]), Some(5));
    assert_eq!(code(&["-e", "no-such", echo]), Some(2));
    for (text, wrong) in [
        ("", "asks for nothing"),
        ("[[expect]]\npoints = 2\n", "asks for nothing"),
        (
            "[[expect]]\nhandshake = true\nhandshook = 1\n",
            "line 3, column 1: there is no key handshook; did you mean handshake?",
        ),
        (
            "[[expect]]\nclient_bytes = { min = 9, max = 3 }\n",
            "needs a min or a max",
        ),
        ("[[expect]]\nclient_bytes = {}\n", "needs a min or a max"),
        (
            "[[expect]]\nclient_bytes = 'many'\n",
            "line 2, column 16: a number, or {",
        ),
        ("[[expect]]\nmessage = ''\n", "is empty"),
        ("[[expect]]\nmessage = []\n", "asks for nothing"),
        (
            "[[expect]]\nhandshake = true\nfrom = 'client'\n",
            "from says who",
        ),
        ("[[expect]]\nhandshake = true\npoints = -1\n", "points are"),
        ("[[expect]]\nlab = 'ekko'\n", "no lab called \"ekko\""),
        ("[[expect]]\nany = []\n", "asks for nothing"),
        (
            "[[expect]]\nany = [{ handshake = true, points = 1 }]\n",
            "a line with any",
        ),
        (
            "[[expect]]\nhandshake = true\nany = [{ refused = true }]\n",
            "a line with any",
        ),
        ("[[expect]\n", "line 1, column 10: "),
    ] {
        std::fs::write(&spec, text).unwrap();
        let output = run(&["check", "-e", &spec, echo]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        let said = stderr(&output);
        assert!(said.contains(wrong), "{text}: {said}");
        assert!(stdout(&output).is_empty());
    }
}

#[test]
fn results_stand_in_the_order_of_the_files_and_a_broken_one_stops_nothing() {
    let mut names: Vec<String> = Vec::new();
    for turn in 0..40 {
        let name = ["echo.pcapng", "echo.toml", "web.pcapng"][turn % 3];
        names.push(root().join("captures").join(name).display().to_string());
    }
    let mut args = vec!["check", "-e", "echo", "-T", "csv"];
    args.extend(names.iter().map(String::as_str));
    let output = run(&args);
    let text = stdout(&output);
    let rows: Vec<&str> = text.lines().skip(1).collect();
    assert_eq!(rows.len(), names.len());
    for (turn, (row, name)) in rows.iter().zip(&names).enumerate() {
        let result = ["pass", "unreadable", "fail"][turn % 3];
        assert!(row.starts_with(&format!("{name},{result},")), "{row}");
    }
}

#[test]
fn of_more_conversations_than_are_followed_nothing_is_claimed() {
    let mut segments: Vec<Segment<'_>> = (0..5_000)
        .map(|turn| Segment {
            ports: (6_000 + turn, 5050),
            ..talk(5050, &[])[0]
        })
        .collect();
    segments.extend(talk(5050, &[b"hello"]));
    for (spec, shown) in [
        ("message = 'hello'", true),
        ("handshake = true", true),
        ("client_bytes = 5", false),
        ("refused = false", false),
        ("lab = 'echo'", false),
    ] {
        let spec = format!("[[expect]]\n{spec}\n");
        let (_, file) = asked("check-many", &spec, &segments);
        let line = &file["lines"][0];
        let said = line["said"].as_str().unwrap();
        let told = said.contains("5000 conversations");
        assert_eq!(
            (line["shown"] == true, told),
            (shown, !shown),
            "{spec}: {line}"
        );
    }
}

#[test]
fn what_is_no_capture_is_called_what_it_is() {
    let folder = Folder::new("check-others");
    let tar = [&[b'x'; 257][..], &b"ustar"[..], &[0; 250][..]].concat();
    for (name, bytes, said) in [
        ("r.docx", &b"PK\x03\x04rest"[..], "a zip archive, as Word"),
        ("r.pdf", b"%PDF-1.7\n", "a PDF document"),
        ("r.tar", &tar, "a tar archive"),
        ("r.xz", b"\xfd7zXZ\0rest", "packed with xz"),
        ("notes.txt", b"dear teacher", "not a pcap or pcapng capture"),
    ] {
        let path = folder.file(name);
        std::fs::write(&path, bytes).unwrap();
        let file = results(&["echo", &path]).remove(name).unwrap();
        let why = file.to_string();
        assert!(
            file["result"] == "unreadable" && why.contains(said),
            "{why}"
        );
    }
}

#[test]
fn a_name_that_is_not_utf_8_leads_to_its_file() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new("check-latin-1");
    let class = folder.file("class");
    std::fs::create_dir(&class).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"jo\xe3o.pcapng");
    let path = std::path::Path::new(&class).join(name);
    std::fs::copy(root().join("captures/echo.pcapng"), &path).unwrap();
    let files = results(&["echo", &class]);
    assert_eq!(files["jo\u{f7e3}o.pcapng"]["result"], "pass");
    let table = stdout(&run(&["check", "-e", "echo", &class]));
    assert!(table.contains("jo\\u{f7e3}o.pcapng"), "{table}");
    // Named by itself too; and it is not written over.
    let before = std::fs::read(&path).unwrap();
    let netlab = env!("CARGO_BIN_EXE_netlab");
    for (args, code) in [(&["-q"][..], 0), (&["-T", "csv", "-o"][..], 2)] {
        let mut command = std::process::Command::new(netlab);
        command.arg("replay").arg(&path).args(args);
        if code == 2 {
            command.arg(&path);
        }
        assert_eq!(command.output().unwrap().status.code(), Some(code));
    }
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn one_byte_is_no_bytes() {
    let folder = Folder::new("lab-byte");
    let path = folder.file("byte.pcap");
    std::fs::write(&path, pcap(&talk(5050, &[b"a"]))).unwrap();
    for (lang, said) in [
        (
            "en",
            "[4]: the message, 1 byte from client to server, acknowledged by [5]",
        ),
        (
            "pt-BR",
            "[4]: a mensagem, 1 byte do cliente ao servidor, reconhecida por [5]",
        ),
    ] {
        let output = run(&["--lang", lang, "replay", &path, "--lab", "echo", "-q"]);
        let text = stdout(&output);
        assert!(text.contains(said), "{text}");
    }
}
