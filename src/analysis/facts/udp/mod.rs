//! UDP exchanges: which datagram answers which, as far as the packets let one tell.
//!
//! UDP itself does not say it. A reply belongs to the open request whose identifier, numbers or
//! text it repeats further than that of any other one; where nothing tells, the latest open
//! request is taken, and said to be a guess. Never more requests count as
//! without a reply than there are requests more than replies; a copy of a reply is none, nor is
//! what came before the first request. Where the headers show datagrams that answer nothing by
//! themselves (RTP, RTCP, QUIC), none of them is a request or a reply.
//!
//! Memory is bounded: [`OPEN`] requests wait at a time (older ones count as not answered), and of
//! [`LISTED`] requests it is kept one by one what became of them.

mod exchange;
mod outcome;
mod pairing;
mod payload;
mod stream;
pub mod total;

pub use exchange::{
    Answer, Basis, Elsewhere, Exchange, IcmpError, Latest, Outcome, Rtt, Sent, What,
};
pub use stream::Stream;

use std::collections::VecDeque;

use pairing::{Choice, Pairing, Waiting};
use payload::Payload;
use stream::Streams;

use crate::analysis::lifecycle::Event;
use crate::analysis::moment::Moment;
use crate::analysis::twin::Twin;
use crate::model::frame::FrameNo;
use crate::model::packet::Datagram;
use crate::model::side::Side;
use crate::model::time::Nanos;

/// How many requests may wait for a reply.
pub const OPEN: usize = 64;
/// Of how many requests of a conversation it is kept what became of them.
pub const LISTED: usize = 10_000;
/// How many datagrams of each end are kept for ICMP errors that quote them.
const SENT: usize = 64;

/// What is known of the datagrams of a conversation.
#[derive(Clone, Debug, Default)]
pub struct Udp {
    sent: [VecDeque<Sent>; 2],
    pairing: Pairing,
    list: Vec<Exchange>,
    /// Only datagrams are explained, and nobody reads the list.
    unlisted: bool,
    counts: Counts,
    /// The first datagram of the server.
    first_reply: Option<FrameNo>,
    first_refused: Option<(FrameNo, FrameNo)>,
    elsewhere: Option<Elsewhere>,
    answers: Option<FrameNo>,
    client: Option<Side>,
    streams: Streams,
    /// The shortest and the longest time in which each end followed a datagram of the other one.
    follows: [Option<[Nanos; 2]>; 2],
    latest: Latest,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    requests: u64,
    replies: u64,
    answered: u64,
    guessed: u64,
    refused: u64,
    not_delivered: u64,
    elsewhere: u64,
    again: u64,
    doubled: u64,
    late: u64,
    reordered: u64,
    twice: u64,
    /// Datagrams of the server before the first request, which answer none of these.
    early: u64,
    rtt: Rtt,
}

impl Udp {
    /// Nothing yet; `listed` where it is to be kept what became of requests.
    pub(in crate::analysis) fn new(listed: bool) -> Udp {
        Udp {
            unlisted: !listed,
            ..Udp::default()
        }
    }

    /// Takes a datagram of `len` payload bytes between `ends`, of which `client` is the one that
    /// asks; `None` where there is no such end.
    pub(in crate::analysis) fn datagram(
        &mut self,
        event: &Event,
        now: Nanos,
        (datagram, len): (&Datagram<'_>, u32),
        client: Option<(Side, u16)>,
    ) {
        let (frame, side) = (event.frame, event.side);
        let sent = Sent {
            frame,
            now,
            len,
            checksum: datagram.checksum_field.unwrap_or_default(),
        };
        self.latest = Latest {
            now,
            own: self.sent[side.index()].back().copied(),
            other: self.sent[side.other().index()].back().copied(),
            what: What::Plain,
        };
        self.client = client.map(|(side, _)| side);
        if let Some(other) = self.latest.other
            && self.latest.own.is_none_or(|own| own.frame < other.frame)
            && let Some(gap) = span(other.now, now)
        {
            let follows = &mut self.follows[side.index()];
            let [least, most] = follows.unwrap_or([gap, gap]);
            *follows = Some([least.min(gap), most.max(gap)]);
        }
        let repeated = self.pairing.repeated();
        if (self.streams).proves((side, repeated), datagram.payload(), len) {
            self.withdraw();
        }
        if let Some((client, port)) = client
            && self.stream().is_none()
        {
            let payload = Payload::new(datagram.payload(), len);
            self.latest.what = match side == client {
                true => self.request(&sent, payload),
                false => self.reply(&sent, payload, port),
            };
        }
        let own = &mut self.sent[side.index()];
        if own.len() == SENT {
            own.pop_front();
        }
        own.push_back(sent);
        let sent = [0, 1].map(|side: usize| self.sent[side].len());
        // Before three packets prove RTP, none of its packets is called a request or a reply.
        if self.streams.open(sent) && !self.pairing.repeated() {
            self.latest.what = What::Plain;
        }
    }

    /// Takes a datagram that is an earlier one once more.
    pub(in crate::analysis) fn twice(&mut self, twin: Twin, at: Moment, now: Nanos) {
        self.counts.twice += 1;
        self.latest = Latest {
            now,
            what: What::Twin { twin, at },
            ..Latest::default()
        };
    }

    /// Forgets what was taken for requests and replies.
    fn withdraw(&mut self) {
        self.pairing = Pairing::default();
        self.list = Vec::new();
        self.counts = Counts {
            twice: self.counts.twice,
            ..Counts::default()
        };
        (self.first_reply, self.first_refused) = (None, None);
    }

    fn request(&mut self, sent: &Sent, payload: Payload) -> What {
        self.counts.requests += 1;
        let again = self.pairing.copy(&payload);
        let again = again.map(|open| (open.sent.frame, sent.now.since(open.sent.now)));
        self.counts.again += u64::from(again.is_some());
        let room = self.list.len() < LISTED && !self.unlisted;
        let place = room.then(|| {
            self.list.push(Exchange {
                request: sent.frame,
                now: sent.now,
                len: sent.len,
                text: payload.bytes.clone(),
                again: again.map(|(frame, _)| frame),
                answer: None,
            });
            self.list.len() - 1
        });
        self.pairing.ask(Waiting {
            place,
            sent: *sent,
            payload,
            shared: false,
        });
        What::Request { again }
    }

    fn reply(&mut self, sent: &Sent, payload: Payload, port: u16) -> What {
        self.counts.replies += 1;
        self.first_reply.get_or_insert(sent.frame);
        let newest = self.pairing.newest();
        match self.pairing.choose(sent, payload, port) {
            Choice::Request(open, basis) => {
                let request = open.sent.frame;
                let rtt = span(open.sent.now, sent.now);
                let counts = &mut self.counts;
                counts.answered += 1;
                counts.guessed += u64::from(basis.guessed());
                // A guess at an older request would make up a time.
                if let Some(rtt) = rtt
                    && (!basis.guessed() || newest == Some(request))
                {
                    counts.rtt.add(rtt);
                }
                let certain = basis == Basis::Payload;
                let late = newest.filter(|newest| certain && *newest > request);
                let behind = self.pairing.overtaken(request, sent.frame);
                let behind = behind.filter(|_| certain);
                counts.late += u64::from(late.is_some());
                counts.reordered += u64::from(behind.is_some());
                self.settle(
                    &open,
                    Answer::Reply {
                        frame: sent.frame,
                        rtt,
                        basis,
                    },
                );
                What::Reply {
                    request,
                    rtt,
                    basis,
                    late,
                    behind,
                }
            }
            Choice::Copy(frame, then) => {
                self.counts.doubled += 1;
                let reply = (frame, sent.now.since(then));
                What::Doubled { reply }
            }
            Choice::None => {
                self.counts.early += u64::from(self.counts.requests == 0);
                match (self.counts.requests, self.pairing.waits()) {
                    (0, _) => What::Unasked,
                    (_, false) => What::OneMore,
                    (_, true) => What::Unlike,
                }
            }
        }
    }

    /// An ICMP error quotes `quoted`, a datagram of an end: what became of that request.
    pub(in crate::analysis) fn quoted_by(
        &mut self,
        event: &Event,
        quoted: &Datagram<'_>,
        error: IcmpError,
    ) {
        let (Some(len), true) = (quoted.payload_len(), error != IcmpError::Other) else {
            return;
        };
        let bytes = quoted.transport.bytes.get(8..).unwrap_or_default();
        let Some(open) = self.pairing.refuse(bytes, len) else {
            return;
        };
        if error == IcmpError::NotDelivered {
            self.counts.not_delivered += 1;
            return self.settle(&open, Answer::NotDelivered(event.frame));
        }
        self.counts.refused += 1;
        self.first_refused
            .get_or_insert((open.sent.frame, event.frame));
        self.settle(&open, Answer::Refused(event.frame));
    }

    /// A datagram of another conversation answers the latest request; `None` where none is open.
    pub(in crate::analysis) fn answered_elsewhere(
        &mut self,
        elsewhere: Elsewhere,
        now: Nanos,
    ) -> Option<(FrameNo, Option<Nanos>)> {
        let open = self.pairing.take_newest()?;
        let rtt = span(open.sent.now, now);
        self.counts.answered += 1;
        self.counts.elsewhere += 1;
        if let Some(rtt) = rtt {
            self.counts.rtt.add(rtt);
        }
        self.elsewhere.get_or_insert(elsewhere);
        let frame = elsewhere.frame;
        self.settle(&open, Answer::Elsewhere { frame, rtt });
        Some((open.sent.frame, rtt))
    }

    /// Notes the first answer to a datagram to many receivers, which came from elsewhere.
    pub(in crate::analysis) fn heard(
        &mut self,
        elsewhere: Elsewhere,
        now: Nanos,
    ) -> Option<(FrameNo, Option<Nanos>)> {
        self.counts.elsewhere += 1;
        self.elsewhere.get_or_insert(elsewhere);
        let asked = self.sent[0].back()?;
        Some((asked.frame, span(asked.now, now)))
    }

    /// The latest datagram answers a request of another conversation.
    pub(in crate::analysis) fn answers(&mut self, (request, rtt): (FrameNo, Option<Nanos>)) {
        self.answers = Some(request);
        self.latest.what = What::From { request, rtt };
    }

    fn settle(&mut self, open: &Waiting, answer: Answer) {
        if let Some(exchange) = open.place.and_then(|place| self.list.get_mut(place)) {
            exchange.answer = Some(answer);
        }
    }

    /// The requests in their order, at most [`LISTED`].
    pub fn list(&self) -> &[Exchange] {
        &self.list
    }

    /// What the latest datagram did.
    pub fn latest(&self) -> &Latest {
        &self.latest
    }

    /// The first datagram of the server.
    pub fn first_reply(&self) -> Option<FrameNo> {
        self.first_reply
    }

    /// The first datagram of the client.
    pub fn first_request(&self) -> Option<FrameNo> {
        self.list.first().map(|exchange| exchange.request)
    }

    /// The latest datagram of an end.
    pub fn latest_of(&self, side: Side) -> Option<FrameNo> {
        self.sent[side.index()].back().map(|sent| sent.frame)
    }

    /// The request of another conversation that the first datagram answers.
    pub fn answered(&self) -> Option<FrameNo> {
        self.answers
    }

    /// The first request that was refused, and the ICMP error that says so.
    pub fn first_refused(&self) -> Option<(FrameNo, FrameNo)> {
        self.first_refused
    }

    /// The first answer from another port or address.
    pub fn elsewhere(&self) -> Option<Elsewhere> {
        self.elsewhere
    }

    /// How many answers came from another port or address.
    pub fn heard_elsewhere(&self) -> u64 {
        self.counts.elsewhere
    }

    /// The one datagram of `side` among the latest that has this length and checksum; `None`
    /// where there is none, or more than one.
    pub fn quoted(&self, side: Side, len: u32, checksum: u16) -> Option<FrameNo> {
        let sent = self.sent[side.index()].iter();
        let mut found = sent.filter(|sent| sent.len == len && sent.checksum == checksum);
        let one = found.next()?;
        found.next().is_none().then_some(one.frame)
    }

    /// The requests that neither a reply nor a refusal was put to, as far as they are listed.
    pub fn open(&self) -> impl Iterator<Item = FrameNo> {
        let open = self.list.iter().filter(|it| it.answer.is_none());
        open.map(|it| it.request)
    }

    /// The requests that an ICMP error calls not delivered, with the frame of the error, as far as
    /// they are listed.
    pub fn not_delivered(&self) -> impl Iterator<Item = (FrameNo, FrameNo)> {
        self.list.iter().filter_map(|it| match it.answer {
            Some(Answer::NotDelivered(frame)) => Some((it.request, frame)),
            _ => None,
        })
    }
}

/// From one time to a later one; `None` where it lies before.
fn span(from: Nanos, to: Nanos) -> Option<Nanos> {
    let span = to.since(from);
    (span.0 >= 0).then_some(span)
}
