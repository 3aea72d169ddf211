//! The bytes of a connection, as HTTP reads them: a head first, then perhaps a body.

use crate::exercises::error::ExerciseError;
use crate::exercises::tcp::Connection;

/// Receives from a connection and keeps what was not used yet.
#[derive(Debug)]
pub(in crate::exercises) struct Reader<'a> {
    connection: &'a Connection,
    kept: Vec<u8>,
    received: u64,
}

impl<'a> Reader<'a> {
    pub(in crate::exercises) fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            kept: Vec::new(),
            received: 0,
        }
    }

    /// What was received and not used yet.
    pub(in crate::exercises) fn kept(&self) -> &[u8] {
        &self.kept
    }

    /// Receives once more; false at the end of the stream. May be dropped while it waits.
    pub(in crate::exercises) async fn more(&mut self) -> Result<bool, ExerciseError> {
        let mut buffer = [0; 4096];
        let count = self.connection.recv(&mut buffer).await?;
        self.kept.extend_from_slice(&buffer[..count]);
        self.received += count as u64;
        Ok(count > 0)
    }

    /// How many bytes were received.
    pub(in crate::exercises) fn received(&self) -> u64 {
        self.received
    }

    /// Uses the first `count` bytes of what is kept.
    pub(in crate::exercises) fn take(&mut self, count: usize) -> Vec<u8> {
        let rest = self.kept.split_off(count.min(self.kept.len()));
        std::mem::replace(&mut self.kept, rest)
    }
}
