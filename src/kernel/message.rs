//! Questions to the kernel about sockets, and its answers: struct inet_diag_req_v2 and struct
//! inet_diag_msg (linux/inet_diag.h), within netlink(7). netlink-packet-sock-diag knows both, but
//! loses how long TIME-WAIT lasts, and refuses what an older or newer tcp_info holds.

use std::net::IpAddr;
use std::net::Ipv6Addr;

use crate::model::address::Endpoint;
use crate::model::kernel::KernelSocket;
use crate::model::kernel::Measured;
use crate::model::kernel::Queues;
use crate::model::kernel::Timer;
use crate::model::kernel::TimerKind;
use crate::model::tcp::TcpState;

/// SOCK_DIAG_BY_FAMILY (linux/sock_diag.h): a question, and an answer.
const BY_FAMILY: u16 = 20;
/// NLMSG_ERROR and NLMSG_DONE (linux/netlink.h).
const ERROR: u16 = 2;
const DONE: u16 = 3;
/// NLM_F_REQUEST, and NLM_F_DUMP: all of them.
const REQUEST: u16 = 0x001;
const ALL: u16 = 0x300;
/// INET_DIAG_INFO, the attribute with struct tcp_info.
const INFO: u16 = 2;
/// Where the attributes of an answer begin, after both headers.
const ATTRIBUTES: usize = 16 + 72;

/// Which sockets are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// All of IPv4, or of IPv6.
    All { v6: bool },
    /// The one with these ends; the one that listens at the first where there is no second.
    One(Endpoint, Option<Endpoint>),
}

/// The question as bytes, 72 of them.
pub(super) fn question(tcp: bool, which: Which) -> Vec<u8> {
    let (v6, flags, ends) = match which {
        Which::All { v6 } => (v6, REQUEST | ALL, None),
        Which::One(local, peer) => (local.ip.is_ipv6(), REQUEST, Some((local, peer))),
    };
    let mut out = Vec::with_capacity(72);
    out.extend(72_u32.to_ne_bytes());
    out.extend(BY_FAMILY.to_ne_bytes());
    out.extend(flags.to_ne_bytes());
    // Sequence and port: one question is asked at a time.
    out.extend([0; 8]);
    let family = if v6 { libc::AF_INET6 } else { libc::AF_INET };
    let protocol = if tcp {
        libc::IPPROTO_TCP
    } else {
        libc::IPPROTO_UDP
    };
    let byte = |it: i32| u8::try_from(it).unwrap_or(0);
    out.extend([byte(family), byte(protocol), 1 << (INFO - 1), 0]);
    // Sockets in every state.
    out.extend(u32::MAX.to_ne_bytes());
    let (local, peer) = ends.unzip();
    let peer = peer.flatten();
    let port = |it: Option<Endpoint>| it.map_or(0, |it| it.port).to_be_bytes();
    out.extend(port(local));
    out.extend(port(peer));
    for end in [local, peer] {
        let mut address = [0; 16];
        match end.map(|it| it.ip) {
            Some(IpAddr::V4(ip)) => address[..4].copy_from_slice(&ip.octets()),
            Some(IpAddr::V6(ip)) => address = ip.octets(),
            None => {}
        }
        out.extend(address);
    }
    // Any interface, any cookie.
    out.extend([0; 4]);
    out.extend([0xff; 8]);
    out
}

/// One message of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Socket(KernelSocket),
    /// A socket of a kind that is not known here.
    Unknown,
    /// No more follow.
    Done,
    /// This error number; 0 is none.
    Refused(i32),
}

/// The first message of `bytes`, and what follows it.
pub(super) fn next(bytes: &[u8], tcp: bool) -> Option<(Answer, &[u8])> {
    let length = usize::try_from(u32::from_ne_bytes(field(bytes, 0)?)).ok()?;
    let message = bytes.get(..length.max(16))?;
    let rest = bytes.get(length.next_multiple_of(4)..).unwrap_or_default();
    let answer = match u16::from_ne_bytes(field(message, 4)?) {
        BY_FAMILY => socket(message, tcp).map_or(Answer::Unknown, Answer::Socket),
        DONE => Answer::Done,
        ERROR => Answer::Refused(i32::from_ne_bytes(field(message, 16)?).saturating_neg()),
        _ => Answer::Unknown,
    };
    Some((answer, rest))
}

fn field<const N: usize>(bytes: &[u8], place: usize) -> Option<[u8; N]> {
    bytes.get(place..)?.first_chunk().copied()
}

fn socket(message: &[u8], tcp: bool) -> Option<KernelSocket> {
    let answer = message.get(16..)?;
    let number = |place| field(answer, place).map(u32::from_ne_bytes);
    let [family, state, timer, times, ..] = *answer.first_chunk::<4>()?;
    let end = |port, address| {
        let ip: IpAddr = match i32::from(family) {
            libc::AF_INET => IpAddr::from(field::<4>(answer, address)?),
            _ => Ipv6Addr::from(field::<16>(answer, address)?).into(),
        };
        Some(Endpoint {
            ip: ip.to_canonical(),
            port: u16::from_be_bytes(field(answer, port)?),
        })
    };
    let kind = match timer {
        1 => Some(TimerKind::Retransmit),
        2 => Some(TimerKind::KeepAlive),
        3 => Some(TimerKind::TimeWait),
        4 => Some(TimerKind::Probe),
        _ => None,
    };
    let left = number(52)?;
    Some(KernelSocket {
        tcp,
        local: end(4, 8)?,
        peer: end(6, 24).filter(|it| it.port != 0),
        state: named(state)?,
        queues: Queues {
            received: number(56)?,
            unsent: number(60)?,
        },
        timer: kind.map(|kind| Timer { kind, left, times }),
        measured: measured(message.get(ATTRIBUTES..).unwrap_or_default()),
        user: number(64)?,
        inode: number(68)?,
    })
}

/// The state of that number (linux/tcp_states.h); 12 is SYN-RECEIVED too.
fn named(number: u8) -> Option<TcpState> {
    Some(match number {
        1 => TcpState::Established,
        2 => TcpState::SynSent,
        3 | 12 => TcpState::SynReceived,
        4 => TcpState::FinWait1,
        5 => TcpState::FinWait2,
        6 => TcpState::TimeWait,
        7 => TcpState::Closed,
        8 => TcpState::CloseWait,
        9 => TcpState::LastAck,
        10 => TcpState::Listen,
        11 => TcpState::Closing,
        _ => return None,
    })
}

/// What struct tcp_info among the attributes says.
fn measured(mut attributes: &[u8]) -> Option<Measured> {
    loop {
        let length = usize::from(u16::from_ne_bytes(field(attributes, 0)?));
        if u16::from_ne_bytes(field(attributes, 2)?) == INFO {
            let info = attributes.get(4..length)?;
            let number = |place| field(info, place).map(u32::from_ne_bytes);
            return Some(Measured {
                rtt: number(68)?,
                cwnd: number(80)?,
                sent_again: number(100)?,
            });
        }
        attributes = attributes.get(length.max(4).next_multiple_of(4)..)?;
    }
}
