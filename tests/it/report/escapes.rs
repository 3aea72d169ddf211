//! Nothing from a packet, a file or its name escapes its place, in any format.

use super::packets::{capture, exchange, udp};
use super::{good, json, section};
use crate::support::Folder;

/// What a payload may hold, and how it is shown.
const NASTY: &[(&[u8], &str)] = &[
    (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
    (
        b"\"><img src=x onerror=alert(1)>'&amp;",
        "\"><img src=x onerror=alert(1)>'&amp;",
    ),
    (
        b"\x1b[31mred\x1b]0;title\x07\x00\x7f",
        "\\x1b[31mred\\x1b]0;title\\x07\\x00\\x7f",
    ),
    (b"=cmd()", "=cmd()"),
    (b"  @SUM(A1)", "  @SUM(A1)"),
    (b"+1", "+1"),
    (
        b"a|b`c``d` | $x$ **y** [z](http://e) @who #1",
        "a|b`c``d` | $x$ **y** [z](http://e) @who #1",
    ),
    (
        b"\\input{/etc/passwd}\\end{document}%~^_",
        "\\\\input{/etc/passwd}\\\\end{document}%~^_",
    ),
    (
        "\u{202e}evil\u{2066}\u{200f}\u{9b}".as_bytes(),
        "\\u{202e}evil\\u{2066}\\u{200f}\\u{9b}",
    ),
    (b"\xff\xfe\xc3", "\\xff\\xfe\\xc3"),
    (
        "Olá, são três: 日本 😀".as_bytes(),
        "Olá, são três: 日本 😀",
    ),
    (b"two\r\nlines\tand more", "two\\r\\nlines\\tand more"),
];

/// A capture in which payloads and HTTP lines are nasty, under a nasty name.
pub(super) fn nasty(folder: &Folder) -> String {
    let mut packets: Vec<Vec<u8>> = (0_u16..)
        .zip(NASTY)
        .map(|(place, (payload, _))| udp(40_000 + place, 7, payload))
        .collect();
    for (place, (payload, _)) in (0_u16..).zip(NASTY) {
        let word: Vec<u8> = payload
            .iter()
            .copied()
            .filter(|byte| !b" \r\n".contains(byte))
            .collect();
        let request = [b"GET ", word.as_slice(), b" HTTP/1.1\r\n\r\n"].concat();
        let response = [b"HTTP/1.1 200 ", word.as_slice(), b"\r\n\r\n"].concat();
        packets.extend(exchange(41_000 + place, &request, &response));
    }
    let path = folder.file(
        "=x|`a`<script>alert(2)</script>$\\input.pcap"
            .replace('/', "_")
            .as_str(),
    );
    std::fs::write(&path, capture(&packets)).unwrap();
    path
}

fn report(folder: &Folder, format: &str, lang: &str) -> String {
    good(&["report", &nasty(folder), "-T", format, "--lang", lang])
}

/// No character that acts on a terminal or on the direction of writing.
fn assert_harmless(text: &str, format: &str) {
    let acts = |c: char| {
        (c.is_control() && c != '\n' && !(format == "csv" && c == '\r'))
            || matches!(c, '\u{200f}' | '\u{202e}' | '\u{2066}')
    };
    let found = text
        .find(acts)
        .map(|at| text[at..].chars().take(20).collect::<String>());
    assert_eq!(found, None, "{format}");
}

#[test]
fn nothing_acts_on_a_terminal() {
    let folder = Folder::new("nasty-all");
    for format in ["md", "html", "tex", "csv", "json"] {
        for lang in ["en", "pt-BR"] {
            assert_harmless(&report(&folder, format, lang), format);
        }
    }
}

#[test]
fn payloads_are_utf8_first_and_else_escaped() {
    let folder = Folder::new("nasty-payload");
    let report = json(&[&nasty(&folder)]);
    for (place, (_, shown)) in NASTY.iter().enumerate() {
        let row = &section(&report, &format!("udp-{place}"))["tables"]["packets"]["rows"][0];
        assert_eq!(row["fields"]["payload"].as_str(), Some(*shown));
    }
}

#[test]
fn html_holds_no_markup_of_a_packet() {
    let folder = Folder::new("nasty-html");
    let html = report(&folder, "html", "en");
    assert_eq!(html.matches("<script").count(), 1);
    assert!(!html.contains("<img"));
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    // No attribute ends early.
    for tag in html
        .split("<td ")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
    {
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
    }
}

#[test]
fn markdown_keeps_its_tables_and_takes_no_markup() {
    let folder = Folder::new("nasty-md");
    let markdown = report(&folder, "md", "en");
    let mut columns = 0;
    for line in markdown.lines() {
        // Cells end at bars that are not escaped, in code too.
        let bars = line
            .replace("\\\\", "")
            .replace("\\|", "")
            .matches('|')
            .count();
        match line.starts_with('|') {
            true if columns == 0 => columns = bars,
            true => assert_eq!(bars, columns, "{line}"),
            false => columns = 0,
        }
        let outside = without_code(line);
        assert!(!outside.contains('<'), "{line}");
        assert!(!outside.contains("](http"), "{line}");
    }
}

/// A line without its code spans: a span ends at as many backticks as began it.
pub(super) fn without_code(line: &str) -> String {
    if line.starts_with("```") {
        return String::new();
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find('`') {
        let (before, from) = rest.split_at(start);
        out.push_str(before);
        if before.ends_with('\\') {
            rest = &from[1..];
            continue;
        }
        let length = from.len() - from.trim_start_matches('`').len();
        let mut inside = &from[length..];
        loop {
            let end = inside
                .find('`')
                .unwrap_or_else(|| panic!("code does not end: {line}"));
            let run = inside[end..].len() - inside[end..].trim_start_matches('`').len();
            inside = &inside[end + run..];
            if run == length {
                break;
            }
        }
        rest = inside;
    }
    out + rest
}

#[test]
fn a_spreadsheet_finds_no_formula() {
    let folder = Folder::new("nasty-csv");
    let output = folder.file("out.csv");
    good(&["report", &nasty(&folder), "-o", &output]);
    let mut cells = 0;
    for name in [
        "out.csv",
        "out-facts.csv",
        "out-http.csv",
        "out-udp_exchanges.csv",
        "out-conversations.csv",
    ] {
        let text = std::fs::read_to_string(folder.file(name)).unwrap();
        let mut reader =
            csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                cells += 1;
                let number = cell.parse::<f64>().is_ok();
                assert!(
                    number || !cell.trim_start().starts_with(['=', '+', '-', '@']),
                    "{name}: {cell}"
                );
            }
        }
    }
    assert!(cells > 1000, "{cells}");
}

#[test]
fn latex_reads_no_command_of_a_packet() {
    let folder = Folder::new("nasty-tex");
    let tex = report(&folder, "tex", "en");
    assert!(!tex.contains("\\input"), "an input of a packet");
    assert_eq!(tex.matches("\\end{document}").count(), 1);
    assert!(tex.contains("\\textbackslash{}"));
}
