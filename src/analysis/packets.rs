//! One packet put into its conversation: TCP, and what ICMP errors quote. UDP is in `udp`.

use super::completeness::Completeness;
use super::conversation::{Conversation, ConversationId, Protocol, Traffic};
use super::facts::udp::IcmpError;
use super::lifecycle;
use super::lifecycle::phase::Phase;
use super::lifecycle::{Event, Lifecycle, Step};
use super::record::Record;
use super::row::Analysis;
use super::stamp::Stamp;
use super::table::{Ends, EndsHash, Slot};
use super::tcp::marks::Marks;
use super::tcp::{Analysed, Found, Input, TcpAnalysis};
use super::{Analyzer, AnalyzerOptions};
use crate::model::dialect::Dialect;
use crate::model::frame::FrameNo;
use crate::model::packet::{Datagram, Other, Packet, Quoted};
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment};
use crate::model::transport::Extent;

impl Analyzer {
    /// A TCP segment; `real` where it is one, not the quotation of one: its conversation is found or
    /// opened, the rules judge it, and the conversation counts it and is updated. Where its row is
    /// not `SHOWN`, what only a row shows is not worked out, and `out` means nothing afterwards.
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
        let hash = self.table.hash(ends);
        let known = self.look_up(ends, hash);
        let (mut found, first) = (Found::default(), known.is_none());
        let (mut place, side) = match known {
            Some(known) => known,
            None => (self.open(stamp, ends, hash), Side::First),
        };
        let mut input = Input::of(stamp, segment, header, dialect, side);
        if header.flags.syn() && !first {
            (place, found) = self.called(place, ends, hash, &mut input, real);
        }
        let (id, stream) = (place.conversation, place.stream);
        self.prefetch.note(id, self.conversations.len());
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
        if let Some(rtt) = outcome.initial_rtt.filter(|rtt| rtt.0 >= 0) {
            conversation.measured().initial = rtt;
        }
        conversation.previous = stamp.now;
        if !real {
            out.tcp = None;
            out.quotes_port_reuse = found.marks.any(Marks::PORT_REUSED);
            return;
        }
        conversation.count(stamp, &input, &outcome);
        let reset = header.flags.rst();
        let window = reset.then(|| self.tcp.window(stream, input.side.other()));
        let phase = conversation.update(stamp, packet, &input, (&outcome, window.flatten()), shown);
        if SHOWN {
            out.phase = Some(phase);
            if outcome.sound {
                out.take(input.side, conversation.lifecycle.step(input.side));
            }
        }
    }

    /// Opens the first conversation between two ends, and says its place.
    #[inline(never)]
    fn open(&mut self, stamp: &Stamp, ends: &Ends, hash: EndsHash) -> Slot {
        let place = self.open_tcp(stamp, ends);
        self.table.add(hash, place);
        self.origin = None;
        place
    }

    /// What a SYN is in the conversation of its ends at `place`, and where it belongs: into a new one
    /// where the ports of the old one are used again.
    #[inline(never)]
    fn called(
        &mut self,
        place: Slot,
        ends: &Ends,
        hash: EndsHash,
        input: &mut Input<'_>,
        real: bool,
    ) -> (Slot, Found) {
        let before = place.conversation;
        let known = self.conversations.get(before.index());
        let closed = known.is_some_and(|it| it.completeness.closed());
        let found = self.tcp.find(place.stream, input, closed);
        if !found.anew {
            return (place, found);
        }
        let syn = (input.side, input.header.seq);
        input.side = Side::First;
        self.origin = Some(before);
        let place = self.open_tcp(input.stamp, ends);
        self.table.replace(hash, before, place);
        if real {
            follow(&mut self.conversations, before, input.stamp.frame, syn);
        }
        (place, found)
    }

    /// Opens a TCP conversation and says its place.
    fn open_tcp(&mut self, stamp: &Stamp, ends: &Ends) -> Slot {
        let stream = self.tcp.next_stream();
        self.tcp.open(self.options.dialect, stamp.epoch);
        let life = Lifecycle::new(ends.pair().both());
        let conversations = &mut self.conversations;
        open(conversations, (stream, life), ends, stamp, self.options)
    }

    /// The conversation between two ends, which have this hash, and which of them sends.
    #[inline]
    pub(super) fn look_up(&self, ends: &Ends, hash: EndsHash) -> Option<(Slot, Side)> {
        self.table.find(hash, |id| {
            let conversation = self.conversations.get(id.index())?;
            ends.sender(conversation.protocol, &conversation.ends)
        })
    }

    /// The same without the hash.
    fn known(&self, ends: &Ends) -> Option<(ConversationId, Side)> {
        let known = self.look_up(ends, self.table.hash(ends));
        known.map(|(place, side)| (place.conversation, side))
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
        let known = self.known(&ends);
        // A PIM register message carries a packet: tshark analyses it like any other.
        let carried = transport.extent != Extent::Quoted;
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
        // tshark counts a conversation that only a quote tells of.
        let Some((id, side)) = known.or_else(|| self.known(&ends)) else {
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
            let error = IcmpError::of(other.info);
            out.phase = Some(match error {
                IcmpError::Refused => Phase::Refused,
                _ => Phase::IcmpError,
            });
            let from = event.side.other();
            out.take(from, conversation.lifecycle.step(from));
            if let Some(record) = &mut conversation.record {
                let seen = stamp.seen(event, &conversation.lifecycle, packet);
                record.icmp_error(&seen, error, datagram.as_ref());
            }
        }
    }
}

impl<'a> Input<'a> {
    /// The segment that `side` sent in a frame.
    #[inline]
    fn of(
        stamp: &'a Stamp,
        segment: &'a Segment<'a>,
        header: Header,
        dialect: Dialect,
        side: Side,
    ) -> Self {
        let len = segment.payload_len();
        let quoted = || segment.transport.extent == Extent::Quoted;
        Input {
            dialect,
            stamp,
            segment,
            header,
            len,
            relative: len.is_some() || (dialect.relative_unmeasured() && !quoted()),
            side,
        }
    }
}

impl Conversation {
    /// Counts a segment as `tshark -z conv` does, and its round trip.
    #[inline]
    fn count(&mut self, stamp: &Stamp, input: &Input<'_>, outcome: &Analysed) {
        if outcome.complete || (outcome.sound && input.dialect.counts_cut_options()) {
            self.traffic.count(input.side, stamp.wire_len, stamp.now);
        }
        if outcome.marks.any(Marks::SENT_AGAIN) {
            self.retransmissions = self.retransmissions.saturating_add(1);
        }
        // A round trip takes no negative time: where times go back, none is known.
        if let Some(rtt) = outcome.rtt.filter(|rtt| rtt.0 >= 0) {
            self.measured().stats.add(rtt);
        }
    }

    /// Lets a segment move the states of both ends, and writes it into the record; `window` is the
    /// receiver's, where it is a RST. Says its part in the conversation: of a cut or broken header
    /// nothing is known.
    #[inline]
    fn update(
        &mut self,
        stamp: &Stamp,
        packet: &Packet<'_>,
        input: &Input<'_>,
        (outcome, window): (&Analysed, Option<u32>),
        shown: &TcpAnalysis,
    ) -> Phase {
        let event = Event {
            frame: stamp.frame,
            time: stamp.time,
            side: input.side,
        };
        if !outcome.sound || !input.segment.has_window() {
            if let Some(record) = &mut self.record {
                record.unread(&stamp.seen(event, &self.lifecycle, packet));
            }
            return Phase::Unknown;
        }
        let header = &input.header;
        let sent = lifecycle::Segment {
            flags: header.flags,
            seq: header.seq,
            ack: header.ack,
            len: input.len.unwrap_or(0),
            shut: header.window == 0,
            marks: outcome.marks,
            about_window: outcome.about_window,
            window,
        };
        let became = self.lifecycle.segment(&event, &sent);
        if let Some(record) = &mut self.record {
            let seen = stamp.seen(event, &self.lifecycle, packet);
            record.segment(&seen, input.segment, &sent, &became, shown);
            record.lived(&seen, &self.lifecycle);
        }
        became.phase
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

/// Opens a conversation and says its place.
pub(super) fn open(
    conversations: &mut Vec<Conversation>,
    (stream, lifecycle): (u32, Lifecycle),
    ends: &Ends,
    stamp: &Stamp,
    options: AnalyzerOptions,
) -> Slot {
    let place = conversations.len();
    conversations.push(Conversation {
        ends: ends.pair(),
        stream,
        retransmissions: 0,
        measured: None,
        traffic: Traffic::default(),
        opened: stamp.now,
        previous: stamp.now,
        lifecycle,
        record: (place < options.summaries).then(|| Box::new(Record::new(options.at_a_time == 0))),
        era: stamp.era,
        protocol: ends.protocol,
        completeness: Completeness::default(),
    });
    Slot {
        conversation: ConversationId(u32::try_from(place).unwrap_or(u32::MAX)),
        stream,
    }
}
