//! States of sockets as the kernel has them: listed, followed, beside packets, with each call.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{Command, Stdio};

use super::stage::{Stage, stages};
use crate::support::{stderr, stdout};

fn states(stage: &Stage, args: &[&str]) -> Command {
    let mut command = stage.command(&stage.file("netlab"));
    command.args(["states", "--port", &stage.port.to_string()]);
    command.args(args);
    command
}

/// The rows of the list: protocol and ends, state, queues.
fn rows(text: &str, port: u16) -> Vec<String> {
    let rows = text.lines().skip(1).take_while(|it| !it.is_empty());
    let words = |line: &str| {
        line.split_whitespace()
            .take(6)
            .collect::<Vec<_>>()
            .join(" ")
    };
    rows.map(|line| words(line).replace(&port.to_string(), "PORT"))
        .collect()
}

#[test]
fn sockets_are_listed_as_the_kernel_has_them_and_each_state_is_explained() {
    for stage in stages("states") {
        let listener = TcpListener::bind(("127.0.0.1", stage.port)).unwrap();
        let at = listener.local_addr().unwrap();
        let mut open = TcpStream::connect(at).unwrap();
        let (_open_server, _) = listener.accept().unwrap();
        open.write_all(b"hello").unwrap();
        let closed = TcpStream::connect(at).unwrap();
        let closed_port = closed.local_addr().unwrap().port();
        let (_closed_server, _) = listener.accept().unwrap();
        drop(closed);
        let _waiting = TcpStream::connect(at).unwrap();
        let _udp = UdpSocket::bind(at).unwrap();
        let output = states(&stage, &[]).output().unwrap();
        let text = stdout(&output);
        let rows = rows(&text, stage.port);
        let client = open.local_addr().unwrap().port();
        for row in [
            "TCP 127.0.0.1:PORT * LISTEN 1 128".to_owned(),
            format!("TCP 127.0.0.1:PORT 127.0.0.1:{client} ESTABLISHED 5 0"),
            format!("TCP 127.0.0.1:{client} 127.0.0.1:PORT ESTABLISHED 0 0"),
            format!("TCP 127.0.0.1:PORT 127.0.0.1:{closed_port} CLOSE-WAIT 1 0"),
            "UDP 127.0.0.1:PORT * UNCONN 0 0".to_owned(),
        ] {
            assert!(rows.contains(&row), "{row}: {text}");
        }
        let gone = format!("TCP 127.0.0.1:{closed_port} 127.0.0.1:PORT FIN-WAIT-");
        assert!(rows.iter().any(|it| it.starts_with(&gone)), "{text}");
        // The FIN that the kernel counts is no byte.
        let unread = format!("127.0.0.1:{} – 127.0.0.1:{client}: 5 bytes", stage.port);
        assert!(text.contains(&unread), "{text}");
        assert_eq!(text.matches("has read").count(), 1, "{text}");
        assert!(text.contains("1 connection waits for accept, at most 128 may\n"));
        assert!(
            text.contains("\nCLOSE-WAIT: the other end closed and this program has not"),
            "{text}"
        );
        let owner = match stage.plain && nix::unistd::geteuid().is_root() {
            true => "a program of user 0".to_owned(),
            false => format!("({})", std::process::id()),
        };
        assert!(text.lines().nth(1).unwrap().ends_with(&owner), "{text}");
    }
}

#[test]
fn nothing_at_a_port_is_said() {
    for stage in stages("no-states") {
        let output = states(&stage, &["--lang", "pt-BR"]).output().unwrap();
        assert!(output.status.success());
        assert_eq!(
            stdout(&output),
            "nenhum socket tem ou chama esta porta aqui\n"
        );
    }
}

#[test]
fn each_transition_is_printed_when_it_comes() {
    for stage in stages("watch") {
        let mut child = states(&stage, &["--watch", "--duration", "60s"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = stage.port;
        // The two ends of a connection are not looked at in one moment: either may be told first.
        let mut seen: Vec<String> = Vec::new();
        let mut wait = |ends: &str, change: &str| {
            // `12:38:15.738  TCP …`
            let told = |it: &String| {
                it.get(14..).is_some_and(|it| it.starts_with(ends)) && it.contains(change)
            };
            while !seen.iter().any(told) {
                let next = lines.next();
                seen.push(next.unwrap_or_else(|| panic!("{ends}: {change}")).unwrap());
            }
        };
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let listening = format!("TCP 127.0.0.1:{port}: ");
        wait(&listening, "LISTEN");
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        let other = client.local_addr().unwrap().port();
        let (at_server, at_client) = (
            format!("TCP 127.0.0.1:{port} – 127.0.0.1:{other}: "),
            format!("TCP 127.0.0.1:{other} – 127.0.0.1:{port}: "),
        );
        wait(&at_server, "ESTABLISHED");
        wait(&at_client, "ESTABLISHED");
        drop(client);
        wait(&at_server, "ESTABLISHED → CLOSE-WAIT");
        wait(&at_client, " → FIN-WAIT-2");
        drop(server);
        wait(&at_client, "FIN-WAIT-2 → TIME-WAIT");
        drop(listener);
        wait(&listening, "LISTEN → gone");
        nix::sys::signal::kill(
            nix::unistd::Pid::from_raw(child.id().try_into().unwrap()),
            nix::sys::signal::Signal::SIGINT,
        )
        .unwrap();
        assert!(child.wait().unwrap().success());
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn transitions_stand_between_the_packets_of_a_capture() {
    let stage = &stages("capture-states")[0];
    let listener = TcpListener::bind(("127.0.0.1", stage.port)).unwrap();
    let port = stage.port.to_string();
    let mut child = stage
        .command(&stage.file("netlab"))
        .args(["capture", "--states", "--port", &port, "-T", "tsv"])
        .args(["--columns", "no,protocol,info", "--duration", "60s"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut notes = BufReader::new(child.stderr.take().unwrap()).lines();
    let listens = format!("netlab: TCP 127.0.0.1:{port}: LISTEN");
    assert!(notes.any(|it| it.unwrap().starts_with(&listens)));
    let mut rows = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut seen = Vec::new();
    // A state that lasts less than a look, or just as long as one, may stand between any two, and
    // the two ends are not looked at in one moment.
    let mut wait = |begin: &str, end: &str| {
        let is_it = |row: &String| row.contains(begin) && row.contains(end);
        while !seen.iter().any(is_it) {
            let row: String = rows.next().expect("more rows").unwrap();
            seen.push(row);
        }
        seen.clone()
    };
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (server, _) = listener.accept().unwrap();
    let other = client.local_addr().unwrap().port();
    let of_server = format!("kernel\t{port} – {other}: ");
    wait(&format!("kernel\t{other} – {port}: "), "ESTABLISHED");
    wait(&of_server, "ESTABLISHED");
    client.write_all(b"hello").unwrap();
    wait("Len=5", "");
    drop(client);
    wait(&of_server, "→ CLOSE-WAIT");
    drop(server);
    let seen = wait(&of_server, "→ gone");
    let place = |part: &str| seen.iter().position(|it| it.contains(part)).unwrap();
    assert!(place("[SYN]") < place("ESTABLISHED"), "{seen:?}");
    assert!(place("Len=5") < place("[FIN, ACK]"), "{seen:?}");
    assert!(place("[FIN, ACK]") < place("→ CLOSE-WAIT"), "{seen:?}");
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn each_call_of_a_connection_has_the_kernels_state() {
    for stage in stages("kernel") {
        let run = stage.run(&[
            "-T",
            "tsv",
            "--calls",
            "--columns",
            "info,kernel",
            "--server",
            "python3 servidor.py PORT",
            "--client",
            "python3 cliente.py PORT",
        ]);
        assert_eq!(run.code, Some(0), "{run:?}");
        for (call, state) in [
            ("server: socket", ""),
            ("server: listen(1)", "LISTEN Recv-Q 0 Send-Q 1"),
            (
                "client: … connect = 0",
                "ESTABLISHED Recv-Q 0 Send-Q 0 rtt ",
            ),
            ("client: send(13) = 13", "ESTABLISHED Recv-Q 0 "),
            (
                "server: recv(1024) = 0",
                "CLOSE-WAIT Recv-Q 0 Send-Q 0 rtt ",
            ),
            ("server: close()", ""),
        ] {
            let row = run.out.lines().find(|it| it.starts_with(call)).unwrap();
            let kernel = row.split_once('\t').unwrap().1;
            assert!(kernel.starts_with(state), "{row}");
            assert_eq!(kernel.is_empty(), call.ends_with("socket"), "{row}");
        }
        // The server may have closed too by then.
        let row = run.out.lines().find(|it| it.starts_with("client: close()"));
        assert!(row.is_some_and(|it| it.contains("-WAIT")), "{run:?}");
        assert!(!run.err.contains("the kernel has this"), "{run:?}");
    }
}

#[test]
#[ignore = "needs nft, the right to capture"]
fn a_state_that_the_packets_do_not_show_is_told() {
    let stage = &stages("disagree")[0];
    // FINs of the client are captured on their way and dropped before the server gets them.
    let rules = "table inet t {\nchain c {\ntype filter hook input priority 0;\n\
                 tcp dport PORT tcp flags & fin == fin drop\n}\n}";
    let script = "PATH=$PATH:/usr/sbin:/sbin; ip link set lo up; nft -f - <<E\nRULES\nE\n\
                  ./netlab run -q --server 'python3 sem_fim.py PORT' --client 'python3 cliente.py PORT'"
        .replace("RULES", rules)
        .replace("PORT", &stage.port.to_string());
    let mut command = stage.command("unshare");
    let output = command.args(["-n", "sh", "-c", &script]).output().unwrap();
    let text = stdout(&output);
    let told = "server (sem_fim.py:9): after recv(10) the kernel has this end in ESTABLISHED, \
                the packets say ";
    assert!(text.contains(told), "{text}{}", stderr(&output));
}
