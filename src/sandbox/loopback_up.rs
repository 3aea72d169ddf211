//! Brings `lo` up, as `ip link set lo up` does: one netlink message (rtnetlink(7), RFC 3549) and
//! its answer. An ioctl would do the same but needs unsafe code.

use std::io;
use std::os::fd::AsRawFd;

use nix::net::if_::if_nametoindex;
use nix::sys::socket::AddressFamily;
use nix::sys::socket::MsgFlags;
use nix::sys::socket::SockFlag;
use nix::sys::socket::SockProtocol;
use nix::sys::socket::SockType;
use nix::sys::socket::recv;
use nix::sys::socket::send;
use nix::sys::socket::socket;

/// The bits NLM_F_REQUEST and NLM_F_ACK: a request that wants an answer.
const WITH_ANSWER: u16 = 0x0001 | 0x0004;
/// The message type NLMSG_ERROR: an answer, also where there was no error.
const ANSWER: u16 = 2;
/// The interface flag IFF_UP.
const UP: u32 = 1;

/// Brings `lo` of this network namespace up.
pub(super) fn bring_up() -> io::Result<()> {
    let index = if_nametoindex("lo")?;
    let netlink = socket(
        AddressFamily::Netlink,
        SockType::Raw,
        SockFlag::SOCK_CLOEXEC,
        SockProtocol::NetlinkRoute,
    )?;
    send(netlink.as_raw_fd(), &request(index), MsgFlags::empty())?;
    let mut answer = [0; 1024];
    let length = recv(netlink.as_raw_fd(), &mut answer, MsgFlags::empty())?;
    verdict(answer.get(..length).unwrap_or_default())
}

/// "Set the up flag of interface `index`": struct nlmsghdr, then struct ifinfomsg.
fn request(index: u32) -> Vec<u8> {
    let mut message = Vec::with_capacity(32);
    let length = 32_u32;
    message.extend(length.to_ne_bytes());
    message.extend(libc::RTM_NEWLINK.to_ne_bytes());
    message.extend(WITH_ANSWER.to_ne_bytes());
    let (sequence, port) = (1_u32, 0_u32);
    message.extend(sequence.to_ne_bytes());
    message.extend(port.to_ne_bytes());
    let (family, padding, hardware) = (0_u8, 0_u8, 0_u16);
    message.extend([family, padding]);
    message.extend(hardware.to_ne_bytes());
    message.extend(index.to_ne_bytes());
    let (flags, changed) = (UP, UP);
    message.extend(flags.to_ne_bytes());
    message.extend(changed.to_ne_bytes());
    message
}

/// What struct nlmsgerr, which follows the header of the answer, says.
fn verdict(answer: &[u8]) -> io::Result<()> {
    let kind = answer.get(4..).and_then(|rest| rest.first_chunk());
    let error = answer.get(16..).and_then(|rest| rest.first_chunk());
    match (kind, error) {
        (Some(kind), Some(error)) if u16::from_ne_bytes(*kind) == ANSWER => {
            match i32::from_ne_bytes(*error) {
                0 => Ok(()),
                number => Err(io::Error::from_raw_os_error(number.saturating_neg())),
            }
        }
        _ => Err(io::ErrorKind::InvalidData.into()),
    }
}
