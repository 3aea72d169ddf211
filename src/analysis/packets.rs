//! One packet put into its conversation: TCP, and what ICMP errors quote. UDP is in `udp`.

use super::completeness::Completeness;
use super::conversation::{Conversation, ConversationId, Protocol, RttStats, Traffic};
use super::lifecycle;
use super::lifecycle::phase::Phase;
use super::lifecycle::{Event, Lifecycle, Step};
use super::record::Seen;
use super::row::Analysis;
use super::table::{Ends, Place};
use super::tcp::marks::Marks;
use super::tcp::{Found, Input, Tcp, TcpAnalysis};
use super::{Analyzer, AnalyzerOptions};
use crate::model::frame::FrameNo;
use crate::model::packet::{Context, Datagram, Other, Packet, Quoted};
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::Segment;
use crate::model::time::{Nanos, Timestamp};

/// The frame that brought a packet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) frame: FrameNo,
    pub(super) wire_len: u32,
    pub(super) time: Option<Timestamp>,
    /// Since the first frame.
    pub(super) now: Nanos,
    /// The era of that time: `now` tells differences within it.
    pub(super) era: i32,
}

impl Stamp {
    /// The packet of this frame, as a record takes it.
    pub(super) fn seen<'s>(
        &self,
        event: Event,
        life: &Lifecycle,
        packet: &'s Packet<'s>,
    ) -> Seen<'s> {
        Seen {
            event,
            states: life.states(),
            now: (self.era == 0 && self.time.is_some()).then_some(self.now),
            elapsed: self.now,
            wire_len: self.wire_len,
            packet,
        }
    }
}

impl Analyzer {
    /// A TCP segment; `real` where it is one, not the quotation of one. Where its row is not
    /// `SHOWN`, what only a row shows is not worked out, and `out` means nothing afterwards.
    pub(super) fn tcp<const SHOWN: bool>(
        &mut self,
        stamp: &Stamp,
        packet: &Packet<'_>,
        ends: &Ends,
        segment: &Segment<'_>,
        real: bool,
        out: &mut Analysis,
    ) {
        let Some(header) = segment.header else {
            return;
        };
        let dialect = self.options.dialect;
        if !segment.has_window() && !dialect.reads_without_window() {
            return;
        }
        let len = segment.payload_len();
        let quoted = segment.transport.context == Context::Quoted;
        let mut input = Input {
            dialect,
            frame: stamp.frame,
            time: stamp.now,
            at_epoch: stamp.time.is_none_or(Timestamp::is_zero),
            segment,
            header,
            len,
            relative: len.is_some() || (dialect.relative_unmeasured() && !quoted),
            side: Side::First,
        };
        let hash = self.table.hash(ends);
        let conversations = &self.conversations;
        let known = self.table.find(hash, |id| sender(conversations, id, ends));
        let first = known.is_none();
        let mut found = Found::default();
        let place = match known {
            Some((place, side)) => {
                input.side = side;
                if header.flags.syn() {
                    let known = conversations.get(place.conversation.index());
                    let closed = known.is_some_and(|it| it.completeness.closed());
                    found = self.tcp.find(place.stream, &input, closed);
                }
                if found.anew {
                    input.side = Side::First;
                    let before = place.conversation;
                    *place = open_tcp(
                        &mut self.conversations,
                        &mut self.tcp,
                        ends,
                        stamp,
                        (self.options, self.clock.elapsed(None)),
                    );
                    if real {
                        let syn = (side, header.seq);
                        follow(&mut self.conversations, before, stamp.frame, syn);
                    }
                }
                *place
            }
            None => {
                let place = open_tcp(
                    &mut self.conversations,
                    &mut self.tcp,
                    ends,
                    stamp,
                    (self.options, self.clock.elapsed(None)),
                );
                self.table.add(hash, place);
                place
            }
        };
        let Place {
            conversation: id,
            stream,
        } = place;
        self.outlook.note(id, self.conversations.len());
        let Some(conversation) = self.conversations.get_mut(id.index()) else {
            return;
        };
        if found.anew && !dialect.first_counts() {
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
        let Some(mut outcome) = outcome else {
            return;
        };
        if SHOWN {
            out.conversation = Some(id);
            out.stream = Some(stream);
            out.side = Some(input.side);
        }
        if SHOWN && outcome.sound && segment.transport.reach(20).is_ok() {
            out.since_first = Some(stamp.now.since(conversation.opened));
            out.since_previous = Some(stamp.now.since(conversation.previous));
        }
        if conversation.tears(stamp.era) {
            shown.forget_times();
            (out.since_first, out.since_previous) = (None, None);
            (outcome.rtt, outcome.initial_rtt) = (None, None);
        }
        if let Some(rtt) = outcome.initial_rtt {
            conversation.initial_rtt = rtt;
        }
        conversation.previous = stamp.now;
        if !real {
            out.tcp = None;
            out.quotes_port_reuse = found.marks.any(Marks::PORT_REUSED);
            return;
        }
        let side = input.side;
        if outcome.complete || (outcome.sound && dialect.counts_cut_options()) {
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
        if outcome.sound && segment.has_window() {
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
            };
            let sent = lifecycle::Segment {
                flags: header.flags,
                seq: header.seq,
                ack: header.ack,
                len: input.len.unwrap_or(0),
                shut: header.window == 0,
                marks: outcome.marks,
                about_window: outcome.about_window,
                window: match header.flags.rst() {
                    true => self.tcp.window(stream, side.other()),
                    false => None,
                },
            };
            let became = conversation.lifecycle.segment(&event, &sent);
            phase = became.phase;
            if let Some(record) = &mut conversation.record {
                let seen = stamp.seen(event, &conversation.lifecycle, packet);
                record.segment(&seen, segment, &sent, &became, shown);
                record.lived(&seen, &conversation.lifecycle);
            }
        } else if let Some(record) = &mut conversation.record {
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
            };
            record.unread(&stamp.seen(event, &conversation.lifecycle, packet));
        }
        if SHOWN {
            out.phase = Some(phase);
            if outcome.sound {
                out.take(side, conversation.lifecycle.step(side));
            }
        }
    }

    /// What an ICMP error quotes: it counts for the streams, and tells an open conversation that
    /// a packet of it was refused.
    pub(super) fn quoted(
        &mut self,
        stamp: &Stamp,
        packet: &Packet<'_>,
        other: &Other<'_>,
        quoted: &Quoted<'_>,
        out: &mut Analysis,
    ) {
        let transport = quoted.transport;
        let Some(&[s0, s1, d0, d1]) = transport.bytes.first_chunk::<4>() else {
            return;
        };
        let ports = (u16::from_be_bytes([s0, s1]), u16::from_be_bytes([d0, d1]));
        let protocol = Protocol::tcp_or_udp(quoted.tcp);
        let between = (quoted.source, quoted.destination);
        let Some(ends) = Ends::new(protocol, between, ports) else {
            return;
        };
        let conversations = &self.conversations;
        let known = self.table.find(self.table.hash(&ends), |id| {
            sender(conversations, id, &ends)
        });
        let known = known.map(|(place, side)| (place.conversation, side));
        // A PIM register message carries a packet: tshark analyses it like any other.
        let carried = transport.context != Context::Quoted;
        let datagram = Datagram::read(transport).filter(|_| !quoted.tcp);
        if quoted.tcp {
            if let Some(segment) = Segment::read(transport) {
                self.tcp::<true>(stamp, packet, &ends, &segment, carried, out);
            }
        } else if let Some(datagram) = &datagram {
            self.udp(stamp, packet, &ends, datagram, carried, out);
        }
        if carried {
            return;
        }
        let Some((id, side)) = known else {
            return;
        };
        out.conversation = out.conversation.or(Some(id));
        if out.conversation == Some(id)
            && let Some(conversation) = self.conversations.get_mut(id.index())
        {
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
            };
            let port_unreachable = other.info.ends_with("(Port unreachable)");
            out.phase = Some(match port_unreachable {
                true => Phase::Refused,
                false => Phase::IcmpError,
            });
            let from = event.side.other();
            out.take(from, conversation.lifecycle.step(from));
            if let Some(record) = &mut conversation.record {
                let seen = stamp.seen(event, &conversation.lifecycle, packet);
                record.icmp_error(&seen, port_unreachable, datagram.as_ref());
            }
        }
    }
}

impl Analysis {
    /// Takes over who sent the packet and where the conversation stands after it.
    pub(super) fn take(&mut self, side: Side, step: Step) {
        self.side = Some(side);
        self.direction = step.direction;
        self.states = step.states;
    }
}

/// Who of a conversation sent a packet between `ends`; `None` where it is not of the conversation.
#[inline]
pub(super) fn sender(
    conversations: &[Conversation],
    id: ConversationId,
    ends: &Ends,
) -> Option<Side> {
    let conversation = conversations.get(id.index())?;
    ends.sender(conversation.protocol, &conversation.ends)
}

/// Lets the conversation `before` give way to the newest one, which `syn` in `frame` opened: who of
/// the earlier one sent it, and its number.
#[inline(never)]
fn follow(
    conversations: &mut [Conversation],
    before: ConversationId,
    frame: FrameNo,
    syn: (Side, Seq),
) {
    let Some((newest, earlier)) = conversations.split_last_mut() else {
        return;
    };
    if let Some(before) = earlier.get_mut(before.index()) {
        before.lifecycle.give_way(&mut newest.lifecycle, frame, syn);
        if let Some(record) = &mut before.record {
            record.give_way(frame);
        }
    }
}

/// Opens a TCP conversation and says its place. `epoch` is 1970, counted from the first frame.
fn open_tcp(
    conversations: &mut Vec<Conversation>,
    tcp: &mut Tcp,
    ends: &Ends,
    stamp: &Stamp,
    (options, epoch): (AnalyzerOptions, Nanos),
) -> Place {
    let stream = tcp.next_stream();
    tcp.open(options.dialect, epoch);
    let life = Lifecycle::new(ends.both());
    open(conversations, (stream, life), ends, stamp, options)
}

/// Opens a conversation and says its place.
pub(super) fn open(
    conversations: &mut Vec<Conversation>,
    (stream, lifecycle): (u32, Lifecycle),
    ends: &Ends,
    stamp: &Stamp,
    options: AnalyzerOptions,
) -> Place {
    let place = conversations.len();
    conversations.push(Conversation {
        ends: ends.both(),
        stream,
        retransmissions: 0,
        initial_rtt: Nanos::ZERO,
        rtt: RttStats::default(),
        traffic: Traffic::default(),
        opened: stamp.now,
        previous: stamp.now,
        lifecycle,
        record: (place < options.summaries).then(Box::default),
        era: stamp.era,
        protocol: ends.protocol,
        completeness: Completeness::default(),
    });
    Place {
        conversation: ConversationId(u32::try_from(place).unwrap_or(u32::MAX)),
        stream,
    }
}
