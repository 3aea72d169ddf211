//! Packets to meaning: one packet in, its analysed row out, in the capture's order.
//!
//! Analysis cannot fail and knows no clock: time comes from the frames. Memory grows with the
//! conversations, not with the packets.

pub mod clock;
pub mod completeness;
pub mod conversation;
pub mod lifecycle;
pub mod row;
mod table;
pub mod tcp;

use clock::Clock;
use completeness::Completeness;
use conversation::{Conversation, ConversationId, Protocol, RttStats, Traffic};
use lifecycle::{Event, EventKind, Lifecycle, Step};
use row::{Analysis, Row};
use table::{Pair, Table};
use tcp::marks::Marks;
use tcp::{Arrival, Tcp};

use crate::model::address::{Address, Endpoint};
use crate::model::frame::Frame;
use crate::model::packet::{Content, Context, Datagram, Other, Packet};
use crate::model::tcp::Segment;
use crate::model::time::{Nanos, Timestamp};

/// What the analysis keeps beyond what the rows themselves need.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnalyzerOptions {
    /// How many conversations keep the groups of their summary; 0 where no summary is printed.
    /// Later conversations are counted, not described.
    pub summaries: usize,
}

/// Turns packets into rows, one at a time.
#[derive(Debug, Default)]
pub struct Analyzer {
    options: AnalyzerOptions,
    clock: Clock,
    conversations: Vec<Conversation>,
    tcp_table: Table,
    udp_table: Table,
    tcp: Tcp,
    udp_streams: u32,
}

/// The ends of a packet, as its addresses and ports say.
#[derive(Clone, Copy, Debug)]
struct Ends {
    pair: Pair,
    from: Endpoint,
    to: Endpoint,
}

/// The frame that brought a packet.
#[derive(Clone, Copy, Debug)]
struct Stamp {
    frame: u32,
    wire_len: u32,
    time: Option<Timestamp>,
    /// Since the first frame.
    now: Nanos,
}

impl Analyzer {
    /// An analyzer that has seen nothing.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Takes the next packet of the capture and says what it means.
    pub fn ingest<'a>(&mut self, frame: &Frame<'a>, packet: &Packet<'a>) -> Row<'a> {
        let times = self.clock.tick(frame.time);
        let stamp = Stamp {
            frame: frame.no,
            wire_len: frame.wire_len,
            time: frame.time,
            now: self.clock.elapsed(frame.time),
        };
        let (source, destination) = (packet.source, packet.destination);
        let analysis = match &packet.content {
            Content::Tcp(segment) => {
                let ports = (segment.source_port, segment.destination_port);
                ends(source, destination, ports).map(|ends| self.tcp(&stamp, &ends, segment, true))
            }
            Content::Udp(datagram) => {
                let ports = (datagram.source_port, datagram.destination_port);
                ends(source, destination, ports).map(|ends| self.udp(&stamp, &ends, datagram, true))
            }
            Content::Other(other) => self.quoted(&stamp, other),
        };
        Row {
            frame: *frame,
            packet: *packet,
            times,
            analysis: analysis.unwrap_or_default(),
        }
    }

    /// The conversations so far, TCP and UDP, in the order of their first packets.
    pub fn conversations(&self) -> &[Conversation] {
        &self.conversations
    }

    /// The conversation `id`.
    pub fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(id.index())
    }

    /// A TCP segment; `real` where it is one, not the quotation of one.
    fn tcp(&mut self, stamp: &Stamp, ends: &Ends, segment: &Segment<'_>, real: bool) -> Analysis {
        let Some(header) = segment.header else {
            return Analysis::default();
        };
        let arrival = Arrival {
            frame: stamp.frame,
            time: stamp.now,
            at_epoch: stamp.time.unwrap_or_default() == Timestamp::default(),
            segment: *segment,
            way: ends.pair.way,
        };
        let place = self.tcp_table.place(&ends.pair);
        let mut first = *place == table::NONE;
        if first {
            *place = open_tcp(
                &mut self.conversations,
                &mut self.tcp,
                ends,
                stamp,
                self.options,
            );
        }
        let mut id = ConversationId(*place);
        let mut stream = self.conversations.get(id.index()).map_or(0, |c| c.stream);
        let found = self.tcp.find(stream, &arrival);
        if found.0.any(Marks::PORT_REUSED) && !header.flags.ack() {
            *place = open_tcp(
                &mut self.conversations,
                &mut self.tcp,
                ends,
                stamp,
                self.options,
            );
            id = ConversationId(*place);
            first = false;
        }
        let reopened = found.0.any(Marks::PORT_REUSED) && !header.flags.ack();
        let Some(conversation) = self.conversations.get_mut(id.index()) else {
            return Analysis::default();
        };
        if reopened {
            stream = conversation.stream;
            conversation.completeness = Completeness(Completeness::SYN);
        }
        let side = conversation.side(ends.pair.way);
        let completeness = &mut conversation.completeness;
        let outcome = self
            .tcp
            .segment(stream, &arrival, found, completeness, first);
        let since_first = stamp.now.since(conversation.opened);
        let since_previous = stamp.now.since(conversation.previous);
        conversation.previous = stamp.now;
        let mut analysis = Analysis {
            conversation: Some(id),
            stream: Some(stream),
            quotes_port_reuse: !real && found.0.any(Marks::PORT_REUSED),
            ..Analysis::default()
        };
        let Some(outcome) = outcome else {
            return analysis;
        };
        if outcome.initial_rtt != Nanos::ZERO {
            conversation.initial_rtt = Some(outcome.initial_rtt);
        }
        if outcome.sound && segment.transport.reach(20).is_ok() {
            analysis.since_first = Some(since_first);
            analysis.since_previous = Some(since_previous);
        }
        if !real {
            return analysis;
        }
        analysis.tcp = Some(outcome.shown);
        if outcome.shown.complete {
            conversation.traffic.count(side, stamp.wire_len, stamp.now);
        }
        if outcome.marks.any(Marks::SENT_AGAIN) {
            conversation.retransmissions += 1;
        }
        if let Some(rtt) = outcome.shown.ack_rtt {
            conversation.rtt.add(rtt);
        }
        if outcome.sound {
            let step = conversation.lifecycle.step(&Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
                kind: EventKind::Segment {
                    flags: header.flags,
                    seq: header.seq,
                    ack: header.ack,
                    len: outcome.shown.len.unwrap_or(0),
                    marks: outcome.marks,
                },
            });
            analysis.take(step);
        }
        analysis
    }

    /// A UDP datagram; `real` where it is one, not the quotation of one.
    fn udp(&mut self, stamp: &Stamp, ends: &Ends, datagram: &Datagram<'_>, real: bool) -> Analysis {
        let payload = datagram.payload_len();
        let (Some(len), true) = (payload, datagram.checksum_field().is_some()) else {
            return Analysis::default();
        };
        let place = self.udp_table.place(&ends.pair);
        if *place == table::NONE {
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
        let id = ConversationId(*place);
        let Some(conversation) = self.conversations.get_mut(id.index()) else {
            return Analysis::default();
        };
        let side = conversation.side(ends.pair.way);
        let mut analysis = Analysis {
            conversation: Some(id),
            stream: Some(conversation.stream),
            ..Analysis::default()
        };
        if len > 0 {
            analysis.since_first = Some(stamp.now.since(conversation.opened));
            analysis.since_previous = Some(stamp.now.since(conversation.previous));
            conversation.previous = stamp.now;
        }
        if real {
            conversation.traffic.count(side, stamp.wire_len, stamp.now);
            let step = conversation.lifecycle.step(&Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
                kind: EventKind::Datagram { len },
            });
            analysis.take(step);
        }
        analysis
    }

    /// What an ICMP error quotes: it counts for the streams, and tells an open conversation that
    /// a packet of it was refused.
    fn quoted(&mut self, stamp: &Stamp, other: &Other<'_>) -> Option<Analysis> {
        let quoted = other.quoted?;
        let transport = quoted.transport;
        let [s0, s1, d0, d1] = *transport.bytes.first_chunk::<4>()?;
        let ports = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
        let ends = ends(quoted.source, quoted.destination, ports)?;
        // A PIM register message carries a packet: tshark analyses it like any other.
        if transport.context != Context::Quoted {
            return Some(if quoted.tcp {
                self.tcp(stamp, &ends, &Segment::read(transport)?, true)
            } else {
                self.udp(stamp, &ends, &Datagram::read(transport)?, true)
            });
        }
        let table = if quoted.tcp {
            &self.tcp_table
        } else {
            &self.udp_table
        };
        let known = table.get(&ends.pair).map(ConversationId);
        let mut analysis = if quoted.tcp {
            self.tcp(stamp, &ends, &Segment::read(transport)?, false)
        } else {
            self.udp(stamp, &ends, &Datagram::read(transport)?, false)
        };
        let id = analysis.conversation.or(known)?;
        analysis.conversation = Some(id);
        if known == Some(id)
            && let Some(conversation) = self.conversations.get_mut(id.index())
        {
            let step = conversation.lifecycle.step(&Event {
                frame: stamp.frame,
                time: stamp.time,
                side: conversation.side(ends.pair.way),
                kind: EventKind::Refused {
                    port_unreachable: other.info.ends_with("(Port unreachable)"),
                },
            });
            analysis.take(step);
        }
        Some(analysis)
    }
}

impl Analysis {
    /// Takes over what the life of the conversation says.
    fn take(&mut self, step: Step) {
        self.phase = step.phase;
        self.direction = step.direction;
        self.states = step.states;
    }
}

fn ends(source: Address, destination: Address, ports: (u16, u16)) -> Option<Ends> {
    Some(Ends {
        pair: Pair::new(source, destination, ports)?,
        from: Endpoint {
            ip: source.ip()?,
            port: ports.0,
        },
        to: Endpoint {
            ip: destination.ip()?,
            port: ports.1,
        },
    })
}

/// Opens a TCP conversation and says its place in the list.
fn open_tcp(
    conversations: &mut Vec<Conversation>,
    tcp: &mut Tcp,
    ends: &Ends,
    stamp: &Stamp,
    options: AnalyzerOptions,
) -> u32 {
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
) -> u32 {
    let place = conversations.len();
    let both = [ends.from, ends.to];
    conversations.push(Conversation {
        protocol,
        stream,
        ends: both,
        traffic: Traffic::default(),
        retransmissions: 0,
        rtt: RttStats::default(),
        initial_rtt: None,
        completeness: Completeness::default(),
        lifecycle: Lifecycle::new(both, place < options.summaries),
        opened_way: ends.pair.way,
        opened: stamp.now,
        previous: stamp.now,
    });
    u32::try_from(place).unwrap_or(table::NONE)
}
