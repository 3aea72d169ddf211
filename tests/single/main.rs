//! Tests of what has to happen before the first thread of a process: the sandbox, signals, and
//! what a plain user may do. Each runs in a process of its own, started by this program with the
//! name of the part to play. (The usual test harness starts a thread for each test.)

#![allow(clippy::print_stdout, reason = "there is no test harness that prints")]

#[cfg(target_os = "linux")]
mod parts;
#[cfg(target_os = "linux")]
mod scenes;

#[cfg(target_os = "linux")]
use std::process::ExitCode;

/// The part that a process plays.
#[cfg(target_os = "linux")]
const PART: &str = "NETLAB_TEST_PART";

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    match std::env::var(PART) {
        Ok(part) => parts::play(&part),
        Err(_) => scenes::run_all(),
    }
}

/// Other systems have no network namespaces.
#[cfg(not(target_os = "linux"))]
fn main() {}
