//! What can go wrong where frames come from.

use thiserror::Error;

/// Why frames could not be had.
#[derive(Debug, Error)]
pub enum SourceError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {cause}")]
    Io {
        /// The file.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file is no capture that netlab reads.
    #[error("{path} is not a capture file")]
    NotACapture {
        /// The file.
        path: String,
    },
}
