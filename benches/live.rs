//! Live capture beside its peers: packets lost with a sender at full speed, and how long a row
//! takes from its packet to the other end of a pipe.
//!
//! ```text
//! cargo bench --bench live -- [--rounds N] [--packets N] [NAME...]
//! ```
//!
//! Every program runs in turn in every round, since a busy machine disturbs them all: compare
//! within one run only. NAME chooses programs; the variable NETLAB names another netlab than the
//! one built here. Needs the right to capture on the loopback.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement reads the clock, prints, and may fail"
)]

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::UdpSocket;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use netlab::analysis::AnalyzerOptions;
use netlab::pipeline::Pipeline;
use netlab::report::columns::COLUMNS;
use netlab::report::columns::CellOptions;
use netlab::source::live::Event;
use netlab::source::live::LiveOptions;
use netlab::source::live::LiveSource;
use netlab::source::live::Stop;
use netlab::source::live::signals::Signals;
use nix::sys::signal::Signal;
use nix::sys::signal::kill;
use nix::unistd::Pid;

/// A program under measurement. `{port}` and `{file}` are filled in; `{self}` is this program
/// and `{netlab}` the one that was built with it.
struct Subject {
    name: &'static str,
    command: &'static str,
    /// Takes part in the measurement of loss, of latency.
    takes_part: (bool, bool),
}

static SUBJECTS: &[Subject] = &[
    Subject {
        name: "library",
        command: "{self} --rows {port}",
        takes_part: (true, true),
    },
    Subject {
        name: "netlab",
        command: "{netlab} capture -i lo -T tsv --port {port}",
        takes_part: (true, true),
    },
    Subject {
        name: "netlab-w",
        command: "{netlab} capture -i lo -q -w {file} --port {port}",
        takes_part: (true, false),
    },
    Subject {
        name: "tcpdump-w",
        command: "tcpdump -i lo -w {file} udp port {port}",
        takes_part: (true, false),
    },
    Subject {
        name: "tcpdump",
        command: "tcpdump -i lo -n -l udp port {port}",
        takes_part: (true, true),
    },
    Subject {
        name: "tcpdump-imm",
        command: "tcpdump -i lo -n -l --immediate-mode udp port {port}",
        takes_part: (false, true),
    },
    Subject {
        name: "tshark",
        command: "tshark -i lo -n -l -f udp{sp}port{sp}{port}",
        takes_part: (false, true),
    },
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(at) = arguments.iter().position(|argument| argument == "--rows") {
        return rows(arguments[at + 1].parse().unwrap());
    }
    let number = |option: &str, otherwise: usize| {
        let at = arguments.iter().position(|argument| argument == option);
        at.map_or(otherwise, |at| arguments[at + 1].parse().unwrap())
    };
    let rounds = number("--rounds", 3);
    let packets = number("--packets", 1_000_000);
    let wanted = |subject: &&Subject| {
        let names: Vec<_> = SUBJECTS.iter().map(|subject| subject.name).collect();
        let asked: Vec<_> = arguments
            .iter()
            .filter(|name| names.contains(&name.as_str()))
            .collect();
        asked.is_empty() || asked.iter().any(|name| *name == subject.name)
    };
    let subjects: Vec<&Subject> = SUBJECTS
        .iter()
        .filter(wanted)
        .filter(|subject| runs(subject))
        .collect();

    for size in [32, 1400] {
        println!("lost of {packets} datagrams of {size} bytes, sender at full speed (thousand/s):");
        for subject in subjects.iter().filter(|subject| subject.takes_part.0) {
            print!("  {:12}", subject.name);
            for _ in 0..rounds {
                let (seen, rate) = loss(subject, packets, size);
                print!(" {:8} ({:3.0})", packets.abs_diff(seen), rate / 1000.0);
                std::io::stdout().flush().unwrap();
            }
            println!();
        }
    }
    println!("milliseconds from packet to row, median / 90 % / most:");
    for subject in subjects.iter().filter(|subject| subject.takes_part.1) {
        print!("  {:12}", subject.name);
        for _ in 0..rounds {
            let mut times = latency(subject, 400);
            times.sort_by(f64::total_cmp);
            let share = |part: usize| times[(times.len() - 1) * part / 100];
            print!("   {:7.2} {:7.2} {:7.2}", share(50), share(90), share(100));
            std::io::stdout().flush().unwrap();
        }
        println!();
    }
}

/// What `netlab capture` does with the library, so that it can be measured without the program.
fn rows(port: u16) {
    let options = LiveOptions {
        filter: format!("udp port {port}").as_str().into(),
        ..LiveOptions::default()
    };
    let mut source = LiveSource::open(&options).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut pipeline = Pipeline::new(AnalyzerOptions::default());
    let (mut out, mut stdout) = (Vec::new(), std::io::stdout().lock());
    runtime.block_on(async {
        let mut signals = Signals::listen().unwrap();
        std::io::stderr().write_all(b"ready\n").unwrap();
        let run = source.run(Stop::new().signals(&mut signals), |event| {
            if let Event::Frame(frame) = &event {
                let row = pipeline.push(frame);
                for column in COLUMNS {
                    (column.write)(&row, &CellOptions::default(), &mut out);
                    out.push(b'\t');
                }
                out.push(b'\n');
            }
            if out.len() > 30_000 || (matches!(event, Event::Idle) && !out.is_empty()) {
                stdout.write_all(&out).unwrap();
                out.clear();
            }
            ControlFlow::Continue(())
        });
        run.await.unwrap();
    });
    let told = format!("{:?}\n", source.stats().unwrap());
    std::io::stderr().write_all(told.as_bytes()).unwrap();
}

/// Where a subject writes its capture.
fn file() -> String {
    std::env::temp_dir()
        .join(format!("netlab-bench-{}.pcap", std::process::id()))
        .display()
        .to_string()
}

fn command(subject: &Subject, port: u16) -> Command {
    let own = std::env::current_exe().unwrap();
    let built = env!("CARGO_BIN_EXE_netlab").to_owned();
    let netlab = std::env::var("NETLAB").unwrap_or(built);
    let words: Vec<String> = subject
        .command
        .split(' ')
        .map(|word| {
            word.replace("{port}", &port.to_string())
                .replace("{file}", &file())
                .replace("{self}", &own.display().to_string())
                .replace("{netlab}", &netlab)
                .replace("{sp}", " ")
        })
        .collect();
    let mut command = Command::new(&words[0]);
    command.args(&words[1..]).env("TZ", "UTC");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

/// Whether a subject is there and starts to capture.
fn runs(subject: &Subject) -> bool {
    let Ok(mut child) = command(subject, 9).spawn() else {
        println!("{} is not here", subject.name);
        return false;
    };
    let ready = wait_until_ready(&mut child).is_some();
    if !ready {
        println!("{} does not capture", subject.name);
    }
    interrupt(&child);
    let _ = child.wait();
    ready
}

/// Every subject says on standard error that it captures; tshark says so one line later.
fn wait_until_ready(child: &mut Child) -> Option<thread::JoinHandle<()>> {
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    loop {
        line.clear();
        if errors.read_line(&mut line).unwrap() == 0 {
            return None;
        }
        let early = ["Running as", "tcpdump: verbose", "tcpdump: data link"];
        if !early.iter().any(|words| line.starts_with(words)) {
            break;
        }
    }
    if line.contains("error") {
        return None;
    }
    // tshark's dumpcap is a moment behind its words.
    thread::sleep(Duration::from_millis(if line.starts_with("Capturing") {
        1000
    } else {
        50
    }));
    Some(thread::spawn(move || {
        drop(errors.read_to_end(&mut Vec::new()))
    }))
}

fn interrupt(child: &Child) {
    let _ = kill(
        Pid::from_raw(i32::try_from(child.id()).unwrap()),
        Signal::SIGINT,
    );
}

/// A sender, and the receiver that keeps its port open but is never read.
fn sockets() -> (UdpSocket, UdpSocket, u16) {
    let receiver = UdpSocket::bind("127.0.0.1:0").unwrap();
    let sender = UdpSocket::bind("127.0.0.1:0").unwrap();
    sender.connect(receiver.local_addr().unwrap()).unwrap();
    let port = receiver.local_addr().unwrap().port();
    (sender, receiver, port)
}

/// How many of `packets` datagrams were seen, and how many were sent per second.
fn loss(subject: &Subject, packets: usize, size: usize) -> (usize, f64) {
    let (sender, _receiver, port) = sockets();
    let mut child = command(subject, port).spawn().unwrap();
    let errors = wait_until_ready(&mut child).unwrap();
    let output = child.stdout.take().unwrap();
    let lines = thread::spawn(move || count_lines(output));
    let datagram = vec![0; size];
    let began = Instant::now();
    for _ in 0..packets {
        sender.send(&datagram).unwrap();
    }
    let rate = packets as f64 / began.elapsed().as_secs_f64();
    // tcpdump looks into its buffer once a second.
    thread::sleep(Duration::from_millis(1500));
    interrupt(&child);
    child.wait().unwrap();
    errors.join().unwrap();
    let lines = lines.join().unwrap();
    let seen = if subject.command.contains("{file}") {
        count_records(Path::new(&file()))
    } else {
        lines
    };
    let _ = std::fs::remove_file(file());
    (seen, rate)
}

/// Rows, without netlab's heading and the empty line that tcpdump ends with.
fn count_lines(output: impl Read) -> usize {
    let mut output = BufReader::with_capacity(1 << 16, output);
    let (mut rows, mut last, mut heading) = (0, b'\n', None);
    loop {
        let block = output.fill_buf().unwrap();
        if block.is_empty() {
            return rows - usize::from(heading == Some(true));
        }
        heading.get_or_insert(block.starts_with(b"no\t"));
        for byte in block {
            rows += usize::from(*byte == b'\n' && last != b'\n');
            last = *byte;
        }
        let length = block.len();
        output.consume(length);
    }
}

/// The records of a capture file in this machine's byte order.
fn count_records(path: &Path) -> usize {
    let mut file = BufReader::new(File::open(path).unwrap());
    file.read_exact(&mut [0; 24]).unwrap();
    let mut records = 0;
    let mut header = [0; 16];
    while file.read_exact(&mut header).is_ok() {
        let length = u32::from_ne_bytes([header[8], header[9], header[10], header[11]]);
        file.seek_relative(i64::from(length)).unwrap();
        records += 1;
    }
    records
}

/// Milliseconds from each of `packets` datagrams to its line.
fn latency(subject: &Subject, packets: usize) -> Vec<f64> {
    let (sender, _receiver, port) = sockets();
    let mut child = command(subject, port).spawn().unwrap();
    let errors = wait_until_ready(&mut child).unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines = thread::spawn(move || {
        let rows = output.lines().map(|line| (Instant::now(), line.unwrap()));
        // Rows speak of UDP; headings do not.
        rows.filter(|(_, row)| row.contains("UDP"))
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    });
    let mut sent = Vec::new();
    for number in 0..packets {
        // Not in step with any timer.
        thread::sleep(Duration::from_micros(2000 + (number * 997 % 3001) as u64));
        sent.push(Instant::now());
        sender.send(&[0; 32]).unwrap();
    }
    thread::sleep(Duration::from_millis(1500));
    interrupt(&child);
    child.wait().unwrap();
    errors.join().unwrap();
    let seen = lines.join().unwrap();
    assert_eq!(seen.len(), sent.len(), "{} lost rows", subject.name);
    sent.iter()
        .zip(seen)
        .map(|(sent, seen)| (seen - *sent).as_secs_f64() * 1000.0)
        .collect()
}
