//! What a process waits for, as `/proc` tells.

use std::fs;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::time::Duration;

use nix::time::ClockId;
use nix::time::clock_gettime;

use crate::kernel::Diag;

/// What the threads of a process wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Waits {
    /// One reads standard input.
    pub(super) keyboard: bool,
    /// One sleeps: so long at most, of those that count.
    pub(super) sleeps: Option<Duration>,
    /// One waits for something for a time only: so long at most, of those that count.
    pub(super) expects: Option<Duration>,
    /// One computes.
    pub(super) computes: bool,
}

/// What the threads of `processes` wait for; who does so for longer than `longest` is taken to do so
/// for ever.
pub(super) fn waits(processes: &[i32], longest: Duration) -> Waits {
    let mut found = Waits::default();
    for pid in processes {
        let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
            continue;
        };
        for thread in threads.flatten() {
            let text = fs::read_to_string(thread.path().join("syscall")).unwrap_or_default();
            let call = InCall {
                thread: &thread.path(),
                words: text.split_whitespace().collect(),
            };
            found.add(&call, longest);
        }
    }
    found
}

impl Waits {
    fn add(&mut self, call: &InCall<'_>, longest: Duration) {
        let of = |time: Option<Duration>| time.filter(|time| *time <= longest);
        let mut sleeps = |time| self.sleeps = self.sleeps.max(of(time));
        let mut expects = |time| self.expects = self.expects.max(of(time));
        match call.words.first().map(|it| it.parse()) {
            Some(Ok(libc::SYS_read)) => self.keyboard |= call.argument(1) == 0,
            Some(Ok(libc::SYS_nanosleep)) => sleeps(call.time(1, NANOS)),
            Some(Ok(libc::SYS_clock_nanosleep)) => sleeps(call.until()),
            #[cfg(target_arch = "x86_64")]
            Some(Ok(libc::SYS_poll)) => expects(call.millis(3)),
            #[cfg(target_arch = "x86_64")]
            Some(Ok(libc::SYS_epoll_wait)) => expects(call.millis(4)),
            #[cfg(target_arch = "x86_64")]
            Some(Ok(libc::SYS_select)) => expects(call.time(5, MICROS)),
            Some(Ok(libc::SYS_epoll_pwait)) => expects(call.millis(4)),
            Some(Ok(libc::SYS_ppoll)) => expects(call.time(3, NANOS)),
            Some(Ok(libc::SYS_pselect6)) => expects(call.time(5, NANOS)),
            // The word is "running".
            Some(Err(_)) => self.computes = true,
            _ => {}
        }
    }
}

/// Nanoseconds in one of the second number of a struct timespec.
const NANOS: u64 = 1;
/// The same of a struct timeval.
#[cfg(target_arch = "x86_64")]
const MICROS: u64 = 1000;

/// A thread in a system call, as `/proc/PID/task/TID/syscall` tells: its number, its arguments.
struct InCall<'a> {
    thread: &'a Path,
    words: Vec<&'a str>,
}

impl InCall<'_> {
    /// An argument, the first of which is 1.
    fn argument(&self, place: usize) -> u64 {
        let word = self.words.get(place).and_then(|it| it.strip_prefix("0x"));
        word.map_or(0, |it| u64::from_str_radix(it, 16).unwrap_or(0))
    }

    /// An argument in milliseconds; `None` where it is 0 or, being negative, for ever.
    fn millis(&self, place: usize) -> Option<Duration> {
        let millis = self.argument(place) & 0xffff_ffff;
        (1..=0x7fff_ffff)
            .contains(&millis)
            .then(|| Duration::from_millis(millis))
    }

    /// The time that an argument points at, in seconds and `unit` nanoseconds; `None` where it
    /// points nowhere, which is for ever.
    fn time(&self, place: usize, unit: u64) -> Option<Duration> {
        let address = self.argument(place);
        let mut bytes = [0; 16];
        let memory = fs::File::open(self.thread.join("mem"));
        let read = memory.and_then(|it| it.read_exact_at(&mut bytes, address));
        let part = |from: usize| {
            let part = bytes.get(from..).and_then(|rest| rest.first_chunk());
            part.map_or(0, |it| u64::from_ne_bytes(*it))
        };
        let parts = Duration::from_nanos(part(8).saturating_mul(unit));
        (address != 0 && read.is_ok()).then(|| Duration::from_secs(part(0)).saturating_add(parts))
    }

    /// How long clock_nanosleep sleeps still, at most.
    fn until(&self) -> Option<Duration> {
        let time = self.time(3, NANOS)?;
        let absolute = self.argument(2) & 1 == 1;
        let clock = ClockId::from_raw(i32::try_from(self.argument(1)).unwrap_or(0));
        match clock_gettime(clock).map(Duration::from) {
            Ok(now) if absolute => Some(time.saturating_sub(now)),
            _ => Some(time),
        }
    }
}

/// Whether a TCP socket listens, or a UDP socket without a peer is bound, at `port` or, where
/// that is `None`, at any.
pub(super) fn somebody_waits(port: Option<u16>) -> bool {
    let all = |tcp| Diag::open().and_then(|it| it.all(tcp)).unwrap_or_default();
    all(true)
        .iter()
        .chain(&all(false))
        .any(|it| it.awaits_anybody() && port.is_none_or(|port| port == it.local.port))
}

#[cfg(test)]
mod tests {
    use std::process::{Command, Stdio};
    use std::thread::yield_now;

    use super::*;

    /// What a Python program waits for, once it is what was expected: of a time, how many seconds
    /// are left when they are rounded up.
    fn becomes(program: &str, expected: Waits) {
        let child = Command::new("python3")
            .args(["-c", program])
            .stdin(Stdio::piped())
            .spawn();
        let mut child = child.unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        let rounded = |time: Duration| Duration::from_millis(999) + time;
        let whole = |time: Duration| Duration::from_secs(rounded(time).as_secs());
        let now = || {
            let found = waits(&[pid], Duration::from_secs(99));
            Waits {
                sleeps: found.sleeps.map(whole),
                expects: found.expects.map(whole),
                ..found
            }
        };
        let mut looks = 0;
        while now() != expected {
            assert_eq!(child.try_wait().unwrap(), None, "it ended");
            looks += 1;
            assert!(looks < 1_000_000, "{program}: {:?}", now());
            yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_program_that_waits_for_a_time_goes_on_by_itself() {
        let waits = Waits::default();
        let expects = Waits {
            expects: Some(Duration::from_secs(99)),
            ..waits
        };
        becomes("import select; select.select([], [], [], 99)", expects);
        becomes("import select; select.epoll().poll(99)", expects);
        becomes("import select; select.poll().poll(99_000)", expects);
        becomes("import select; select.poll().poll()", waits);
        becomes("import select; select.epoll().poll()", waits);
        becomes("import signal; signal.pause()", waits);
        let computes = Waits {
            computes: true,
            ..waits
        };
        becomes("while True: pass", computes);
        let sleeps = Waits {
            sleeps: Some(Duration::from_secs(99)),
            ..waits
        };
        becomes("import time; time.sleep(99)", sleeps);
        becomes("import time; time.sleep(101)", waits);
        let keyboard = Waits {
            keyboard: true,
            ..waits
        };
        becomes("input()", keyboard);
    }
}
