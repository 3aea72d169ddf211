//! Programs of other kinds: threads, processes, event loops, other languages, UDP.

use super::stage::{Run, stages};

const ROWS: &[&str] = &["-T", "tsv", "--calls", "--columns", "no,info"];

pub(super) fn run(stage: &super::stage::Stage, args: &[&str]) -> Run {
    stage.run(&[ROWS, args].concat())
}

/// Whether netlab stopped the server, and all its clients ended well.
pub(super) fn stopped(run: &Run) -> bool {
    let ends = "stopped by netlab: it went on after the clients had ended\n";
    run.code == Some(0) && run.err.contains(ends) && !run.err.contains("Traceback")
}

#[test]
fn threads_serve_a_client_each_and_the_server_is_stopped() {
    for stage in stages("threads") {
        let server = "python3 threads.py PORT";
        let (one, two) = ("python3 fala.py PORT oi", "python3 fala.py PORT tchau");
        let run = run(
            &stage,
            &["--server", server, "--client", one, "--client", two],
        );
        assert!(stopped(&run), "{run:?}");
        assert!(run.err.contains("client 1 │ OI\n") && run.err.contains("client 2 │ TCHAU\n"));
        for (client, bytes) in [("client 1", 2), ("client 2", 5)] {
            let received = format!("recv(1024) = {bytes}");
            let rows = run.bare();
            let server: Vec<_> = rows.iter().filter(|it| it.ends_with(&received)).collect();
            assert_eq!(server.len(), 2, "{client}: {rows:?}");
        }
    }
}

#[test]
fn processes_of_a_forking_server_are_followed() {
    for stage in stages("forking") {
        let client = "python3 fala.py PORT oi";
        let args = [
            "--server",
            "python3 forking.py PORT",
            "--client",
            client,
            "--clients",
            "20",
        ];
        let run = run(&stage, &args);
        assert!(stopped(&run), "{run:?}");
        let rows = run.bare();
        let count = |end: &str| {
            rows.iter()
                .filter(|it| it.starts_with("server (") && it.ends_with(end))
                .count()
        };
        // The parent gives up its copy of each connection, the child closes it.
        for end in [
            "close(one copy)",
            "recv(100) = 2",
            "send(2) = 2",
            "shutdown(SHUT_WR)",
            "close()",
        ] {
            assert_eq!(count(end), 20, "{end}: {rows:?}");
        }
    }
}

#[test]
fn fifty_clients_of_processes_each_have_their_own_chain() {
    for stage in stages("multiprocessing") {
        let server = "python3 multi.py PORT";
        let client = "python3 fala.py PORT oi";
        let run = run(
            &stage,
            &["--server", server, "--client", client, "--clients", "50"],
        );
        assert!(stopped(&run), "{run:?}");
        assert_eq!(run.err.matches(" │ oi\n").count(), 50, "{run:?}");
        let rows = run.bare();
        let count = |end: &str| {
            let its = |it: &&&str| it.starts_with("server (") && it.ends_with(end);
            rows.iter().filter(its).count()
        };
        // The parent's close is not the end of the connection.
        for end in ["close(one copy)", "recv(100) = 2", "send(2) = 2", "close()"] {
            assert_eq!(count(end), 50, "{end}: {rows:?}");
        }
    }
}

#[test]
fn an_event_loop_shows_the_calls_that_did_something() {
    for stage in stages("asyncio") {
        let args = [
            "--server",
            "python3 assincrono.py PORT",
            "--client",
            "python3 fala.py PORT oi",
        ];
        let run = run(&stage, &args);
        assert!(stopped(&run), "{run:?}");
        assert!(!run.out.contains("EAGAIN") && !run.out.contains("EINPROGRESS"));
        let order = [
            "server: listen(100)",
            "3",
            "client: … connect = 0",
            "client: send(2) = 2",
            "4",
            "server: recv(262144) = 2",
            "server: send(2) = 2",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{run:?}");
    }
}

#[test]
fn lines_of_a_c_server_that_is_stopped_are_not_lost() {
    for stage in stages("c") {
        stage.compile("eco");
        stage.compile("cli");
        let run = run(
            &stage,
            &["--server", "./eco PORT", "--client", "./cli PORT oi"],
        );
        assert!(stopped(&run), "{run:?}");
        for said in ["esperando na porta PORT", "cliente aceito"] {
            assert!(run.err.contains(&format!("server   │ {said}\n")), "{run:?}");
        }
        assert_eq!(
            run.of("client")[..4],
            [
                "client: socket(SOCK_STREAM)",
                "client: connect(127.0.0.1:PORT) …",
                "1",
                "2"
            ]
        );
        for row in [
            "client: write(2) = 2",
            "client: read(1023) = 2",
            "server: accept() = ?",
        ] {
            run.place(row);
        }
    }
}

#[test]
#[ignore = "needs javac"]
fn a_java_server_on_every_address_talks_to_an_ipv4_client() {
    for stage in stages("java") {
        let compiled = stage
            .command("javac")
            .args(["-d", ".", "Eco.java"])
            .status();
        assert!(compiled.unwrap().success());
        let args = [
            "--server",
            "java -cp . Eco PORT",
            "--client",
            "python3 fala.py PORT oi",
        ];
        let run = run(&stage, &args);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.place("server: bind([::]:PORT)") < run.place("server: accept() = 127.0.0.1:"));
        assert!(run.place("server: accept()") < run.place("server: read(1024) = 2"));
        // Its run-time looks whether there can be sockets; nothing comes of those.
        let made = run
            .rows()
            .iter()
            .filter(|it| it.starts_with("server: socket("))
            .count();
        assert_eq!(made, 1, "{run:?}");
    }
}

#[test]
#[ignore = "needs node"]
fn a_node_server_ends_by_itself() {
    for stage in stages("node") {
        let args = [
            "--server",
            "node eco.js PORT",
            "--client",
            "python3 fala.py PORT oi",
        ];
        let run = run(&stage, &args);
        assert_eq!(run.code, Some(0), "{run:?}");
        assert!(run.place("server: read(65536) = 2") < run.place("server: write(2) = 2"));
        assert!(run.err.contains("server  exit code 0\n"), "{run:?}");
    }
}

#[test]
#[ignore = "needs curl"]
fn a_web_server_answers_curl() {
    for stage in stages("http") {
        let client = "curl -s http://127.0.0.1:PORT/eco.js";
        let run = run(
            &stage,
            &[
                "--server",
                "python3 -m http.server PORT",
                "--client",
                client,
            ],
        );
        assert!(stopped(&run), "{run:?}");
        assert!(
            run.err.contains("client   │ const net = require('net');\n"),
            "{run:?}"
        );
        let order = [
            "client: connect(127.0.0.1:PORT) …",
            "3",
            "client: … connect = 0",
            "client: send(",
            "4",
            "server: recv(8192) = ",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{run:?}");
    }
}

#[test]
fn a_datagram_finds_its_way_back() {
    for stage in stages("udp") {
        let args = [
            "--server",
            "python3 maiusculas.py PORT",
            "--client",
            "python3 fala_udp.py PORT oi",
        ];
        let run = run(&stage, &args);
        assert!(stopped(&run), "{run:?}");
        let order = [
            "server: bind(127.0.0.1:PORT)",
            "client: sendto(2, 127.0.0.1:PORT) = 2",
            "1",
            "server: recvfrom(2048) = 2, 127.0.0.1:",
            "server: sendto(2, 127.0.0.1:",
            "2",
            "client: recvfrom(2048) = 2, 127.0.0.1:PORT",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{run:?}");
    }
}

#[test]
fn a_datagram_to_a_port_where_nobody_waits_is_refused_by_an_icmp_message() {
    for stage in stages("udp-closed") {
        let client = "python3 -c \"import socket; s = socket.socket(2, 2); \
                      s.connect(('127.0.0.1', PORT)); s.send(b'oi'); s.recv(9)\"";
        let run = run(&stage, &["--client", client]);
        assert_eq!(run.code, Some(1), "{run:?}");
        let order = [
            "client: send(2) = 2",
            "1",
            "2",
            "client: recv(9) = ECONNREFUSED",
        ];
        let places: Vec<usize> = order.iter().map(|row| run.place(row)).collect();
        assert!(places.is_sorted(), "{run:?}");
        let icmp = "Destination unreachable (Port unreachable)";
        assert!(run.out.contains(icmp), "{run:?}");
    }
}

/// When it is accepted the connection has no other end any more.
#[test]
fn a_connection_that_was_aborted_before_accept_was_accepted_all_the_same() {
    for stage in stages("aborted") {
        let run = run(&stage, &["python3", "aborta.py", "PORT"]);
        assert_eq!(run.code, Some(0), "{run:?}");
        let client = run
            .err
            .lines()
            .find_map(|it| it.strip_prefix("program  │ "))
            .unwrap();
        run.place(&format!("program: accept() = {client}"));
        assert!(!run.err.contains("never accepted"), "{run:?}");
    }
}

#[test]
#[ignore = "needs nc"]
fn a_shell_with_nc_is_a_client() {
    for stage in stages("nc") {
        let client = "echo oi | nc -q 1 127.0.0.1 PORT";
        let run = run(
            &stage,
            &["--server", "python3 threads.py PORT", "--client", client],
        );
        assert!(stopped(&run), "{run:?}");
        assert!(run.err.contains("client   │ OI\n"), "{run:?}");
        assert!(run.place("client: … connect = 0") < run.place("client: write(3) = 3"));
    }
}
