//! What can go wrong in an exercise, the call that failed, and the way out.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use thiserror::Error;

use super::http::error::HttpError;
use super::owner::{PortOwner, owner_of};

/// Why a server or a client ended before its time. `Display` is the English sentence;
/// [`ExerciseError::message`] and [`ExerciseError::hint`] speak the user's language.
#[derive(Debug, Error)]
#[error("{}", self.message(crate::text::Lang::En))]
#[non_exhaustive]
pub enum ExerciseError {
    /// bind: another socket has the port (EADDRINUSE).
    AddressInUse {
        /// The address asked for.
        address: SocketAddr,
        /// Who has it, where the system tells.
        owner: Option<PortOwner>,
    },
    /// bind: the port is not for plain users (EACCES).
    PermissionDenied {
        /// The address asked for.
        address: SocketAddr,
    },
    /// bind: the address is none of this machine (EADDRNOTAVAIL).
    NotLocal {
        /// The address asked for.
        address: SocketAddr,
    },
    /// connect, or a call on a UDP socket: nobody listens there (ECONNREFUSED).
    Refused {
        /// The call that failed.
        call: &'static str,
        /// The address called.
        address: SocketAddr,
    },
    /// The other end broke the connection off (ECONNRESET, EPIPE).
    Reset {
        /// The call that failed.
        call: &'static str,
        /// The other end.
        peer: SocketAddr,
    },
    /// Nothing happened for too long.
    Timeout {
        /// The call that waited.
        call: &'static str,
        /// How long.
        after: Duration,
    },
    /// recv: the other end closed before the answer was whole.
    Ended {
        /// Bytes of the answer that came.
        received: usize,
        /// Bytes that were to come.
        expected: usize,
    },
    /// What concerns HTTP.
    Http(#[from] HttpError),
    /// The name resolver knows no address for the name.
    NameNotFound {
        /// The name.
        host: String,
    },
    /// Any other failure.
    Io {
        /// The call that failed.
        call: &'static str,
        /// The address of its socket or peer, where it has one.
        address: Option<SocketAddr>,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
}

impl ExerciseError {
    /// The error of a failed `call` that concerns `address`: its own address for bind and
    /// listen, else the peer's.
    pub(in crate::exercises) fn of(
        call: &'static str,
        address: Option<SocketAddr>,
        cause: io::Error,
    ) -> Self {
        use io::ErrorKind;
        let Some(address) = address else {
            return Self::Io {
                call,
                address,
                cause,
            };
        };
        match cause.kind() {
            ErrorKind::AddrInUse if call == "bind" || call == "listen" => Self::AddressInUse {
                address,
                owner: None,
            },
            ErrorKind::PermissionDenied if call == "bind" => Self::PermissionDenied { address },
            ErrorKind::AddrNotAvailable if call == "bind" => Self::NotLocal { address },
            ErrorKind::ConnectionRefused => Self::Refused { call, address },
            ErrorKind::ConnectionReset | ErrorKind::BrokenPipe => Self::Reset {
                call,
                peer: address,
            },
            _ => Self::Io {
                call,
                address: Some(address),
                cause,
            },
        }
    }
}

impl ExerciseError {
    /// Adds who has the address that is in use, with TCP or else UDP.
    #[must_use]
    pub(in crate::exercises) fn with_owner(self, tcp: bool) -> Self {
        match self {
            Self::AddressInUse { address, .. } => Self::AddressInUse {
                address,
                owner: owner_of(address, tcp),
            },
            other => other,
        }
    }
}

/// Waits for `work` at most `limit`.
///
/// # Errors
/// [`ExerciseError::Timeout`] naming `call`, and the errors of `work`.
pub(in crate::exercises) async fn within<T>(
    limit: Duration,
    call: &'static str,
    work: impl Future<Output = Result<T, ExerciseError>>,
) -> Result<T, ExerciseError> {
    match tokio::time::timeout(limit, work).await {
        Ok(result) => result,
        Err(_) => Err(ExerciseError::Timeout { call, after: limit }),
    }
}
