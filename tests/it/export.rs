//! `netlab export`: the tables say what rows and lists say, and DuckDB reads them.

use std::process::Command;

use netlab::report::tables::{ANSWERS, CALLS, CAPTURES, CONVERSATIONS, Column, Kind, packets};

use crate::support::{Folder, files, netlab, root, run, stderr, stdout};

/// The Python that `scripts/test` installs modules for, or that of the machine.
pub(crate) fn python() -> Command {
    let own = root().join("target/python/bin/python3");
    Command::new(if own.exists() { own } else { "python3".into() })
}

/// Our captures, as they are named from the root.
fn captures() -> Vec<String> {
    let mut paths = files(&root().join("captures"), "pcapng");
    paths.extend(files(&root().join("captures"), "pcap"));
    let paths = paths.iter().map(|path| path.to_str().unwrap().to_owned());
    paths.collect()
}

#[test]
#[ignore = "needs python3-duckdb"]
fn the_tables_say_what_rows_and_lists_say() {
    let folder = Folder::new("export-same");
    let tables = folder.file("tables");
    let done = run(&["export", "captures", "-o", &tables]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let captures = captures();
    for capture in &captures {
        let name = capture.rsplit('/').next().unwrap();
        for (verb, table) in [("replay", "packets"), ("conversations", "conversations")] {
            let output = folder.file(&format!("{name}.{table}"));
            let done = run(&[verb, capture, "-T", "jsonl", "-o", &output]);
            assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
        }
    }
    let script = root().join("tests/it/export.py");
    let checked = python()
        .arg(script)
        .args([&tables, &folder.file("")])
        .args(&captures)
        .output()
        .unwrap();
    let counted = stdout(&checked);
    assert!(checked.status.success(), "{}", stderr(&checked));
    let counted: Vec<usize> = counted
        .split_whitespace()
        .map(|it| it.parse().unwrap())
        .collect();
    let [packets, conversations, marks] = counted[..] else {
        panic!("{counted:?}");
    };
    assert!(
        packets > 400 && conversations > 40 && marks > 10,
        "{counted:?}"
    );
}

#[test]
#[ignore = "needs python3-duckdb"]
fn the_ten_questions_of_a_course_are_answered() {
    let folder = Folder::new("export-course");
    let done = run(&["export", "captures", "-o", &folder.file("tables")]);
    assert_eq!(done.status.code(), Some(0), "{}", stderr(&done));
    let code = "import duckdb, sys\n\
        for part in open(sys.argv[1]).read().split(';'):\n    \
            if part.strip():\n        \
                found = duckdb.sql(part)\n        \
                print('==', *(found.fetchall() if found else []), sep='\\n')";
    let asked = python()
        .args(["-c", code])
        .arg(root().join("scripts/course.sql"))
        .current_dir(folder.file(""))
        .output()
        .unwrap();
    assert!(asked.status.success(), "{}", stderr(&asked));
    let said = stdout(&asked);
    let answers: Vec<&str> = said.split("==\n").skip(1).collect();
    // What makes the four views comes first.
    assert_eq!(answers.len(), 4 + 10, "{said}");
    let has = [
        "('captures/retransmission.pcapng', 13, 1, 0.848, None)",
        "('captures/refused.pcapng',)",
        "('TCP', 5050, ",
        "('four segments', 'client', ",
        "('captures/echo-log.pcap', 6, 0.01, 0.05, 14.6)",
        "('captures/retransmission.pcapng', 0, 5, 55, 203.492)",
        "('captures/slow-reader.pcapng', 0, ",
        "('captures/close-wait.pcapng', 0, ",
        "",
        "('captures/retransmission.pcapng', 'tcp-0', 'The client: its FIN (#11) comes before",
    ];
    for (number, (answer, has)) in answers.iter().skip(4).zip(has).enumerate() {
        assert!(answer.contains(has), "question {}: {answer}", number + 1);
    }
}

#[test]
fn the_page_has_every_column_with_its_type() {
    let page = std::fs::read_to_string(root().join("docs/data.md")).unwrap();
    let packets = packets().table.columns;
    let tables: [(&str, &[Column]); 5] = [
        ("captures", CAPTURES),
        ("conversations", CONVERSATIONS),
        ("packets", &packets),
        ("calls", CALLS),
        ("answers", ANSWERS),
    ];
    for (table, columns) in tables {
        assert!(columns.len() <= 64, "a bit for each: {table}");
        let section = page.split(&format!("\n## {table}\n")).nth(1).unwrap();
        let section = section.split("\n## ").next().unwrap();
        let rows = section.lines().filter(|line| line.starts_with("| `"));
        let rows: Vec<String> = rows
            .map(|row| row.split('|').take(3).collect::<Vec<_>>().join("|"))
            .collect();
        let wanted = columns.iter().map(|column| {
            let kind = match column.kind {
                Kind::Int => "int",
                Kind::Flag => "flag",
                Kind::Mark => "mark",
                Kind::Text => "text",
            };
            format!("| `{}` | {kind} ", column.id)
        });
        assert_eq!(rows, wanted.collect::<Vec<_>>(), "{table}");
    }
}

#[test]
fn one_bad_file_does_not_stop_the_others_and_copies_are_there_once() {
    let folder = Folder::new("export-bad");
    let class = folder.file("class");
    std::fs::create_dir(&class).unwrap();
    let echo = root().join("captures/echo-log.pcap");
    let put = |name: &str, bytes: &[u8]| std::fs::write(format!("{class}/{name}"), bytes).unwrap();
    let bytes = std::fs::read(&echo).unwrap();
    put("ana.pcap", &bytes);
    put("bia.pcap", b"no capture");
    put("caio.pcap", &bytes);
    put("davi.pcap", &bytes[..bytes.len() - 9]);
    let tables = folder.file("tables");
    let done = netlab()
        .args(["export", &class, "-o", &tables])
        .output()
        .unwrap();
    let told = stderr(&done);
    assert_eq!(done.status.code(), Some(5), "{told}");
    assert!(told.contains("bia.pcap was left out: "), "{told}");
    let copy = format!("{class}/caio.pcap is the same capture as {class}/ana.pcap, byte for byte");
    assert!(told.contains(&copy), "{told}");
    assert!(told.contains("davi.pcap: "), "{told}");
    assert!(told.ends_with("netlab: 2 captures written\n"), "{told}");
    for table in ["captures", "conversations", "packets", "calls", "answers"] {
        let of = std::fs::read_dir(format!("{tables}/{table}")).unwrap();
        assert_eq!(of.count(), 2, "{table}");
    }
    let left = std::fs::read_dir(&tables).unwrap();
    assert_eq!(left.count(), 5, "nothing is left behind");

    let done = netlab()
        .args(["export", &format!("{class}/ana.pcap"), "-o"])
        .arg(format!("{class}/bia.pcap"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{}", stderr(&done));
    assert!(
        stderr(&done).contains("cannot be made"),
        "{}",
        stderr(&done)
    );
    assert_eq!(
        std::fs::read(format!("{class}/bia.pcap")).unwrap(),
        b"no capture"
    );
}

#[test]
#[ignore = "needs python3-pyspark, java, ../shared"]
fn spark_writes_the_tables_that_one_machine_writes() {
    let folder = Folder::new("export-spark");
    let mut captures = captures();
    let corpus = crate::support::corpus().into_iter();
    let corpus = corpus.map(|path| path.to_str().unwrap().to_owned());
    captures.extend(corpus.step_by(40).take(20));
    let [one, spread] = ["one", "spread"].map(|name| folder.file(name));
    let alone = netlab()
        .arg("export")
        .args(&captures)
        .args(["-o", &one])
        .output()
        .unwrap();
    let spark = python()
        .arg(root().join("scripts/spark/course.py"))
        .args([
            "--output",
            &spread,
            "--netlab",
            env!("CARGO_BIN_EXE_netlab"),
            "--slices",
            "7",
        ])
        .args(&captures)
        .env("PYSPARK_SUBMIT_ARGS", "--master local[2] pyspark-shell")
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .output()
        .unwrap();
    assert_eq!(
        spark.status.code(),
        alone.status.code(),
        "{}",
        stderr(&spark)
    );
    // Spark itself reads both, and finds no row in one that is not in the other.
    let code = "import sys\n\
        from pyspark.sql import SparkSession\n\
        spark = SparkSession.builder.getOrCreate()\n\
        for table in ['captures', 'conversations', 'packets', 'calls', 'answers']:\n    \
            one, spread = (spark.read.parquet(f'{it}/{table}') for it in sys.argv[1:])\n    \
            left, right = one.exceptAll(spread).count(), spread.exceptAll(one).count()\n    \
            print(table, one.count(), spread.count(), left, right)";
    let compared = python()
        .args(["-c", code, &one, &spread])
        .env("PYSPARK_SUBMIT_ARGS", "--master local[2] pyspark-shell")
        .env("SPARK_LOCAL_IP", "127.0.0.1")
        .output()
        .unwrap();
    let said = stdout(&compared);
    assert!(compared.status.success(), "{}", stderr(&compared));
    assert_eq!(said.lines().count(), 5, "{said}");
    for line in said.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!(words[1], words[2], "{said}");
        assert_eq!(words[3..], ["0", "0"], "{said}");
    }
    let packets = said
        .lines()
        .find_map(|line| line.strip_prefix("packets "))
        .unwrap();
    let packets: usize = packets.split(' ').next().unwrap().parse().unwrap();
    assert!(packets > 500, "{said}");
}

#[test]
fn lists_and_reports_of_many_files_keep_their_order_and_leave_bad_ones_out() {
    let folder = Folder::new("many");
    let bad = folder.file("bad.pcap");
    std::fs::write(&bad, b"no capture").unwrap();
    let mut named: Vec<String> = captures();
    named.insert(3, bad);
    let listed = netlab()
        .args(["conversations", "-T", "tsv"])
        .args(&named)
        .output()
        .unwrap();
    assert_eq!(listed.status.code(), Some(5), "{}", stderr(&listed));
    assert!(stderr(&listed).contains("bad.pcap was left out: "));
    let mut wanted = String::new();
    for (place, path) in captures().iter().enumerate() {
        let one = stdout(&run(&["conversations", "-T", "tsv", path]));
        let (heading, rows) = one.split_once('\n').unwrap();
        if place == 0 {
            wanted = format!("file\t{heading}\n");
        }
        wanted.extend(rows.lines().map(|row| format!("{path}\t{row}\n")));
    }
    assert_eq!(stdout(&listed), wanted);

    let report = folder.file("all.json");
    let written = netlab()
        .args(["report", "-o", &report])
        .args(&named)
        .output()
        .unwrap();
    assert_eq!(written.status.code(), Some(5), "{}", stderr(&written));
    assert!(stderr(&written).contains("bad.pcap was left out: "));
    let report = std::fs::read_to_string(&report).unwrap();
    let mut last = 0;
    for path in captures() {
        let at = report.find(&path).unwrap_or_else(|| panic!("no {path}"));
        assert!(at > last, "{path} is not in its place");
        last = at;
    }
}
