//! The recorded runs of the labs: every lab has one, it is marked everywhere, and it stands in where
//! the system forbids labs.

use std::process::Command;

use netlab::lab;

use crate::needs::as_nobody;
use crate::support::{Folder, netlab, run, stderr, stdout};

const MARK: &str = "netlab: recorded: these packets are from an earlier run of this lab on Linux, with its \
     usual options; the programs' calls and words were not recorded\n";

#[test]
fn every_lab_has_a_recorded_run_that_shows_what_it_is_about() {
    for lab in lab::ALL {
        let output = run(&["lab", lab.id, "--recorded", "--lang", "pt"]);
        assert_eq!(stderr(&output), "", "{}", lab.id);
        assert_eq!(output.status.code(), Some(0), "{}", lab.id);
        let text = stdout(&output);
        let capture = format!("captures/{}.pcapng", lab.id);
        let replayed = stdout(&run(&["replay", &capture, "--lab", lab.id, "--lang", "pt"]));
        let (mark, rest) = text.split_once("\n\n").unwrap();
        assert!(mark.starts_with("netlab: gravado: "), "{mark}");
        assert_eq!(rest, replayed, "{}", lab.id);
    }
}

#[test]
fn no_output_hides_that_it_is_recorded() {
    let rows = run(&["lab", "echo", "--recorded", "-T", "tsv"]);
    let replayed = run(&["replay", "captures/echo.pcapng", "-T", "tsv"]);
    assert_eq!(rows.stdout, replayed.stdout);
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

    let copy = folder.file("echo.pcapng");
    let kept = run(&["lab", "echo", "--recorded", "-w", &copy, "-q"]);
    assert_eq!(kept.status.code(), Some(0), "{}", stderr(&kept));
    let bytes = std::fs::read(&copy).unwrap();
    assert!(bytes.windows(13).any(|it| it == b"lo (recorded)"));
    let again = run(&["replay", &copy, "-T", "tsv"]);
    assert_eq!(again.stdout, replayed.stdout);

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
