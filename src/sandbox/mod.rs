//! A network of our own, so that a plain user can capture.
//!
//! The order is a contract: [`enter`] comes before any thread, socket or runtime of the process.
//! After it, the process has a loopback that nobody else uses, may capture on it, and reaches no
//! other network.

mod error;
#[cfg(target_os = "linux")]
mod loopback_up;
#[cfg(target_os = "linux")]
mod rights;
#[cfg_attr(target_os = "linux", path = "linux.rs")]
#[cfg_attr(not(target_os = "linux"), path = "unsupported.rs")]
mod system;

use std::path::Path;

pub use self::error::{Barrier, SandboxError};

/// Proof that the process is in a network of its own.
#[derive(Debug)]
pub struct Sandbox(());

/// Moves the process into a network of its own, with nothing but a loopback that is up. There is
/// no way back; files stay what they are.
///
/// # Errors
/// [`SandboxError`], with what to do about it. The process may have lost its network then and
/// should end.
pub fn enter() -> Result<Sandbox, SandboxError> {
    system::enter().map(|()| Sandbox(()))
}

/// Moves the process into the network that another netlab of this user has made, and returns the
/// number of that process; `None` where there is none. The process has no second thread yet.
///
/// # Errors
/// Where the system does not let it in.
pub fn join() -> std::io::Result<Option<u32>> {
    system::join()
}

/// Whether the process has a network that it may change: after [`enter`] failed, whether it left
/// the old one all the same.
pub fn entered() -> bool {
    system::entered()
}

/// What of root's rights a run still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Keep {
    /// Ports below 1024, for servers that are not there yet.
    pub low_ports: bool,
    /// Other users' folders, for files that are put there at the end.
    pub files: bool,
    /// Captures that are opened later.
    pub captures: bool,
    /// Programs of other users, and of root with all its rights: to send them signals and to read
    /// what they wait for.
    pub programs: bool,
    /// Filters on TCP sockets, which newer kernels allow only with `CAP_NET_ADMIN`: a lab makes an
    /// end deaf with one.
    pub filters: bool,
}

/// Gives up every capability but those to keep, and for good: not even a program that belongs to
/// root gives them back. To be called once a capture is open, before threads begin.
pub fn give_up(keep: Keep) {
    system::give_up(keep);
}

/// Runs `try_it` in a thread that may not listen at ports below 1024, as a plain user's programs may
/// not, whatever the process may; `None` where no such thread can be had.
pub fn without_low_ports<T: Send>(try_it: impl FnOnce() -> T + Send) -> Option<T> {
    system::without_low_ports(try_it)
}

/// For runs that read captures: from now on they open no file and no connection, and put files
/// into these folders at most. What is open already stays so.
pub fn confine(folders: &[&Path]) {
    system::confine(folders);
}

/// The same for runs that open one file after the other, or ask other programs: they may read and
/// run any.
pub fn confine_writing(folders: &[&Path]) {
    system::confine_writing(folders);
}

/// The same for runs that write many files below a folder, in folders of their own.
pub fn confine_writing_below(folder: &Path) {
    system::confine_writing_below(folder);
}

/// Whether the process may not capture here, and a network of its own could help. It is tried
/// rather than concluded from the user or from capabilities: root of a container may lack the
/// right, and all capabilities of a user namespace do not reach the network outside.
pub fn needed() -> bool {
    system::needed()
}
