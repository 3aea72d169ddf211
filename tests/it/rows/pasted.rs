//! Rows as people paste them: other spaces, lost arrows, glued words, other columns.

use super::{SEED, piped, rows};
use crate::support::{root, run, stdout};

fn seed() -> String {
    std::fs::read_to_string(root().join(SEED)).unwrap()
}

#[test]
fn spaces_arrows_and_words_may_be_those_of_any_clipboard() {
    let seed = seed();
    let columns = "no,time,length,info,phase";
    let expected = rows(&seed, columns);
    assert_eq!(expected.len(), 11);
    let spaced: String = seed
        .lines()
        .map(|line| format!("{}\r\n", line.replace('\t', "    ")))
        .collect();
    for (what, text) in [
        ("spaces and CRLF", spaced.clone()),
        ("an old arrow", seed.replace('→', ">")),
        ("a lost arrow", seed.replace(" → ", " ")),
        ("a broken arrow", seed.replace('→', "â†’")),
        ("no spaces at the arrow", seed.replace(" → ", "→")),
        (
            "a newer SACK_PERM",
            seed.replace("SACK_PERM=1", "SACK_PERM"),
        ),
        ("no-break spaces", spaced.replace("    ", "\u{a0}")),
        ("a byte order mark", format!("\u{feff}{seed}")),
        (
            "prose around it",
            format!("Eis a captura:\n\n{seed}\nComo se vê, ok.\n"),
        ),
        ("a table of Markdown", seed.replace('\t', " | ")),
        ("no headings", seed.split_once('\n').unwrap().1.to_owned()),
        (
            "commas in times",
            seed.replace("0.01", "0,01").replace("0.00", "0,00"),
        ),
    ] {
        assert_eq!(rows(&text, columns), expected, "{what}");
    }
}

#[test]
fn columns_may_be_missing() {
    let line = "127.0.0.1\t127.0.0.1\tTCP\t48 57128 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495\n";
    let columns = "no,time,length,info";
    let info = "57128 → 5050 [SYN] Seq=0 Win=65495 Len=0 MSS=65495";
    assert_eq!(rows(line, columns), [format!("1\t\t48\t{info}")]);
    assert_eq!(
        rows(&format!("7 {line}"), columns),
        [format!("7\t\t48\t{info}")]
    );
    assert_eq!(
        rows(&format!("0.25 {line}"), "no,info"),
        [format!("1\t{info}")]
    );
    let csv = "\"1\",\"0.5\",\"10.0.0.1\",\"10.0.0.2\",\"TCP\",\"62\",\"40000  >  80 [SYN, ECN, CWR] Seq=0 Win=64 Len=0\"";
    let [row] = rows(csv, "no,source,destination,length,flags")
        .try_into()
        .unwrap();
    assert!(row.starts_with("1\t10.0.0.1\t10.0.0.2\t62\t"), "{row}");
}

#[test]
fn rows_keep_their_numbers_and_answers_cite_them() {
    let text = seed();
    let moved: String = (text.lines().skip(1).enumerate())
        .map(|(at, line)| {
            let rest = line.split_once('\t').unwrap().1;
            format!("{} 0.{at}\t{rest}\n", 101 + 7 * at)
        })
        .collect();
    let numbers = rows(&moved, "no");
    assert_eq!(numbers[..3], ["101", "108", "115"]);
    let (summary, _) = piped(&moved, &["replay", "-", "-q"]);
    assert!(summary.contains("[101, 108, 115]"), "{summary}");
}

#[test]
fn a_broken_row_is_told_with_its_line_and_the_rest_goes_on() {
    let seed = seed();
    let cut: String = (seed.lines().enumerate())
        .map(|(at, line)| match at {
            3 => format!("{}\n", line.split_once("Win").unwrap().0),
            5 => format!("{}\n", line.replacen("127.0.0.1", "meu-pc", 1)),
            _ => format!("{line}\n"),
        })
        .collect();
    let (out, said) = piped(&cut, &["replay", "-", "-T", "tsv"]);
    assert_eq!(out.lines().count(), 1 + 9, "{out}");
    assert!(
        said.contains("line 4 cannot be read: Seq, Ack, Win or Len is missing"),
        "{said}"
    );
    assert!(
        said.contains("line 6 cannot be read: no two IP addresses"),
        "{said}"
    );
    // Cut earlier, of tshark and of tcpdump; what is no row at all is no broken one.
    let (first, rest) = seed.split_at(seed.find("\n3").unwrap() + 1);
    for line in [
        "3 0.01462 127.0.0.1 → 127.0",
        "18:21:39.355 IP 127.0.0.1.5050 > 127.0",
    ] {
        let text = format!("{first}A captura, em 14.6 ms:\n{line}\n{rest}");
        let (_, said) = piped(&text, &["replay", "-", "-q"]);
        let lines: Vec<&str> = said
            .lines()
            .filter(|it| it.contains("cannot be read"))
            .collect();
        assert_eq!(lines.len(), 1, "{said}");
        assert!(
            lines[0].ends_with("cannot be read: it is no whole row with two ends"),
            "{said}"
        );
    }
    let (_, said) = piped(&cut, &["--lang", "pt-BR", "replay", "-", "-q"]);
    assert!(
        said.contains("a linha 4 não pode ser lida: falta Seq, Ack, Win ou Len"),
        "{said}"
    );
}

#[test]
fn a_text_never_becomes_what_it_does_not_say() {
    // A row that names no ports stays a row, and belongs to no conversation.
    let http = "4 0.1 127.0.0.1 → 127.0.0.1 HTTP 158 GET /a?b=1 HTTP/1.1\n";
    let text = format!("{}\n{http}", seed());
    let all = rows(&text, "source,protocol,length,info,stream");
    assert_eq!(all[11], "127.0.0.1\tHTTP\t158\tGET /a?b=1 HTTP/1.1\t");
    // A window above the field needs its scale.
    let large = "1 0.0 10.0.0.1 10.0.0.2 TCP 60 80 → 5000 [ACK] Seq=1 Ack=1 Win=131072 Len=0\n";
    let (_, said) = piped(&format!("{}{large}", seed()), &["replay", "-", "-q"]);
    assert!(said.contains("needs the row of the SYN"), "{said}");
    let file = stdout(&run(&["replay", SEED, "-V"]));
    assert!(!file.contains("payload"), "{file}");
}
