//! Where documents, tables and pictures go: what is wrong with a place is said in one sentence,
//! and nothing is destroyed.

use super::LOG;
use crate::support::{Folder, run, stderr};

/// Runs a command that fails with `code`, and returns what it says.
fn fails(args: &[&str], code: i32) -> String {
    let output = run(args);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
    assert_eq!(said.lines().count(), 2, "one sentence, one way out: {said}");
    said
}

#[test]
fn the_capture_is_never_written_over() {
    let folder = Folder::new("output-same");
    let bytes = std::fs::read(LOG).unwrap();
    for name in ["a.pcap", "a.md", "a.svg", "a.tsv", "a.pcapng"] {
        let file = folder.file(name);
        std::fs::write(&file, &bytes).unwrap();
        let commands: [&[&str]; 7] = [
            &["report", LOG, &file, "-T", "md", "-o", &file],
            &["conversations", &file, "-T", "csv", "-o", &file],
            &["replay", &file, "-T", "tsv", "-o", &file],
            &["explain", &file, "-T", "jsonl", "-o", &file],
            &["ladder", &file, "-o", &file],
            &["plot", &file, "-o", &file],
            &["annotate", &file, "-o", &file],
        ];
        for command in commands {
            fails(command, 2);
            assert!(std::fs::read(&file).unwrap() == bytes, "{command:?}");
        }
    }
    // Under another name it is the same file.
    let (file, link) = (folder.file("a.pcap"), folder.file("link.html"));
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert!(fails(&["report", &file, "-o", &link], 2).contains("would destroy it"));
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_the_work() {
    let folder = Folder::new("output-place");
    let nowhere = folder.file("no/such/folder/x.html");
    let said = fails(&["report", LOG, "-o", &nowhere], 2);
    assert!(
        said.contains("cannot write") && said.contains("x.html"),
        "{said}"
    );
    let said = fails(&["report", LOG, "-o", &nowhere, "--lang", "pt-BR"], 2);
    assert!(
        said.contains("Arquivo ou diretório inexistente (erro 2 do sistema)"),
        "{said}"
    );
    for (path, code) in [("x.doc", 2), ("x", 2), ("-", 2), ("/dev/full", 2)] {
        fails(&["report", LOG, "-o", path], code);
    }
    fails(&["report", LOG], 2);
}

#[test]
fn a_full_disk_is_told() {
    for format in ["md", "html", "tex", "csv", "json"] {
        let said = fails(&["report", LOG, "-T", format, "-o", "/dev/full"], 1);
        assert!(said.contains("/dev/full"), "{said}");
    }
}

#[test]
fn an_older_report_stays_where_the_new_one_fails() {
    let folder = Folder::new("output-older");
    let (old, broken) = (folder.file("old.md"), folder.file("broken.pcap"));
    std::fs::write(&old, "older\n").unwrap();
    // A header that is sound, then a packet that cannot be.
    let mut bytes = std::fs::read(LOG).unwrap();
    bytes[32..36].copy_from_slice(&[0xff; 4]);
    std::fs::write(&broken, bytes).unwrap();
    fails(&["report", &broken, "-o", &old], 5);
    assert_eq!(std::fs::read_to_string(&old).unwrap(), "older\n");
    // And a shorter one leaves nothing of a longer one.
    let output = run(&["report", LOG, "-o", &old, "--sections", "capture"]);
    assert_eq!(output.status.code(), Some(0));
    let first = std::fs::read(&old).unwrap();
    std::fs::write(&old, vec![b'x'; first.len() * 2]).unwrap();
    run(&["report", LOG, "-o", &old, "--sections", "capture"]);
    assert_eq!(std::fs::read(&old).unwrap(), first);
}

#[test]
fn names_act_on_no_terminal() {
    let folder = Folder::new("output-names");
    let name = folder.file("a\x1b[31m\u{202e}\u{9b}b.pcap");
    let missing = fails(&["report", &name, "-T", "md"], 5);
    std::fs::write(&name, b"").unwrap();
    let empty = fails(&["replay", &name], 5);
    let mut cut = std::fs::read(LOG).unwrap();
    cut.pop();
    std::fs::write(&name, cut).unwrap();
    let warned = stderr(&run(&["replay", &name, "-q"]));
    let filter = fails(&["replay", &name, "-f", "x\x1b[31m"], 2);
    for said in [missing, empty, warned, filter] {
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!said.is_empty() && !said.contains(acts), "{said:?}");
    }
}

#[test]
fn several_captures_and_names_with_spaces_make_one_report() {
    let folder = Folder::new("output-several");
    let (other, out) = (folder.file("b c.pcap"), folder.file("my report (1).md"));
    std::fs::copy(LOG, &other).unwrap();
    let output = run(&["report", LOG, &other, "-o", &out]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("# Report on 2 captures\n"), "{text}");
    let links: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("!["))
        .filter_map(|line| line.rsplit_once("](")?.1.strip_suffix(')'))
        .collect();
    assert!(links.len() >= 2, "{links:?}");
    for link in links {
        assert!(!link.contains([' ', '(', ')']), "{link}");
        let name = link
            .replace("%20", " ")
            .replace("%28", "(")
            .replace("%29", ")");
        assert!(std::path::Path::new(&folder.file(&name)).exists(), "{name}");
    }
}

#[test]
fn a_run_that_fails_leaves_no_empty_file() {
    let folder = Folder::new("output-nothing");
    let (out, broken) = (folder.file("new.md"), folder.file("broken.pcap"));
    let mut bytes = std::fs::read(LOG).unwrap();
    bytes[32..36].copy_from_slice(&[0xff; 4]);
    std::fs::write(&broken, bytes).unwrap();
    fails(&["report", &broken, "-o", &out], 5);
    assert!(!std::fs::exists(&out).unwrap());
}

#[test]
fn what_tshark_refuses_is_reported_and_then_told() {
    let folder = Folder::new("output-refused");
    let (out, file) = (folder.file("new.md"), folder.file("link.pcap"));
    let mut bytes = std::fs::read(LOG).unwrap();
    // A link type that nobody knows.
    bytes[20..24].copy_from_slice(&9999_u32.to_le_bytes());
    std::fs::write(&file, bytes).unwrap();
    let output = run(&["report", &file, LOG, "-o", &out]);
    assert_eq!(output.status.code(), Some(5));
    assert!(stderr(&output).contains("link type 9999"));
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.contains("three-way handshake"), "{text}");
}

#[test]
fn of_many_captures_no_picture_needs_a_descriptor_of_its_own() {
    let folder = Folder::new("output-class");
    let class = folder.file("class");
    std::fs::create_dir(&class).unwrap();
    for number in 10..50 {
        std::fs::copy(LOG, format!("{class}/{number}.pcap")).unwrap();
    }
    let out = folder.file("class.md");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", "ulimit -n 32; exec \"$0\" \"$@\""]);
    shell.args([env!("CARGO_BIN_EXE_netlab"), "report", &class, "-o", &out]);
    let output = shell.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let text = std::fs::read_to_string(&out).unwrap();
    assert!(text.starts_with("# Report on 40 captures\n"), "{text}");
    let titles: Vec<&str> = text.lines().filter(|it| it.starts_with("## ")).collect();
    let wanted: Vec<String> = (10..50)
        .map(|it| format!("## {class}/{it}.pcap").replace('_', "\\_"))
        .collect();
    assert_eq!(titles, wanted, "in the order of the names");
    let links: Vec<&str> = text
        .lines()
        .filter_map(|line| line.rsplit_once("](")?.1.strip_suffix(')'))
        .collect();
    assert!(links.len() >= 40, "{links:?}");
    for link in &links {
        let picture = std::fs::read_to_string(folder.file(link)).unwrap();
        assert!(picture.ends_with("</svg>\n"), "{link}");
    }
    let left = std::fs::read_dir(folder.file("")).unwrap().count();
    assert_eq!(left, links.len() + 2, "nothing else is left behind");
}
