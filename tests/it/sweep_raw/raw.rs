//! A reader of IP packets and TCP segments that has nothing in common with netlab's.

use std::collections::HashMap;

pub(super) const SYN: u8 = 2;
pub(super) const RST: u8 = 4;
pub(super) const ACK: u8 = 16;

/// What an IP packet carries.
pub(crate) struct Ip<'a> {
    pub(crate) from: &'a [u8],
    pub(crate) to: &'a [u8],
    /// Its identification; 0 in IPv6.
    pub(crate) id: u16,
    /// Everything above IP.
    pub(crate) bytes: &'a [u8],
}

impl<'a> Ip<'a> {
    /// The packet of this protocol in a frame of Ethernet, raw IP or BSD loopback, whole and without
    /// extension headers.
    pub(crate) fn read(link: u16, bytes: &'a [u8], protocol: u8) -> Option<Ip<'a>> {
        let mut ip = match link {
            1 => {
                let mut at = 12;
                while bytes.get(at..at + 2)? == [0x81, 0] {
                    at += 4;
                }
                let kind = bytes.get(at..at + 2)?;
                (kind == [8, 0] || kind == [0x86, 0xdd]).then_some(&bytes[at + 2..])?
            }
            101 => bytes,
            0 => bytes.get(4..)?,
            _ => return None,
        };
        let (from, to, id) = match ip.first()? >> 4 {
            4 => {
                let total = usize::from(u16::from_be_bytes([*ip.get(2)?, *ip.get(3)?]));
                let plain = ip.get(6)? & 0x3f == 0 && *ip.get(7)? == 0 && *ip.get(9)? == protocol;
                let start = usize::from(ip[0] & 15) * 4;
                let id = u16::from_be_bytes([*ip.get(4)?, *ip.get(5)?]);
                let ends = (ip.get(12..16)?, ip.get(16..20)?, id);
                ip = plain.then(|| ip.get(start..total)).flatten()?;
                ends
            }
            6 => {
                let len = usize::from(u16::from_be_bytes([*ip.get(4)?, *ip.get(5)?]));
                let plain = *ip.get(6)? == protocol;
                let ends = (ip.get(8..24)?, ip.get(24..40)?, 0);
                ip = plain.then(|| ip.get(40..40 + len)).flatten()?;
                ends
            }
            _ => return None,
        };
        Some(Ip {
            from,
            to,
            id,
            bytes: ip,
        })
    }
}

/// A TCP segment as its bytes say it.
#[derive(Clone)]
pub(super) struct Raw {
    pub(super) from: Vec<u8>,
    /// It goes to the socket that sent it.
    pub(super) itself: bool,
    pub(super) seq: u32,
    pub(super) ack: u32,
    pub(super) flags: u8,
    pub(super) len: u32,
    /// Everything above IP, without the checksum.
    pub(super) bytes: Vec<u8>,
}

impl Raw {
    /// The TCP segment in a frame.
    pub(super) fn read(link: u16, bytes: &[u8]) -> Option<Raw> {
        let Ip {
            from,
            to,
            bytes: ip,
            ..
        } = Ip::read(link, bytes, 6)?;
        let number = |at: usize| {
            let four = ip.get(at..at + 4)?.try_into().ok()?;
            Some(u32::from_be_bytes(four))
        };
        let offset = usize::from(ip.get(12)? >> 4) * 4;
        let payload = ip.get(offset..).filter(|_| offset >= 20)?;
        Some(Raw {
            from: [from, &ip[..2], to].concat(),
            itself: from == to && ip[..2] == ip[2..4],
            seq: number(4)?,
            ack: number(8)?,
            flags: *ip.get(13)?,
            len: u32::try_from(payload.len()).ok()?,
            bytes: [&ip[..16], &ip[18..]].concat(),
        })
    }

    pub(super) fn has(&self, flags: u8) -> bool {
        self.flags & flags != 0
    }

    /// The first number of its data.
    pub(super) fn data(&self) -> u32 {
        self.seq.wrapping_add(u32::from(self.has(SYN)))
    }

    /// Whether the sender of `other` is the one that this goes to.
    pub(super) fn goes_to(&self, other: &Raw) -> bool {
        self.itself || self.from != other.from
    }

    /// Whether it has data with one of `count` numbers from `first` on.
    pub(super) fn holds(&self, first: u32, count: u32) -> bool {
        let start = self.data().wrapping_sub(first);
        self.len > 0 && (start < count || first.wrapping_sub(self.data()) < self.len)
    }
}

/// The segments of a conversation by their frames, and whether all of its packets are among them.
#[derive(Default)]
pub(super) struct Talk {
    pub(super) segments: HashMap<u32, Raw>,
    pub(super) order: Vec<u32>,
    /// Something of it was not read here.
    pub(super) odd: bool,
}

impl Talk {
    pub(super) fn before(&self, frame: u32) -> impl Iterator<Item = &Raw> {
        let earlier = self.order.iter().take_while(move |it| **it < frame);
        earlier.filter_map(|it| self.segments.get(it))
    }
}
