//! The recorded runs of the labs: every lab has one, it is marked everywhere, and it stands in where
//! the system forbids labs.

use std::process::Command;

use netlab::lab;

use crate::needs::as_nobody;
use crate::support::{Folder, netlab, run, stderr, stdout};

const MARK: &str = "netlab: recorded: these packets and calls are from an earlier run of this lab on Linux, \
     with its usual options; what the programs said was not recorded\n";

/// The file in which a recorded run is kept.
fn file(id: &str) -> String {
    format!("src/lab/recorded/{id}.pcapng")
}

/// The rows of packets of that file, with the numbers that they had beside the capture: calls are frames
/// in the file.
fn packets(id: &str) -> Vec<String> {
    let rows = stdout(&run(&["replay", &file(id), "-T", "tsv"]));
    let packets = rows.lines().skip(1).filter(|row| !is_entry(row));
    let packets: Vec<Vec<&str>> = packets.map(|row| row.split('\t').collect()).collect();
    let mut no = 0;
    let rows = packets.iter().map(|cells| {
        no += 1;
        // No. and Time depend on the calls before them.
        format!("{no}\t{}", cells[2..].join("\t"))
    });
    rows.collect()
}

fn is_entry(row: &str) -> bool {
    row.contains("\tsystemd Journal\t")
}

#[test]
fn every_lab_has_a_recorded_run_with_the_calls_that_its_programs_made() {
    for lab in lab::ALL {
        let kept = stdout(&run(&["replay", &file(lab.id), "-T", "tsv"]));
        let entries = kept.lines().filter(|row| is_entry(row)).count();
        assert!(entries >= 3, "{}: {kept}", lab.id);
        for (lang, mark, call) in [
            ("en", "netlab: recorded: ", " call "),
            ("pt", "netlab: gravado: ", " chamada "),
        ] {
            let output = run(&["lab", lab.id, "--recorded", "--lang", lang]);
            assert_eq!(stderr(&output), "", "{}", lab.id);
            assert_eq!(output.status.code(), Some(0), "{}", lab.id);
            let text = stdout(&output);
            let (said, rest) = text.split_once("\n\n").unwrap();
            assert!(said.starts_with(mark), "{said}");
            let (table, below) = rest.split_once("\n\n").unwrap();
            let calls = table.lines().filter(|row| row.contains(call)).count();
            assert_eq!(calls, entries, "{}: {table}", lab.id);
            assert!(
                below.contains(
                    lab.question
                        .get(netlab::text::Lang::from_tag(lang).unwrap())
                ),
                "{below}"
            );
            let without = run(&["lab", lab.id, "--recorded", "--no-calls", "--lang", lang]);
            let without = stdout(&without);
            let table = without.split("\n\n").nth(1).unwrap();
            assert!(!table.contains(call), "{}: {table}", lab.id);
        }
        let rows = stdout(&run(&["lab", lab.id, "--recorded", "-T", "tsv"]));
        let rows = rows.lines().skip(1).map(|row| {
            let cells: Vec<&str> = row.split('\t').collect();
            format!("{}\t{}", cells[0], cells[2..].join("\t"))
        });
        assert_eq!(rows.collect::<Vec<_>>(), packets(lab.id), "{}", lab.id);
    }
}

#[test]
fn what_only_calls_show_is_in_the_recorded_answer() {
    for (id, shown) in [
        ("port-in-use", "EADDRINUSE"),
        ("low-port", "EACCES"),
        ("small-buffer", "recv"),
        ("broken-pipe", "EPIPE"),
        ("time-wait", "EADDRINUSE"),
    ] {
        let text = stdout(&run(&["lab", id, "--recorded", "-q"]));
        assert!(text.contains(shown), "{text}");
    }
}

#[test]
fn no_output_hides_that_it_is_recorded() {
    let rows = run(&["lab", "echo", "--recorded", "-T", "tsv"]);
    assert!(stderr(&rows).starts_with(MARK), "{}", stderr(&rows));

    let folder = Folder::new("recorded");
    let report = folder.file("echo.md");
    let written = run(&["lab", "echo", "--recorded", "-o", &report]);
    assert_eq!(written.status.code(), Some(0), "{}", stderr(&written));
    let report = std::fs::read_to_string(report).unwrap();
    assert!(
        report.starts_with("# Report on netlab lab echo (recorded)\n"),
        "{report:.200}"
    );
    assert!(report.contains("close()"), "{report}");

    let copy = folder.file("echo.pcapng");
    let kept = run(&["lab", "echo", "--recorded", "-w", &copy, "-q"]);
    assert_eq!(kept.status.code(), Some(0), "{}", stderr(&kept));
    let bytes = std::fs::read(&copy).unwrap();
    assert!(bytes.windows(13).any(|it| it == b"lo (recorded)"));
    let again = run(&["replay", &copy, "-T", "tsv"]);
    assert_eq!(again.stdout, rows.stdout);

    // With the calls it is the same run once more.
    let calls = folder.file("calls.pcapng");
    let kept = run(&[
        "lab",
        "echo",
        "--recorded",
        "-q",
        "--calls-in-capture",
        "-w",
        &calls,
    ]);
    assert_eq!(kept.status.code(), Some(0), "{}", stderr(&kept));
    let again = run(&["replay", &calls, "-T", "jsonl"]);
    assert_eq!(
        again.stdout,
        run(&["replay", &file("echo"), "-T", "jsonl"]).stdout
    );

    let both = run(&["lab", "echo", "--recorded", "--repeat", "3"]);
    assert_eq!(both.status.code(), Some(2));
}

#[test]
#[ignore = "needs user namespaces"]
fn where_namespaces_are_forbidden_the_cause_is_named_and_the_recording_shown() {
    let folder = Folder::new("recorded-forbidden");
    let nobody = as_nobody(&folder);
    let program = nobody.get_program().to_owned();
    // A user namespace in which nobody may make another, nor a network.
    let forbid = |args: &str| {
        let inside = format!(
            "echo 0 >/proc/sys/user/max_user_namespaces && \
             echo 0 >/proc/sys/user/max_net_namespaces && exec '{}' {args}",
            program.display()
        );
        let mut command = Command::new("unshare");
        command.args(["--user", "--map-root-user", "sh", "-c", &inside]);
        command
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .env_remove("LANG");
        command.output()
    };
    let output = match forbid("lab echo") {
        Ok(output) if !stderr(&output).starts_with("unshare:") => output,
        other => panic!("no user namespace can be made here: {other:?}"),
    };
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let mut lines = said.lines();
    assert!(
        lines.next().unwrap().starts_with(
            "netlab: error: this system forbids plain users a network of their own: \
             the number of namespaces is limited to 0 ("
        ),
        "{said}"
    );
    assert!(
        lines.next().unwrap().contains("setcap cap_net_raw"),
        "{said}"
    );
    assert!(
        lines
            .next()
            .unwrap()
            .contains("sysctl user.max_user_namespaces="),
        "{said}"
    );
    assert_eq!(
        lines.next(),
        Some("netlab: here is the recorded run of the lab instead, as with --recorded")
    );
    let asked = netlab()
        .args(["lab", "echo", "--recorded"])
        .output()
        .unwrap();
    assert_eq!(output.stdout, asked.stdout);

    // Who asks for a network of their own is told, and gets nothing else.
    let refused = forbid("lab echo --sandbox").unwrap();
    assert_eq!(refused.status.code(), Some(3), "{}", stderr(&refused));
    assert_eq!(stdout(&refused), "");
}
