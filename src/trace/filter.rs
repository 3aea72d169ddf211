//! Which system calls stop the program: a seccomp filter (seccomp(2), classic BPF). All others run
//! at full speed.
//!
//! seccompiler would build a filter too, but its own ends a process of a foreign architecture; this
//! one lets it run unseen.

use seccompiler::sock_filter;

/// The word that a Python program "writes" its line to: no descriptor has this number.
pub(super) const MARK: i32 = 0x6e6c;

/// Stop here: calls about sockets, whatever their arguments.
pub(super) const ALWAYS: &[libc::c_long] = &[
    libc::SYS_socket,
    libc::SYS_bind,
    libc::SYS_listen,
    libc::SYS_accept,
    libc::SYS_accept4,
    libc::SYS_connect,
    libc::SYS_sendto,
    libc::SYS_recvfrom,
    libc::SYS_sendmsg,
    libc::SYS_recvmsg,
    libc::SYS_sendmmsg,
    libc::SYS_recvmmsg,
    libc::SYS_shutdown,
    libc::SYS_setsockopt,
    libc::SYS_getsockopt,
    libc::SYS_sendfile,
    libc::SYS_splice,
    libc::SYS_dup,
    libc::SYS_dup3,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_dup2,
    libc::SYS_close_range,
    libc::SYS_io_uring_setup,
];

/// The first descriptor that is no standard input, output or error.
pub(super) const FIRST_FILTERED: i32 = 3;

/// Stop here from [`FIRST_FILTERED`] on: what any file is read, written and closed with.
pub(super) const FROM_THREE: &[libc::c_long] = &[
    libc::SYS_read,
    libc::SYS_write,
    libc::SYS_readv,
    libc::SYS_writev,
    libc::SYS_close,
];

/// AUDIT_ARCH of this machine (linux/audit.h).
#[cfg(target_arch = "x86_64")]
const ARCH: u32 = 0xc000_003e;
#[cfg(target_arch = "aarch64")]
const ARCH: u32 = 0xc000_00b7;

// linux/bpf_common.h and linux/seccomp.h.
const LOAD: u16 = 0x20;
const EQUAL: u16 = 0x15;
const AT_LEAST: u16 = 0x35;
const RETURN: u16 = 0x06;
const ALLOW: u32 = 0x7fff_0000;
const TRACE: u32 = 0x7ff0_0000;

/// Where struct seccomp_data has the number of the call, the architecture, and the lower halves of
/// the first two arguments.
const NUMBER: u32 = 0;
const ARCHITECTURE: u32 = 4;
const FIRST: u32 = 16;
const SECOND: u32 = 24;

/// The filter.
pub(super) fn program() -> Vec<sock_filter> {
    // Where the parts that are jumped to begin, from the end of the program.
    const ALLOWS: usize = 9;
    const DESCRIPTOR: usize = 8;
    const DUPLICATE: usize = 5;
    const STOPS: usize = 1;
    let length = 3 + ALWAYS.len() + FROM_THREE.len() + 1 + ALLOWS;
    let mut out = Vec::with_capacity(length);
    let mut put = |code, k, then: Option<usize>, other: Option<usize>| {
        let here = out.len() + 1;
        let jump = |to: Option<usize>| {
            let distance = to.map_or(0, |from_end| length - from_end - here);
            u8::try_from(distance).unwrap_or(u8::MAX)
        };
        out.push(sock_filter {
            code,
            jt: jump(then),
            jf: jump(other),
            k,
        });
    };
    let number = |call: libc::c_long| u32::try_from(call).unwrap_or(u32::MAX);
    put(LOAD, ARCHITECTURE, None, None);
    put(EQUAL, ARCH, None, Some(ALLOWS));
    put(LOAD, NUMBER, None, None);
    for call in ALWAYS {
        put(EQUAL, number(*call), Some(STOPS), None);
    }
    for call in FROM_THREE {
        put(EQUAL, number(*call), Some(DESCRIPTOR), None);
    }
    put(EQUAL, number(libc::SYS_fcntl), Some(DUPLICATE), None);
    put(RETURN, ALLOW, None, None);
    put(LOAD, FIRST, None, None);
    put(AT_LEAST, FIRST_FILTERED.unsigned_abs(), Some(STOPS), None);
    put(RETURN, ALLOW, None, None);
    put(LOAD, SECOND, None, None);
    put(EQUAL, libc::F_DUPFD.unsigned_abs(), Some(STOPS), None);
    put(
        EQUAL,
        libc::F_DUPFD_CLOEXEC.unsigned_abs(),
        Some(STOPS),
        None,
    );
    put(RETURN, ALLOW, None, None);
    put(RETURN, TRACE, None, None);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the filter says of a call: a machine for the four instructions that it uses.
    fn verdict(arch: u32, call: libc::c_long, first: u32, second: u32) -> u32 {
        let program = program();
        let (mut at, mut value) = (0, 0);
        loop {
            let step = &program[at];
            at += 1;
            let holds = match step.code {
                LOAD => {
                    value = match step.k {
                        NUMBER => u32::try_from(call).unwrap(),
                        ARCHITECTURE => arch,
                        FIRST => first,
                        _ => second,
                    };
                    continue;
                }
                RETURN => return step.k,
                EQUAL => value == step.k,
                _ => value >= step.k,
            };
            at += usize::from(if holds { step.jt } else { step.jf });
        }
    }

    #[test]
    fn socket_calls_stop_and_others_run() {
        for call in ALWAYS {
            assert_eq!(verdict(ARCH, *call, 0, 0), TRACE, "{call}");
            assert_eq!(verdict(1, *call, 0, 0), ALLOW, "another architecture");
        }
        for call in FROM_THREE {
            assert_eq!(verdict(ARCH, *call, 2, 0), ALLOW);
            assert_eq!(verdict(ARCH, *call, 3, 0), TRACE);
        }
        let duplicate = libc::F_DUPFD_CLOEXEC.unsigned_abs();
        assert_eq!(verdict(ARCH, libc::SYS_fcntl, 9, duplicate), TRACE);
        assert_eq!(verdict(ARCH, libc::SYS_fcntl, 9, 3), ALLOW);
        assert_eq!(verdict(ARCH, libc::SYS_getpid, 9, 9), ALLOW);
    }
}
