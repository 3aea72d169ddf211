//! TCP sockets. Each method makes the one system call it is named after and notes it in the
//! journal: when it was made, when it returned, with which addresses and what result.
//!
//! A socket changes its type with its state: [`Socket`], then [`Listener`] after listen or
//! [`Connection`] after connect and accept.

use std::io;
use std::net::SocketAddr;

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::error::ExerciseError;
use super::journal::{Journal, Noted, moved, now, outcome};
use crate::model::call::{Call, CallResult};
use crate::model::time::Timestamp;

/// A TCP socket that neither listens nor is connected.
#[derive(Debug)]
pub struct Socket {
    inner: TcpSocket,
    journal: Journal,
}

impl Socket {
    /// `socket`: a TCP socket for addresses of the same version as `address`. No option is set;
    /// above all not SO_REUSEADDR.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub fn new(journal: &Journal, address: SocketAddr) -> Result<Self, ExerciseError> {
        let began = now();
        let result = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4(),
            SocketAddr::V6(_) => TcpSocket::new_v6(),
        };
        journal.called(began, noted(Call::Socket, None, None), outcome(&result));
        match result {
            Ok(inner) => Ok(Self {
                inner,
                journal: journal.clone(),
            }),
            Err(cause) => Err(ExerciseError::of("socket", None, cause)),
        }
    }

    /// `setsockopt(SO_REUSEADDR)`: bind succeeds although connections in TIME-WAIT hold the port.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub fn set_reuse_address(&self) -> Result<(), ExerciseError> {
        self.option("SO_REUSEADDR", || self.inner.set_reuseaddr(true))
    }

    /// `setsockopt(SO_RCVBUF)`: room for about `bytes` received bytes in the kernel.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub fn set_receive_buffer(&self, bytes: u32) -> Result<(), ExerciseError> {
        self.option("SO_RCVBUF", || self.inner.set_recv_buffer_size(bytes))
    }

    fn option(
        &self,
        name: &'static str,
        set: impl FnOnce() -> io::Result<()>,
    ) -> Result<(), ExerciseError> {
        let began = now();
        let result = set();
        let what = noted(Call::SetSockOpt(name), None, None);
        self.journal.called(began, what, outcome(&result));
        result.map_err(|cause| ExerciseError::of("setsockopt", None, cause))
    }

    /// `bind`: takes `address` for this socket; port 0 takes any that is free.
    ///
    /// # Errors
    /// [`ExerciseError::AddressInUse`], [`ExerciseError::PermissionDenied`],
    /// [`ExerciseError::NotLocal`], [`ExerciseError::Io`].
    pub fn bind(&self, address: SocketAddr) -> Result<(), ExerciseError> {
        let began = now();
        let result = self.inner.bind(address);
        let local = self.inner.local_addr().ok().filter(|_| result.is_ok());
        let what = noted(Call::Bind, local.or(Some(address)), None);
        self.journal.called(began, what, outcome(&result));
        result.map_err(|cause| ExerciseError::of("bind", Some(address), cause).with_owner(true))
    }

    /// `listen`: the kernel completes handshakes from now on and queues up to `backlog`
    /// connections (on Linux one more) until they are accepted.
    ///
    /// # Errors
    /// [`ExerciseError::AddressInUse`], [`ExerciseError::Io`].
    pub fn listen(self, backlog: u32) -> Result<Listener, ExerciseError> {
        let local = self.inner.local_addr().ok();
        let began = now();
        let result = self.inner.listen(backlog);
        let what = noted(Call::Listen { backlog }, local, None);
        self.journal.called(began, what, outcome(&result));
        match result {
            Ok(inner) => Ok(Listener {
                inner: Some(inner),
                local,
                journal: self.journal,
            }),
            Err(cause) => Err(ExerciseError::of("listen", local, cause)),
        }
    }

    /// `connect`: the three-way handshake with `address`. Without bind before it, the kernel
    /// chooses an ephemeral port.
    ///
    /// # Errors
    /// [`ExerciseError::Refused`], [`ExerciseError::Io`].
    pub async fn connect(self, address: SocketAddr) -> Result<Connection, ExerciseError> {
        let began = now();
        let result = self.inner.connect(address).await;
        let local = result.as_ref().ok().and_then(|it| it.local_addr().ok());
        let what = noted(Call::Connect, local, Some(address));
        self.journal.called(began, what, outcome(&result));
        match result {
            Ok(inner) => Ok(Connection::new(inner, local, address, &self.journal)),
            Err(cause) => Err(ExerciseError::of("connect", Some(address), cause)),
        }
    }
}

/// Makes a socket and connects it, trying each of the `addresses` of a name in turn.
///
/// # Errors
/// That of the last address.
pub async fn connect(
    journal: &Journal,
    addresses: &[SocketAddr],
) -> Result<Connection, ExerciseError> {
    let mut failure = None;
    for address in addresses {
        let socket = Socket::new(journal, *address)?;
        match socket.connect(*address).await {
            Ok(connection) => return Ok(connection),
            Err(error) => failure = Some(error),
        }
    }
    Err(failure
        .unwrap_or_else(|| ExerciseError::of("connect", None, io::ErrorKind::InvalidInput.into())))
}

/// A TCP socket that waits for connections. Dropping it closes it.
#[derive(Debug)]
pub struct Listener {
    inner: Option<TcpListener>,
    local: Option<SocketAddr>,
    journal: Journal,
}

impl Listener {
    /// The address it listens at.
    ///
    /// # Errors
    /// [`ExerciseError::Io`] where the system does not tell.
    pub fn local_address(&self) -> Result<SocketAddr, ExerciseError> {
        self.local.ok_or_else(|| {
            ExerciseError::of("getsockname", None, io::ErrorKind::NotConnected.into())
        })
    }

    /// `accept`: the next connection whose handshake is complete, and its client.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub async fn accept(&self) -> Result<(Connection, SocketAddr), ExerciseError> {
        let began = now();
        let result = match &self.inner {
            Some(listener) => listener.accept().await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        let peer = result.as_ref().ok().map(|(_, peer)| *peer);
        // The listener may have the unspecified address; the connection has a real one.
        let local = result.as_ref().ok().and_then(|it| it.0.local_addr().ok());
        let what = noted(Call::Accept, local.or(self.local), peer);
        self.journal.called(began, what, outcome(&result));
        match result {
            Ok((stream, peer)) => Ok((Connection::new(stream, local, peer, &self.journal), peer)),
            Err(cause) => Err(ExerciseError::of("accept", None, cause)),
        }
    }

    /// `close`: connections that wait to be accepted are reset.
    pub fn close(self) {}
}

impl Drop for Listener {
    fn drop(&mut self) {
        let began = now();
        drop(self.inner.take());
        let what = noted(Call::Close, self.local, None);
        self.journal.called(began, what, CallResult::Done);
    }
}

/// A connected TCP socket. Dropping it closes it.
#[derive(Debug)]
pub struct Connection {
    inner: Option<TcpStream>,
    local: Option<SocketAddr>,
    peer: SocketAddr,
    journal: Journal,
}

impl Connection {
    fn new(
        inner: TcpStream,
        local: Option<SocketAddr>,
        peer: SocketAddr,
        journal: &Journal,
    ) -> Self {
        Self {
            inner: Some(inner),
            local,
            peer,
            journal: journal.clone(),
        }
    }

    /// Its own address.
    ///
    /// # Errors
    /// [`ExerciseError::Io`] where the system does not tell.
    pub fn local_address(&self) -> Result<SocketAddr, ExerciseError> {
        self.local.ok_or_else(|| {
            ExerciseError::of("getsockname", None, io::ErrorKind::NotConnected.into())
        })
    }

    /// The other end.
    pub fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// `recv`: waits until there are bytes, then takes as many as fit into `buffer`. 0 is the
    /// end of the stream: the other end has closed its sending direction.
    ///
    /// # Errors
    /// [`ExerciseError::Reset`], [`ExerciseError::Io`].
    pub async fn recv(&self, buffer: &mut [u8]) -> Result<usize, ExerciseError> {
        let room = buffer.len();
        let mut times = [now(); 2];
        let result = self.try_recv(buffer, &mut times[1]).await;
        self.acted(times, Call::Recv { room }, moved(&result));
        result.map_err(|cause| ExerciseError::of("recv", Some(self.peer), cause))
    }

    /// Sets `acted` to when the kernel was asked the last time: what woke the program came before
    /// that, and a window update goes out after it.
    async fn try_recv(&self, buffer: &mut [u8], acted: &mut Timestamp) -> io::Result<usize> {
        let stream = self.stream()?;
        loop {
            stream.readable().await?;
            *acted = now();
            match stream.try_read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return result,
            }
        }
    }

    /// `send`: hands bytes to the kernel, as many as it has room for; waits while it has none.
    ///
    /// # Errors
    /// [`ExerciseError::Reset`], [`ExerciseError::Io`].
    pub async fn send(&self, bytes: &[u8]) -> Result<usize, ExerciseError> {
        let mut times = [now(); 2];
        let result = self.try_send(bytes, &mut times[1]).await;
        self.acted(times, Call::Send { len: bytes.len() }, moved(&result));
        result.map_err(|cause| ExerciseError::of("send", Some(self.peer), cause))
    }

    /// Sets `acted` to when the kernel was asked the last time: the bytes leave after that.
    async fn try_send(&self, bytes: &[u8], acted: &mut Timestamp) -> io::Result<usize> {
        let stream = self.stream()?;
        loop {
            stream.writable().await?;
            *acted = now();
            match stream.try_write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                result => return result,
            }
        }
    }

    /// `send` again and again until every byte is with the kernel (Python's `sendall`).
    ///
    /// # Errors
    /// [`ExerciseError::Reset`], [`ExerciseError::Io`].
    pub async fn send_all(&self, mut bytes: &[u8]) -> Result<(), ExerciseError> {
        while !bytes.is_empty() {
            let taken = self.send(bytes).await?;
            bytes = bytes.get(taken..).unwrap_or_default();
        }
        Ok(())
    }

    /// `shutdown(SHUT_WR)`: sends FIN; receiving goes on.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub async fn shutdown(&mut self) -> Result<(), ExerciseError> {
        let began = now();
        let result = match &mut self.inner {
            Some(stream) => stream.shutdown().await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        self.note(began, Call::Shutdown("SHUT_WR"), outcome(&result));
        result.map_err(|cause| ExerciseError::of("shutdown", Some(self.peer), cause))
    }

    /// `setsockopt(SO_LINGER)` with a time of 0: close sends RST instead of FIN.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub fn set_zero_linger(&self) -> Result<(), ExerciseError> {
        self.set_option("SO_LINGER", TcpStream::set_zero_linger)
    }

    pub(super) fn set_option(
        &self,
        name: &'static str,
        set: impl FnOnce(&TcpStream) -> io::Result<()>,
    ) -> Result<(), ExerciseError> {
        let began = now();
        let result = self.stream().and_then(set);
        self.note(began, Call::SetSockOpt(name), outcome(&result));
        result.map_err(|cause| ExerciseError::of("setsockopt", Some(self.peer), cause))
    }

    /// `close`: gives the socket up; the kernel sends what is left, then FIN.
    pub fn close(self) {}

    fn stream(&self) -> io::Result<&TcpStream> {
        self.inner
            .as_ref()
            .ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn note(&self, began: Timestamp, call: Call, result: CallResult) {
        let what = noted(call, self.local, Some(self.peer));
        self.journal.called(began, what, result);
    }

    fn acted(&self, times: [Timestamp; 2], call: Call, result: CallResult) {
        let what = noted(call, self.local, Some(self.peer));
        self.journal.acted(times, what, result);
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let began = now();
        drop(self.inner.take());
        self.note(began, Call::Close, CallResult::Done);
    }
}

fn noted(call: Call, local: Option<SocketAddr>, peer: Option<SocketAddr>) -> Noted {
    Noted {
        call,
        tcp: true,
        local,
        peer,
    }
}
