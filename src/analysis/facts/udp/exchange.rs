//! The values of UDP exchanges.

use crate::analysis::moment::Moment;
use crate::analysis::twin::Twin;
use crate::model::address::Endpoint;
use crate::model::frame::FrameNo;
use crate::model::time::Nanos;

/// A datagram that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Its frame.
    pub frame: FrameNo,
    /// Since the first frame of the capture.
    pub now: Nanos,
    /// Payload bytes.
    pub len: u32,
    pub(super) checksum: u16,
}

/// A request and what became of it.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Its frame.
    pub request: FrameNo,
    /// When it was sent, since the first frame of the capture.
    pub now: Nanos,
    /// Payload bytes.
    pub len: u32,
    /// The beginning of the payload, at most 241 bytes.
    pub text: Box<[u8]>,
    /// The earlier open request with the same bytes.
    pub again: Option<FrameNo>,
    /// What came back.
    pub answer: Option<Answer>,
}

/// What came back for a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// A datagram.
    Reply {
        /// Its frame.
        frame: FrameNo,
        /// How long it took; `None` where the times go back.
        rtt: Option<Nanos>,
        /// How it is known.
        basis: Basis,
    },
    /// A datagram from another port or address, in a conversation of its own.
    Elsewhere {
        /// Its frame.
        frame: FrameNo,
        /// How long it took; `None` where the times go back.
        rtt: Option<Nanos>,
    },
    /// An ICMP error that says that nobody receives on the port.
    Refused(FrameNo),
    /// An ICMP error that says that it was dropped on its way.
    NotDelivered(FrameNo),
}

/// What an ICMP error says of the packet that it quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IcmpError {
    /// Nobody receives on its port.
    Refused,
    /// It was dropped: its destination cannot be reached, its time or its size was exceeded, or a
    /// field of it was wrong.
    NotDelivered,
    /// Nothing of that.
    Other,
}

impl IcmpError {
    /// Read from `info`, the fixed words of the Info column.
    pub(in crate::analysis) fn of(info: &str) -> IcmpError {
        const DROPPED: [&str; 7] = [
            "Destination unreachable",
            "Destination Unreachable",
            "Time-to-live exceeded",
            "Time Exceeded",
            "Packet Too Big",
            "Parameter problem",
            "Parameter Problem",
        ];
        if info.ends_with("(Port unreachable)") {
            IcmpError::Refused
        } else if DROPPED.iter().any(|words| info.starts_with(words)) {
            IcmpError::NotDelivered
        } else {
            IcmpError::Other
        }
    }
}

/// How it is known which request a reply belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// The payload says so: it repeats an identifier, numbers or text.
    Payload,
    /// The payload fits several open requests with the same text; the latest is taken.
    Copies,
    /// The same, after a reply that fits it was put to another one of them by a guess.
    Shared,
    /// It is the only request that was open, and the latest one.
    Only,
    /// Nothing tells: the latest open request is taken.
    Latest,
}

impl Basis {
    /// Whether another open request could be the one.
    pub fn guessed(self) -> bool {
        matches!(self, Basis::Copies | Basis::Shared | Basis::Latest)
    }
}

/// A reply of a request from another port or address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its frame.
    pub frame: FrameNo,
    /// Where it came from.
    pub end: Endpoint,
    /// The number of its conversation, tshark's `udp.stream`.
    pub stream: u32,
}

/// Round trips.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rtt {
    /// How many were measured.
    pub count: u64,
    /// The shortest; zero where there is none.
    pub min: Nanos,
    /// The longest; zero where there is none.
    pub max: Nanos,
    pub(super) sum: i128,
}

impl Rtt {
    pub(super) fn add(&mut self, rtt: Nanos) {
        if self.count == 0 {
            (self.min, self.max) = (rtt, rtt);
        }
        self.count += 1;
        self.min = self.min.min(rtt);
        self.max = self.max.max(rtt);
        self.sum += i128::from(rtt.0);
    }

    /// Their mean; `None` where there is none.
    pub fn mean(&self) -> Option<Nanos> {
        let mean = self.sum.checked_div(i128::from(self.count))?;
        i64::try_from(mean).ok().map(Nanos)
    }
}

/// What the latest datagram did.
#[derive(Clone, Copy, Debug, Default)]
pub struct Latest {
    /// When it came, since the first frame of the capture.
    pub now: Nanos,
    /// The sender's datagram before it.
    pub own: Option<Sent>,
    /// The other end's latest one.
    pub other: Option<Sent>,
    /// What it is.
    pub what: What,
}

/// What a datagram is within its exchange.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum What {
    /// Nothing that could be told: there is no client and no server.
    #[default]
    Plain,
    /// A request; with the earlier open one of the same bytes.
    Request {
        /// That one, and how long before.
        again: Option<(FrameNo, Nanos)>,
    },
    /// A reply to a request of this conversation.
    Reply {
        /// The request.
        request: FrameNo,
        /// How long it took; `None` where the times go back.
        rtt: Option<Nanos>,
        /// How it is known.
        basis: Basis,
        /// A request that was sent in between, where that is certain.
        late: Option<FrameNo>,
        /// A reply to a later request that came before it, where that is certain.
        behind: Option<FrameNo>,
    },
    /// A reply to a request that another port or address was asked.
    From {
        /// The request.
        request: FrameNo,
        /// How long it took; `None` where the times go back.
        rtt: Option<Nanos>,
    },
    /// The same bytes as a reply before it, with no request left that they could answer.
    Doubled {
        /// That reply, and how long before.
        reply: (FrameNo, Nanos),
    },
    /// A datagram of the server before any request.
    Unasked,
    /// A datagram of the server when each request so far has its reply.
    OneMore,
    /// A datagram of the server whose content fits none of the requests that wait.
    Unlike,
    /// An earlier datagram once more: captured twice, not sent again.
    Twin {
        /// That one.
        twin: Twin,
        /// When it came.
        at: Moment,
    },
}

/// What became of the requests of a conversation, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Datagrams of the client.
    pub requests: u64,
    /// Datagrams of the server.
    pub replies: u64,
    /// Requests that a reply is put to; from another port too.
    pub answered: u64,
    /// Of these, how many by a guess between several open requests.
    pub guessed: u64,
    /// Of these, how many from another port or address.
    pub elsewhere: u64,
    /// Requests that an ICMP error refuses.
    pub refused: u64,
    /// Requests that were dropped on their way, as an ICMP error says.
    pub not_delivered: u64,
    /// Requests that no reply is left for; those not delivered too.
    pub unanswered: u64,
    /// Requests without a reply as far as one can tell, but the server sent as many datagrams more
    /// than those that answer one.
    pub untold: u64,
    /// Requests that repeat the bytes of an open one.
    pub again: u64,
    /// Replies that repeat the bytes of an earlier one, with no request left.
    pub doubled: u64,
    /// Replies that came after a later request, for certain.
    pub late: u64,
    /// Replies that came after the reply to a later request, for certain.
    pub reordered: u64,
    /// Datagrams that are in the capture twice; the copies count as nothing else.
    pub twice: u64,
    /// Replies that no request was put to and that are no copies.
    pub stray: u64,
    /// Round trips of the replies.
    pub rtt: Rtt,
}
