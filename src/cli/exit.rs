//! Exit codes: which one a run ends with, for each error that ends it.

use crate::lab::LabError;
use crate::sandbox::SandboxError;
use crate::source::error::SourceError;
use crate::source::filter::FilterError;
use crate::source::live::error::LiveError;
use crate::source::save::SaveError;

/// A check or an expectation failed.
pub(super) const FAILED: u8 = 1;
/// Wrong usage, or a filter that does not compile.
pub(super) const USAGE: u8 = 2;
/// Not permitted to capture.
pub(super) const NOT_PERMITTED: u8 = 3;
/// Nothing was captured although something was required.
pub(super) const NOTHING_CAPTURED: u8 = 4;
/// The input cannot be read.
pub(super) const UNREADABLE: u8 = 5;
/// Ctrl-C ended a run that would have gone on, as a shell gives it.
#[cfg(target_os = "linux")]
pub(super) const INTERRUPTED: u8 = 130;

/// An error that ends a run with an exit code.
pub(super) trait Exit {
    /// The exit code.
    fn exit_code(&self) -> u8;
}

impl Exit for SourceError {
    fn exit_code(&self) -> u8 {
        UNREADABLE
    }
}

impl Exit for FilterError {
    fn exit_code(&self) -> u8 {
        USAGE
    }
}

impl Exit for SandboxError {
    fn exit_code(&self) -> u8 {
        NOT_PERMITTED
    }
}

impl Exit for LiveError {
    fn exit_code(&self) -> u8 {
        match self {
            Self::NoSuchInterface { .. } | Self::NoLoopback { .. } | Self::BadFilter { .. } => {
                USAGE
            }
            Self::PermissionDenied { .. } => NOT_PERMITTED,
            Self::InterfaceDown { .. }
            | Self::Open { .. }
            | Self::Read { .. }
            | Self::Devices { .. } => UNREADABLE,
        }
    }
}

impl Exit for SaveError {
    /// Wrong usage where another path would do; 0 where whoever reads has gone.
    fn exit_code(&self) -> u8 {
        match self {
            Self::Compressed { .. } | Self::Create { .. } | Self::Unfit { .. } => USAGE,
            Self::NobodyReads { .. } => 0,
            Self::Full { .. } | Self::Write { .. } | Self::Unfinished { .. } => FAILED,
        }
    }
}

impl Exit for LabError {
    fn exit_code(&self) -> u8 {
        match self {
            Self::Capture(error) => error.exit_code(),
            Self::Program { .. } => FAILED,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::frame::LinkType;

    #[test]
    fn each_error_has_the_exit_code_that_the_readme_promises() {
        let (path, cause) = (|| "f".to_owned(), || std::io::Error::other("c"));
        assert_eq!(SourceError::Missing { path: path() }.exit_code(), 5);
        assert_eq!(SourceError::Empty { path: path() }.exit_code(), 5);
        let link = LinkType(9999);
        assert_eq!(FilterError::LinkType { link }.exit_code(), 2);
        assert_eq!(SandboxError::TooLate.exit_code(), 3);
        let live = |known| LiveError::NoSuchInterface {
            name: path(),
            known,
        };
        assert_eq!(live(Vec::new()).exit_code(), 2);
        assert_eq!(LabError::Capture(live(Vec::new())).exit_code(), 2);
        let denied = LiveError::PermissionDenied {
            interface: path(),
            program: "netlab".into(),
        };
        assert_eq!(denied.exit_code(), 3);
        let read = LiveError::Devices { cause: path() };
        assert_eq!(read.exit_code(), 5);
        assert_eq!(SaveError::Compressed { path: path() }.exit_code(), 2);
        let create = SaveError::Create {
            path: path(),
            cause: cause(),
        };
        assert_eq!(create.exit_code(), 2);
        assert_eq!(SaveError::NobodyReads { path: path() }.exit_code(), 0);
        assert_eq!(SaveError::Full { path: path() }.exit_code(), 1);
        let write = SaveError::Write {
            path: path(),
            cause: cause(),
        };
        assert_eq!(write.exit_code(), 1);
    }
}
