//! Whoever reads the rows slowly, or not at all, costs no packet.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::UdpSocket;
use std::process::{Child, ChildStderr, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::needs::port_of_its_own;
use crate::support::{Folder, netlab, run, stderr};

/// More rows than a pipe holds, and more bytes than wait in memory.
const SENT: u32 = 40_000;
const SIZE: usize = 1400;

/// A capture of a port, whose standard output nobody reads yet.
fn start(args: &[&str], port: u16) -> (Child, BufReader<ChildStderr>) {
    let port = port.to_string();
    let mut command = netlab();
    command.args(["capture", "--port", &port]).args(args);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut messages = BufReader::new(child.stderr.take().unwrap());
    let mut banner = String::new();
    messages.read_line(&mut banner).unwrap();
    (child, messages)
}

/// Sends datagrams that are numbered, at a pace that any capture keeps up with.
fn send(port: u16, file: &str) {
    let (server, client) = ("127.0.0.1", "127.0.0.1:0");
    let receiver = UdpSocket::bind((server, port)).unwrap();
    let sender = UdpSocket::bind(client).unwrap();
    let mut buffer = [0; SIZE];
    for no in 0..SENT {
        buffer[..4].copy_from_slice(&no.to_be_bytes());
        sender.send_to(&buffer, (server, port)).unwrap();
        receiver.recv(&mut buffer).unwrap();
        // Where there is a file, it shows how far the capture has come.
        while no % 1000 == 999 && !file.is_empty() && written(file) + 2000 < u64::from(no) {
            std::thread::yield_now();
        }
    }
}

/// About how many packets are in a capture file.
fn written(file: &str) -> u64 {
    fs::metadata(file).unwrap().len() / (16 + 42 + SIZE as u64)
}

#[test]
#[ignore = "needs the right to capture"]
fn a_reader_that_stalls_stalls_no_capture() {
    let folder = Folder::new("robust-stall");
    for suffix in ["pcap", "pcapng"] {
        let port = port_of_its_own();
        let file = folder.file(&format!("kept.{suffix}"));
        let count = SENT.to_string();
        let args = [
            "-w",
            &file,
            "-T",
            "tsv",
            "--columns",
            "no,length",
            "-c",
            &count,
        ];
        let (child, messages) = start(&args, port);
        send(port, &file);
        // The file is whole while not one row was read.
        while written(&file) < u64::from(SENT) {
            std::thread::yield_now();
        }
        assert_eq!(all_rows(child, messages), 0);
        let again = run(&["replay", &file, "-T", "tsv", "--columns", "no"]);
        assert_eq!(stderr(&again), "");
        assert_eq!(
            again.stdout.iter().filter(|byte| **byte == b'\n').count(),
            40_001
        );
    }
}

/// Every row comes, late as it may be, and in order. Answers how many the kernel dropped.
fn all_rows(mut child: Child, mut messages: BufReader<ChildStderr>) -> u32 {
    let mut rows = String::new();
    let mut out = child.stdout.take().unwrap();
    out.read_to_string(&mut rows).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let mut said = String::new();
    messages.read_to_string(&mut said).unwrap();
    let told = said.strip_prefix("netlab: ").unwrap();
    let (kept, rest) = told.split_once(" packets captured, ").unwrap();
    let (dropped, _) = rest.split_once(" dropped by the capture\n").unwrap();
    let kept: u32 = kept.parse().unwrap();
    let mut wanted = String::from("no\tlength\n");
    for no in 1..=kept {
        wanted.push_str(&format!("{no}\t{}\n", 42 + SIZE));
    }
    assert!(rows == wanted, "{} of {kept} rows", rows.lines().count());
    dropped.parse().unwrap()
}

#[test]
#[ignore = "needs the right to capture"]
fn without_a_file_rows_wait_in_a_temporary_one() {
    let port = port_of_its_own();
    let args = ["-T", "tsv", "--columns", "no,length"];
    let (child, messages) = start(&args, port);
    send(port, "");
    interrupt(&child);
    let dropped = all_rows(child, messages);
    // Nobody can see here how far the capture is, so that a busy machine may drop some of them.
    assert!(dropped < SENT / 2, "{dropped} dropped");
}

fn interrupt(child: &Child) {
    let id = i32::try_from(child.id()).unwrap();
    kill(Pid::from_raw(id), Signal::SIGINT).unwrap();
}

#[test]
#[ignore = "needs the right to capture"]
fn ctrl_c_ends_the_file_although_nobody_reads() {
    let folder = Folder::new("robust-stall-end");
    let file = folder.file("kept.pcapng");
    let port = port_of_its_own();
    let (mut child, _messages) = start(&["-w", &file, "-T", "jsonl"], port);
    send(port, &file);
    kill(
        Pid::from_raw(i32::try_from(child.id()).unwrap()),
        Signal::SIGINT,
    )
    .unwrap();
    // What the kernel counted stands last in the file.
    let whole = || {
        let report = run(&["report", &file, "-T", "md"]).stdout;
        report.windows(6).any(|it| it == b"40000 ")
    };
    // Each look runs a program: these take minutes.
    assert!((0..10_000).any(|_| whole()), "the file is not ended");
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
