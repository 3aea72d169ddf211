//! Letting a stopped thread go on.

use nix::errno::Errno;
use nix::unistd::Pid;

/// How a thread goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    /// Until the next event.
    Run,
    /// Until the next event, entry or exit of a system call.
    ToSystemCall,
    /// It stays stopped by its signal (Ctrl-Z), and events are told.
    Stay,
}

/// Lets `thread` go on with `signal`, 0 for none.
pub(super) fn resume(thread: Pid, how: How, signal: i32) -> nix::Result<()> {
    let request = match how {
        How::Run => libc::PTRACE_CONT,
        How::ToSystemCall => libc::PTRACE_SYSCALL,
        How::Stay => libc::PTRACE_LISTEN,
    };
    #[expect(
        unsafe_code,
        reason = "nix names neither PTRACE_LISTEN nor the signals from 32 on, which \
                  pthread_cancel and Java send"
    )]
    // SAFETY: these requests take two numbers, a null address and a signal, and touch no memory of
    // this process; the kernel refuses what is no stopped tracee of this thread or no signal.
    let result = unsafe {
        libc::ptrace(
            request,
            thread.as_raw(),
            std::ptr::null_mut::<libc::c_void>(),
            libc::c_long::from(signal),
        )
    };
    Errno::result(result).map(drop)
}
