//! From starting a program to the first byte of its table of an eleven-packet file.
//!
//! ```text
//! cargo bench --bench start -- [--rounds N]
//! ```
//!
//! The programs run in turn in every round: compare within one run only.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement reads the clock, prints, and may fail"
)]

use std::io::Read;
use std::process::Command;
use std::process::Stdio;
use std::time::Instant;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/captures/echo-log.pcap");

static SUBJECTS: &[(&str, &[&str])] = &[
    ("netlab", &[env!("CARGO_BIN_EXE_netlab"), "replay", FILE]),
    ("tcpdump", &["tcpdump", "-n", "-r", FILE]),
    ("tshark", &["tshark", "-n", "-r", FILE]),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let at = arguments.iter().position(|argument| argument == "--rounds");
    let rounds = at.map_or(100, |at| arguments[at + 1].parse().unwrap());
    let mut times = vec![Vec::new(); SUBJECTS.len()];
    for round in 0..=rounds {
        for (place, (_, words)) in SUBJECTS.iter().enumerate() {
            // tshark takes a hundred times as long and needs fewer rounds.
            if words[0] == "tshark" && round % 10 != 0 {
                continue;
            }
            let Some(time) = first_byte(words) else {
                continue;
            };
            // The first round fills the page cache.
            if round > 0 {
                times[place].push(time);
            }
        }
    }
    println!("milliseconds to the first byte, least / median / 90 %:");
    for ((name, _), times) in SUBJECTS.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        if times.is_empty() {
            println!("  {name:8} is not here");
            continue;
        }
        let share = |part: usize| times[(times.len() - 1) * part / 100];
        println!(
            "  {name:8} {:8.2} {:8.2} {:8.2}",
            share(0),
            share(50),
            share(90)
        );
    }
}

/// Milliseconds until the program wrote its first byte; `None` where it is not installed.
fn first_byte(words: &[&str]) -> Option<f64> {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).env("TZ", "UTC");
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let began = Instant::now();
    let mut child = command.spawn().ok()?;
    let mut output = child.stdout.take()?;
    output.read_exact(&mut [0]).unwrap();
    let time = began.elapsed().as_secs_f64() * 1000.0;
    output.read_to_end(&mut Vec::new()).unwrap();
    child.wait().unwrap();
    Some(time)
}
