//! The table in a real terminal: a pseudo-terminal of util-linux's `script`.

use std::io::{Read, Write};
use std::process::{Command, Stdio};

use unicode_width::UnicodeWidthStr;

use crate::support::{Folder, root};

/// What `netlab ARGS` shows in a terminal of `columns` columns, with `settings` in its
/// environment.
pub(crate) fn shown(columns: usize, settings: &str, args: &str) -> String {
    let program = env!("CARGO_BIN_EXE_netlab");
    let inside = format!("stty cols {columns} rows 50; exec env {settings} '{program}' {args}");
    let mut command = Command::new("script");
    command
        .args(["-qec", &inside, "/dev/null"])
        .current_dir(root());
    command
        .env_remove("NO_COLOR")
        .env("TERM", "xterm-256color")
        .env("PAGER", "cat")
        .env("LC_ALL", "C.UTF-8");
    let output = command.output().unwrap();
    String::from_utf8(output.stdout).unwrap().replace('\r', "")
}

/// A line without its colours.
pub(crate) fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("\x1b[") {
        out.push_str(&rest[..start]);
        let end = rest[start..].find('m').unwrap();
        rest = &rest[start + end + 1..];
    }
    out + rest
}

#[test]
fn the_table_and_the_summary_fit_the_terminal() {
    for columns in [80, 120, 200] {
        let text = shown(columns, "X=1", "replay captures/echo-log.pcap");
        for line in plain(&text).lines() {
            assert!(line.width() <= columns, "{columns}: {line}");
        }
        let row = |no: &str| {
            let text = plain(&text);
            text.lines()
                .find(|line| line.starts_with(no))
                .map(str::to_owned)
        };
        assert!(row("  4 ").unwrap().ends_with("→ data"), "{text}");
        assert!(row("  5 ").unwrap().ends_with("← ACK"), "{text}");
    }
    let wide = shown(80, "X=1", "replay --wide captures/echo-log.pcap");
    assert!(
        plain(&wide).contains("Seq=0 Win=65495 Len=0 MSS=65495 SACK_PERM"),
        "{wide}"
    );
}

#[test]
fn the_list_of_conversations_fits_and_keeps_the_addresses_whole() {
    for (columns, lang) in [(80, "en"), (80, "pt-BR"), (200, "en")] {
        let args = format!("conversations captures/backlog.pcapng --lang {lang}");
        let text = shown(columns, "X=1", &args);
        let text = plain(&text);
        assert!(text.contains("127.0.0.1:38576 127.0.0.1:5050 "), "{text}");
        // A cell that is too long goes on in the next line; none is cut.
        let rows = text
            .lines()
            .filter(|line| line.contains(" 127.0.0.1:5050 "));
        assert_eq!(rows.count(), 4, "{text}");
        assert!(!text.contains('…'), "{text}");
        for line in text.lines() {
            assert!(line.width() <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn colours_follow_wireshark_and_can_be_turned_off() {
    let text = shown(200, "X=1", "replay captures/echo-log.pcap");
    let lines: Vec<&str> = text.lines().collect();
    // Grey for SYN and FIN; the two ends of a plain row in colours of their own.
    assert!(lines[1].contains("48;5;247"), "{:?}", lines[1]);
    assert!(lines[8].contains("48;5;247"), "{:?}", lines[8]);
    assert!(
        lines[4].contains("36m57128\x1b[0m → ") && lines[4].contains("35m5050"),
        "{:?}",
        lines[4]
    );
    assert!(
        lines[5].contains("35m5050\x1b[0m → ") && lines[5].contains("36m57128"),
        "{:?}",
        lines[5]
    );
    for (settings, args) in [
        ("NO_COLOR=1", "replay captures/echo-log.pcap"),
        ("TERM=dumb", "replay captures/echo-log.pcap"),
        ("X=1", "--color never replay captures/echo-log.pcap"),
    ] {
        let text = shown(200, settings, args);
        assert!(!text.contains('\x1b'), "{settings} {args}: {text:?}");
    }
}

#[test]
fn rows_that_come_one_by_one_fit_from_the_first_on() {
    for columns in [80, 100] {
        let args = "replay captures/echo-log.pcap --pace 1000x --lang pt-BR --color never";
        let text = shown(columns, "X=1", args);
        for line in text.lines() {
            assert!(line.width() <= columns, "{columns}: {line}");
        }
        assert!(text.contains("→ encerramento"), "{text}");
    }
}

#[test]
fn an_interrupt_takes_the_progress_line_back_and_lists_what_was_read() {
    let folder = Folder::new("terminal-interrupt");
    let fifo = folder.file("endless.pcap");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    let program = env!("CARGO_BIN_EXE_netlab");
    let inside = format!("exec '{program}' conversations '{fifo}'");
    let mut command = Command::new("script");
    command.args(["-qec", &inside, "/dev/null"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut terminal = command.env("LC_ALL", "C.UTF-8").spawn().unwrap();
    // A capture that goes on until nobody reads it.
    let feeder = std::thread::spawn(move || {
        let log = std::fs::read(root().join("captures/echo-log.pcap")).unwrap();
        let (header, packets) = log.split_at(24);
        let many = packets.repeat(100);
        let mut pipe = std::fs::OpenOptions::new().write(true).open(fifo).unwrap();
        pipe.write_all(header).unwrap();
        while pipe.write_all(&many).is_ok() {}
    });
    let mut screen = terminal.stdout.take().unwrap();
    let mut shown = Vec::new();
    let mut byte = [0];
    while !shown.ends_with(b" packets") && screen.read(&mut byte).unwrap() == 1 {
        shown.push(byte[0]);
    }
    // Ctrl-C, as a keyboard sends it.
    let mut keyboard = terminal.stdin.take().unwrap();
    keyboard.write_all(b"\x03").unwrap();
    screen.read_to_end(&mut shown).unwrap();
    feeder.join().unwrap();
    assert_eq!(terminal.wait().unwrap().code(), Some(0));
    let text = String::from_utf8(shown).unwrap();
    assert!(text.contains("netlab: reading "), "{text:?}");
    let (_, listed) = text.rsplit_once("\r\x1b[K").unwrap();
    assert!(listed.contains("127.0.0.1:57128"), "{text:?}");
}

#[test]
fn what_is_longer_than_the_terminal_goes_to_a_pager() {
    const MARKS: &str = "PAGER='sed s/^/P:/'";
    let long = "replay captures/multi.pcapng";
    let paged = shown(120, MARKS, long);
    assert!(paged.lines().count() > 50, "{paged}");
    assert!(paged.lines().all(|line| line.starts_with("P:")), "{paged}");
    // The same lines, and no more.
    let plain_text = shown(120, "X=1", long);
    assert_eq!(paged.replace("P:", ""), plain_text);
    for (args, some) in [
        ("check -e echo captures", "fail"),
        ("copies captures captures/echo.pcapng captures", "echo"),
        (
            "diff captures/multi.pcapng captures/ports.pcapng",
            "packets",
        ),
        ("report captures/echo.pcapng -T md", "handshake"),
        ("lab", "half-close"),
    ] {
        let text = shown(45, MARKS, args);
        assert!(text.contains(some), "{args}: {text}");
        let apart = |line: &&str| !line.starts_with("P:") && !line.contains("netlab: ");
        let apart: Vec<&str> = text.lines().filter(apart).collect();
        assert_eq!(apart, [""; 0], "{args}");
    }
    for (settings, args) in [
        (MARKS, "replay captures/echo-log.pcap"),
        (MARKS, "replay --no-pager captures/multi.pcapng"),
        ("PAGER=", long),
    ] {
        let text = shown(120, settings, args);
        assert!(
            text.contains("[SYN]") && !text.contains("P:"),
            "{args}: {text}"
        );
    }
    // Who stops reading ends it.
    let begun = shown(120, "PAGER='head -n 3'", long);
    assert_eq!(begun.lines().count(), 3, "{begun}");
}
