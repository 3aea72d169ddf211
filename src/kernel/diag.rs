//! Asking the kernel about sockets.

use std::io;
use std::os::fd::AsRawFd;
use std::os::fd::OwnedFd;

use nix::sys::socket::AddressFamily;
use nix::sys::socket::MsgFlags;
use nix::sys::socket::SockFlag;
use nix::sys::socket::SockProtocol;
use nix::sys::socket::SockType;
use nix::sys::socket::recv;
use nix::sys::socket::send;
use nix::sys::socket::socket;

use super::message;
use super::message::Answer;
use super::message::Which;
use crate::model::address::Endpoint;
use crate::model::kernel::KernelSocket;

/// The kernel sends at most so much at a time (NLMSG_GOODSIZE and what a reader offers).
const ROOM: usize = 32 * 1024;

/// A way to ask the kernel about the sockets of this network namespace.
#[derive(Debug)]
pub struct Diag {
    netlink: OwnedFd,
}

impl Diag {
    /// Opens it.
    ///
    /// # Errors
    /// Where the system has none.
    pub fn open() -> io::Result<Self> {
        let netlink = socket(
            AddressFamily::Netlink,
            SockType::Raw,
            SockFlag::SOCK_CLOEXEC,
            SockProtocol::NetlinkSockDiag,
        )?;
        Ok(Self { netlink })
    }

    /// All sockets of TCP, or of UDP, that have a port.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn all(&self, tcp: bool) -> io::Result<Vec<KernelSocket>> {
        let mut sockets = Vec::new();
        for v6 in [false, true] {
            // A kernel without IPv6 has no such sockets.
            match self.ask(tcp, Which::All { v6 }, |it| sockets.push(it)) {
                Err(_) if v6 => {}
                answer => answer?,
            }
        }
        Ok(sockets)
    }

    /// The TCP socket with these ends, or the one that listens at `local`; `None` where there is
    /// none.
    ///
    /// # Errors
    /// Where the kernel refuses.
    pub fn one(&self, local: Endpoint, peer: Option<Endpoint>) -> io::Result<Option<KernelSocket>> {
        let mut found = None;
        let asked = self.ask(true, Which::One(local, peer), |it| found = Some(it));
        match asked {
            Err(error) if error.raw_os_error() == Some(libc::ENOENT) => Ok(None),
            // Where the one is gone, the kernel answers with who listens at its port.
            answer => answer.map(|()| found.filter(|it| it.peer == peer)),
        }
    }

    fn ask(&self, tcp: bool, which: Which, mut each: impl FnMut(KernelSocket)) -> io::Result<()> {
        let (netlink, none) = (self.netlink.as_raw_fd(), MsgFlags::empty());
        send(netlink, &message::question(tcp, which), none)?;
        let mut room = vec![0; ROOM];
        loop {
            let count = recv(netlink, &mut room, none)?;
            let mut bytes = room.get(..count).unwrap_or_default();
            while let Some((answer, rest)) = message::next(bytes, tcp) {
                bytes = rest;
                match answer {
                    Answer::Socket(socket) => each(socket),
                    Answer::Unknown => {}
                    Answer::Done => return Ok(()),
                    Answer::Refused(0) => return Ok(()),
                    Answer::Refused(number) => return Err(io::Error::from_raw_os_error(number)),
                }
                if matches!(which, Which::One(..)) {
                    return Ok(());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tcp::TcpState;
    use std::io::Write;
    use std::net::TcpListener;
    use std::net::TcpStream;
    use std::net::UdpSocket;

    #[test]
    fn the_kernel_tells_states_and_queues_of_both_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap().into();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.write_all(b"hello").unwrap();
        let diag = Diag::open().unwrap();
        let waits = diag.one(at, None).unwrap().unwrap();
        assert_eq!((waits.state, waits.queues.received), (TcpState::Listen, 1));
        let (server, _) = listener.accept().unwrap();
        let (a, b) = (client.local_addr().unwrap().into(), at);
        let socket = diag.one(b, Some(a)).unwrap().unwrap();
        assert_eq!(
            (socket.state, socket.queues.received),
            (TcpState::Established, 5)
        );
        assert_eq!((socket.local, socket.peer), (b, Some(a)));
        assert!(socket.measured.unwrap().cwnd > 0);
        drop(client);
        let socket = diag.one(b, Some(a)).unwrap().unwrap();
        assert_eq!(socket.state, TcpState::CloseWait);
        drop(server);
        assert_eq!(diag.one(b, Some(a)).unwrap(), None, "unread bytes: reset");
        drop(listener);
        assert_eq!(diag.one(at, None).unwrap(), None);
    }

    #[test]
    fn every_socket_is_listed_with_its_inode() {
        let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
        let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
        let diag = Diag::open().unwrap();
        let ends = [
            udp.local_addr().unwrap().into(),
            tcp.local_addr().unwrap().into(),
        ];
        for (is_tcp, local) in [(false, ends[0]), (true, ends[1])] {
            let all = diag.all(is_tcp).unwrap();
            let found = all.iter().find(|it| it.local == local).unwrap();
            assert!(found.inode > 0);
            assert_eq!(found.peer, None);
            let owners = super::super::owners();
            assert_eq!(owners[&found.inode].pid, std::process::id());
        }
    }
}
