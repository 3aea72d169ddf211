//! One packet put into its conversation: TCP, UDP, and what ICMP errors quote of them.

use std::net::Ipv4Addr;

use super::completeness::Completeness;
use super::conversation::{Conversation, ConversationId, Protocol, RttStats, Traffic};
use super::lifecycle;
use super::lifecycle::phase::Phase;
use super::lifecycle::{Event, Lifecycle, Step};
use super::row::Analysis;
use super::table::{self, Pair, Place};
use super::tcp::marks::Marks;
use super::tcp::{Found, Input, Tcp, TcpAnalysis};
use super::{Analyzer, AnalyzerOptions};
use crate::model::address::{Address, Endpoint};
use crate::model::frame::FrameNo;
use crate::model::packet::{Context, Datagram, Other, Quoted};
use crate::model::tcp::Segment;
use crate::model::time::{Nanos, Timestamp};

/// The ends of a packet, as its addresses and ports say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pair: Pair,
    from: (Address, u16),
    to: (Address, u16),
}

/// The frame that brought a packet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) frame: FrameNo,
    pub(super) wire_len: u32,
    pub(super) time: Option<Timestamp>,
    /// Since the first frame.
    pub(super) now: Nanos,
}

impl Ends {
    /// The ends of a packet; `None` where it has no IP addresses.
    #[inline]
    pub(super) fn new(source: Address, destination: Address, ports: (u16, u16)) -> Option<Ends> {
        Some(Ends {
            pair: Pair::new(source, destination, ports)?,
            from: (source, ports.0),
            to: (destination, ports.1),
        })
    }

    /// The sender and the receiver.
    fn both(&self) -> [Endpoint; 2] {
        // A pair has IP addresses.
        let ip = |address: Address| address.ip().unwrap_or(Ipv4Addr::UNSPECIFIED.into());
        [self.from, self.to].map(|(address, port)| Endpoint {
            ip: ip(address),
            port,
        })
    }
}

impl Analyzer {
    /// A TCP segment; `real` where it is one, not the quotation of one. Where its row is not
    /// `SHOWN`, what only a row shows is not worked out, and `out` means nothing afterwards.
    pub(super) fn tcp<const SHOWN: bool>(
        &mut self,
        stamp: &Stamp,
        ends: &Ends,
        segment: &Segment<'_>,
        real: bool,
        out: &mut Analysis,
    ) {
        let Some(header) = segment.header else {
            return;
        };
        let way = ends.pair.way;
        let input = Input {
            frame: stamp.frame,
            time: stamp.now,
            at_epoch: stamp.time.unwrap_or_default() == Timestamp::default(),
            segment,
            header,
            len: segment.payload_len(),
            way,
        };
        let place = self.tcp_table.place(&ends.pair);
        let mut first = place.is_new();
        let mut found = Found::default();
        if first {
            *place = open_tcp(
                &mut self.conversations,
                &mut self.tcp,
                ends,
                stamp,
                self.options,
            );
        } else if header.flags.syn() {
            found = self.tcp.find(place.stream, &input);
        }
        let reuses_ports = found.marks.any(Marks::PORT_REUSED);
        if reuses_ports && !header.flags.ack() {
            *place = open_tcp(
                &mut self.conversations,
                &mut self.tcp,
                ends,
                stamp,
                self.options,
            );
            first = false;
        }
        let (id, stream) = (ConversationId(place.conversation), place.stream);
        self.outlook.note(id, self.conversations.len());
        let Some(conversation) = self.conversations.get_mut(id.index()) else {
            return;
        };
        if reuses_ports && !header.flags.ack() {
            conversation.completeness = Completeness(Completeness::SYN);
        }
        let shown = match SHOWN {
            true => out.tcp.insert(TcpAnalysis::default()),
            false => out.tcp.get_or_insert_default(),
        };
        let completeness = &mut conversation.completeness;
        let outcome = self
            .tcp
            .segment::<SHOWN>(stream, &input, found, completeness, first, shown);
        let Some(outcome) = outcome else {
            return;
        };
        if SHOWN {
            out.conversation = Some(id);
            out.stream = Some(stream);
        }
        if let Some(rtt) = outcome.initial_rtt {
            conversation.initial_rtt = rtt;
        }
        if SHOWN && outcome.sound && segment.transport.reach(20).is_ok() {
            out.since_first = Some(stamp.now.since(conversation.opened));
            out.since_previous = Some(stamp.now.since(conversation.previous));
        }
        conversation.previous = stamp.now;
        if !real {
            out.tcp = None;
            out.quotes_port_reuse = reuses_ports;
            return;
        }
        let side = conversation.side(way);
        if outcome.complete {
            conversation.traffic.count(side, stamp.wire_len, stamp.now);
        }
        if outcome.marks.any(Marks::SENT_AGAIN) {
            conversation.retransmissions = conversation.retransmissions.saturating_add(1);
        }
        if let Some(rtt) = outcome.rtt {
            conversation.rtt.add(rtt);
        }
        // Until the life of the conversation says more: not of a cut or broken header.
        let mut phase = Phase::Unknown;
        if outcome.sound {
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
            };
            let segment = lifecycle::Segment {
                flags: header.flags,
                seq: header.seq,
                ack: header.ack,
                len: input.len.unwrap_or(0),
                marks: outcome.marks,
            };
            phase = conversation.lifecycle.segment(&event, &segment);
        }
        if SHOWN {
            out.phase = Some(phase);
            if outcome.sound {
                out.take(conversation.lifecycle.step(side));
            }
        }
    }

    /// A UDP datagram; `real` where it is one, not the quotation of one.
    pub(super) fn udp(
        &mut self,
        stamp: &Stamp,
        ends: &Ends,
        datagram: &Datagram<'_>,
        real: bool,
        out: &mut Analysis,
    ) {
        let payload = datagram.payload_len();
        let (Some(len), true) = (payload, datagram.checksum_field().is_some()) else {
            return;
        };
        let place = self.udp_table.place(&ends.pair);
        if place.is_new() {
            *place = open(
                &mut self.conversations,
                Protocol::Udp,
                self.udp_streams,
                ends,
                stamp,
                self.options,
            );
            self.udp_streams += 1;
        }
        let id = ConversationId(place.conversation);
        self.outlook.note(id, self.conversations.len());
        let Some(conversation) = self.conversations.get_mut(id.index()) else {
            return;
        };
        out.conversation = Some(id);
        out.stream = Some(conversation.stream);
        if len > 0 {
            out.since_first = Some(stamp.now.since(conversation.opened));
            out.since_previous = Some(stamp.now.since(conversation.previous));
            conversation.previous = stamp.now;
        }
        if real {
            let side = conversation.side(ends.pair.way);
            conversation.traffic.count(side, stamp.wire_len, stamp.now);
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
            };
            out.phase = Some(conversation.lifecycle.datagram(&event, len));
            out.take(conversation.lifecycle.step(side));
        }
    }

    /// What an ICMP error quotes: it counts for the streams, and tells an open conversation that
    /// a packet of it was refused.
    pub(super) fn quoted(
        &mut self,
        stamp: &Stamp,
        other: &Other<'_>,
        quoted: &Quoted<'_>,
        out: &mut Analysis,
    ) {
        let transport = quoted.transport;
        let Some(&[s0, s1, d0, d1]) = transport.bytes.first_chunk::<4>() else {
            return;
        };
        let ports = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
        let Some(ends) = Ends::new(quoted.source, quoted.destination, ports) else {
            return;
        };
        let table = if quoted.tcp {
            &self.tcp_table
        } else {
            &self.udp_table
        };
        let known = table
            .get(&ends.pair)
            .map(|place| ConversationId(place.conversation));
        // A PIM register message carries a packet: tshark analyses it like any other.
        let carried = transport.context != Context::Quoted;
        if quoted.tcp {
            if let Some(segment) = Segment::read(transport) {
                self.tcp::<true>(stamp, &ends, &segment, carried, out);
            }
        } else if let Some(datagram) = Datagram::read(transport) {
            self.udp(stamp, &ends, &datagram, carried, out);
        }
        if carried {
            return;
        }
        out.conversation = out.conversation.or(known);
        if let Some(id) = known
            && out.conversation == known
            && let Some(conversation) = self.conversations.get_mut(id.index())
        {
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side: conversation.side(ends.pair.way),
            };
            let port_unreachable = other.info.ends_with("(Port unreachable)");
            out.phase = Some(conversation.lifecycle.refused(&event, port_unreachable));
            out.take(conversation.lifecycle.step(event.side.other()));
        }
    }
}

impl Analysis {
    /// Takes over where the conversation stands.
    fn take(&mut self, step: Step) {
        self.direction = step.direction;
        self.states = step.states;
    }
}

/// Opens a TCP conversation and says its place in the list.
fn open_tcp(
    conversations: &mut Vec<Conversation>,
    tcp: &mut Tcp,
    ends: &Ends,
    stamp: &Stamp,
    options: AnalyzerOptions,
) -> Place {
    let stream = tcp.next_stream();
    tcp.open();
    open(conversations, Protocol::Tcp, stream, ends, stamp, options)
}

/// Opens a conversation and says its place in the list.
fn open(
    conversations: &mut Vec<Conversation>,
    protocol: Protocol,
    stream: u32,
    ends: &Ends,
    stamp: &Stamp,
    options: AnalyzerOptions,
) -> Place {
    let place = conversations.len();
    let both = ends.both();
    conversations.push(Conversation {
        ends: both,
        stream,
        retransmissions: 0,
        initial_rtt: Nanos::ZERO,
        rtt: RttStats::default(),
        traffic: Traffic::default(),
        opened: stamp.now,
        previous: stamp.now,
        lifecycle: Lifecycle::new(both, place < options.summaries),
        protocol,
        opened_way: ends.pair.way,
        completeness: Completeness::default(),
    });
    Place {
        conversation: u32::try_from(place).unwrap_or(table::NONE),
        stream,
    }
}
