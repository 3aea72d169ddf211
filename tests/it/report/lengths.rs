//! Reports of the right length: what would say the same again, or nothing, is left out for readers.

use std::process::Command;

use super::browser::browser;
use super::{good, json};
use crate::support::{Folder, root};

/// How many A4 pages the report of a command takes on paper.
fn pages(folder: &Folder, command: &[&str]) -> usize {
    let (page, paper) = (folder.file("paper.html"), folder.file("paper.pdf"));
    good(&[command, &["-o", &page]].concat());
    let output = Command::new(browser())
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
        ])
        .arg(format!("--user-data-dir={}", folder.file("profile")))
        .arg(format!("--print-to-pdf={paper}"))
        .arg(format!("file://{page}"))
        .output()
        .unwrap();
    let pdf = std::fs::read(&paper).unwrap_or_else(|_| panic!("{output:?}"));
    let page = b"/Type /Page";
    let is_page = |it: &&[u8]| it.starts_with(page) && it.get(page.len()) != Some(&b's');
    pdf.windows(page.len() + 1).filter(is_page).count()
}

#[test]
#[ignore = "needs chromium"]
fn an_echo_takes_three_pages_and_five_clients_six() {
    let folder = Folder::new("report-pages");
    for lang in ["en", "pt-BR"] {
        let pages =
            |command: [&str; 2]| pages(&folder, &[&command[..], &["--lang", lang]].concat());
        assert!(
            (1..=3).contains(&pages(["report", "captures/echo.pcapng"])),
            "{lang}"
        );
        assert!(
            (1..=6).contains(&pages(["report", "captures/multi.pcapng"])),
            "{lang}"
        );
    }
}

#[test]
#[ignore = "needs chromium, the right to capture"]
fn so_they_do_with_the_calls_and_the_words_of_the_programs() {
    let folder = Folder::new("report-lab-pages");
    for lang in ["en", "pt-BR"] {
        let pages = |lab| pages(&folder, &["lab", lab, "--lang", lang]);
        assert!((1..=3).contains(&pages("echo")), "{lang}");
        assert!((1..=6).contains(&pages("multi")), "{lang}");
    }
}

#[test]
fn many_calls_are_not_in_the_picture_of_all_clients() {
    for (lab, left_out) in [("multi", true), ("two-clients", false)] {
        let folder = Folder::new("report-together");
        let path = folder.file("r.md");
        good(&["lab", lab, "--recorded", "-o", &path]);
        let text = std::fs::read_to_string(path).unwrap();
        let note = "The picture has the packets alone: with the 65 socket calls it would be too long to take in.";
        assert_eq!(text.contains(note), left_out, "{text}");
        let files = std::fs::read_dir(folder.file("")).unwrap();
        let pictures = files.map(|it| it.unwrap().path()).filter(|it| {
            let name = it.to_string_lossy();
            name.contains("together-ladder") && name.ends_with(".svg")
        });
        let picture: String = pictures
            .map(|it| std::fs::read_to_string(it).unwrap())
            .collect();
        assert!(picture.contains("[SYN]"), "{picture:.300}");
        assert_eq!(picture.contains("accept()"), !left_out, "{text}");
    }
}

fn markdown(args: &[&str]) -> String {
    let folder = Folder::new("report-length");
    let path = folder.file("report.md");
    good(&[&["report"], args, &["-o", &path]].concat());
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn conversations_that_are_alike_are_asked_about_once() {
    let text = markdown(&["captures/multi.pcapng"]);
    assert_eq!(
        text.matches("Why does the client need a port?").count(),
        1,
        "{text}"
    );
    assert_eq!(text.matches("It went as this one did").count(), 4);
    assert_eq!(text.matches("side by side").count(), 1);
    // Programs get everything.
    let all = json(&["captures/multi.pcapng"]);
    for stream in 0..5 {
        let id = format!("\"tcp-{stream}-questions\"");
        assert!(all.to_string().contains(&id), "{id}");
    }
}

#[test]
fn plots_that_show_nothing_are_one_line() {
    let text = markdown(&["captures/echo-log.pcap"]);
    assert!(
        text.contains("No plots over time: 2 segments with data would show nothing."),
        "{text}"
    );
    assert!(!text.contains("time-sequence.svg"));
    let many = markdown(&["captures/slow-reader.pcapng"]);
    assert!(!many.contains("No plots over time"));
}

#[test]
fn a_brief_report_has_summary_pictures_and_answers() {
    let text = markdown(&["captures/echo-log.pcap", "--brief"]);
    assert!(
        text.contains("three-way handshake (SYN; SYN, ACK; ACK)"),
        "{text}"
    );
    assert!(text.contains("Why does the client need a port?"));
    assert!(!text.contains("### Packets"));
}

#[test]
fn a_blank_report_has_questions_without_answers_and_the_key_has_them() {
    let blank = markdown(&["captures/echo-log.pcap", "--blank"]);
    assert!(
        blank.contains("2. Why does the client need a port?"),
        "{blank}"
    );
    assert!(blank.contains("[SYN") && blank.contains("ladder.svg"));
    for answer in [
        "To be found again",
        "three-way handshake (SYN",
        "is left in TIME-WAIT",
        "| handshake |",
    ] {
        assert!(!blank.contains(answer), "{answer}: {blank}");
    }
    let key = markdown(&["captures/echo-log.pcap", "--key"]);
    assert!(
        key.contains("2. Why does the client need a port?") && key.contains("To be found again")
    );
    assert!(!key.contains("[SYN\\]"), "{key}");
}

#[test]
fn a_blank_page_has_room_to_write_under_each_question() {
    let folder = Folder::new("report-room");
    let path = folder.file("r.html");
    for (option, rooms) in [("--blank", 23), ("--key", 0)] {
        good(&["report", "captures/echo-log.pcap", option, "-o", &path]);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text.matches("<dd class=\"room\">").count(),
            rooms,
            "{option}"
        );
    }
}

#[test]
fn the_title_is_the_name_of_the_file() {
    let text = markdown(&["captures/echo-log.pcap"]);
    assert!(
        text.starts_with("# Report on echo-log.pcap\n"),
        "{text:.60}"
    );
}

#[test]
fn csv_in_portuguese_is_what_spreadsheets_there_read() {
    let folder = Folder::new("report-csv");
    let path = folder.file("r.csv");
    let log = root().join("captures/echo-log.pcap");
    good(&[
        "report",
        log.to_str().unwrap(),
        "-o",
        &path,
        "--lang",
        "pt-BR",
    ]);
    let text = std::fs::read_to_string(path).unwrap();
    let second = text.lines().nth(2).unwrap();
    assert!(
        second.starts_with("tcp-0;2;0,014600;127.0.0.1;"),
        "{second}"
    );
    // The format of programs stays.
    let rows = good(&[
        "replay",
        log.to_str().unwrap(),
        "-T",
        "csv",
        "--lang",
        "pt-BR",
    ]);
    assert!(rows.contains("\n2,0.014600,127.0.0.1,"), "{rows}");
}
