//! Packets that are in the capture twice: copies that the capture made, or that a router's two
//! links show. A retransmission is a new IP packet with an identification of its own (RFC 6864, 4).

use std::fmt;
use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::moment::Moment;
use super::summary_line::SummaryLine;
use crate::model::packet::Datagram;
use crate::model::side::Side;
use crate::model::tcp::Segment;
use crate::model::transport::Transport;

/// How many packets of a conversation are compared with the next one.
const KEPT: usize = 16;
/// How far two copies with an identification of their own lie apart at most, in nanoseconds.
const APART: i64 = 10_000_000;
/// The same for packets without one (IPv6, or an identification of 0), which have to stand side by
/// side too: no end sends the same segment again so soon.
const CLOSE: i64 = 1_000_000;

/// A hash by which packets or payloads are told apart within this run. Another run has other hashes,
/// so that `Debug` shows none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Print(u64);

impl fmt::Debug for Print {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Print")
    }
}

/// What makes them.
#[derive(Clone, Default)]
struct Printer(RandomState);

impl fmt::Debug for Printer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Printer")
    }
}

/// A packet that may come again.
#[derive(Clone, Copy, Debug)]
struct Known {
    at: Moment,
    print: Print,
    identification: Option<u16>,
    /// The line of the summary it stands in.
    place: Option<SummaryLine>,
}

/// The packets that are compared with the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct Twins {
    printer: Printer,
    list: Vec<Known>,
    next: usize,
    /// Some packet is in the capture twice beyond doubt.
    proven: bool,
    /// Of each end the latest packet and its identification, and whether different packets of it
    /// have the same one, which then tells nothing.
    latest: [Option<(Print, u16)>; 2],
    alike: [bool; 2],
}

/// The packet that another one is a copy of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Twin {
    /// Its frame and time.
    pub of: Moment,
    /// Both have the same identification, which is not 0.
    pub identified: bool,
    /// The line of the summary it stands in.
    pub(in crate::analysis) place: Option<SummaryLine>,
}

impl Twins {
    /// Tells the segment from others, but for its checksum, which may be filled in later by the
    /// network card; `payload` tells its payload, which begins at byte `offset`.
    pub(super) fn print(&self, segment: &Segment<'_>, offset: usize, payload: Print) -> Print {
        let header = segment.transport.bytes;
        let header = header.get(..offset).unwrap_or(header);
        let (before, after) = header.split_at(header.len().min(16));
        let after = after.get(2..).unwrap_or_default();
        let len = segment.transport.len;
        Print(self.printer.0.hash_one((len, before, after, payload)))
    }

    /// Tells a datagram from others, but for its checksum.
    pub(super) fn datagram(&self, datagram: &Datagram<'_>) -> Print {
        let Transport { bytes, len, .. } = datagram.transport;
        let (ports, rest) = bytes.split_at(bytes.len().min(6));
        Print(self.printer.0.hash_one((len, ports, rest.get(2..))))
    }

    /// Tells a payload from others.
    pub(super) fn payload(&self, bytes: &[u8]) -> Print {
        Print(self.printer.0.hash_one(bytes))
    }

    /// The packet that this one is a copy of. `numbered` where it takes sequence numbers.
    pub(super) fn of(
        &mut self,
        (at, side): (Moment, Side),
        print: Print,
        identification: Option<u16>,
        numbered: bool,
    ) -> Option<Twin> {
        let identification = self.telling(side, print, identification);
        let latest = self.list.iter().map(|known| known.at.frame).max();
        let same = |known: &&Known| {
            let other = known.identification.filter(|_| identification.is_some());
            known.print == print && other == identification
        };
        let same = self.list.iter().filter(same);
        let found = match identification {
            Some(_) => same.min_by_key(|known| known.at.frame)?,
            None => same.max_by_key(|known| known.at.frame)?,
        };
        let apart = match (at.time, found.at.time) {
            (Some(a), Some(b)) => a.0.checked_sub(b.0)?.checked_abs()?,
            (None, None) => 0,
            _ => return None,
        };
        let side_by_side = latest == Some(found.at.frame) && (numbered || self.proven);
        let twice = match identification {
            Some(_) => apart <= APART,
            None => apart <= CLOSE && side_by_side,
        };
        if !twice {
            return None;
        }
        self.proven |= identification.is_some() || numbered;
        Some(Twin {
            of: found.at,
            identified: identification.is_some(),
            place: found.place,
        })
    }

    /// Remembers a packet.
    pub(super) fn push(
        &mut self,
        at: Moment,
        print: Print,
        identification: Option<u16>,
        place: Option<SummaryLine>,
    ) {
        let known = Known {
            at,
            print,
            identification,
            place,
        };
        if self.list.len() < KEPT {
            self.list.push(known);
        } else {
            self.list[self.next] = known;
        }
        self.next = (self.next + 1) % KEPT;
    }

    /// An identification, where it tells packets of its sender apart.
    fn telling(&mut self, side: Side, print: Print, identification: Option<u16>) -> Option<u16> {
        let place = side.index();
        let identification = identification.filter(|id| *id != 0)?;
        let before = self.latest[place].replace((print, identification));
        let alike = |(other, id)| other != print && id == identification;
        self.alike[place] |= before.is_some_and(alike);
        (!self.alike[place]).then_some(identification)
    }
}
