//! What tells a file apart, whatever it is called. Devices and pipes have no such thing here, for
//! they are not destroyed by being written to.

#[cfg(unix)]
mod system {
    use std::fs::{File, Metadata};
    use std::io::Result;
    use std::os::fd::AsFd;
    use std::os::unix::fs::MetadataExt;

    use crate::source::path;

    /// Its device and its number there.
    pub(in crate::source::save) type Identity = (u64, u64);

    fn identity(known: Result<Metadata>) -> Option<Identity> {
        let known = known.ok().filter(Metadata::is_file)?;
        Some((known.dev(), known.ino()))
    }

    fn of_open(stream: &impl AsFd) -> Option<Identity> {
        let file = stream.as_fd().try_clone_to_owned().map(File::from);
        identity(file.and_then(|file| file.metadata()))
    }

    /// The file at a path, if there is one.
    pub(in crate::source::save) fn of(path: &str) -> Option<Identity> {
        identity(std::fs::metadata(path::of(path)))
    }

    /// The file behind standard input.
    pub(in crate::source::save) fn of_input() -> Option<Identity> {
        of_open(&std::io::stdin())
    }

    /// The file behind standard output.
    pub(in crate::source::save) fn of_output() -> Option<Identity> {
        of_open(&std::io::stdout())
    }
}

#[cfg(not(unix))]
mod system {
    use std::path::PathBuf;

    /// Its whole path.
    pub(in crate::source::save) type Identity = PathBuf;

    pub(in crate::source::save) fn of(path: &str) -> Option<Identity> {
        std::fs::canonicalize(path).ok()
    }

    pub(in crate::source::save) fn of_input() -> Option<Identity> {
        None
    }

    pub(in crate::source::save) fn of_output() -> Option<Identity> {
        None
    }
}

pub(super) use self::system::{Identity, of, of_input, of_output};
