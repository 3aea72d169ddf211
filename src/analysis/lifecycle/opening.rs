//! The opening: SYN, SYN-ACK and the ACK that completes the handshake.

use super::end::{Early, End, kept};
use super::meaning::Meaning;
use super::phase::Phase;
use super::reset::ResetKind;
use super::state::{Signal, next};
use super::{News, Segment, Tcp};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpState::{Closed, Established, Listen, SynReceived, SynSent};

/// How a connection was opened, as far as its packets show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OpeningShape {
    /// No SYN is captured.
    NotCaptured,
    /// Only SYNs of one end, and nothing of the other.
    Unanswered,
    /// A RST answers the SYN.
    Refused,
    /// SYN; SYN-ACK; ACK.
    ThreeWay,
    /// Both ends send a SYN that answers none.
    Simultaneous,
    /// One socket is both ends.
    Itself,
    /// Anything else with a SYN or a SYN-ACK.
    Other,
}

/// The opening of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Its shape.
    pub shape: OpeningShape,
    /// Both ends have the acknowledgment of their SYN.
    pub complete: bool,
    /// The frames of the SYN, the SYN-ACK and the ACK that completes it; of a simultaneous open
    /// those of both SYNs first.
    pub frames: [Option<FrameNo>; 3],
    /// The order of the capture is not the order of sending.
    pub disordered: bool,
}

/// The opening of a conversation whose `client` is known or taken to be this side.
pub(super) fn of(tcp: &Tcp, client: Side) -> Opening {
    let ends = tcp.ends.both();
    let [caller, other] = [client, client.other()].map(|side| ends[side.index()]);
    let frames = [caller.syn_frame, other.syn_frame, tcp.handshake_ack];
    let [syn, answer, ack] = frames;
    let refused = tcp.reset().is_some_and(|it| it.kind == ResetKind::Refused);
    let quiet = !other.heard() && other.latest.is_none() && tcp.reset().is_none();
    let shape = match (syn, answer) {
        (None, None) => OpeningShape::NotCaptured,
        (Some(_), Some(_)) if tcp.itself => OpeningShape::Itself,
        _ if refused => OpeningShape::Refused,
        (Some(_), Some(_)) if caller.called() && other.called() => OpeningShape::Simultaneous,
        (Some(_), Some(_)) if ack.is_some() && caller.called() => OpeningShape::ThreeWay,
        (Some(_), None) if quiet => OpeningShape::Unanswered,
        _ => OpeningShape::Other,
    };
    let both = match shape {
        OpeningShape::Simultaneous => caller.syn_acked() && other.syn_acked(),
        _ => ack.is_some() && syn.is_some() && answer.is_some(),
    };
    Opening {
        shape,
        complete: both,
        frames: frames.map(|frame| frame.map(u32::from)),
        disordered: shape == OpeningShape::ThreeWay && (answer < syn || ack < answer),
    }
}

/// A segment with SYN.
pub(super) fn syn(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Meaning {
    let answer = segment.flags.ack();
    tcp.fast_open |= !answer && segment.len > 0;
    let (sender, receiver) = tcp.ends.pair(side);
    let known = sender.syn_sent() && sender.isn == segment.seq;
    let again = known && answer == sender.answered();
    let opening = matches!(
        sender.state,
        None | Some(Closed | Listen | SynSent | SynReceived)
    );
    if opening && !known && !sender.syn_acked() {
        // Another number is another attempt: an old duplicate was answered before (figure 8).
        sender.syn_frame = kept(frame);
        sender.isn = segment.seq;
        sender.next = segment.seq.plus(segment.taken());
        sender.set_heard(true);
        sender.set_open(true);
        sender.set_called(sender.called() || !answer);
    }
    if again {
        sender.rare().silence.note(frame, false);
    }
    sender.set_owes_syn_ack(false);
    receiver.set_owes_syn_ack(again);
    let mut never = None;
    if again && !answer && sender.state == Some(Established) && !receiver.syn_acked() {
        // It calls again: the SYN-ACK has not reached it.
        sender.state = Some(SynSent);
        never = Some((side, Established));
    }
    if again && answer && receiver.state == Some(Established) && !sender.syn_acked() {
        // Its ACK does not come: whether the SYN-ACK has reached it is not shown.
        receiver.state = None;
    }
    if answer {
        sender.set_answered(true);
        if opening {
            // Whoever answers a SYN has received one, listening or calling.
            let before = match sender.state {
                Some(state) if state != Closed => state,
                _ => Listen,
            };
            sender.state = Some(next(before, Signal::SynArrives));
        }
        if receiver.syn_covered(segment.ack) {
            receiver.set_syn_acked(true);
            receiver.acknowledge(segment.ack);
            receiver.signal(Signal::SynAckArrives);
        } else if !receiver.syn_sent() {
            let ack = segment.ack;
            receiver.rare().early = kept(frame).map(|frame| Early { ack, frame });
        }
    } else {
        if matches!(sender.state, None | Some(Closed | Listen)) {
            // Also after a refusal: it calls again with the same number.
            sender.state = Some(next(Closed, Signal::SendSyn));
        }
        if receiver.state == Some(SynSent) {
            // Both call at once, their SYNs cross (RFC 9293, 3.5, figure 7).
            receiver.signal(Signal::SynArrives);
            sender.signal(Signal::SynArrives);
        }
    }
    let early = match opening && !again {
        true => answered_early(tcp, side, answer),
        false => None,
    };
    if never.is_some() || early.is_some() {
        tcp.tell(News {
            never,
            early,
            ..News::of(frame)
        });
    }
    Meaning {
        again,
        completes: answer && early.is_some(),
        ..Meaning::plain(Phase::Handshake)
    }
}

/// Lets the acknowledgment of the receiver's SYN take effect; whether it completes the handshake.
pub(super) fn acknowledge_syn(sender: &mut End, receiver: &mut End, segment: &Segment) -> bool {
    if receiver.syn_acked() || !receiver.syn_sent() || !segment.ack.after(receiver.isn) {
        return false;
    }
    receiver.set_syn_acked(true);
    // After a segment that is not in the capture, this one need not be the third of the three.
    let third = receiver.state == Some(SynReceived) && !segment.seq.after(sender.next);
    receiver.signal(Signal::SynAcked);
    if receiver.state == Some(SynSent) && !sender.syn_sent() {
        // It is acknowledged by an end whose SYN-ACK is not in the capture.
        receiver.state = Some(Established);
    }
    third && (sender.syn_acked() || !sender.syn_sent())
}

/// Lets what answers a SYN or SYN-ACK and was captured before it take effect: the capture's order is
/// not the order of sending. Its frame.
fn answered_early(tcp: &mut Tcp, side: Side, answers: bool) -> Option<FrameNo> {
    let (sender, receiver) = tcp.ends.pair(side);
    let early = sender.known_rare()?.early?;
    if !sender.syn_covered(early.ack) || sender.syn_acked() {
        return None;
    }
    match (answers, receiver.answered()) {
        // The SYN-ACK came before this SYN.
        (false, true) => {
            sender.set_syn_acked(true);
            sender.acknowledge(early.ack);
            sender.signal(Signal::SynAckArrives);
        }
        // The third of the three came before this SYN-ACK.
        (true, _) if receiver.syn_acked() => {
            sender.set_syn_acked(true);
            sender.signal(Signal::SynAcked);
            receiver.state = Some(Established);
            tcp.handshake_ack = Some(early.frame);
        }
        _ => return None,
    }
    Some(early.frame.into())
}
