//! Systems without network namespaces.

use super::SandboxError;

/// There is none.
pub(super) fn enter() -> Result<(), SandboxError> {
    let program = std::env::current_exe().unwrap_or_else(|_| "netlab".into());
    Err(SandboxError::Unsupported { program })
}

/// It could not help.
pub(super) fn needed() -> bool {
    false
}

/// There is none to enter.
pub(super) fn entered() -> bool {
    false
}

/// There is none to join.
pub(super) fn join() -> std::io::Result<Option<u32>> {
    Ok(None)
}

/// There are none of these to give up.
pub(super) fn give_up(_: super::Keep) {}

/// Nothing can be forbidden.
pub(super) fn confine(_: &[&std::path::Path]) {}

/// Nothing can be forbidden.
pub(super) fn confine_writing(_: &[&std::path::Path]) {}

pub(super) fn confine_writing_below(_: &std::path::Path) {}

/// No right can be left out.
pub(super) fn without_low_ports<T: Send>(_: impl FnOnce() -> T + Send) -> Option<T> {
    None
}
