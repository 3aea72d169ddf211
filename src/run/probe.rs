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
            let mut words = call.split_whitespace();
            let number: Option<i64> = words.next().and_then(|it| it.parse().ok());
            let first = words.next();
            match number {
                Some(libc::SYS_read) => found.keyboard |= first == Some("0x0"),
                Some(libc::SYS_nanosleep | libc::SYS_clock_nanosleep) => found.sleeps = true,
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
