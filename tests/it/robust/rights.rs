//! A run keeps no right that it does not need, and a server gives away no file that it should not.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::symlink;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::needs::port_of_its_own;
use crate::support::{Folder, netlab, stderr};

/// Starts the program and waits for a line on one of its streams that contains `word`.
fn start(args: &[&str], word: &str) -> Child {
    let mut command = netlab();
    command
        .args(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    let mut wait = |stream: &mut dyn BufRead| {
        while !line.contains(word) {
            line.clear();
            assert_ne!(stream.read_line(&mut line).unwrap(), 0, "{args:?} ended");
        }
    };
    match args[0] {
        "capture" => wait(&mut BufReader::with_capacity(
            1,
            child.stderr.as_mut().unwrap(),
        )),
        _ => wait(&mut BufReader::with_capacity(
            1,
            child.stdout.as_mut().unwrap(),
        )),
    }
    child
}

fn send(child: &Child, signal: Signal) {
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
}

/// What /proc says of every thread of a process.
fn rights(child: &Child) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{}/task", child.id())).unwrap();
    let status = tasks.map(|task| fs::read_to_string(task.unwrap().path().join("status")).unwrap());
    status.collect()
}

#[test]
#[ignore = "needs the right to capture"]
fn rights_are_given_up() {
    // Of a port of its own: rows of other tests would fill the pipe, which nobody reads.
    let port = port_of_its_own().to_string();
    let args = ["capture", "-T", "tsv", "--port", &port];
    let mut capture = start(&args, "capturing on lo");
    // The head of the table leaves after the last thing that needs a right.
    let mut head = [0];
    let rows = capture.stdout.as_mut().unwrap();
    rows.read_exact(&mut head).unwrap();
    let args = ["serve", "web", "--port", &port];
    for mut child in [capture, start(&args, "waiting for a client")] {
        // What gives them up comes at once after what was waited for.
        let given = |text: &str| {
            text.contains("CapEff:\t0000000000000000")
                && text.contains("CapPrm:\t0000000000000000")
                && text.contains("NoNewPrivs:\t1")
        };
        let mut looks = 0;
        while !rights(&child).iter().all(|text| given(text)) {
            looks += 1;
            assert!(looks < 100_000, "{:?}", rights(&child));
            std::thread::yield_now();
        }
        send(&child, Signal::SIGTERM);
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}

/// The lines of a status of /proc that say which rights a thread has.
fn capabilities(status: &str) -> String {
    let lines = status.lines().filter(|line| line.starts_with("CapPrm:"));
    lines.collect()
}

#[test]
#[ignore = "needs the right to capture"]
fn a_run_keeps_what_watching_needs_and_its_programs_what_the_user_has() {
    let said = "grep CapPrm: /proc/self/status; echo ready; exec cat";
    let mut command = netlab();
    command.args(["run", "--no-sandbox", "--", "sh", "-c", said]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut run = command.spawn().unwrap();
    let mut out = BufReader::new(run.stdout.take().unwrap());
    let (mut line, mut before) = (String::new(), String::new());
    while !line.contains("ready") {
        before = std::mem::take(&mut line);
        assert_ne!(out.read_line(&mut line).unwrap(), 0, "{before}");
    }
    let own = fs::read_to_string("/proc/self/status").unwrap();
    // Seven letters stand before the tab, which goes to the eighth column.
    let own = capabilities(&own).replace('\t', " ");
    assert!(before.contains(&own), "{before}");
    // CAP_KILL and CAP_SYS_PTRACE.
    let status = fs::read_to_string(format!("/proc/{}/status", run.id())).unwrap();
    assert_eq!(capabilities(&status), "CapPrm:\t0000000000080020");
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    drop(run.stdin.take());
    std::io::copy(&mut out, &mut std::io::sink()).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(0));
}

#[test]
#[ignore = "needs the right to capture"]
fn a_lab_that_is_repeated_keeps_the_right_to_capture_again() {
    let mut command = netlab();
    command.args(["lab", "echo", "--repeat", "100000"]);
    let mut lab = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(lab.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    // CAP_NET_BIND_SERVICE, CAP_NET_ADMIN and CAP_NET_RAW.
    let status = fs::read_to_string(format!("/proc/{}/status", lab.id())).unwrap();
    assert_eq!(capabilities(&status), "CapPrm:\t0000000000003400");
    assert!(status.contains("NoNewPrivs:\t1"), "{status}");
    send(&lab, Signal::SIGINT);
    std::io::copy(&mut out, &mut std::io::sink()).unwrap();
    assert!(lab.wait().unwrap().code().is_some());
}

#[test]
fn a_hang_up_is_a_normal_end_unless_it_is_ignored() {
    let port = port_of_its_own().to_string();
    let args = ["serve", "echo", "--forever", "--port", &port];
    let mut server = start(&args, "waiting for a client");
    send(&server, Signal::SIGHUP);
    let mut said = String::new();
    server
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert!(said.contains("served 0 clients"), "{said}");
    // As nohup starts it.
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' HUP; exec \"$0\" \"$@\""]);
    command.arg(env!("CARGO_BIN_EXE_netlab")).args(args);
    let mut server = command.stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("waiting for a client") {
        line.clear();
        assert_ne!(out.read_line(&mut line).unwrap(), 0);
    }
    send(&server, Signal::SIGHUP);
    // It still answers.
    let mut client = TcpStream::connect(("127.0.0.1", port.parse().unwrap())).unwrap();
    client.write_all(b"still here\n").unwrap();
    let mut echo = [0; 11];
    client.read_exact(&mut echo).unwrap();
    drop(client);
    send(&server, Signal::SIGTERM);
    assert_eq!(server.wait().unwrap().code(), Some(0));
}

#[test]
fn a_server_for_everybody_is_told() {
    for (host, lang, said) in [
        (
            "0.0.0.0",
            "en",
            "0.0.0.0 means every interface: whoever reaches this computer can use",
        ),
        ("::", "en", ":: means every interface"),
        (
            "0.0.0.0",
            "pt-BR",
            "0.0.0.0 significa todas as interfaces: quem alcança este computador",
        ),
    ] {
        let port = port_of_its_own().to_string();
        let args = [
            "serve", "web", "--host", host, "--port", &port, "--lang", lang,
        ];
        let word = if lang == "en" {
            "waiting for"
        } else {
            "esperando"
        };
        let child = start(&args, word);
        send(&child, Signal::SIGTERM);
        let output = child.wait_with_output().unwrap();
        assert!(stderr(&output).contains(said), "{}", stderr(&output));
    }
}

/// A name of the folder changes between a file and a link that leads out, as fast as it can.
#[test]
fn no_exchange_of_links_leads_out_of_the_folder() {
    use nix::fcntl::{AT_FDCWD, RenameFlags, renameat2};
    let folder = Folder::new("robust-web");
    let (root, secret) = (folder.file("root"), folder.file("secret"));
    fs::create_dir_all(format!("{root}/deep")).unwrap();
    fs::write(&secret, "SECRET").unwrap();
    let (inside, link) = (format!("{root}/a.txt"), format!("{root}/b.txt"));
    fs::write(&inside, "INSIDE").unwrap();
    symlink("../secret", &link).unwrap();
    symlink("../a.txt", format!("{root}/deep/link.txt")).unwrap();
    let port = port_of_its_own();
    let number = port.to_string();
    let args = [
        "serve",
        "web",
        "--root",
        &root,
        "--port",
        &number,
        "--forever",
    ];
    let mut server = start(&args, "waiting for a client");
    let mut out = server.stdout.take().unwrap();
    let read = std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
    let ask = |path: &str| {
        let mut client = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        client.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer
    };
    // A link that stays inside is followed.
    assert!(ask("/deep/link.txt").ends_with("INSIDE"));
    let done = AtomicBool::new(false);
    let (mut whole, mut outside) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let (one, other) = (inside.as_str(), link.as_str());
                let here = AT_FDCWD;
                renameat2(here, one, here, other, RenameFlags::RENAME_EXCHANGE).unwrap();
            }
        });
        for _ in 0..400 {
            let answer = ask("/a.txt");
            whole += i32::from(answer.ends_with("INSIDE"));
            outside += i32::from(answer.contains("SECRET"));
        }
        done.store(true, Ordering::Relaxed);
    });
    send(&server, Signal::SIGTERM);
    assert_eq!(server.wait().unwrap().code(), Some(0));
    read.join().unwrap().unwrap();
    assert_eq!(outside, 0);
    assert!(whole > 0, "the file itself is given");
}
