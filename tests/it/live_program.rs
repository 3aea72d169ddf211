//! `netlab capture` and `netlab lab` through the program: real packets, real signals, exit codes,
//! as root and as a plain user.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::{Child, ChildStderr, ChildStdout, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::needs::as_nobody;
use crate::support::{Folder, netlab, run, stderr, stdout};

/// A capture that runs: its banner has been read, so it holds whatever is sent from now on.
struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    messages: BufReader<ChildStderr>,
}

impl Running {
    fn start(args: &[&str]) -> Self {
        let mut child = netlab()
            .arg("capture")
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut messages = BufReader::new(child.stderr.take().unwrap());
        let mut banner = String::new();
        messages.read_line(&mut banner).unwrap();
        assert!(banner.starts_with("netlab: capturing on lo"), "{banner}");
        Self {
            child,
            out,
            messages,
        }
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).unwrap();
        kill(Pid::from_raw(id), signal).unwrap();
    }

    /// The next line of standard output, which has not ended.
    fn line(&mut self) -> String {
        let mut line = String::new();
        assert_ne!(self.out.read_line(&mut line).unwrap(), 0);
        line
    }

    /// Waits for the end: exit code, the rest of standard output, of standard error.
    fn end(mut self) -> (Option<i32>, String, String) {
        let (mut out, mut messages) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.messages.read_to_string(&mut messages).unwrap();
        (self.child.wait().unwrap().code(), out, messages)
    }
}

/// One connection to a server of our own: there, a message and its echo, and away.
fn talk(listener: &TcpListener) {
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (mut server, _) = listener.accept().unwrap();
    client.write_all(b"ping").unwrap();
    let mut buffer = [0; 4];
    server.read_exact(&mut buffer).unwrap();
    server.write_all(&buffer).unwrap();
    client.read_exact(&mut buffer).unwrap();
    drop(client);
    assert_eq!(server.read(&mut buffer).unwrap(), 0);
}

/// A server on a port of its own, and that port as text.
fn server() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port().to_string();
    (listener, port)
}

#[test]
#[ignore = "needs the right to capture"]
fn rows_come_as_packets_do_and_the_capture_ends_with_the_conversation() {
    let (listener, port) = server();
    let args = [
        "--port",
        &port,
        "--until",
        "closed",
        "-T",
        "tsv",
        "--columns",
        "no,info",
    ];
    let mut capture = Running::start(&args);
    assert_eq!(capture.line(), "no\tinfo\n");
    let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    // The connection is open and nothing ends it: these rows come because their packets did.
    assert!(capture.line().contains("[SYN] Seq=0 "));
    assert!(capture.line().contains("[SYN, ACK] Seq=0 Ack=1 "));
    assert!(capture.line().contains("[ACK] Seq=1 Ack=1 "));
    client.write_all(b"hello").unwrap();
    assert!(capture.line().contains("[PSH, ACK] Seq=1 Ack=1 "));
    drop(client);
    drop(listener);
    let (code, _, messages) = capture.end();
    assert_eq!(code, Some(0), "{messages}");
    assert!(
        messages.contains("packets captured, 0 dropped by the capture"),
        "{messages}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn every_signal_leaves_a_whole_file_and_a_summary() {
    for (signal, suffix) in [
        (Signal::SIGINT, "pcap"),
        (Signal::SIGTERM, "pcapng"),
        (Signal::SIGHUP, "hup.pcap"),
    ] {
        let folder = Folder::new(suffix);
        let path = folder.file(&format!("kept.{suffix}"));
        let (listener, port) = server();
        let mut capture = Running::start(&["--port", &port, "-w", &path]);
        assert!(capture.line().contains("Protocol"));
        talk(&listener);
        while !capture.line().contains("[FIN, ACK]") {}
        capture.signal(signal);
        let (code, out, messages) = capture.end();
        assert_eq!(code, Some(0), "{signal}: {messages}");
        assert!(out.contains("three-way handshake"), "{out}");
        let replayed = run(&["replay", &path]);
        assert_eq!(stderr(&replayed), "");
        assert!(
            stdout(&replayed).contains("client → server: 4 bytes, acknowledged"),
            "{suffix}"
        );
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn a_kill_leaves_whole_packets() {
    let folder = Folder::new("kill");
    let path = folder.file("kept.pcap");
    let (listener, port) = server();
    let mut capture = Running::start(&["--port", &port, "-w", &path]);
    talk(&listener);
    while !capture.line().contains("[FIN, ACK]") {}
    capture.child.kill().unwrap();
    capture.child.wait().unwrap();
    let replayed = run(&["replay", &path, "-T", "tsv"]);
    assert_eq!(stderr(&replayed), "", "the file is cut");
    assert!(stdout(&replayed).contains("[FIN, ACK]"));
}

#[test]
#[ignore = "needs the right to capture"]
fn a_stop_condition_needs_no_packet() {
    let (_listener, port) = server();
    let (code, out, messages) = Running::start(&["--port", &port, "--duration", "0.1s"]).end();
    assert_eq!(code, Some(0), "{messages}");
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(messages.contains("0 packets captured"), "{messages}");
}

#[test]
#[ignore = "needs the right to capture"]
fn nothing_captured_where_something_was_required_is_code_4() {
    let (_listener, port) = server();
    let args = ["--port", &port, "--duration", "0.1s", "-c", "1"];
    let (code, _, messages) = Running::start(&args).end();
    assert_eq!(code, Some(4));
    assert!(
        messages.contains("netlab: error: nothing was captured\n"),
        "{messages}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn a_count_ends_the_capture() {
    let (listener, port) = server();
    let capture = Running::start(&["--port", &port, "-c", "3", "-T", "tsv"]);
    talk(&listener);
    let (code, out, messages) = capture.end();
    assert_eq!(code, Some(0), "{messages}");
    assert_eq!(out.lines().count(), 4, "{out}");
    assert!(
        messages.contains("netlab: 3 packets captured"),
        "{messages}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn an_icmp_error_about_the_port_is_captured_with_it() {
    let closed = UdpSocket::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let port = closed.port().to_string();
    let capture = Running::start(&["--port", &port, "-c", "2", "-T", "tsv", "--columns", "info"]);
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    socket.send_to(b"anyone?", closed).unwrap();
    let (_, out, _) = capture.end();
    assert!(
        out.contains("Destination unreachable (Port unreachable)"),
        "{out}"
    );
}

#[test]
#[ignore = "needs the right to capture"]
fn wrong_filters_and_interfaces_are_usage_errors() {
    let output = run(&["capture", "-f", "tcp prt 80"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("\"tcp prt 80\""),
        "{}",
        stderr(&output)
    );
    let output = run(&["capture", "-i", "nolo0"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("lo"), "{}", stderr(&output));
}

#[test]
fn a_plain_user_is_told_the_command_that_would_grant_it() {
    let folder = Folder::new("grant");
    let mut command = as_nobody(&folder);
    let output = command
        .args(["capture", "--duration", "1s"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", stderr(&output));
    let grant = format!("sudo setcap cap_net_raw=ep {}", folder.file("netlab"));
    assert!(stderr(&output).contains(&grant), "{}", stderr(&output));
}

/// The lines of the lab's summary, without the ports that the kernel chose.
fn assert_echo_lab(output: &std::process::Output, close: &str) {
    let text = stdout(output);
    assert_eq!(output.status.code(), Some(0), "{}\n{text}", stderr(output));
    for part in [
        "server   │ bind: 127.0.0.1:",
        "client   │ send: 55 bytes: Hello Server",
        "[SYN] Seq=0 Win=",
        "  [1, 2, 3]  ",
        "three-way handshake (SYN; SYN, ACK; ACK)",
        "client → server: 55 bytes, acknowledged",
        "server → client: 55 bytes, acknowledged",
        "the client is left in TIME-WAIT",
        close,
    ] {
        assert!(text.contains(part), "{part:?} is missing in\n{text}");
    }
}

const FOUR: &str = "four-way close, started by the client: FIN; ACK; FIN; ACK";
const THREE: &str = "three-segment close, started by the client: FIN; FIN, ACK; ACK";

#[test]
#[ignore = "needs the right to capture"]
fn the_echo_lab_shows_both_shapes_of_a_close() {
    let (listener, port) = server();
    drop(listener);
    assert_echo_lab(&run(&["lab", "echo", "--port", &port]), FOUR);
    let output = run(&["lab", "echo", "--port", &port, "--eager-close"]);
    assert_echo_lab(&output, THREE);
}

#[test]
#[ignore = "needs user namespaces"]
fn the_echo_lab_runs_for_a_plain_user_in_its_own_network() {
    let folder = Folder::new("plain");
    for (args, close) in [(&[] as &[&str], FOUR), (&["--eager-close"], THREE)] {
        let mut command = as_nobody(&folder);
        let output = command.args(["lab", "echo"]).args(args).output().unwrap();
        assert!(
            stderr(&output).contains("network namespace of its own"),
            "{}",
            stderr(&output)
        );
        assert_echo_lab(&output, close);
    }
}

#[test]
#[ignore = "needs the right to capture"]
fn a_lab_keeps_its_capture() {
    let folder = Folder::new("labkeep");
    let path = folder.file("echo.pcapng");
    let (listener, port) = server();
    drop(listener);
    let lab = run(&[
        "lab",
        "echo",
        "--port",
        &port,
        "-w",
        &path,
        "-T",
        "tsv",
        "--eager-close",
    ]);
    let replay = run(&["replay", &path, "-T", "tsv"]);
    assert_eq!(stdout(&lab), stdout(&replay));
    assert_eq!(stdout(&lab).lines().count(), 11);
}

#[test]
#[ignore = "needs the right to capture"]
fn a_port_that_is_taken_is_told() {
    let (_listener, port) = server();
    let output = run(&["lab", "echo", "--port", &port]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr(&output).contains(&format!("port {port}")),
        "{}",
        stderr(&output)
    );
    assert!(stderr(&output).contains("bind"), "{}", stderr(&output));
}

#[test]
#[ignore = "needs the right to capture"]
fn datagrams_that_find_a_socket_full_are_counted() {
    let receiver = UdpSocket::bind("127.0.0.1:0").unwrap();
    let to = receiver.local_addr().unwrap();
    let port = to.port().to_string();
    let mut capture = Running::start(&[
        "--port",
        &port,
        "-c",
        "1000",
        "-T",
        "tsv",
        "--columns",
        "no",
    ]);
    assert_eq!(capture.line(), "no\n");
    let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
    for _ in 0..1000 {
        sender.send_to(&[7; 1400], to).unwrap();
    }
    let (code, _, messages) = capture.end();
    assert_eq!(code, Some(0), "{messages}");
    // What the receiver, which slept all along, still finds is what was not dropped.
    receiver.set_nonblocking(true).unwrap();
    let mut buffer = [0; 1400];
    let kept = std::iter::from_fn(|| receiver.recv(&mut buffer).ok()).count();
    assert!(kept > 0 && kept < 1000, "{kept}");
    let dropped = messages
        .lines()
        .find_map(|line| line.split_once(" datagrams were dropped at a full socket buffer"))
        .and_then(|(before, _)| before.rsplit(' ').next()?.parse::<usize>().ok());
    // Other programs of this network namespace may have dropped some, too.
    assert!(
        dropped.is_some_and(|count| count >= 1000 - kept),
        "{kept} kept: {messages}"
    );
    assert!(
        messages.contains("1000 packets captured, 0 dropped by the capture"),
        "{messages}"
    );
}
