//! The view in a real pseudo-terminal: `script` of util-linux.

use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use netlab::analysis::AnalyzerOptions;
use netlab::model::frame::LinkType;
use netlab::pipeline::indexed::Indexed;
use netlab::text::Lang;
use netlab::view::capture::Capture;
use netlab::view::{Outside, View, terminal};

use super::walk::options;
use crate::support::{Folder, netlab, root, stderr};

/// A shell in a terminal of 80 columns and 24 lines.
struct Shell {
    child: Child,
    keys: ChildStdin,
    pieces: Receiver<Vec<u8>>,
    seen: String,
}

/// How long anything may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

impl Shell {
    /// netlab with these arguments.
    fn run(folder: &Folder, args: &str) -> Self {
        Self::of(
            folder,
            &format!("\"{}\" {args}", env!("CARGO_BIN_EXE_netlab")),
        )
    }

    fn of(folder: &Folder, command: &str) -> Self {
        let [before, after, pid] = ["before", "after", "pid"].map(|name| folder.file(name));
        let inside = format!(
            "stty cols 80 rows 24; stty -g > '{before}'; \
             sh -c 'echo $$ > \"{pid}\"; exec {command}'; echo code=$?; stty -g > '{after}'"
        );
        let mut command = Command::new("script");
        command.args(["-qec", &inside, "/dev/null"]);
        command.current_dir(root());
        command.env_remove("NO_COLOR").env("TERM", "xterm-256color");
        command.env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let keys = child.stdin.take().unwrap();
        let mut out = child.stdout.take().unwrap();
        let (send, pieces) = channel();
        std::thread::spawn(move || {
            let mut piece = [0; 4096];
            while let Ok(count @ 1..) = out.read(&mut piece) {
                if send.send(piece[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keys,
            pieces,
            seen: String::new(),
        }
    }

    /// Waits until a text is shown behind what was waited for before.
    fn wait(&mut self, text: &str) {
        while !self.seen.contains(text) {
            let piece = self.pieces.recv_timeout(PATIENCE);
            let piece = piece.unwrap_or_else(|_| panic!("no {text:?} in {:?}", self.seen));
            self.seen.push_str(&String::from_utf8_lossy(&piece));
        }
        let end = self.seen.find(text).unwrap() + text.len();
        self.seen.drain(..end);
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// The end: the terminal is left and as it was.
    fn ends(mut self, folder: &Folder, code: &str) {
        self.wait("\x1b[?1049l");
        self.wait(&format!("code={code}"));
        self.left(folder);
    }

    /// The terminal is as it was.
    fn left(mut self, folder: &Folder) {
        drop(self.keys);
        self.child.wait().unwrap();
        let read = |name| std::fs::read_to_string(folder.file(name)).unwrap();
        assert_eq!(read("before"), read("after"));
    }
}

fn signal(folder: &Folder, name: &str) {
    let pid = std::fs::read_to_string(folder.file("pid")).unwrap();
    let sent = Command::new("kill").args(["-s", name, pid.trim()]).status();
    assert!(sent.unwrap().success());
}

#[test]
fn the_terminal_is_left_as_it_was_however_it_ends() {
    for (name, end) in [("q", "q"), ("ctrl-c", "\x03"), ("term", "")] {
        let folder = Folder::new(&format!("view-{name}"));
        let mut shell = Shell::run(&folder, "view captures/echo-log.pcap");
        shell.wait("\x1b[?1049h");
        shell.wait("What it does");
        shell.press("\t");
        shell.wait("Phase");
        match end {
            "" => signal(&folder, "TERM"),
            keys => shell.press(keys),
        }
        shell.ends(&folder, "0");
    }
}

/// Panics as soon as it is shown.
struct Panics;

impl Outside for Panics {
    fn feed(&mut self, _: &mut View) -> bool {
        panic!("on purpose");
    }

    fn export(&mut self, _: &mut Capture, _: &Path) -> Result<(), String> {
        Ok(())
    }
}

#[test]
fn the_terminal_is_left_as_it_was_after_a_panic() {
    if std::env::var_os("NETLAB_TEST_PANICS").is_some() {
        let link = LinkType::ETHERNET;
        let capture = Indexed::live(link, 9, AnalyzerOptions::default()).unwrap();
        let mut view = View::new(Capture::of(capture), options(Lang::En), true);
        terminal::run(&mut view, &mut Panics).unwrap();
    }
    let folder = Folder::new("view-panic");
    let program = std::env::current_exe().unwrap();
    let name = "view::pty::the_terminal_is_left_as_it_was_after_a_panic";
    let mut shell = Shell::of(
        &folder,
        &format!(
            "env NETLAB_TEST_PANICS=1 \"{}\" --exact {name} --nocapture",
            program.display()
        ),
    );
    shell.wait("\x1b[?1049h");
    shell.wait("\x1b[?1049l");
    shell.wait("on purpose");
    shell.wait("code=101");
    shell.left(&folder);
}

#[test]
fn it_ends_where_its_terminal_is_gone() {
    let folder = Folder::new("view-gone");
    let mut shell = Shell::run(&folder, "view captures/echo-log.pcap");
    shell.wait("57128");
    let pid = std::fs::read_to_string(folder.file("pid")).unwrap();
    let pid = rustix::process::Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    let view = rustix::process::pidfd_open(pid, rustix::process::PidfdFlags::empty()).unwrap();
    shell.child.kill().unwrap();
    shell.child.wait().unwrap();
    let mut ends = [PollFd::new(view.as_fd(), PollFlags::POLLIN)];
    let ended = poll(&mut ends, PollTimeout::from(60_000_u16));
    let _ = rustix::process::pidfd_send_signal(&view, rustix::process::Signal::KILL);
    assert_eq!(ended, Ok(1));
}

#[test]
fn a_capture_from_standard_input_is_walked_through_with_the_keys_of_the_terminal() {
    let folder = Folder::new("view-stdin");
    let mut shell = Shell::run(&folder, "view - < captures/echo-log.pcap");
    shell.wait("1/11");
    shell.press("G");
    shell.wait("LAST-ACK");
    shell.press("q");
    shell.ends(&folder, "0");
}

#[test]
fn a_recorded_lab_is_walked_through_as_a_lab_that_runs() {
    let folder = Folder::new("view-recorded");
    let mut shell = Shell::run(&folder, "lab echo --recorded --view");
    shell.wait("the capture has ended");
    shell.press("g");
    shell.wait("SYN");
    shell.press("q");
    shell.wait("\x1b[?1049l");
    shell.wait("four-way close");
    shell.wait("code=0");
}

#[test]
fn it_can_be_stopped_and_goes_on() {
    let folder = Folder::new("view-stop");
    let mut shell = Shell::run(&folder, "view captures/echo-log.pcap --lang pt-BR");
    shell.wait("O que ele faz");
    for by_key in [true, false] {
        match by_key {
            true => shell.press("\x1a"),
            false => signal(&folder, "TSTP"),
        }
        shell.wait("\x1b[?1049l");
        let pid = std::fs::read_to_string(folder.file("pid")).unwrap();
        let state = || std::fs::read_to_string(format!("/proc/{}/stat", pid.trim())).unwrap();
        while !state().contains(") T ") {
            std::thread::yield_now();
        }
        signal(&folder, "CONT");
        shell.wait("\x1b[?1049h");
        shell.wait("O que ele faz");
    }
    shell.press("q");
    shell.ends(&folder, "0");
}

#[test]
#[ignore = "needs the right to capture"]
fn a_lab_is_walked_through_and_answers_below() {
    let folder = Folder::new("view-lab");
    let mut shell = Shell::run(&folder, "lab echo --view");
    shell.wait("the capture has ended");
    shell.press("g");
    shell.wait("socket(SOCK_STREAM)");
    shell.press("q");
    shell.wait("\x1b[?1049l");
    shell.wait("four-way close");
    shell.wait("code=0");
}

#[test]
fn what_is_shown_is_written_to_files() {
    let folder = Folder::new("view-export");
    let mut shell = Shell::run(&folder, "view captures/echo-log.pcap");
    shell.wait("What it does");
    let name = format!("netlab-view-test-{}.svg", std::process::id());
    // What it says of it is drawn over what it asked, letter by letter where they differ.
    shell.press(&format!("e{}{name}\rq", "\x7f".repeat(20)));
    shell.ends(&folder, "0");
    let path = root().join(&name);
    let picture = std::fs::read_to_string(&path);
    let _ = std::fs::remove_file(&path);
    let picture = picture.unwrap();
    assert!(roxmltree::Document::parse(&picture).is_ok());
    assert!(picture.contains("PSH, ACK"));
}

#[test]
fn without_a_terminal_it_names_replay() {
    for args in [
        &["view", "captures/echo-log.pcap"][..],
        &["lab", "echo", "--view"],
        &["run", "--view", "true"],
        &["capture", "--port", "5050", "--view"],
    ] {
        let output = netlab().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let told = stderr(&output);
        assert!(told.contains("needs a terminal"), "{told}");
        assert!(told.contains("netlab replay FILE"), "{told}");
    }
}
