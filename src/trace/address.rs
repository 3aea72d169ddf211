//! The addresses of a program's socket, as the kernel has them.

use std::fs;
use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
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

/// The ends of a socket in `/proc/PID/net/tcp` and its like (proc_net_tcp.rst of the kernel: the
/// local address, the remote address, …, the inode).
fn listed(process: i32, fd: i32, tcp: bool) -> Option<Ends> {
    let link = fs::read_link(format!("/proc/{process}/fd/{fd}")).ok()?;
    let inode = link
        .to_str()?
        .strip_prefix("socket:[")?
        .strip_suffix(']')?
        .to_owned();
    let tables = if tcp {
        ["tcp", "tcp6"]
    } else {
        ["udp", "udp6"]
    };
    tables.iter().find_map(|table| {
        let text = fs::read_to_string(format!("/proc/{process}/net/{table}")).ok()?;
        text.lines().skip(1).find_map(|line| entry(line, &inode))
    })
}

fn entry(line: &str, inode: &str) -> Option<Ends> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    if *fields.get(9)? != inode {
        return None;
    }
    let known = |field: &str| written(field).filter(|it| it.port != 0);
    Some(Ends {
        local: known(fields.get(1)?),
        peer: known(fields.get(2)?),
    })
}

/// An end as `0100007F:13BA`: the address in words of the machine's byte order.
fn written(field: &str) -> Option<Endpoint> {
    let (ip, port) = field.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    let mut bytes = Vec::new();
    for place in (0..ip.len()).step_by(8) {
        let word = u32::from_str_radix(ip.get(place..place + 8)?, 16).ok()?;
        bytes.extend(word.to_ne_bytes());
    }
    let ip: IpAddr = match bytes.len() {
        4 => Ipv4Addr::from(*bytes.first_chunk::<4>()?).into(),
        _ => Ipv6Addr::from(*bytes.first_chunk::<16>()?).into(),
    };
    Some(plain(ip, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernels_lists_are_read() {
        let line = "   1: 0100007F:13BA 0100007F:9C40 01 00000000:00000000 00:00000000 00000000  \
                    1000        0 4711 1 0000000000000000 20 4 30 10 -1";
        let ends = entry(line, "4711").unwrap();
        let loopback = |port| Some(plain(Ipv4Addr::LOCALHOST.into(), port));
        assert_eq!((ends.local, ends.peer), (loopback(5050), loopback(40_000)));
        assert_eq!(entry(line, "471"), None);
        let mapped = "0000000000000000FFFF00000100007F:13BA";
        assert_eq!(written(mapped), loopback(5050));
    }
}
