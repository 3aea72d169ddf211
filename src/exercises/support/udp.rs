//! UDP sockets. As in [`tcp`](super::tcp), each method makes the one system call it is named
//! after and notes it.

use std::io;
use std::net::SocketAddr;

use socket2::{Domain, Type};
use tokio::net::UdpSocket;

use super::error::ExerciseError;
use super::journal::{Journal, Noted, moved, now, outcome};
use crate::model::call::{Call, CallResult};
use crate::model::time::Timestamp;

/// A UDP socket. Dropping it closes it.
#[derive(Debug)]
pub struct DatagramSocket {
    inner: Option<UdpSocket>,
    peer: Option<SocketAddr>,
    journal: Journal,
}

impl DatagramSocket {
    /// `socket`: a UDP socket for addresses of the same version as `address`.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub fn new(journal: &Journal, address: SocketAddr) -> Result<Self, ExerciseError> {
        let began = now();
        // tokio makes and binds a socket in one step; here each is a call of its own.
        let result = socket2::Socket::new(Domain::for_address(address), Type::DGRAM, None)
            .and_then(|socket| {
                socket.set_nonblocking(true)?;
                UdpSocket::from_std(socket.into())
            });
        let what = noted(Call::Socket, None, None);
        journal.called(began, what, outcome(&result));
        match result {
            Ok(inner) => Ok(Self {
                inner: Some(inner),
                peer: None,
                journal: journal.clone(),
            }),
            Err(cause) => Err(ExerciseError::of("socket", None, cause)),
        }
    }

    /// `setsockopt(SO_REUSEADDR)`.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub fn set_reuse_address(&self) -> Result<(), ExerciseError> {
        let began = now();
        let result = self
            .socket()
            .and_then(|socket| socket2::SockRef::from(socket).set_reuse_address(true));
        self.note(
            began,
            Call::SetSockOpt("SO_REUSEADDR"),
            None,
            outcome(&result),
        );
        result.map_err(|cause| ExerciseError::of("setsockopt", None, cause))
    }

    /// `bind`: takes `address` for this socket; port 0 takes any that is free.
    ///
    /// # Errors
    /// [`ExerciseError::AddressInUse`], [`ExerciseError::PermissionDenied`],
    /// [`ExerciseError::NotLocal`], [`ExerciseError::Io`].
    pub fn bind(&self, address: SocketAddr) -> Result<(), ExerciseError> {
        let began = now();
        let result = self
            .socket()
            .and_then(|socket| socket2::SockRef::from(socket).bind(&address.into()));
        let local = self.local_address().ok().filter(|_| result.is_ok());
        let what = noted(Call::Bind, local.or(Some(address)), None);
        self.journal.called(began, what, outcome(&result));
        result.map_err(|cause| ExerciseError::of("bind", Some(address), cause).with_owner(false))
    }

    /// `connect`: fixes the peer. No packet is sent; but datagrams of others are not received
    /// from then on, and a refusal by the peer's system (ICMP) is told by the next call.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub async fn connect(&mut self, peer: SocketAddr) -> Result<(), ExerciseError> {
        let began = now();
        let result = match &self.inner {
            Some(socket) => socket.connect(peer).await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        self.note(began, Call::Connect, Some(peer), outcome(&result));
        result.map_err(|cause| ExerciseError::of("connect", Some(peer), cause))?;
        self.peer = Some(peer);
        Ok(())
    }

    /// `send`: one datagram to the peer.
    ///
    /// # Errors
    /// [`ExerciseError::Refused`], [`ExerciseError::Io`].
    pub async fn send(&self, bytes: &[u8]) -> Result<usize, ExerciseError> {
        let began = now();
        let result = match &self.inner {
            Some(socket) => socket.send(bytes).await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        let call = Call::Send { len: bytes.len() };
        self.note(began, call, None, moved(&result));
        result.map_err(|cause| ExerciseError::of("send", self.peer, cause))
    }

    /// `recv`: one datagram from the peer; what does not fit into `buffer` is lost.
    ///
    /// # Errors
    /// [`ExerciseError::Refused`], [`ExerciseError::Io`].
    pub async fn recv(&self, buffer: &mut [u8]) -> Result<usize, ExerciseError> {
        let room = buffer.len();
        let began = now();
        let result = match &self.inner {
            Some(socket) => socket.recv(buffer).await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        self.note(began, Call::Recv { room }, None, moved(&result));
        result.map_err(|cause| ExerciseError::of("recv", self.peer, cause))
    }

    /// `sendto`: one datagram to `peer`.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub async fn send_to(&self, bytes: &[u8], peer: SocketAddr) -> Result<usize, ExerciseError> {
        let began = now();
        let result = match &self.inner {
            Some(socket) => socket.send_to(bytes, peer).await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        let call = Call::SendTo { len: bytes.len() };
        self.note(began, call, Some(peer), moved(&result));
        result.map_err(|cause| ExerciseError::of("sendto", Some(peer), cause))
    }

    /// `recvfrom`: one datagram and its sender; what does not fit into `buffer` is lost.
    ///
    /// # Errors
    /// [`ExerciseError::Io`].
    pub async fn recv_from(&self, buffer: &mut [u8]) -> Result<(usize, SocketAddr), ExerciseError> {
        let room = buffer.len();
        let began = now();
        let result = match &self.inner {
            Some(socket) => socket.recv_from(buffer).await,
            None => Err(io::ErrorKind::NotConnected.into()),
        };
        let peer = result.as_ref().ok().map(|(_, peer)| *peer);
        let counted = match &result {
            Ok((count, _)) => CallResult::Bytes(*count),
            Err(_) => outcome(&result),
        };
        self.note(began, Call::RecvFrom { room }, peer, counted);
        result.map_err(|cause| ExerciseError::of("recvfrom", None, cause))
    }

    /// Its own address; before bind or the first datagram, it has none.
    ///
    /// # Errors
    /// [`ExerciseError::Io`] where the system does not tell.
    pub fn local_address(&self) -> Result<SocketAddr, ExerciseError> {
        self.socket()
            .and_then(UdpSocket::local_addr)
            .map_err(|cause| ExerciseError::of("getsockname", None, cause))
    }

    /// The peer that connect has fixed.
    ///
    /// # Errors
    /// [`ExerciseError::Io`] where there is none.
    pub fn peer(&self) -> Result<SocketAddr, ExerciseError> {
        self.peer.ok_or_else(|| {
            ExerciseError::of("getpeername", None, io::ErrorKind::NotConnected.into())
        })
    }

    /// `close`: nothing is sent.
    pub fn close(self) {}

    fn socket(&self) -> io::Result<&UdpSocket> {
        self.inner
            .as_ref()
            .ok_or_else(|| io::ErrorKind::NotConnected.into())
    }

    fn note(&self, began: Timestamp, call: Call, peer: Option<SocketAddr>, result: CallResult) {
        let local = self.local_address().ok().filter(|it| it.port() != 0);
        let what = noted(call, local, peer.or(self.peer));
        self.journal.called(began, what, result);
    }
}

impl Drop for DatagramSocket {
    fn drop(&mut self) {
        let began = now();
        let local = self.local_address().ok().filter(|it| it.port() != 0);
        drop(self.inner.take());
        let what = noted(Call::Close, local, self.peer);
        self.journal.called(began, what, CallResult::Done);
    }
}

fn noted(call: Call, local: Option<SocketAddr>, peer: Option<SocketAddr>) -> Noted {
    Noted {
        call,
        tcp: false,
        local,
        peer,
    }
}
