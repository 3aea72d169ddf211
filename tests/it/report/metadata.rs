//! What a capture file says of itself is text from outside like any payload.

use super::escapes::without_code;
use super::good;
use super::packets::udp;
use crate::support::{Folder, run, stdout};

/// What a name, a comment or a filter may hold.
const NASTY: &[&[u8]] = &[
    b"<script>alert(1)</script>\"'&",
    b"\x1b[31mred\x1b]0;title\x07\x7f",
    "\u{202e}evil\u{2066}\u{200f}\u{9b}\u{85}\u{2028}".as_bytes(),
    b"=cmd|' /C calc'!A0",
    b"\t=1+1",
    b"\r@SUM(A1)",
    b"-2+3",
    b"a|b`c``d` $x$ **y** [z](http://e) @who #1\n# heading",
    b"\\input{/etc/passwd}\\end{document}%~^_{}&#",
    b"\xff\xfe\xc3",
    "Olá 日本 😀".as_bytes(),
];

fn block(kind: u32, body: &[u8]) -> Vec<u8> {
    let padded = body.len().next_multiple_of(4);
    let len = u32::try_from(padded + 12).unwrap().to_le_bytes();
    let mut out = [kind.to_le_bytes(), len].concat();
    out.extend_from_slice(body);
    out.resize(8 + padded, 0);
    out.extend_from_slice(&len);
    out
}

fn option(code: u16, value: &[u8]) -> Vec<u8> {
    let len = u16::try_from(value.len()).unwrap();
    let mut out = [code.to_le_bytes(), len.to_le_bytes()].concat();
    out.extend_from_slice(value);
    out.resize(4 + value.len().next_multiple_of(4), 0);
    out
}

/// A pcapng file in which every text is this one.
fn file(text: &[u8]) -> Vec<u8> {
    let mut head = [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0].to_vec();
    head.extend_from_slice(&[0xff; 8]);
    let mut about = vec![101, 0, 0, 0, 0, 0, 0, 0];
    for code in [1, 2, 3, 4] {
        head.extend(option(code, text));
    }
    for code in [1, 2, 3, 12] {
        about.extend(option(code, text));
    }
    about.extend(option(11, &[&[0], text].concat()));
    let datagram = udp(40_000, 7, text);
    let len = u32::try_from(datagram.len()).unwrap();
    let mut packet: Vec<u8> = [0, 0, 1_000_000, len, len]
        .iter()
        .flat_map(|field| field.to_le_bytes())
        .collect();
    packet.extend_from_slice(&datagram);
    packet.resize(packet.len().next_multiple_of(4), 0);
    packet.extend(option(1, text));
    [
        block(0x0a0d_0d0a, &head),
        block(1, &about),
        block(6, &packet),
    ]
    .concat()
}

/// No character that acts on a terminal or on the direction of writing.
fn assert_harmless(text: &str, what: &str) {
    let ends = |c: char| c == '\n' || (c == '\r' && what.contains("csv"));
    let directions = ['\u{200f}', '\u{202e}', '\u{2066}', '\u{2028}'];
    let acts = |c: char| (c.is_control() && !ends(c)) || directions.contains(&c);
    let found = text.find(acts).map(|at| text[at..].chars().take(20));
    assert_eq!(found.map(String::from_iter), None, "{what}");
}

#[test]
fn no_name_or_comment_escapes_its_place_in_any_format() {
    let folder = Folder::new("metadata");
    for (place, text) in NASTY.iter().enumerate() {
        let path = folder.file(&format!("{place}.pcapng"));
        std::fs::write(&path, file(text)).unwrap();
        let report = |format: &str| good(&["report", &path, "-T", format]);
        for format in ["md", "html", "tex", "csv", "json"] {
            assert_harmless(&report(format), &format!("{format} of {place}"));
        }
        let html = report("html");
        assert_eq!(html.matches("<script").count(), 1, "{place}");
        let tex = report("tex");
        assert!(!tex.contains("\\input{/") && tex.matches("\\end{document}").count() == 1);
        let markdown = report("md");
        assert_eq!(markdown.matches("\n# ").count(), 0, "{place}");
        for line in markdown.lines() {
            assert!(!without_code(line).contains('<'), "{line}");
        }
        // The facts as a spreadsheet.
        let facts = good(&["report", &path, "-T", "csv", "--sections", "capture"]);
        no_formula(&facts);
    }
}

#[test]
fn rows_ladders_and_explanations_are_as_harmless() {
    let folder = Folder::new("metadata-rows");
    for (place, text) in NASTY.iter().enumerate() {
        let path = folder.file(&format!("{place}.pcapng"));
        std::fs::write(&path, file(text)).unwrap();
        for format in ["table", "tsv", "csv", "md", "json", "jsonl", "html", "tex"] {
            let args = ["replay", &path, "-T", format, "--columns", "+payload"];
            let output = run(&args);
            // Not every format of documents is one of rows.
            if output.status.code() == Some(2) {
                continue;
            }
            let rows = stdout(&output);
            assert_harmless(&rows.replace('\t', " "), &format!("{format} of {place}"));
            if format == "csv" {
                no_formula(&rows);
            }
        }
        for verb in ["ladder", "explain", "conversations"] {
            assert_harmless(&good(&[verb, &path]), &format!("{verb} of {place}"));
        }
        let (picture, annotated) = (folder.file("a.svg"), folder.file("a.pcapng"));
        good(&["ladder", &path, "-o", &picture]);
        let svg = std::fs::read_to_string(picture).unwrap();
        assert!(roxmltree::Document::parse(&svg).is_ok() && !svg.contains("<script"));
        assert_harmless(&svg, &format!("svg of {place}"));
        good(&["annotate", &path, "-o", &annotated]);
        // What was there is kept as it was; what is added is harmless.
        let before = std::fs::read(&path).unwrap();
        let after = std::fs::read(annotated).unwrap();
        let count = |bytes: &[u8]| bytes.iter().filter(|byte| **byte == 0x1b).count();
        assert_eq!(count(&before), count(&after));
    }
}

fn no_formula(csv: &str) {
    let text = csv.trim_start_matches('\u{feff}').as_bytes();
    let mut cells = 0;
    for record in csv::ReaderBuilder::new().from_reader(text).records() {
        for cell in &record.unwrap() {
            cells += 1;
            let number = cell.parse::<f64>().is_ok();
            let begins = cell.trim_start().starts_with(['=', '+', '-', '@']);
            assert!(number || !begins, "{cell}");
        }
    }
    assert!(cells >= 10, "{cells}");
}
