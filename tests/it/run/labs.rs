//! A lab with the user's program in place of netlab's.

use super::stage::{Run, Stage, stages};

#[test]
fn a_program_is_asked_the_question_of_the_exercise() {
    let good = (
        "servidor.py",
        Some(0),
        "The program behaves as the exercise asks.",
    );
    let bad = (
        "metade.py",
        Some(1),
        "The program does not behave as the exercise asks",
    );
    for (server, code, verdict) in [good, bad] {
        for stage in stages(server) {
            let port = stage.port.to_string();
            let server = format!("python3 {server} {port}");
            let args = ["lab", "echo", "-q", "--server", &server];
            let output = stage
                .command(&stage.file("netlab"))
                .args(args)
                .output()
                .unwrap();
            let run = stage.ran(&output);
            assert_eq!(run.code, code, "{run:?}");
            assert!(
                run.out.contains("What is each packet of a TCP echo for?"),
                "{run:?}"
            );
            assert!(run.out.contains(verdict), "{run:?}");
        }
    }
}

#[test]
fn a_client_is_asked_too() {
    for stage in stages("lab-client") {
        let port = stage.port.to_string();
        let client = format!("python3 cliente.py {port}");
        let args = ["lab", "echo", "-q", "--port", &port, "--client", &client];
        let output = stage
            .command(&stage.file("netlab"))
            .args(args)
            .output()
            .unwrap();
        let run = stage.ran(&output);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(
            run.out
                .contains("The program behaves as the exercise asks."),
            "{run:?}"
        );
    }
}

#[test]
fn a_server_of_yours_asks_for_a_low_port() {
    for stage in stages("lab-low") {
        let server = ["--server", "python3 servidor.py 777"];
        let run = lab(&stage, &[&["low-port", "-q"], &server[..]].concat());
        // Netlab gives the programs of a plain user no privilege.
        let said = match stage.plain {
            true => "bind to port 777 without the privilege CAP_NET_BIND_SERVICE fails with EACCES",
            false => "bind to port 777 succeeds: whoever runs this has the privilege",
        };
        assert!(run.out.contains(said), "{run:?}");
        // A program that fails is told as one, whatever it has shown.
        assert_eq!(run.code, Some(i32::from(stage.plain)), "{run:?}");
        let server = ["--server", "python3 servidor.py PORT"];
        let run = lab(&stage, &[&["low-port", "-q"], &server[..]].concat());
        assert_eq!(run.code, Some(1), "{run:?}");
        let missing = "a whole echo at a port below 1024";
        assert!(run.out.contains(missing), "{run:?}");
    }
}

fn lab(stage: &Stage, args: &[&str]) -> Run {
    let port = stage.port.to_string();
    let args = args.iter().map(|it| it.replace("PORT", &port));
    let mut command = stage.command(&stage.file("netlab"));
    stage.ran(&command.arg("lab").args(args).output().unwrap())
}

#[test]
fn the_settings_of_a_lab_go_to_the_program_of_netlab_and_those_of_yours_are_told() {
    for stage in stages("settings") {
        // The server of the lab reads five bytes at a time, and nothing is answered.
        let client = "python3 -c \"import socket; \
                      socket.create_connection(('127.0.0.1', PORT)).sendall(b'tchau mundo')\"";
        let client = ["--port", "PORT", "--client", client];
        let run = lab(&stage, &[&["small-buffer"], &client[..]].concat());
        assert!(run.out.contains("server: recv(5) = 5"), "{run:?}");
        assert!(!run.err.contains("settings of the lab"), "{run:?}");
        let verdict = "The program behaves as the exercise asks.";
        assert!(run.out.contains(verdict), "{run:?}");
        // A setting that the user gives goes there too.
        let given = ["small-buffer", "--buffer", "2", "--message", "oi"];
        let run = lab(&stage, &[&given, &client[..]].concat());
        assert!(run.out.contains("server: recv(2) = 2"), "{run:?}");
        let said =
            "netlab's own client, which yours brings along itself if it has them: --message=oi";
        assert!(run.err.contains(said), "{run:?}");
        let server = ["--server", "python3 servidor.py PORT"];
        let run = lab(
            &stage,
            &[&["echo", "-q", "--close-delay", "30ms"], &server[..]].concat(),
        );
        assert_eq!(run.code, Some(0), "{run:?}");
        let said = "settings of the lab for netlab's own server, which yours brings along itself if \
                    it has them: --close-delay=30000us";
        assert!(run.err.contains(said), "{run:?}");
    }
}

#[test]
fn a_lab_with_several_clients_runs_yours_so_often() {
    for stage in stages("lab-clients") {
        let client = ["--port", "PORT", "--client", "python3 fala.py PORT oi"];
        let run = lab(
            &stage,
            &[&["multi", "--clients", "3", "-q"], &client[..]].concat(),
        );
        assert!(run.out.contains("client 3 │ OI\n"), "{run:?}");
        assert!(!run.out.contains("client 4"), "{run:?}");
    }
}

#[test]
fn a_lab_says_which_programs_of_yours_it_needs() {
    let stage = stages("lab-more").remove(0);
    let refused = |args: &[&str], said: &str| {
        let run = lab(&stage, args);
        assert_eq!(run.code, Some(2), "{run:?}");
        assert!(run.err.contains(said), "{said}: {run:?}");
    };
    let server = ["--server", "python3 servidor.py PORT"];
    for id in ["half-close", "web"] {
        let said = format!(
            "netlab: error: the lab {id} needs both programs of yours\n  netlab lab {id} --server CMD --client CMD\n"
        );
        refused(&[&[id], &server[..]].concat(), &said);
    }
    let said = "the lab reset needs a client of yours\n  netlab lab reset --client CMD\n";
    refused(&[&["reset"], &server[..]].concat(), said);
    let said = "the lab retransmission needs what netlab alone does in it";
    refused(&[&["retransmission"], &server[..]].concat(), said);
}

/// The questions of labs that are more than a server and a client of an exercise.
#[test]
fn programs_of_yours_show_what_a_lab_is_about_or_do_not() {
    const SHOW: &str = "The programs show what the lab is about.\n";
    for stage in stages("lab-shows") {
        let asked = |id: &str, args: &[&str], code: i32, parts: &[&str]| {
            let run = lab(&stage, &[&[id, "-q", "--port", "PORT"], args].concat());
            assert_eq!(run.code, Some(code), "{run:?}");
            for part in parts {
                assert!(run.out.contains(part), "{id} {part}: {run:?}");
            }
        };
        let server = ["--server", "python3 meio.py server PORT"];
        let halves = [&server[..], &["--client", "python3 meio.py client PORT"]].concat();
        asked("half-close", &halves, 0, &[SHOW]);
        let whole = [&server[..], &["--client", "python3 aborta.py 0"]].concat();
        asked(
            "half-close",
            &whole,
            1,
            &["The programs do not show what the lab is about"],
        );
        let client = ["--client", "python3 fala.py PORT oi"];
        // The client fails, as the lab wants to see.
        asked(
            "refused",
            &client,
            0,
            &["client  exit code 1: ConnectionRefusedError", SHOW],
        );
        asked("reset", &["--client", "python3 linger.py PORT"], 0, &[SHOW]);
        let half = [
            "--server",
            "python3 metade.py PORT",
            "--client",
            "python3 fala.py PORT tchau",
        ];
        asked("unread-data", &half, 0, &[SHOW]);
    }
}
