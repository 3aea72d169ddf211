//! Why a file cannot be read on, as an error.

use std::io::ErrorKind;

use super::record::Stop;
use crate::source::damage::Damage;
use crate::source::error::SourceError;

/// Whether it is the unpacker that cannot go on, not the system.
pub(super) fn is_unpacking(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidData | ErrorKind::InvalidInput
    )
}

/// Why a file cannot be read from its start.
pub(super) fn at_start(path: &str, stop: Stop) -> SourceError {
    let path = path.to_owned();
    match stop {
        Stop::Cut => SourceError::CutHeader { path },
        Stop::Damaged(what) => SourceError::Damaged {
            path,
            offset: 0,
            what,
        },
        Stop::Io(error) if is_unpacking(&error) => SourceError::Damaged {
            path,
            offset: 0,
            what: Damage::Compressed,
        },
        Stop::Io(cause) => SourceError::io(&path, cause),
    }
}
