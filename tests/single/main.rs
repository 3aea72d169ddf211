//! Tests of what has to happen before the first thread of a process: the sandbox, signals, and
//! what a plain user may do. Each runs in a process of its own, started by this program with the
//! name of the part to play. (The usual test harness starts a thread for each test.)

#![allow(clippy::print_stdout, reason = "there is no test harness that prints")]

mod parts;
mod scenes;

use std::process::ExitCode;

/// The part that a process plays.
const PART: &str = "NETLAB_TEST_PART";

fn main() -> ExitCode {
    match std::env::var(PART) {
        Ok(part) => parts::play(&part),
        Err(_) => scenes::run_all(),
    }
}
