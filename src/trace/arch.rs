//! The registers of a system call.

use framehop::UnwindRegsNative;
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
    /// The instruction after it.
    pub(super) next: u64,
    /// Where its stack stands.
    pub(super) stack: UnwindRegsNative,
}

/// The registers of a stopped thread.
#[cfg(target_arch = "x86_64")]
pub(super) fn registers(thread: Pid) -> nix::Result<Registers> {
    let all = ptrace::getregs(thread)?;
    Ok(Registers {
        number: all.orig_rax.cast_signed(),
        args: [all.rdi, all.rsi, all.rdx, all.r10, all.r8, all.r9],
        result: all.rax.cast_signed(),
        next: all.rip,
        stack: UnwindRegsNative::new(all.rip, all.rsp, all.rbp),
    })
}

/// The registers of a stopped thread.
#[cfg(target_arch = "aarch64")]
pub(super) fn registers(thread: Pid) -> nix::Result<Registers> {
    let all = ptrace::getregs(thread)?;
    let [a, b, c, d, e, f, .., number] = all.regs.first_chunk::<9>().copied().unwrap_or_default();
    let [.., frame, link] = all.regs;
    Ok(Registers {
        number: number.cast_signed(),
        args: [a, b, c, d, e, f],
        result: a.cast_signed(),
        next: all.pc,
        stack: UnwindRegsNative::new(link, all.sp, frame),
    })
}

/// Where the call goes that returns to `address`, of which `before` are the last bytes before it;
/// `None` where the instruction does not say (a function pointer).
#[cfg(target_arch = "x86_64")]
pub(super) fn called(address: u64, before: [u8; 5]) -> Option<u64> {
    // CALL rel32 (Intel SDM, volume 2).
    let [0xe8, distance @ ..] = before else {
        return None;
    };
    let distance = i64::from(i32::from_le_bytes(distance));
    Some(address.wrapping_add_signed(distance))
}

/// Where the call goes that returns to `address`, of which `before` are the last bytes before it;
/// `None` where the instruction does not say (a function pointer).
#[cfg(target_arch = "aarch64")]
pub(super) fn called(address: u64, before: [u8; 5]) -> Option<u64> {
    // BL imm26 (Arm ARM, C6.2): a distance in instructions of four bytes.
    let [_, word @ ..] = before;
    let word = u32::from_le_bytes(word);
    let distance = i64::from((word << 6).cast_signed() >> 6) * 4;
    let calls = word >> 26 == 0b10_0101;
    calls.then(|| address.wrapping_sub(4).wrapping_add_signed(distance))
}
