//! Programs of others, unmodified, and the calls they make on their sockets.
//!
//! [`Tracer::start`] runs a program under ptrace(2). A seccomp filter stops it at calls that may
//! be about sockets and at no other, so it runs at nearly full speed; threads, forked processes
//! and programs that it runs in turn are followed. Each call is told once it has returned, with
//! the addresses of its socket, as a [`SocketCall`] like those of the exercises:
//!
//! - `accept4` is accept, `sendto` and `recvfrom` without an address are send and recv;
//! - `::ffff:127.0.0.1` is `127.0.0.1`, as in the packets;
//! - a connect that does not wait is told with its outcome, a call that would have had to wait
//!   (`EAGAIN`) not at all unless it gave up after a time;
//! - calls that move no bytes and come in a row are one, with their number;
//! - a socket that nothing is done with is not told.
//!
//! ptrace asks that one thread does everything: the tracer's own.

#[cfg(target_os = "linux")]
mod address;
#[cfg(target_os = "linux")]
mod arch;
#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod decode;
#[cfg(target_os = "linux")]
mod ends;
#[cfg(target_os = "linux")]
mod engine;
#[cfg(target_os = "linux")]
mod errno;
#[cfg(target_os = "linux")]
mod filter;
#[cfg(target_os = "linux")]
mod image;
#[cfg(target_os = "linux")]
mod memory;
#[cfg(target_os = "linux")]
mod options;
#[cfg(target_os = "linux")]
mod place;
#[cfg(target_os = "linux")]
mod resume;
#[cfg(target_os = "linux")]
mod start;
#[cfg(target_os = "linux")]
mod state;
#[cfg(target_os = "linux")]
mod stops;
#[cfg(target_os = "linux")]
mod tables;
#[cfg(target_os = "linux")]
mod tell;
#[cfg(target_os = "linux")]
mod tracer;
#[cfg(target_os = "linux")]
mod view;
#[cfg(target_os = "linux")]
mod walk;

#[cfg(target_os = "linux")]
pub use self::start::VERB;
#[cfg(target_os = "linux")]
pub use self::start::become_program;
#[cfg(target_os = "linux")]
pub use self::tracer::Program;
#[cfg(target_os = "linux")]
pub use self::tracer::Tracer;

use crate::model::address::Endpoint;
use crate::model::call::Party;
use crate::model::call::SocketCall;

/// What happens in the programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// A call returned.
    Called(SocketCall),
    /// A program waits at this address: TCP since `listen`, UDP since `bind`.
    Ready {
        /// Which program.
        party: Party,
        /// TCP or UDP.
        tcp: bool,
        /// Where.
        address: Endpoint,
    },
    /// A program cannot be watched; it runs all the same, and its calls stay unknown.
    Unwatched {
        /// Which program.
        party: Party,
        /// Why, as the system says it.
        cause: &'static str,
    },
    /// Something of a program stays unknown; told once.
    Unknown(Unknown),
    /// No process of the program is left.
    Ended {
        /// Which program.
        party: Party,
        /// How its first process ended.
        end: End,
    },
}

/// What stays unknown of a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Which program.
    pub party: Party,
    /// What.
    pub kind: UnknownKind,
}

/// The same, for any program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnknownKind {
    /// It does input and output past system calls (`io_uring`): some of its calls stay unknown.
    Uring,
    /// It waits at a socket that is neither TCP's nor UDP's: what goes over it is no packet.
    OtherSocket,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// With this exit code.
    Code(i32),
    /// By the signal of this number.
    Signal(i32),
}
