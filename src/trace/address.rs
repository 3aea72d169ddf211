//! The addresses of a program's socket, as the kernel has them.

use std::fs;
use std::os::fd::AsRawFd;
use std::os::fd::OwnedFd;

use nix::sys::socket::SockaddrStorage;
use nix::sys::socket::getpeername;
use nix::sys::socket::getsockname;
use rustix::process::Pid;
use rustix::process::PidfdFlags;
use rustix::process::PidfdGetfdFlags;
use rustix::process::pidfd_getfd;
use rustix::process::pidfd_open;

use super::memory::plain;
use crate::kernel::Diag;
use crate::model::address::Endpoint;

/// The ends of a socket; `None` where it has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) local: Option<Endpoint>,
    pub(super) peer: Option<Endpoint>,
}

/// Asks for the ends of sockets of one process.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    handle: Option<OwnedFd>,
}

impl Addresses {
    /// The ends of the socket `fd` of `process`, TCP or UDP. The socket is borrowed for a moment;
    /// where the system forbids that, its number is looked up in the kernel's lists.
    pub(super) fn of(&mut self, process: i32, fd: i32, tcp: bool) -> Ends {
        match self.borrow(process, fd) {
            Some(socket) => Ends {
                local: getsockname::<SockaddrStorage>(socket.as_raw_fd())
                    .ok()
                    .and_then(|it| end(&it))
                    .filter(|it| it.port != 0),
                peer: getpeername::<SockaddrStorage>(socket.as_raw_fd())
                    .ok()
                    .and_then(|it| end(&it)),
            },
            None => listed(process, fd, tcp).unwrap_or_default(),
        }
    }

    fn borrow(&mut self, process: i32, fd: i32) -> Option<OwnedFd> {
        if self.handle.is_none() {
            self.handle = pidfd_open(Pid::from_raw(process)?, PidfdFlags::empty()).ok();
        }
        pidfd_getfd(self.handle.as_ref()?, fd, PidfdGetfdFlags::empty()).ok()
    }
}

fn end(address: &SockaddrStorage) -> Option<Endpoint> {
    let v4 = address
        .as_sockaddr_in()
        .map(|it| (it.ip().into(), it.port()));
    let v6 = || {
        address
            .as_sockaddr_in6()
            .map(|it| (it.ip().into(), it.port()))
    };
    v4.or_else(v6).map(|(ip, port)| plain(ip, port))
}

/// The ends of the socket with that number, in the kernel's lists.
fn listed(process: i32, fd: i32, tcp: bool) -> Option<Ends> {
    let link = fs::read_link(format!("/proc/{process}/fd/{fd}")).ok()?;
    let inode = link.to_str()?.strip_prefix("socket:[")?;
    let inode: u32 = inode.strip_suffix(']')?.parse().ok()?;
    let sockets = Diag::open().and_then(|it| it.all(tcp)).ok()?;
    let socket = sockets.into_iter().find(|it| it.inode == inode)?;
    Some(Ends {
        local: Some(socket.local),
        peer: socket.peer,
    })
}
