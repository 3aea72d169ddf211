//! strace sees the same calls: each program of the course's pair, run under strace, agrees with
//! `netlab run` call by call, in name and result.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::stage::{Stage, stages};

/// The calls of a program as strace tells them: `recv = 13`, `close = 0`.
fn by_strace(trace: &str) -> Vec<String> {
    let mut sockets: Vec<String> = Vec::new();
    let mut calls = Vec::new();
    for line in trace.lines() {
        // With a process in front: `4711 recvfrom(4, …) = 13`.
        let line = line.split_once(' ').map_or(line, |it| it.1.trim_start());
        let Some((name, rest)) = line.split_once('(') else {
            continue;
        };
        let result = rest.rsplit_once(" = ").map_or("", |it| it.1);
        let result = result.split([' ', '<']).next().unwrap_or_default();
        let fd = rest.split([',', ')']).next().unwrap_or_default().to_owned();
        match name {
            "socket" if rest.starts_with("AF_INET") => sockets.push(result.to_owned()),
            "accept4" if sockets.contains(&fd) => sockets.push(result.to_owned()),
            _ if !sockets.contains(&fd) => continue,
            "getsockname" | "getpeername" | "ioctl" => continue,
            _ => {}
        }
        let name = match name {
            "accept4" => "accept",
            "sendto" => "send",
            "recvfrom" => "recv",
            other => other,
        };
        let moves = matches!(name, "send" | "recv");
        calls.push(if moves {
            format!("{name} = {result}")
        } else {
            name.to_owned()
        });
        if name == "close" {
            sockets.retain(|it| *it != fd);
        }
    }
    calls
}

/// The calls of a program as `netlab run` tells them.
fn by_netlab(rows: &[&str], who: &str) -> Vec<String> {
    let of = |row: &&&str| row.starts_with(who) && !row.contains('…');
    let started = rows
        .iter()
        .filter(|row| row.starts_with(who) && row.ends_with('…'));
    let connects = started.count();
    let calls = rows.iter().filter(of).map(|row| {
        let call = row.split_once(": ").unwrap().1;
        let (name, rest) = call.split_once('(').unwrap();
        match (name, rest.split_once(" = ")) {
            ("send" | "recv", Some((_, result))) => format!("{name} = {result}"),
            _ => name.to_owned(),
        }
    });
    let mut calls: Vec<String> = calls.collect();
    for _ in 0..connects {
        calls.insert(1, "connect".to_owned());
    }
    calls
}

fn strace(stage: &Stage, program: &str, trace: &str) -> std::process::Command {
    let mut command = stage.command("strace");
    let port = stage.port.to_string();
    command.args(["-f", "-e", "trace=%network,close,read,write", "-o", trace]);
    command.args(["python3", "-u", program, &port]);
    command
}

#[test]
#[ignore = "needs strace"]
fn strace_agrees_call_by_call() {
    for stage in stages("strace") {
        let server = "python3 servidor.py PORT";
        let client = "python3 cliente.py PORT";
        let rows = ["-T", "tsv", "--calls", "--columns", "no,info", "--sandbox"];
        let run = stage.run(&[&rows[..], &["--server", server, "--client", client]].concat());
        assert_eq!(run.code, Some(0), "{run:?}");
        let mut server = strace(&stage, "servidor.py", "server.txt");
        let mut server = server.stdout(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        let mut out = BufReader::new(server.stdout.take().unwrap());
        out.read_line(&mut said).unwrap();
        assert_eq!(said, "Servidor esperando\n");
        let client = strace(&stage, "cliente.py", "client.txt").output().unwrap();
        assert!(client.status.success(), "{client:?}");
        assert!(server.wait().unwrap().success());
        for who in ["server", "client"] {
            let trace = std::fs::read_to_string(stage.file(&format!("{who}.txt"))).unwrap();
            let (theirs, ours) = (by_strace(&trace), by_netlab(&run.bare(), who));
            assert_eq!(ours, theirs, "{who}:\n{trace}");
        }
    }
}
