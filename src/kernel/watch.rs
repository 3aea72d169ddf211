//! How the sockets of some ports change.

use std::collections::BTreeMap;
use std::io;
use std::net::IpAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use super::diag::Diag;
use crate::model::address::Endpoint;
use crate::model::kernel::KernelSocket;
use crate::model::tcp::TcpState;
use crate::model::time::Timestamp;

/// A change that a look showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// When it was seen; it came about since the look before.
    pub at: Timestamp,
    /// The socket, as it is now or was last.
    pub socket: KernelSocket,
    /// Its state before; `None` where it is new.
    pub from: Option<TcpState>,
    /// Its state now; `None` where it is gone.
    pub to: Option<TcpState>,
}

/// TCP or UDP, its own end, the other end.
type Key = (bool, (IpAddr, u16), Option<(IpAddr, u16)>);

/// Looks at the sockets of some ports again and again.
#[derive(Debug)]
pub struct Watch {
    diag: Diag,
    ports: Vec<u16>,
    known: BTreeMap<Key, KernelSocket>,
}

impl Watch {
    /// Will look at the sockets that have or call one of `ports`; at all where there is none.
    ///
    /// # Errors
    /// Where the system tells nothing of sockets.
    pub fn new(ports: &[u16]) -> io::Result<Self> {
        Ok(Self {
            diag: Diag::open()?,
            ports: ports.to_vec(),
            known: BTreeMap::new(),
        })
    }

    /// The sockets as they are.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn sockets(&self) -> io::Result<Vec<KernelSocket>> {
        let mut sockets = self.diag.all(true)?;
        sockets.extend(self.diag.all(false)?);
        let of_port = |it: &KernelSocket| {
            let has = |end: Endpoint| self.ports.contains(&end.port);
            self.ports.is_empty() || has(it.local) || it.peer.is_some_and(has)
        };
        sockets.retain(of_port);
        sockets.sort_by_key(|it| (!it.tcp, it.state != TcpState::Listen, key(it)));
        Ok(sockets)
    }

    /// What has changed since the look before; at the first, every socket is new.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn look(&mut self) -> io::Result<Vec<Change>> {
        let sockets = self.sockets()?;
        let at = now();
        let mut before = std::mem::take(&mut self.known);
        let mut changes = Vec::new();
        for socket in sockets {
            let from = before.remove(&key(&socket)).map(|it| it.state);
            let to = Some(socket.state);
            if from != to {
                changes.push(Change {
                    at,
                    socket,
                    from,
                    to,
                });
            }
            self.known.insert(key(&socket), socket);
        }
        changes.extend(before.into_values().map(|socket| Change {
            at,
            socket,
            from: Some(socket.state),
            to: None,
        }));
        Ok(changes)
    }
}

fn key(socket: &KernelSocket) -> Key {
    let end = |it: Endpoint| (it.ip, it.port);
    (socket.tcp, end(socket.local), socket.peer.map(end))
}

/// The time of day, on the clock that stamps packets too.
#[expect(
    clippy::disallowed_methods,
    reason = "calls and changes stand between packets by their times, and only a clock tells theirs"
)]
pub fn now() -> Timestamp {
    // A clock before 1970 is set wrongly.
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().into()
}
