//! Runs that the user ends, clients of another terminal, and systems that forbid things.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::stage::{Stage, lone_ack, stages};

const ROWS: &[&str] = &["-T", "tsv", "--calls", "--columns", "no,info"];
const PAIR: &[&str] = &[
    "--server",
    "python3 servidor.py PORT",
    "--client",
    "python3 cliente.py PORT",
];

#[test]
fn clients_of_another_terminal_are_captured_until_ctrl_c() {
    for stage in stages("shell") {
        let server = ["--sandbox", "--server", "python3 -u diz.py PORT"];
        let mut command = stage.netlab(&[&["-q", "--time-limit", "60s"], &server[..]].concat());
        let mut run = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(run.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        assert_eq!(line, "server   │ pronto\n");
        let port = stage.port.to_string();
        let mut shell = stage.command(&stage.file("netlab"));
        shell.args(["shell", "python3", "fala.py", &port, "oi"]);
        let output = shell.output().unwrap();
        assert_eq!(output.stdout, b"OI\n", "{output:?}");
        let id = i32::try_from(run.id()).unwrap();
        kill(Pid::from_raw(id), Signal::SIGINT).unwrap();
        let mut rest = String::new();
        said.read_to_string(&mut rest).unwrap();
        assert_eq!(run.wait().unwrap().code(), Some(130), "{rest}");
        assert!(
            rest.contains("client → server: 2 bytes, acknowledged"),
            "{rest}"
        );
        assert!(
            rest.contains("Programs\n  server  stopped by netlab: Ctrl-C\n"),
            "{rest}"
        );
    }
}

#[test]
fn a_shell_without_a_run_says_how_to_begin_one() {
    for stage in stages("no-shell") {
        // A copy that nobody else runs.
        let output = stage
            .command(&stage.file("netlab"))
            .arg("shell")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            said.contains("no netlab run of yours has a network of its own now"),
            "{said}"
        );
    }
}

/// Runs the pair where these system calls are denied.
fn denied(stage: &Stage, calls: &[libc::c_long], args: &[&str]) -> super::stage::Run {
    let numbers: Vec<String> = calls.iter().map(ToString::to_string).collect();
    let mut command = stage.command("python3");
    command.args([
        "negado.py",
        &numbers.join(","),
        &stage.file("netlab"),
        "run",
    ]);
    let args = args.iter().chain(PAIR);
    command.args(args.map(|it| it.replace("PORT", &stage.port.to_string())));
    stage.ran(&command.output().unwrap())
}

#[test]
fn without_borrowed_sockets_the_addresses_are_the_same() {
    for stage in stages("no-pidfd") {
        // What Docker denies; without namespaces only root can capture.
        let docker = [libc::SYS_pidfd_getfd, libc::SYS_unshare, libc::SYS_clone3];
        let calls = if stage.plain { &docker[..1] } else { &docker };
        let run = denied(&stage, calls, ROWS);
        assert_eq!(run.code, Some(0), "{run:?}");
        for row in [
            "server: bind(127.0.0.1:PORT)",
            "client: connect(127.0.0.1:PORT) …",
            "server: accept() = 127.0.0.1:",
        ] {
            run.place(row);
        }
        assert_eq!(run.packets(), 10, "{run:?}");
    }
}

#[test]
fn without_a_filter_the_calls_are_the_same() {
    for stage in stages("no-filter") {
        let run = denied(&stage, &[libc::SYS_seccomp], ROWS);
        assert_eq!(run.code, Some(0), "{run:?}");
        let calls = run.rows().into_iter().filter(|it| it.contains(": "));
        assert_eq!(calls.count(), 15, "{run:?}");
    }
}

#[test]
fn without_ptrace_there_are_packets_and_one_sentence() {
    for stage in stages("no-ptrace") {
        let port = stage.port.to_string();
        let run = denied(
            &stage,
            &[libc::SYS_ptrace],
            &[ROWS, &["--port", &port]].concat(),
        );
        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(run.packets(), 10, "{run:?}");
        assert_eq!(run.rows().len(), 10 + lone_ack(&run.out), "{run:?}");
        let said = run
            .err
            .matches("this system forbids watching programs (ptrace: EPERM)")
            .count();
        assert_eq!(said, 1, "{run:?}");
    }
}

#[test]
fn without_the_right_to_capture_there_are_calls_and_one_sentence() {
    for stage in stages("no-capture") {
        // Root may capture anyway.
        if !stage.plain {
            continue;
        }
        let run = denied(&stage, &[libc::SYS_unshare], ROWS);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(run.rows().len(), 14, "{run:?}");
        assert!(
            run.err.contains("showing the calls without packets"),
            "{run:?}"
        );
    }
}

#[test]
fn without_calls_the_programs_run_alone() {
    for stage in stages("no-calls") {
        let run = stage.run(&[ROWS, &["--no-calls"], PAIR].concat());
        // Both say what they want of the table.
        assert_eq!(run.code, Some(2), "{run:?}");
        let port = stage.port.to_string();
        let args = [
            "-T",
            "tsv",
            "--columns",
            "no,info",
            "--no-calls",
            "--port",
            &port,
        ];
        let run = stage.run(&[&args, PAIR].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        assert_eq!(run.packets(), 10, "{run:?}");
        assert_eq!(run.rows().len(), 10 + lone_ack(&run.out), "{run:?}");
        assert!(!run.err.contains("ptrace"), "{run:?}");
    }
}

#[test]
fn a_second_ctrl_c_leaves_no_folder_behind() {
    for stage in stages("second") {
        let folder = stage.file("tmp");
        std::fs::create_dir(&folder).unwrap();
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o777);
        std::fs::set_permissions(&folder, open).unwrap();
        let mut child = stage
            .netlab(&["--server", "python3 -u diz.py PORT"])
            .env("TMPDIR", &folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|it| it.unwrap().starts_with("server   │ ")));
        let here = || std::fs::read_dir(&folder).unwrap().count();
        assert_eq!(here(), 1);
        let id = child.id().try_into().unwrap();
        for signal in [Signal::SIGINT, Signal::SIGKILL] {
            kill(Pid::from_raw(id), signal).unwrap();
        }
        child.wait().unwrap();
        // The shell that waits for netlab's end removes it.
        let gone = format!("until [ -z \"$(ls -A '{folder}')\" ]; do :; done");
        let mut wait = stage.command("timeout");
        let waited = wait.args(["60", "sh", "-c", &gone]).status().unwrap();
        assert!(waited.success(), "it is still there");
    }
}
