//! The start of a program that is to be watched. Between fork and exec only unsafe code could run,
//! so netlab starts itself once more with a hidden verb, which becomes the program.

use std::ffi::OsString;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::process::ExitCode;

use nix::sys::signal::Signal;
use nix::sys::signal::raise;

use super::filter;

/// The hidden verb.
pub const VERB: &str = "__exec";
/// What a program that could install no filter sends to itself: the tracer then stops it at every
/// system call.
pub(super) const NO_FILTER: Signal = Signal::SIGURG;

/// Becomes the program `words[0]` with the arguments that follow. It stops first: whoever watches
/// it takes hold of it and lets it go on. Returns only where the program cannot be started, with
/// the exit code that a shell gives then (POSIX.1-2017, 2.8.2).
pub fn become_program(words: &[OsString]) -> ExitCode {
    let Some((name, arguments)) = words.split_first() else {
        return ExitCode::from(2);
    };
    // A failure leaves the program unwatched, which the tracer sees and tells.
    let _ = raise(Signal::SIGSTOP);
    if is_watched() && seccompiler::apply_filter(&filter::program()).is_err() {
        let _ = raise(NO_FILTER);
    }
    let cause = Command::new(name).args(arguments).exec();
    let missing = cause.kind() == std::io::ErrorKind::NotFound;
    let name = name.to_string_lossy();
    let _ = writeln!(std::io::stderr(), "netlab: {name}: {cause}");
    ExitCode::from(if missing { 127 } else { 126 })
}

/// Whether a thread of the process that started this one holds it. A debugger of the user's may
/// hold it instead.
fn is_watched() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let tracer = status.lines().find_map(|it| it.strip_prefix("TracerPid:"));
    let parent = nix::unistd::getppid();
    let thread = tracer.map(|it| format!("/proc/{parent}/task/{}", it.trim()));
    thread.is_some_and(|path| std::path::Path::new(&path).exists())
}
