//! Which program has a port.

#[cfg(target_os = "linux")]
use std::net::IpAddr;
use std::net::SocketAddr;

#[cfg(target_os = "linux")]
use crate::kernel;

/// A program that has a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortOwner {
    /// Its process number.
    pub pid: u32,
    /// Its name, as `ps` shows it.
    pub name: String,
}

/// Who has `address` with TCP (`tcp`, a listener) or UDP, where the system tells: Linux does for
/// the user's own processes, and for everybody's to root.
#[cfg(not(target_os = "linux"))]
pub fn owner_of(_address: SocketAddr, _tcp: bool) -> Option<PortOwner> {
    None
}

/// Who has `address` with TCP (`tcp`, a listener) or UDP, where the system tells: Linux does for
/// the user's own processes, and for everybody's to root. A socket at another address does not stop
/// a bind unless one of the two is the unspecified address.
#[cfg(target_os = "linux")]
pub fn owner_of(address: SocketAddr, tcp: bool) -> Option<PortOwner> {
    let sockets = kernel::Diag::open().and_then(|it| it.all(tcp)).ok()?;
    let clashes = |ip: IpAddr| ip.is_unspecified() || address.ip().is_unspecified();
    let socket = sockets.into_iter().find(|it| {
        let same = it.local.port == address.port() && it.awaits_anybody();
        same && (it.local.ip == address.ip().to_canonical() || clashes(it.local.ip))
    })?;
    let owner = kernel::owners().remove(&socket.inode)?;
    Some(PortOwner {
        pid: owner.pid,
        name: owner.name,
    })
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::net::{TcpListener, UdpSocket};

    #[test]
    fn the_owner_of_a_port_is_found_on_both_ip_versions() {
        for host in ["127.0.0.1:0", "[::1]:0"] {
            let Ok(listener) = TcpListener::bind(host) else {
                continue;
            };
            let owner = owner_of(listener.local_addr().unwrap(), true).expect("an owner");
            assert_eq!(owner.pid, std::process::id());
            assert!(!owner.name.is_empty());
            let socket = UdpSocket::bind(host).unwrap();
            let owner = owner_of(socket.local_addr().unwrap(), false).expect("an owner");
            assert_eq!(owner.pid, std::process::id());
        }
    }
}
