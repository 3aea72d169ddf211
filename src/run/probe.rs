//! What a process waits for, as `/proc` tells.

use std::fs;

use crate::kernel::Diag;

/// What the threads of a process wait for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Waits {
    /// One reads standard input.
    pub(super) keyboard: bool,
    /// One sleeps for a time.
    pub(super) sleeps: bool,
    /// One computes, or waits for something for a time only.
    pub(super) goes_on: bool,
}

/// What the threads of `processes` wait for.
pub(super) fn waits(processes: &[i32]) -> Waits {
    let mut found = Waits::default();
    for pid in processes {
        let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else {
            continue;
        };
        for thread in threads.flatten() {
            let call = fs::read_to_string(thread.path().join("syscall")).unwrap_or_default();
            let words: Vec<&str> = call.split_whitespace().collect();
            let argument = |place: usize| {
                let word = words.get(place).and_then(|it| it.strip_prefix("0x"));
                word.map_or(0, |it| u64::from_str_radix(it, 16).unwrap_or(0))
            };
            // Milliseconds, of which -1 are for ever.
            let time = |place| (1..=0x7fff_ffff).contains(&(argument(place) & 0xffff_ffff));
            match words.first().map(|it| it.parse()) {
                Some(Ok(libc::SYS_read)) => found.keyboard |= argument(1) == 0,
                Some(Ok(libc::SYS_nanosleep | libc::SYS_clock_nanosleep)) => found.sleeps = true,
                #[cfg(target_arch = "x86_64")]
                Some(Ok(libc::SYS_poll)) => found.goes_on |= time(3),
                #[cfg(target_arch = "x86_64")]
                Some(Ok(libc::SYS_epoll_wait)) => found.goes_on |= time(4),
                #[cfg(target_arch = "x86_64")]
                Some(Ok(libc::SYS_select)) => found.goes_on |= argument(5) != 0,
                Some(Ok(libc::SYS_epoll_pwait)) => found.goes_on |= time(4),
                Some(Ok(libc::SYS_ppoll)) => found.goes_on |= argument(3) != 0,
                Some(Ok(libc::SYS_pselect6)) => found.goes_on |= argument(5) != 0,
                // The word is "running".
                Some(Err(_)) => found.goes_on = true,
                _ => {}
            }
        }
    }
    found
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

    /// What a Python program waits for, once it is what was expected.
    fn becomes(program: &str, expected: Waits) {
        let child = Command::new("python3")
            .args(["-c", program])
            .stdin(Stdio::piped())
            .spawn();
        let mut child = child.unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        let mut looks = 0;
        while waits(&[pid]) != expected {
            assert_eq!(child.try_wait().unwrap(), None, "it ended");
            looks += 1;
            assert!(looks < 1_000_000, "{program}: {:?}", waits(&[pid]));
            yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }

    #[test]
    fn a_program_that_waits_for_a_time_goes_on_by_itself() {
        let waits = Waits::default();
        let goes_on = Waits {
            goes_on: true,
            ..waits
        };
        becomes("import select; select.select([], [], [], 99)", goes_on);
        becomes("import select; select.epoll().poll(99)", goes_on);
        becomes("import select; select.poll().poll(99_000)", goes_on);
        becomes("while True: pass", goes_on);
        becomes("import select; select.poll().poll()", waits);
        becomes("import select; select.epoll().poll()", waits);
        becomes("import signal; signal.pause()", waits);
        let sleeps = Waits {
            sleeps: true,
            ..waits
        };
        becomes("import time; time.sleep(99)", sleeps);
        let keyboard = Waits {
            keyboard: true,
            ..waits
        };
        becomes("input()", keyboard);
    }
}
