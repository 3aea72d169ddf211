//! Lines of an input, as messages.

use std::io;

use tokio::io::AsyncBufReadExt;

use super::error::ExerciseError;
use super::options::Input;

/// Reads messages from an input, one a line.
pub(in crate::exercises) struct Lines {
    input: Input,
}

impl Lines {
    pub(in crate::exercises) fn new(input: Input) -> Self {
        Self { input }
    }

    /// The next line with its line end, `None` after the last. Bytes that are no UTF-8 become
    /// U+FFFD.
    pub(in crate::exercises) async fn next(&mut self) -> Result<Option<String>, ExerciseError> {
        let mut line = Vec::new();
        match self.input.read_until(b'\n', &mut line).await {
            Ok(0) => Ok(None),
            Ok(_) => Ok(Some(String::from_utf8_lossy(&line).into_owned())),
            Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(cause) => Err(ExerciseError::of("read", None, cause)),
        }
    }
}
