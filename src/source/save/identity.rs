//! What tells a file apart, whatever it is called. Devices and pipes have no such thing here, for
//! they are not destroyed by being written to.

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata};
    use std::io::Result;
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;

    use crate::source::path;

    fn identity(known: Result<Metadata>) -> Option<(u64, u64)> {
        let known = known.ok().filter(Metadata::is_file)?;
        Some((known.dev(), known.ino()))
    }

    fn of_open(stream: &impl AsFd) -> Option<(u64, u64)> {
        let file = stream.as_fd().try_clone_to_owned().map(File::from);
        identity(file.and_then(|file| file.metadata()))
    }

    /// The file at a path, if there is one.
    pub(in crate::source::save) fn of(path: &str) -> Option<(u64, u64)> {
        identity(std::fs::metadata(path::of(path)))
    }

    /// The file behind standard input.
    pub(in crate::source::save) fn of_input() -> Option<(u64, u64)> {
        of_open(&std::io::stdin())
    }

    /// The file behind standard output.
    pub(in crate::source::save) fn of_output() -> Option<(u64, u64)> {
        of_open(&std::io::stdout())
    }
}

#[cfg(not(unix))]
mod system {
    use std::path::PathBuf;

    pub(in crate::source::save) fn of(path: &str) -> Option<PathBuf> {
        std::fs::canonicalize(path).ok()
    }

    pub(in crate::source::save) fn of_input() -> Option<PathBuf> {
        None
    }

    pub(in crate::source::save) fn of_output() -> Option<PathBuf> {
        None
    }
}

pub(super) use self::system::{of, of_input, of_output};
