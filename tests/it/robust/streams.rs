//! Rows leave when their packets arrive, from pipes too, and Ctrl-C ends a pipe as its end does.

use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use nix::sys::signal::{Signal, kill};
use nix::sys::stat::Mode;
use nix::unistd::{Pid, mkfifo};

use crate::support::{Folder, netlab, run, stderr};

/// The file header of a capture and its packets. `test` is who asks.
fn pieces(test: &str) -> (Vec<u8>, Vec<Vec<u8>>) {
    let folder = Folder::new(&format!("robust-pieces-{test}"));
    let file = folder.file("echo.pcap");
    run(&["replay", "captures/echo.pcapng", "-q", "-w", &file]);
    let bytes = fs::read(&file).unwrap();
    let (head, mut rest) = bytes.split_at(24);
    let mut packets = Vec::new();
    while rest.len() >= 16 {
        let len = u32::from_le_bytes(rest[8..12].try_into().unwrap());
        let (packet, after) = rest.split_at(16 + usize::try_from(len).unwrap());
        packets.push(packet.to_vec());
        rest = after;
    }
    (head.to_vec(), packets)
}

struct Running {
    child: Child,
    input: ChildStdin,
    out: BufReader<ChildStdout>,
}

fn start(args: &[&str]) -> Running {
    let mut command = netlab();
    command.args(args).stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    Running {
        input: child.stdin.take().unwrap(),
        out: BufReader::new(child.stdout.take().unwrap()),
        child,
    }
}

impl Running {
    /// Reads on until `word` has come. Were it held back, this would wait for ever. Not line by
    /// line: in JSON a row ends its line only when the next one comes.
    fn until(&mut self, word: &str) {
        let mut seen = Vec::new();
        while !seen.ends_with(word.as_bytes()) {
            let mut byte = [0];
            self.out.read_exact(&mut byte).unwrap();
            seen.extend(byte);
        }
    }

    /// The rest of what it says once its input has ended.
    fn end(mut self) -> (Option<i32>, String) {
        drop(self.input);
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        (self.child.wait().unwrap().code(), rest)
    }
}

#[test]
fn a_row_leaves_when_its_packet_arrives() {
    let (head, packets) = pieces("rows");
    let mut commands: Vec<Vec<&str>> = Vec::new();
    for format in ["table", "tsv", "csv", "md", "json", "jsonl"] {
        commands.push(vec!["replay", "-", "-T", format]);
    }
    commands.push(vec!["replay", "-", "-V"]);
    commands.push(vec!["replay", "-", "--pace", "1000000x"]);
    for command in commands {
        let mut running = start(&command);
        running.input.write_all(&head).unwrap();
        for (packet, word) in packets.iter().zip(["SYN", "SYN, ACK", "ACK", "PSH, ACK"]) {
            // In two parts, as a network may bring it.
            let (one, other) = packet.split_at(packet.len() / 2);
            running.input.write_all(one).unwrap();
            running.input.write_all(other).unwrap();
            running.until(word);
        }
        let (code, _) = running.end();
        assert_eq!(code, Some(0), "{command:?}");
    }
    for format in ["tsv", "csv", "md", "jsonl", "json"] {
        let mut running = start(&["explain", "-", "-T", format]);
        running.input.write_all(&head).unwrap();
        running.input.write_all(&packets[0]).unwrap();
        running.until("SYN");
        running.input.write_all(&packets[1]).unwrap();
        running.until("SYN, ACK");
        assert_eq!(running.end().0, Some(0), "{format}");
    }
}

#[test]
fn what_is_copied_leaves_when_it_arrives() {
    let (head, packets) = pieces("copies");
    for args in [
        &["replay", "-", "-w", "-"][..],
        &["annotate", "-", "-o", "-"],
    ] {
        let mut running = start(args);
        running.input.write_all(&head).unwrap();
        running.input.write_all(&packets[0]).unwrap();
        // The bytes of the packet come out although no other one went in.
        let wanted = &packets[0][16..];
        let mut seen = Vec::new();
        while !seen.windows(wanted.len()).any(|part| part == wanted) {
            let mut byte = [0];
            running.out.read_exact(&mut byte).unwrap();
            seen.extend(byte);
        }
        drop(running.input);
        assert!(running.child.wait().unwrap().success());
    }
}

#[test]
fn a_named_pipe_is_a_pipe() {
    let (head, packets) = pieces("fifo");
    let folder = Folder::new("robust-fifo");
    let path = folder.file("fifo");
    mkfifo(path.as_str(), Mode::S_IRWXU).unwrap();
    let mut running = start(&["replay", &path, "-T", "tsv"]);
    let mut fifo = File::options().write(true).open(&path).unwrap();
    fifo.write_all(&head).unwrap();
    fifo.write_all(&packets[0]).unwrap();
    running.until("[SYN]");
    drop(fifo);
    assert_eq!(running.end().0, Some(0));
}

#[test]
fn the_first_ctrl_c_ends_the_pipe_with_rows_and_summary() {
    let (head, packets) = pieces("ctrl-c");
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        let folder = Folder::new(&format!("robust-ctrl-c-{signal}"));
        let kept = folder.file("kept.pcap");
        let mut running = start(&["replay", "-", "-w", &kept]);
        running.input.write_all(&head).unwrap();
        for packet in &packets {
            running.input.write_all(packet).unwrap();
        }
        running.until("[FIN, ACK]");
        // A packet that has only begun is no damage of the file.
        running.input.write_all(&packets[0][..20]).unwrap();
        let id = Pid::from_raw(i32::try_from(running.child.id()).unwrap());
        kill(id, signal).unwrap();
        let mut rest = String::new();
        running.out.read_to_string(&mut rest).unwrap();
        let output = running.child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{signal}");
        assert_eq!(stderr(&output), "", "{signal}");
        assert!(rest.contains("three-way handshake"), "{rest}");
        let again = run(&["replay", &kept, "-T", "tsv"]);
        assert_eq!(
            again.stdout.iter().filter(|byte| **byte == b'\n').count(),
            packets.len() + 1
        );
    }
    // Of what is read whole, the part that came.
    let mut running = start(&["conversations", "-", "-T", "tsv"]);
    running.input.write_all(&head).unwrap();
    // More than a pipe holds: some of it was read, so the signal is listened for.
    running
        .input
        .write_all(&packets.concat().repeat(200))
        .unwrap();
    let id = Pid::from_raw(i32::try_from(running.child.id()).unwrap());
    kill(id, Signal::SIGINT).unwrap();
    let mut rows = String::new();
    running.out.read_to_string(&mut rows).unwrap();
    assert_eq!(running.child.wait().unwrap().code(), Some(0));
    assert!(rows.lines().count() >= 2, "{rows}");
}
