//! Reports on runs: what the calls show, what the programs said, how they ended.

use super::stage::{Stage, stages};
use crate::support::stderr;

/// The report that a command writes.
fn report(stage: &Stage, args: &[&str], code: i32) -> String {
    let mut command = stage.command(&stage.file("netlab"));
    let port = stage.port.to_string();
    command.args(args.iter().map(|it| it.replace("PORT", &port)));
    command.args(["-q", "-o", "report.md"]);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
    let text = std::fs::read_to_string(stage.file("report.md")).unwrap();
    text.replace(&port, "PORT").replace('\\', "")
}

const SERVER: [&str; 2] = ["--server", "python3 threads.py PORT"];
const DIES: [&str; 2] = ["--client", "python3 cliente.py 1"];

#[test]
fn a_report_on_a_run_says_what_went_wrong_and_how_each_program_ended() {
    for stage in stages("report") {
        let text = report(&stage, &[&["run"], &SERVER[..], &DIES].concat(), 1);
        for part in [
            "## What the calls and the packets show\n\n- client (cliente.py:5): the connection to 127.0.0.1:1 was refused (#2): nobody listened there; the server listened on 127.0.0.1:PORT\n",
            "- `client` ConnectionRefusedError: [Errno 111] Connection refused\n",
            "## How the programs ended\n\n- `server` stopped by netlab: it went on after the clients had ended\n- `client` exit code 1: ConnectionRefusedError: [Errno 111] Connection refused\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        let text = report(
            &stage,
            &[&["run", "--lang", "pt-BR"], &SERVER[..], &DIES].concat(),
            1,
        );
        for part in [
            "## O que as chamadas e os pacotes mostram\n",
            "## Como os programas terminaram\n\n- `servidor` encerrado pelo netlab: continuava depois que os clientes terminaram\n- `cliente` código de saída 1: ",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn a_report_on_a_lab_with_your_program_answers_its_question_too() {
    for stage in stages("lab-report") {
        let args = [&["lab", "echo", "--port", "PORT"], &SERVER[..]].concat();
        let text = report(&stage, &args, 0);
        for part in [
            "## The question, and what this capture answers\n",
            "## What the calls and the packets show\n",
            "## How the programs ended\n\n- `server` stopped by netlab: it went on after the clients had ended\n- `client` exit code 0\n",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

#[test]
fn a_report_on_a_lab_says_what_its_calls_show() {
    for stage in stages("own-report") {
        let text = report(&stage, &["lab", "broken-pipe", "--port", "PORT"], 0);
        let part = "failed with EPIPE: the other end had reset the connection (#";
        assert!(text.contains(part), "{text}");
        assert!(!text.contains("How the programs ended"), "{text}");
    }
}
