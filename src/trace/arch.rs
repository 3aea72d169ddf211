//! The registers of a system call.

use nix::sys::ptrace;
use nix::unistd::Pid;

/// A system call at its entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registers {
    /// Its number.
    pub(super) number: i64,
    /// Its arguments.
    pub(super) args: [u64; 6],
    /// What it returned, at its exit.
    pub(super) result: i64,
}

/// The registers of a stopped thread.
#[cfg(target_arch = "x86_64")]
pub(super) fn registers(thread: Pid) -> nix::Result<Registers> {
    let all = ptrace::getregs(thread)?;
    Ok(Registers {
        number: all.orig_rax.cast_signed(),
        args: [all.rdi, all.rsi, all.rdx, all.r10, all.r8, all.r9],
        result: all.rax.cast_signed(),
    })
}

/// The registers of a stopped thread.
#[cfg(target_arch = "aarch64")]
pub(super) fn registers(thread: Pid) -> nix::Result<Registers> {
    let all = ptrace::getregs(thread)?;
    let [a, b, c, d, e, f, .., number] = all.regs.first_chunk::<9>().copied().unwrap_or_default();
    Ok(Registers {
        number: number.cast_signed(),
        args: [a, b, c, d, e, f],
        result: a.cast_signed(),
    })
}
