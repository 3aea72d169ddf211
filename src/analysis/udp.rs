//! One datagram put into its conversation.

use super::Analyzer;
use super::conversation::{Conversation, ConversationId};
use super::facts::udp::Elsewhere;
use super::lifecycle::roles::UdpOpening;
use super::lifecycle::{Event, Lifecycle};
use super::packets::open;
use super::row::Analysis;
use super::stamp::Stamp;
use super::table::Ends;
use crate::analysis::lifecycle::phase::Phase;
use crate::model::address::Endpoint;
use crate::model::packet::{Datagram, Packet};
use crate::model::side::Side;

/// How many of the latest UDP conversations are asked whether a new one answers them.
const RECENT: usize = 64;

/// The UDP conversations of a capture.
#[derive(Clone, Debug, Default)]
pub(super) struct Streams {
    next: u32,
    /// The latest ones with the end that spoke first, as a ring.
    recent: Vec<(ConversationId, Endpoint)>,
    place: usize,
}

impl Streams {
    /// The number of a new conversation.
    fn next(&mut self) -> u32 {
        let number = self.next;
        self.next = self.next.wrapping_add(1);
        number
    }

    /// Gives the next conversation this number.
    pub(super) fn go_on_at(&mut self, number: u32) {
        self.next = number;
    }

    fn note(&mut self, id: ConversationId, first: Endpoint) {
        match self.recent.get_mut(self.place) {
            Some(place) => *place = (id, first),
            None => self.recent.push((id, first)),
        }
        self.place = (self.place + 1) % RECENT;
    }

    /// The latest conversation that a datagram `from` one end `to` another answers from elsewhere:
    /// its client sent to many receivers, or to another port of this one, which has not answered.
    fn asked(
        &self,
        conversations: &[Conversation],
        [from, to]: [Endpoint; 2],
    ) -> Option<ConversationId> {
        let answered = |it: &Conversation| {
            let [asking, asked] = it.ends();
            let client = it.lifecycle.roles().client();
            asking != asked
                && it.traffic.packets[0] > 0
                && match client {
                    None => true,
                    Some(client) => {
                        client == Side::First && asked.ip == from.ip && it.traffic.packets[1] == 0
                    }
                }
        };
        // The ring begins at `place`: what lies before it is newer.
        let (newer, older) = self.recent.split_at_checked(self.place)?;
        let mut latest = newer.iter().rev().chain(older.iter().rev());
        let found = latest.find(|(id, asking)| {
            asking.port == to.port
                && asking.ip == to.ip
                && conversations.get(id.index()).is_some_and(answered)
        });
        found.map(|(id, _)| *id)
    }
}

impl Analyzer {
    /// A UDP datagram; `real` where it is one, not the quotation of one.
    pub(super) fn udp(
        &mut self,
        stamp: &Stamp,
        packet: &Packet<'_>,
        ends: &Ends,
        datagram: &Datagram<'_>,
        real: bool,
        out: &mut Analysis,
    ) {
        let payload = datagram.payload_len();
        let (Some(len), true) = (payload, datagram.checksum_field.is_some()) else {
            return;
        };
        let hash = self.table.hash(ends);
        let mut asked = None;
        let known = self.look_up(ends, hash);
        let (id, side) = match known {
            Some((place, side)) => (place.conversation, side),
            None => {
                let both = ends.pair().both();
                asked = self.udp.asked(&self.conversations, both).filter(|_| real);
                let life = Lifecycle::of_datagrams(both, opening(both, packet, asked));
                let stream = self.udp.next();
                let conversations = &mut self.conversations;
                let place = open(conversations, (stream, life), ends, stamp, self.options);
                self.table.add(hash, place);
                self.udp.note(place.conversation, both[0]);
                self.origin = asked;
                (place.conversation, Side::First)
            }
        };
        self.prefetch.note(id, self.conversations.len());
        let Some(conversation) = self.conversations.get_mut(id.index()) else {
            return;
        };
        out.conversation = Some(id);
        out.stream = Some(conversation.stream);
        out.side = Some(side);
        // Of a quoted datagram tshark counts nothing, not even its time; of a quoted segment it does.
        if real {
            let torn = conversation.tears(stamp.era);
            if len > 0 || self.options.dialect.times_empty_datagrams() {
                if !torn {
                    out.since_first = Some(stamp.now.since(conversation.opened));
                    out.since_previous = Some(stamp.now.since(conversation.previous));
                }
                conversation.previous = stamp.now;
            }
            conversation.traffic.count(side, stamp.wire_len, stamp.now);
            let event = Event {
                frame: stamp.frame,
                time: stamp.time,
                side,
            };
            out.phase = Some(Phase::Datagram);
            out.take(side, conversation.lifecycle.step(side));
            if let Some(record) = &mut conversation.record {
                let seen = stamp.seen(event, &conversation.lifecycle, packet);
                let client = conversation.lifecycle.roles().client();
                let client = client.map(|client| {
                    let server = conversation.ends.both()[client.other().index()];
                    (client, server.port)
                });
                record.datagram(&seen, datagram, len, client);
            }
            if let Some(asked) = asked {
                self.answer_elsewhere(stamp, id, asked);
            }
        }
    }

    /// The first datagram of the conversation `id` answers what the client of `asked` sent.
    fn answer_elsewhere(&mut self, stamp: &Stamp, id: ConversationId, asked: ConversationId) {
        let Some(conversation) = self.conversation(id) else {
            return;
        };
        let elsewhere = Elsewhere {
            frame: stamp.frame,
            end: conversation.ends()[0],
            stream: conversation.stream,
        };
        let Some(other) = self.conversations.get_mut(asked.index()) else {
            return;
        };
        let many = other.lifecycle.roles().client().is_none();
        let answered = other.record.as_mut().and_then(|record| {
            let udp = record.udp_mut();
            match many {
                true => udp.heard(elsewhere, stamp.now),
                false => udp.answered_elsewhere(elsewhere, stamp.now),
            }
        });
        if let Some(answered) = answered
            && let Some(conversation) = self.conversations.get_mut(id.index())
            && let Some(record) = &mut conversation.record
        {
            record.udp_mut().answers(answered);
        }
    }
}

/// How a conversation begins whose first datagram goes between `ends`, and answers what `asked`
/// asked.
fn opening(ends: [Endpoint; 2], packet: &Packet<'_>, asked: Option<ConversationId>) -> UdpOpening {
    let [from, to] = ends;
    if from == to {
        UdpOpening::Itself
    } else if to.ip.is_multicast()
        || to.ip == std::net::Ipv4Addr::BROADCAST
        // A frame to every station on the link: the broadcast address of a network.
        || (packet.marks.group && to.ip.is_ipv4())
    {
        UdpOpening::Many
    } else if asked.is_some() {
        UdpOpening::Answer
    } else {
        UdpOpening::Plain
    }
}
