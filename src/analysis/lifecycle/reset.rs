//! RST: what its receiver does with it (RFC 9293, 3.10.7), and what it ended.

use super::end::{End, Silence};
use super::meaning::Meaning;
use super::phase::Phase;
use super::state::{Signal, next};
use super::{News, Segment, Tcp};
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpState::{Closed, SynReceived, SynSent};

/// A RST as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reset {
    /// Its frame.
    pub frame: FrameNo,
    /// Who sent it.
    pub side: Side,
    /// What it ended.
    pub kind: ResetKind,
    /// What its receiver does with it.
    pub fit: Fit,
    /// It has the ACK flag.
    pub ack: bool,
    /// How many bytes of data it carries (RFC 9293, 3.5.3).
    pub len: u32,
    /// Its number, and the one that its receiver expects next, as far as was captured; the same
    /// where that is not known.
    pub numbers: [Seq; 2],
    /// The segment that it answers, where its numbers show that.
    pub answers: Option<FrameNo>,
    /// What its sender had repeated before without an answer.
    pub silence: Silence,
}

/// What the receiver of a RST does with it, by its number (RFC 9293, 3.10.7.3 and 3.10.7.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// It has the number that comes next, or acknowledges the SYN of an end in SYN-SENT: it counts.
    Exact,
    /// It lies in the window, but another number comes next: a challenge ACK answers it.
    InWindow,
    /// It lies outside the window, or acknowledges no SYN: it is dropped.
    Outside,
    /// Another number comes next; whether it lies in the window is not known.
    NotNext,
}

/// What a RST ended, as far as the packets before it prove it. "It" is the end that sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResetKind {
    /// It answers a SYN: the connection is refused.
    Refused,
    /// It answers a segment without SYN and ACK, as a closed port does (3.10.7.1).
    ClosedPort,
    /// It answers an ACK, and nothing else of it is captured: it knows no such connection.
    NoConnection,
    /// It answers an ACK that belongs to another connection between the same ports (3.5.1).
    RefusesStray,
    /// It answers the SYN-ACK of the other end, and had sent no ACK: a half-open scan does that.
    RefusesSynAck,
    /// The handshake was not complete.
    DuringHandshake,
    /// No data had reached it: nothing was left unread, the connection was aborted.
    BeforeData,
    /// Data had reached it. An end that closes with data unread sends a RST, one that aborts
    /// (`SO_LINGER` 0) does too; the packets do not tell them apart.
    AfterData,
    /// A FIN was sent, by one end or both, and the close was not complete.
    DuringClose,
    /// It had sent its FIN, and the other end sent data after that.
    LateData,
    /// It had repeated a probe or a segment, and nothing came back: it gave up (3.8.3, 3.8.4).
    GaveUp,
    /// Both FINs were acknowledged: the connection was closed already.
    AfterClose,
    /// It does not have the number that its receiver expects next, or as an answer to a SYN does
    /// not acknowledge that: see [`Fit`].
    NotNext,
    /// Its sender sent on after it: it did not end the conversation there, or someone else sent
    /// it.
    NotTheEnd,
    /// What came before it is not in the capture.
    MidStream,
}

impl ResetKind {
    /// Whether it left nothing of the connection, as far as the capture shows.
    pub fn ends(self) -> bool {
        !matches!(
            self,
            ResetKind::NotNext | ResetKind::NotTheEnd | ResetKind::RefusesStray
        )
    }

    /// Whether it cut the connection off: it ends it, and that was not closed before.
    pub fn cuts(self) -> bool {
        self.ends() && self != ResetKind::AfterClose
    }

    /// Whether it refuses something other than a SYN, so that there was nothing to wait after.
    pub fn answers_no_call(self) -> bool {
        matches!(self, ResetKind::ClosedPort | ResetKind::NoConnection)
    }

    /// Whether what came before it is in the capture, as far as it matters.
    pub fn shows_why(self) -> bool {
        self != ResetKind::MidStream
    }

    /// Whether there was no connection that it could end.
    pub fn refuses(self) -> bool {
        self == ResetKind::Refused || self.answers_no_call()
    }
}

/// A segment with RST. `window` is what its receiver has announced, as far as that is known.
pub(super) fn reset(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Meaning {
    let (sender, receiver) = tcp.ends.pair(side);
    let (kind, fit, answers) = judge(sender, receiver, segment);
    let found = Reset {
        frame,
        side,
        kind,
        fit,
        ack: segment.flags.ack(),
        len: segment.len,
        numbers: [segment.seq, expected(sender).unwrap_or(segment.seq)],
        answers,
        silence: sender.silence(),
    };
    let mut never = None;
    match kind {
        ResetKind::RefusesStray => refuse_stray(sender, receiver),
        ResetKind::NotNext => {
            // Whether it comes from this end at all shows what that sends next.
            let state = sender.state.take();
            let held = &mut sender.rare().held;
            *held = state.or(*held);
            receiver.rare().challenge = (fit != Fit::Outside).then_some(frame);
        }
        _ => {
            if kind == ResetKind::RefusesSynAck {
                never = sender.state.map(|state| (side, state));
            }
            // Where no connection was, none ends.
            let none = kind.answers_no_call();
            receiver.state = match receiver.state {
                None if none => None,
                state => Some(state.map_or(Closed, |state| next(state, Signal::RstArrives))),
            };
            sender.state = match sender.state {
                Some(SynSent) if segment.flags.ack() => None,
                state => Some(state.map_or(Closed, |state| next(state, Signal::SendRst))),
            };
        }
    }
    match &mut tcp.more().reset {
        Some(earlier) if earlier.kind.ends() => {}
        slot => *slot = Some(found),
    }
    tcp.tell(News {
        reset: Some(found),
        never,
        ..News::of(frame)
    });
    Meaning::plain(match kind {
        ResetKind::Refused => Phase::Refused,
        _ => Phase::Reset,
    })
}

/// What the RST is to the end that gets it.
fn judge(sender: &End, receiver: &End, segment: &Segment) -> (ResetKind, Fit, Option<FrameNo>) {
    if let Some((kind, frame)) = refusal(sender, receiver, segment) {
        return (kind, Fit::Exact, Some(frame));
    }
    match fit(sender, receiver, segment) {
        Fit::Exact => (kind(sender, receiver, segment), Fit::Exact, None),
        fit => (ResetKind::NotNext, fit, None),
    }
}

/// Whether it refuses the latest segment of the other end, and with what right.
fn refusal(sender: &End, receiver: &End, segment: &Segment) -> Option<(ResetKind, FrameNo)> {
    let latest = receiver.latest?;
    let frame = u32::from(latest.frame);
    let silent = !sender.heard() && !sender.syn_sent();
    let kind = match latest.ack() {
        _ if receiver.state == Some(SynSent) => {
            let answers = segment.flags.ack() && receiver.syn_covered(segment.ack);
            (answers && !sender.syn_sent()).then_some(ResetKind::Refused)?
        }
        Some(ack) if latest.stray && segment.seq == ack => ResetKind::RefusesStray,
        Some(ack) if latest.syn && sender.syn_sent() && segment.seq == ack => {
            (!receiver.syn_acked()).then_some(ResetKind::RefusesSynAck)?
        }
        Some(ack) if silent && segment.seq == ack => ResetKind::NoConnection,
        None if silent && segment.flags.ack() && latest.counts_to(segment.ack) => {
            ResetKind::ClosedPort
        }
        _ => return None,
    };
    Some((kind, frame))
}

/// The older connection is refused, and this one goes on from the start (RFC 9293, 3.5.1).
fn refuse_stray(sender: &mut End, receiver: &mut End) {
    sender.state = sender.state.filter(|state| *state == SynSent);
    *receiver = End::NOTHING;
}

/// What RFC 9293, 3.10.7, has its receiver do with it. A captured segment has arrived, so that any
/// number between the highest acknowledged one and the next one can be the one expected.
fn fit(sender: &End, receiver: &End, segment: &Segment) -> Fit {
    let seq = segment.seq;
    if receiver.state == Some(SynSent) {
        return match segment.flags.ack() && receiver.syn_covered(segment.ack) {
            true => Fit::Exact,
            false => Fit::Outside,
        };
    }
    if !sender.told() {
        return Fit::Exact;
    }
    if seq.before(sender.acked) {
        return Fit::Outside;
    }
    if !sender.heard() || expected(sender).is_none_or(|next| !seq.after(next)) {
        return Fit::Exact;
    }
    match segment.window {
        Some(window) if seq.before(sender.acked.plus(window)) => Fit::InWindow,
        Some(_) => Fit::Outside,
        None => Fit::NotNext,
    }
}

/// The number that the other end expects next of `end`, as far as was captured.
fn expected(end: &End) -> Option<Seq> {
    match (end.heard(), end.told()) {
        (true, true) if end.acked.after(end.next) => Some(end.acked),
        (true, _) => Some(end.next),
        (false, true) => Some(end.acked),
        (false, false) => None,
    }
}

/// What a RST that counts ends, as far as the packets before it prove it.
fn kind(sender: &End, receiver: &End, segment: &Segment) -> ResetKind {
    let opening = |end: &End| matches!(end.state, Some(SynSent | SynReceived));
    if sender.fin_acked() && receiver.fin_acked() {
        ResetKind::AfterClose
    } else if sender.fin_sent() && receiver.data_after_fin() {
        ResetKind::LateData
    } else if sender.silence().count() > 0 {
        ResetKind::GaveUp
    } else if sender.fin_sent() || receiver.fin_sent() {
        ResetKind::DuringClose
    } else if opening(sender) || opening(receiver) {
        ResetKind::DuringHandshake
    } else if receiver.sent_data() {
        ResetKind::AfterData
    } else if receiver.syn_sent()
        && receiver.acked == receiver.isn.plus(1)
        && !(segment.flags.ack() && segment.ack.after(receiver.acked))
    {
        ResetKind::BeforeData
    } else {
        ResetKind::MidStream
    }
}
