//! Reading what a system call points at, in the memory of a stopped program.

use std::io::IoSliceMut;
use std::net::IpAddr;
use std::net::Ipv6Addr;

use nix::sys::uio::RemoteIoVec;
use nix::sys::uio::process_vm_readv;
use nix::unistd::Pid;

use crate::model::address::Endpoint;

/// The most entries of an array that are read; the kernel takes no more of a struct iovec (IOV_MAX).
const ENTRIES: usize = 1024;

/// The bytes at `address`, at most `len`; fewer where memory ends before.
pub(super) fn read(process: Pid, address: u64, len: usize) -> Vec<u8> {
    let mut bytes = vec![0; len];
    let Ok(base) = usize::try_from(address) else {
        return Vec::new();
    };
    let remote = RemoteIoVec { base, len };
    let count = process_vm_readv(process, &mut [IoSliceMut::new(&mut bytes)], &[remote]);
    bytes.truncate(count.unwrap_or(0));
    bytes
}

/// The number of eight bytes at `place` of `bytes`.
pub(super) fn word(bytes: &[u8], place: usize) -> u64 {
    let word = bytes.get(place..).and_then(|rest| rest.first_chunk());
    word.map_or(0, |it| u64::from_ne_bytes(*it))
}

/// The number of four bytes at the beginning of `bytes`.
pub(super) fn int(bytes: &[u8]) -> Option<i32> {
    bytes.first_chunk().map(|it| i32::from_ne_bytes(*it))
}

/// The struct sockaddr at `address`: an IPv4 or IPv6 end.
pub(super) fn end(process: Pid, address: u64, len: u64) -> Option<Endpoint> {
    if address == 0 {
        return None;
    }
    let len = usize::try_from(len).ok()?.min(28);
    sockaddr(&read(process, address, len))
}

/// A struct sockaddr_in or sockaddr_in6 (ip(7), ipv6(7)).
fn sockaddr(bytes: &[u8]) -> Option<Endpoint> {
    let family = u16::from_ne_bytes(*bytes.first_chunk()?);
    let port = u16::from_be_bytes(*bytes.get(2..)?.first_chunk()?);
    let ip = match i32::from(family) {
        libc::AF_INET => IpAddr::from(*bytes.get(4..)?.first_chunk::<4>()?),
        libc::AF_INET6 => IpAddr::from(Ipv6Addr::from(*bytes.get(8..)?.first_chunk::<16>()?)),
        _ => return None,
    };
    Some(plain(ip, port))
}

/// An end whose address is written as packets have it: an IPv4 address that an IPv6 socket uses
/// (`::ffff:127.0.0.1`, RFC 4291, 2.5.5.2) is an IPv4 address.
pub(super) fn plain(ip: IpAddr, port: u16) -> Endpoint {
    Endpoint {
        ip: ip.to_canonical(),
        port,
    }
}

/// How many bytes an array of `count` struct iovec at `address` spans.
pub(super) fn vectors(process: Pid, address: u64, count: u64) -> usize {
    let count = usize::try_from(count).unwrap_or(usize::MAX).min(ENTRIES);
    let bytes = read(process, address, count * 16);
    let lengths = bytes.chunks_exact(16).map(|it| size(word(it, 8)));
    lengths.fold(0, usize::saturating_add)
}

/// A struct msghdr (recvmsg(2)): the other end that it names, and how many bytes it spans.
pub(super) fn message(process: Pid, address: u64) -> (Option<Endpoint>, usize) {
    header(process, &read(process, address, 56))
}

/// An array of struct mmsghdr (recvmmsg(2)): the end of the first, the bytes that all span, and
/// the bytes that the first `done` moved.
pub(super) fn messages(
    process: Pid,
    address: u64,
    count: u64,
    done: usize,
) -> (Option<Endpoint>, usize, usize) {
    let count = usize::try_from(count).unwrap_or(usize::MAX).min(ENTRIES);
    let bytes = read(process, address, count * 64);
    let (mut end, mut room, mut moved) = (None, 0_usize, 0_usize);
    for (place, one) in bytes.chunks_exact(64).enumerate() {
        let (named, len) = header(process, one);
        end = end.or(named);
        room = room.saturating_add(len);
        if place < done {
            let len = one.get(56..).and_then(int).unwrap_or(0);
            moved = moved.saturating_add(usize::try_from(len).unwrap_or(0));
        }
    }
    (end, room, moved)
}

fn header(process: Pid, bytes: &[u8]) -> (Option<Endpoint>, usize) {
    let name_len = bytes.get(8..).and_then(int).unwrap_or(0);
    let name_len = u64::try_from(name_len).unwrap_or(0);
    let named = end(process, word(bytes, 0), name_len);
    (named, vectors(process, word(bytes, 16), word(bytes, 24)))
}

/// A size of the program's as one of ours.
pub(super) fn size(value: u64) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}
