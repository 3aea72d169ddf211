//! Two endpoints that talk: the table of conversations.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::completeness::Completeness;
use super::lifecycle::Lifecycle;
use super::record::Record;
use crate::model::address::Endpoint;
use crate::model::side::Side;
use crate::model::time::Nanos;

/// The place of a conversation in the analyzer's list, TCP and UDP together, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConversationId(pub u32);

impl ConversationId {
    /// As an index.
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The transport protocol of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP or UDP-Lite.
    Udp,
}

impl Protocol {
    /// TCP, or else UDP.
    pub(super) const fn tcp_or_udp(tcp: bool) -> Protocol {
        match tcp {
            true => Protocol::Tcp,
            false => Protocol::Udp,
        }
    }
}

/// Two ends, the sender and the receiver of a packet. Two of IPv4 are small, and most are that.
#[derive(Clone, Debug)]
pub(super) enum Pair {
    /// Their addresses and their ports.
    V4([Ipv4Addr; 2], [u16; 2]),
    /// Of IPv6.
    V6(Box<[(Ipv6Addr, u16); 2]>),
}

impl Pair {
    /// Both ends.
    pub(super) fn both(&self) -> [Endpoint; 2] {
        match self {
            Pair::V4([a, b], [p, q]) => [(*a, *p), (*b, *q)].map(|(ip, port)| Endpoint {
                ip: ip.into(),
                port,
            }),
            Pair::V6(ends) => ends.map(|(ip, port)| Endpoint {
                ip: ip.into(),
                port,
            }),
        }
    }

    /// Reads something of it, for the look-ahead.
    pub(super) fn touch(&self) -> u64 {
        match self {
            Pair::V4(_, ports) => ports[0].into(),
            Pair::V6(ends) => ends[0].1.into(),
        }
    }
}

/// One conversation.
// In the order of use: what every packet changes lies together at the end, so that it takes as few
// lines of the cache as it can.
#[derive(Clone, Debug)]
#[repr(C)]
pub struct Conversation {
    /// tshark's stream number, TCP and UDP apart, from 0.
    pub stream: u32,
    /// TCP: how many segments were marked as sent again, of any kind.
    pub retransmissions: u32,
    pub(super) ends: Pair,
    /// From the first round trip on.
    pub(super) measured: Option<Box<Measured>>,
    /// What was counted, as `tshark -z conv` counts it.
    pub traffic: Traffic,
    /// Since the first frame: its first packet, and the last one that tshark's times count.
    pub(super) opened: Nanos,
    pub(super) previous: Nanos,
    /// Who is client and server, the states of both, the phases so far, the shape of the close.
    pub lifecycle: Lifecycle,
    /// What is told of it; `None` unless it was asked for.
    pub(super) record: Option<Box<Record>>,
    /// The era of its first packet, counted from the first frame
    /// ([`era_since`](crate::model::time::Timestamp::era_since)), or [`TORN`].
    pub(super) era: i32,
    /// Its protocol.
    pub protocol: Protocol,
    /// TCP: what was seen of opening, data and close.
    pub completeness: Completeness,
}

/// The packets are of several eras, and the times between them not known. No era has this number.
const TORN: i32 = i32::MIN;

impl Conversation {
    /// Whether a packet of `era` is of another era than one of the others, from then on for good.
    #[inline]
    pub(super) fn tears(&mut self, era: i32) -> bool {
        let torn = era != self.era;
        if torn {
            self.era = TORN;
        }
        torn
    }

    /// The sender and the receiver of its first packet.
    pub fn ends(&self) -> [Endpoint; 2] {
        self.ends.both()
    }

    /// What is recorded of it; `None` unless that was asked for.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_deref()
    }

    /// TCP: the handshake's round trip (`tcp.analysis.initial_rtt`).
    pub fn initial_rtt(&self) -> Option<Nanos> {
        let initial = self.measured.as_ref()?.initial;
        (initial != Nanos::ZERO).then_some(initial)
    }

    /// TCP: the round trips that were measured, of both directions.
    pub fn rtt(&self) -> RttStats {
        let measured = self.measured.as_ref();
        measured.map_or(RttStats::default(), |measured| measured.stats)
    }

    /// The same, to be changed.
    #[inline]
    pub(super) fn measured(&mut self) -> &mut Measured {
        self.measured.get_or_insert_default()
    }

    /// When the first and the last of the packets in [`Traffic`] came, since the first frame of the
    /// capture; `None` where that is more than [`Nanos`] can say, which only a clock or a file that
    /// is wrong brings about.
    pub fn times(&self) -> Option<[Nanos; 2]> {
        (self.era == 0).then_some(self.traffic.times)
    }

    /// The time between these two; `None` where that cannot be said.
    pub fn duration(&self) -> Option<Nanos> {
        let [first, last] = self.traffic.times;
        (self.era != TORN).then(|| last.since(first))
    }
}

/// The packets of a conversation as `tshark -z conv` counts them: without quoted headers, and
/// without segments whose header is cut or broken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Packets from each side, by [`Side::index`].
    pub packets: [u32; 2],
    /// Their lengths on the wire, in bytes.
    pub bytes: [u64; 2],
    /// The earliest and the latest of their times, since the first frame of the capture. Zero
    /// where there is none.
    times: [Nanos; 2],
}

impl Traffic {
    #[inline]
    pub(super) fn count(&mut self, side: Side, bytes: u32, time: Nanos) {
        if self.packets == [0, 0] {
            self.times = [time, time];
        }
        // Frames need not be in the order of their times; the list of tshark goes by the clock.
        self.times = [self.times[0].min(time), self.times[1].max(time)];
        let (packets, total) = match side {
            Side::First => (&mut self.packets[0], &mut self.bytes[0]),
            Side::Second => (&mut self.packets[1], &mut self.bytes[1]),
        };
        *packets = packets.saturating_add(1);
        *total = total.saturating_add(u64::from(bytes));
    }
}

/// The round trips of a TCP conversation.
#[derive(Clone, Debug, Default)]
pub(super) struct Measured {
    /// That of the handshake; 0 where it is not known.
    pub(super) initial: Nanos,
    /// Those of both directions.
    pub(super) stats: RttStats,
}

/// Round trips, each the time between a segment and the acknowledgment of exactly its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RttStats {
    /// How many were measured.
    pub count: u32,
    /// The shortest; zero where there is none.
    pub min: Nanos,
    /// The longest; zero where there is none.
    pub max: Nanos,
    /// All of them together.
    pub sum: Nanos,
}

impl RttStats {
    pub(super) fn add(&mut self, rtt: Nanos) {
        if self.count == 0 {
            (self.min, self.max) = (rtt, rtt);
        }
        self.count = self.count.saturating_add(1);
        self.min = self.min.min(rtt);
        self.max = self.max.max(rtt);
        self.sum = Nanos(self.sum.0.saturating_add(rtt.0));
    }

    /// Their mean.
    pub fn mean(&self) -> Option<Nanos> {
        self.sum.0.checked_div(i64::from(self.count)).map(Nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::Conversation;
    use crate::analysis::tcp::CONNECTION_BYTES;

    /// What every conversation costs, whatever it shows: the README states the memory.
    #[test]
    fn a_conversation_stays_small() {
        assert!(size_of::<Conversation>() + CONNECTION_BYTES <= 328);
    }
}
