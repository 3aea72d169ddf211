//! What an exercise is given to run with.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use super::address::resolve;
use super::error::ExerciseError;
use super::journal::{Journal, Sink};
use super::options::{ClientOptions, ServerOptions};
use super::stop::Stop;
use crate::model::call::Party;
use crate::text::Lang;

/// What a server runs with.
#[derive(Debug)]
pub struct ServerContext {
    /// What it is asked to do.
    pub options: ServerOptions,
    /// Where it tells what happens.
    pub journal: Journal,
    /// Whether it is asked to end.
    pub stop: Stop,
    default_port: u16,
}

impl ServerContext {
    /// The address to listen at.
    ///
    /// # Errors
    /// [`ExerciseError::NameNotFound`].
    pub async fn address(&self) -> Result<SocketAddr, ExerciseError> {
        let port = self.options.port.unwrap_or(self.default_port);
        let addresses = resolve(&self.options.host, port).await?;
        // Of several addresses of a name, a server takes the first, as Python's does.
        addresses
            .first()
            .copied()
            .ok_or_else(|| ExerciseError::NameNotFound {
                host: self.options.host.clone(),
            })
    }

    /// How long a silent client is kept: 5 minutes unless told otherwise.
    pub fn idle_timeout(&self) -> Duration {
        self.options
            .idle_timeout
            .unwrap_or(Duration::from_secs(300))
    }

    /// Room for what each recv brings: 1024 bytes unless told otherwise.
    ///
    /// # Errors
    /// As [`room`].
    pub fn buffer(&self) -> Result<Vec<u8>, ExerciseError> {
        room(self.options.buffer.unwrap_or(1024))
    }

    pub(in crate::exercises) fn new(
        options: ServerOptions,
        (lang, party, sink): (Lang, Party, Sink),
        stop: Stop,
        default_port: u16,
    ) -> Self {
        Self {
            options,
            journal: Journal::new(lang, party, sink),
            stop,
            default_port,
        }
    }
}

/// What a client runs with.
#[derive(Debug)]
pub struct ClientContext {
    /// What it is asked to do.
    pub options: ClientOptions,
    /// Where it tells what happens.
    pub journal: Journal,
    default_port: u16,
}

impl ClientContext {
    /// The server's addresses, in the order to try them.
    ///
    /// # Errors
    /// [`ExerciseError::NameNotFound`].
    pub async fn addresses(&self) -> Result<Vec<SocketAddr>, ExerciseError> {
        let port = self.options.port.unwrap_or(self.default_port);
        resolve(&self.options.host, port).await
    }

    /// How long to wait for an answer.
    pub fn timeout(&self) -> Duration {
        self.options.timeout.unwrap_or(Duration::from_secs(60))
    }

    /// Room for what each recv brings: 1024 bytes unless told otherwise.
    ///
    /// # Errors
    /// As [`room`].
    pub fn buffer(&self) -> Result<Vec<u8>, ExerciseError> {
        room(self.options.buffer.unwrap_or(1024))
    }

    pub(in crate::exercises) fn new(
        options: ClientOptions,
        (lang, party, sink): (Lang, Party, Sink),
        default_port: u16,
    ) -> Self {
        Self {
            options,
            journal: Journal::new(lang, party, sink),
            default_port,
        }
    }
}

/// What a server did until it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Served {
    /// Connections that were accepted; with UDP, datagrams that came.
    pub clients: u32,
    /// Those among them that ended in an error.
    pub failed: u32,
    /// Bytes received.
    pub received: u64,
    /// Bytes sent.
    pub sent: u64,
}

/// A buffer of so many bytes, one at least.
///
/// # Errors
/// [`ExerciseError::Io`] where the system has no memory for it.
pub fn room(bytes: usize) -> Result<Vec<u8>, ExerciseError> {
    let bytes = bytes.max(1);
    // Asked for first, since what follows cannot fail: it ends the program.
    let tried = Vec::<u8>::new().try_reserve_exact(bytes);
    tried.map_err(|_| ExerciseError::of("malloc", None, io::ErrorKind::OutOfMemory.into()))?;
    Ok(vec![0; bytes])
}
