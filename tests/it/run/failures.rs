//! What goes wrong: one sentence each, an exit code that says so, and nothing left running.

use super::stage::{Run, Stage, stages};

/// Runs, and asks that it failed and left nothing behind.
fn fails(stage: &Stage, args: &[&str]) -> Run {
    let run = stage.run(&[&["-q"], args].concat());
    assert_eq!(run.code, Some(1), "{run:?}");
    run
}

fn says(run: &Run, sentence: &str) {
    let said = run
        .out
        .lines()
        .any(|line| line.trim_start().starts_with(sentence));
    assert!(said, "{sentence}: {run:?}");
}

const SERVER: &[&str] = &["--server", "python3 threads.py PORT"];

#[test]
fn a_client_that_calls_another_port_is_told_which_one_listens() {
    for stage in stages("other-port") {
        let run = fails(
            &stage,
            &[SERVER, &["--client", "python3 cliente.py 1"]].concat(),
        );
        says(
            &run,
            "client (cliente.py:5): the connection to 127.0.0.1:1 was refused (#2): nobody listened there; the server listened on 127.0.0.1:PORT",
        );
        says(
            &run,
            "client  exit code 1: ConnectionRefusedError: [Errno 111] Connection refused",
        );
        says(
            &run,
            "server  stopped by netlab: it went on after the clients had ended",
        );
    }
}

#[test]
fn the_same_port_at_another_address_or_with_udp_is_told() {
    for stage in stages("same-port") {
        let client = "python3 -c \"import socket, sys; socket.create_connection(('::1', PORT))\"";
        let run = fails(&stage, &[SERVER, &["--client", client]].concat());
        says(&run, "client: the connection to [::1]:PORT was refused");
        assert!(
            run.out
                .contains("; the server had this port at another address, 127.0.0.1:PORT\n"),
            "{run:?}"
        );
        let udp = [
            "--server",
            "python3 maiusculas.py PORT",
            "--client",
            "python3 cliente.py PORT",
        ];
        let run = fails(&stage, &udp);
        assert!(
            run.out
                .contains("; the server waited on 127.0.0.1:PORT with UDP, and this call is TCP\n"),
            "{run:?}"
        );
    }
}

#[test]
fn an_address_that_a_network_of_its_own_lacks_is_told() {
    for stage in stages("far") {
        let client =
            "python3 -c \"import socket; socket.create_connection(('192.168.0.10', 5050))\"";
        let run = fails(
            &stage,
            &[SERVER, &["--sandbox", "--client", client]].concat(),
        );
        says(
            &run,
            "client: there is no way to 192.168.0.10:5050: the programs run in a network of their own",
        );
    }
}

#[test]
fn a_server_that_does_not_start_is_told_with_its_last_line() {
    for stage in stages("missing") {
        let client = ["--client", "python3 cliente.py PORT"];
        let run = fails(
            &stage,
            &[&["--server", "python3 nada.py"], &client[..]].concat(),
        );
        says(&run, "server  exit code 2: python3: can't open file");
        assert!(
            !run.out.contains("client"),
            "no client was started: {run:?}"
        );
        let run = fails(&stage, &[&["--server", "naoexiste"], &client[..]].concat());
        says(
            &run,
            "server  exit code 127: netlab: naoexiste: No such file or directory",
        );
    }
}

#[test]
fn a_port_that_is_taken_is_told_with_who_has_it() {
    for stage in stages("taken") {
        let args = [
            "--server",
            "sh porta_ocupada.sh PORT",
            "--client",
            "python3 fala.py PORT oi",
        ];
        let run = stage.run(&[&["-q"], &args[..]].concat());
        says(
            &run,
            "server (servidor.py:5): bind to 127.0.0.1:PORT failed with EADDRINUSE: the server (threads.py:",
        );
    }
}

#[test]
fn a_server_that_asks_gets_its_lines_or_is_told_to_have_none() {
    for stage in stages("asks") {
        let args = [
            "--server",
            "python3 pergunta.py",
            "--client",
            "python3 fala.py PORT oi",
        ];
        let run = fails(&stage, &args);
        says(
            &run,
            "server  exit code 1: EOFError: EOF when reading a line; it reads the keyboard: give it lines with --server-input",
        );
        let run = stage.run(&[&args[..], &["-q", "--server-input", "PORT"]].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        // The question is a line's beginning as long as the answer to it comes soon enough, else a
        // line of its own.
        let lines: Vec<&str> = run.out.lines().map(str::trim_end).collect();
        let has = |line: &str| lines.contains(&line);
        let whole = has("server   │ Entre com a porta: b'oi'");
        let parted = has("server   │ Entre com a porta:") && has("server   │ b'oi'");
        assert!(whole != parted, "{run:?}");
    }
}

#[test]
fn a_client_that_no_signal_stops_is_killed_in_the_end() {
    for stage in stages("stubborn") {
        let args = ["--time-limit", "1s", "--client", "python3 teimoso.py PORT"];
        let run = fails(&stage, &[SERVER, &args].concat());
        says(&run, "client  stopped by netlab: the time limit was over");
        says(&run, "server  stopped by netlab: the time limit was over");
    }
}

#[test]
fn a_client_that_sleeps_for_ever_is_ended_and_one_that_sleeps_for_a_while_is_not() {
    std::thread::scope(|threads| {
        for (name, client, told) in [
            (
                "sleeps",
                "python3 -c \"import time; time.sleep(100)\"",
                "client  stopped by netlab: nothing had happened for 10 s (--time-limit gives more time)",
            ),
            (
                "naps",
                "sh -c 'while :; do sleep 1; done'",
                "client  stopped by netlab: nothing had happened for 12 s",
            ),
            (
                "wakes",
                "python3 -c \"import time; time.sleep(14)\"",
                "client  exit code 0",
            ),
        ] {
            for stage in stages(name) {
                threads.spawn(move || {
                    let args = [&["-q"], SERVER, &["--client", client]].concat();
                    says(&stage.run(&args), told);
                });
            }
        }
    });
}

#[test]
fn a_server_at_another_port_than_the_one_asked_for_is_told() {
    for stage in stages("asked-port") {
        let args = [
            "--port",
            "1",
            "--time-limit",
            "1s",
            "--client",
            "python3 fala.py PORT oi",
        ];
        let run = fails(&stage, &[SERVER, &args].concat());
        says(
            &run,
            "server  stopped by netlab: the time limit was over; it waited at 127.0.0.1:PORT, and --port asks for another port",
        );
    }
}

#[test]
fn a_server_at_a_unix_socket_has_its_clients_and_one_sentence() {
    for stage in stages("unix") {
        let (server, client) = ("python3 unix.py server PORT", "python3 unix.py client PORT");
        let run = stage.run(&["--server", server, "--client", client]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.out.contains("client   │ OI\n"), "{run:?}");
        assert!(
            run.err
                .contains("netlab: server listens at a socket that is neither TCP nor UDP"),
            "{run:?}"
        );
    }
}

#[test]
fn the_signal_that_ended_a_program_is_named() {
    for stage in stages("signal") {
        let run = fails(&stage, &["sh", "-c", "kill -SEGV $$"]);
        says(&run, "program  ended by signal 11 (SIGSEGV)");
    }
}

#[test]
fn a_daemon_of_the_server_ends_with_the_run() {
    for stage in stages("daemon") {
        let server = "sh -c '(setsid python3 threads.py PORT &)'";
        let run = stage.run(&[
            "-q",
            "--server",
            server,
            "--client",
            "python3 fala.py PORT oi",
        ]);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.out.contains("client   │ OI\n"), "{run:?}");
    }
}

#[test]
fn too_many_clients_for_the_files_that_may_be_open_are_refused_before_any_runs() {
    for stage in stages("many") {
        let script = "ulimit -n 64; exec \"$0\" run -q --server 'python3 threads.py PORT' --client 'python3 fala.py PORT oi' --clients 40";
        let mut command = stage.command("sh");
        command.args(["-c", &script.replace("PORT", &stage.port.to_string())]);
        let output = command.arg(stage.file("netlab")).output().unwrap();
        let run = stage.ran(&output);
        assert_eq!(run.code, Some(1), "{run:?}");
        assert!(
            run.err.contains("raise the limit first: ulimit -n "),
            "{run:?}"
        );
        assert!(!run.out.contains("client"), "{run:?}");
    }
}

#[test]
fn a_command_that_gains_rights_is_told_that_it_cannot() {
    for stage in stages("sudo") {
        let run = stage.run(&["-q", "--server", "sudo python3 threads.py PORT"]);
        assert!(
            run.err
                .contains("netlab: sudo can give no rights to a program of a run: "),
            "{run:?}"
        );
    }
}
