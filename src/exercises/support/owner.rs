//! Which program has a port.

use std::net::SocketAddr;

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
/// the user's own processes, and for everybody's to root.
#[cfg(target_os = "linux")]
pub fn owner_of(address: SocketAddr, tcp: bool) -> Option<PortOwner> {
    let (tables, state) = if tcp {
        (["/proc/net/tcp", "/proc/net/tcp6"], "0A")
    } else {
        (["/proc/net/udp", "/proc/net/udp6"], "07")
    };
    let inode = tables
        .iter()
        .find_map(|table| linux::inode(&std::fs::read_to_string(table).ok()?, address, state))?;
    linux::process_with_socket(&inode)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::net::SocketAddr;

    use super::PortOwner;

    /// The inode of the socket in `state` (0A is LISTEN, 07 a UDP socket without a peer) at the
    /// port of `address`, from the text of `/proc/net/tcp` and its like (proc_net_tcp.rst of the
    /// kernel: local address, remote address, state, ..., inode). A socket at another address
    /// does not stop a bind unless one of the two is the unspecified address.
    pub(super) fn inode(table: &str, address: SocketAddr, state: &str) -> Option<String> {
        table.lines().skip(1).find_map(|line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (&local, &its_state, &inode) = (fields.get(1)?, fields.get(3)?, fields.get(9)?);
            let (ip, port) = local.split_once(':')?;
            let same_port = u16::from_str_radix(port, 16) == Ok(address.port());
            let clashes = ip.bytes().all(|digit| digit == b'0')
                || address.ip().is_unspecified()
                || ip.eq_ignore_ascii_case(&as_in_table(address));
            (same_port && its_state == state && clashes).then(|| inode.to_owned())
        })
    }

    /// An address as the table spells it: 32-bit words in the byte order of the machine.
    fn as_in_table(address: SocketAddr) -> String {
        let hex = |word: &[u8; 4]| format!("{:08X}", u32::from_ne_bytes(*word));
        match address {
            SocketAddr::V4(v4) => hex(&v4.ip().octets()),
            SocketAddr::V6(v6) => v6.ip().octets().as_chunks().0.iter().map(hex).collect(),
        }
    }

    /// The process with the socket `inode` among its open files.
    pub(super) fn process_with_socket(inode: &str) -> Option<PortOwner> {
        let wanted = format!("socket:[{inode}]");
        let processes = fs::read_dir("/proc").ok()?;
        processes.flatten().find_map(|process| {
            let pid: u32 = process.file_name().to_str()?.parse().ok()?;
            let files = fs::read_dir(process.path().join("fd")).ok()?;
            files
                .flatten()
                .any(|file| {
                    fs::read_link(file.path())
                        .is_ok_and(|target| target.as_os_str() == wanted.as_str())
                })
                .then(|| PortOwner {
                    pid,
                    name: fs::read_to_string(process.path().join("comm"))
                        .unwrap_or_default()
                        .trim_end()
                        .to_owned(),
                })
        })
    }
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
