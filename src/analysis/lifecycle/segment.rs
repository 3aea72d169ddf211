//! One TCP segment: what it proves of its sender, how it moves both ends, which phase it is in.
//!
//! The rules of reading: the order is the capture's, and a captured segment arrives at once (on
//! loopback it does; elsewhere a state can stand one flight time early). What an end sends also
//! proves something of it, and that corrects what the arrivals suggested: whoever sends data has
//! finished its handshake although its ACK was not captured, and whoever sends on after a RST was
//! not ended by it. Where neither shows a state, there is none.

use super::close::ResetKind;
use super::end::{End, kept};
use super::phase::Phase;
use super::state::{Signal, next};
use super::{Segment, Tcp, proof, reset};
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpFlags;
use crate::model::tcp::TcpState::{Closed, Established, FinWait1, Listen, SynReceived, SynSent};

/// What a segment turned out to be.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Outcome {
    /// Its phase.
    pub(in crate::analysis) phase: Phase,
    /// It is the ACK that completes the handshake, whatever else it carries.
    pub(in crate::analysis) completes: bool,
    /// It is the first to acknowledge the other end's FIN.
    pub(in crate::analysis) acks_fin: bool,
    /// It is a SYN, SYN-ACK or FIN that its sender had sent before.
    pub(in crate::analysis) again: bool,
    /// It is a keep-alive or a window probe, as its phase says.
    pub(in crate::analysis) probe: bool,
    /// It answers such a probe of the other end, whatever it says of its window.
    pub(in crate::analysis) answers: bool,
}

impl Outcome {
    pub(super) fn plain(phase: Phase) -> Outcome {
        Outcome {
            phase,
            completes: false,
            acks_fin: false,
            again: false,
            probe: false,
            answers: false,
        }
    }
}

/// Takes the segment that `side` sent in `frame`.
#[inline]
pub(super) fn advance(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    if let Some(phase) = ordinary(tcp, side, segment) {
        return Outcome::plain(phase);
    }
    unusual(tcp, frame, side, segment)
}

#[inline(never)]
fn unusual(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let flags = segment.flags;
    if let Some(reset) = &mut tcp.reset
        && reset.side == side
        && !flags.rst()
    {
        reset.kind = ResetKind::NotTheEnd;
    }
    let outcome = if flags.rst() {
        reset::reset(tcp, frame, side, segment)
    } else if flags.syn() {
        syn(tcp, frame, side, segment)
    } else if flags.ack() {
        synchronized(tcp, frame, side, segment)
    } else {
        Outcome::plain(Phase::Unknown)
    };
    if tcp.strange {
        for end in &mut tcp.ends {
            end.state = None;
        }
    }
    outcome
}

/// Marks that take part in the choice of a phase.
const DECISIVE: Marks = Marks::KEEP_ALIVE
    .with(Marks::KEEP_ALIVE_ACK)
    .with(Marks::ZERO_WINDOW_PROBE);

/// The phase of most segments of most captures, sooner: data or ACK between two open ends,
/// nothing unseen, nothing repeated that belongs to the handshake. Whatever else there is goes
/// the long way, with the same result.
#[inline]
fn ordinary(tcp: &mut Tcp, side: Side, segment: &Segment) -> Option<Phase> {
    const CONTROL: TcpFlags = TcpFlags::SYN.with(TcpFlags::FIN).with(TcpFlags::RST);
    let open = [Some(Established); 2];
    let settled = tcp.reset.is_none() && !tcp.strange;
    let (sender, receiver) = tcp.pair(side);
    let plain = segment.flags.ack() && !segment.flags.any(CONTROL);
    if !(plain && settled && [sender.state, receiver.state] == open)
        || segment.about_window
        || segment.marks.any(DECISIVE)
        || sender.owes_syn_ack
        || segment.shut
        || sender.shut
        || receiver.shut
        || receiver.probe.is_some()
        || (receiver.syn_sent() && !receiver.syn_acked)
        || !(sender.heard && receiver.heard && sender.open)
        || strange(sender, segment.seq)
        || segment.ack.after(receiver.next)
        || strange(receiver, segment.ack)
    {
        return None;
    }
    receiver.acknowledge(segment.ack);
    if segment.len == 0 {
        sender.extend(segment.seq);
        return Some(Phase::Ack);
    }
    sender.sent_data = true;
    sender.extend(segment.seq.plus(segment.len));
    Some(Phase::Data)
}

/// A segment with SYN.
fn syn(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let answer = segment.flags.ack();
    tcp.fast_open |= !answer && segment.len > 0;
    let (sender, receiver) = tcp.pair(side);
    let known = sender.syn_sent() && sender.isn == segment.seq;
    let again = known && answer == sender.answered;
    let opening = matches!(
        sender.state,
        None | Some(Closed | Listen | SynSent | SynReceived)
    );
    if opening && !known && !sender.syn_acked {
        sender.syn_frame = sender.syn_frame.or(kept(frame));
        sender.isn = segment.seq;
        sender.next = segment.seq.plus(1).plus(segment.len);
        sender.heard = true;
        sender.open = true;
    }
    sender.owes_syn_ack = false;
    receiver.owes_syn_ack = again;
    if again && !answer && sender.state == Some(Established) && !receiver.syn_acked {
        // It calls again: the SYN-ACK has not reached it.
        sender.state = Some(SynSent);
    }
    if again && answer && receiver.state == Some(Established) && !sender.syn_acked {
        // Its ACK does not come: whether the SYN-ACK has reached it is not shown.
        receiver.state = None;
    }
    if answer {
        sender.answered = true;
        if opening {
            // Whoever answers a SYN has received one, listening or calling.
            let before = match sender.state {
                Some(state) if state != Closed => state,
                _ => Listen,
            };
            sender.state = Some(next(before, Signal::SynArrives));
        }
        if receiver.syn_covered(segment.ack) {
            receiver.syn_acked = true;
            receiver.acknowledge(segment.ack);
            receiver.signal(Signal::SynAckArrives);
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
    Outcome {
        again,
        ..Outcome::plain(Phase::Handshake)
    }
}

/// A segment with ACK and without SYN or RST: the only kind that synchronized ends send.
fn synchronized(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let fast_open = tcp.fast_open;
    let (sender, receiver) = tcp.pair(side);
    let fin = segment.flags.fin();
    let again = fin && sender.fin_sent();
    let probe = probe(sender, receiver, segment);

    if strange(sender, segment.seq) || strange(receiver, segment.ack) {
        return numbers_do_not_fit(tcp, segment);
    }
    proof::by_sending(sender, receiver, segment, fast_open);
    proof::of_being_open(sender, receiver, segment);
    let completes = acknowledge_syn(sender, receiver, segment);
    acknowledge_unseen(sender, receiver, segment);
    receiver.acknowledge(segment.ack);
    let acks_fin = acknowledge_fin(sender, receiver, frame, segment);
    let late = receiver.fin_sent() && !again && !sender.fin_sent();
    if segment.len > 0 && probe != Some(Phase::KeepAlive) {
        sender.sent_data = true;
        let fresh = sender.fresh(segment.seq, segment.len);
        if late && fresh > 0 {
            sender.data_after_fin = true;
            if receiver.fin_covered(segment.ack) {
                sender.late_bytes = sender.late_bytes.saturating_add(fresh);
            }
        }
    }
    if fin && !again {
        send_fin(sender, receiver, frame, segment);
    }
    sender.extend(segment.seq.plus(segment.len).plus(u32::from(fin)));
    let owed = std::mem::take(&mut sender.owes_syn_ack);
    let asked = receiver.probe.take();
    sender.probe = probe;
    sender.shut = segment.shut;

    let marks = segment.marks;
    let phase = if fin {
        Phase::Close
    } else if let Some(phase) = probe {
        phase
    } else if segment.len > 0 {
        Phase::Data
    } else if completes || owed {
        Phase::Handshake
    } else if let Some(phase) = asked {
        phase
    } else if marks.any(Marks::KEEP_ALIVE_ACK) {
        Phase::KeepAlive
    } else if segment.about_window {
        Phase::Window
    } else if receiver.fin_covered(segment.ack) {
        Phase::Close
    } else {
        Phase::Ack
    };
    if completes {
        tcp.handshake_ack = kept(frame);
    }
    let plain = segment.len == 0 && !fin && !completes && !owed && probe.is_none();
    Outcome {
        phase,
        completes,
        acks_fin,
        again,
        probe: probe.is_some() && !fin,
        answers: asked.is_some() && plain,
    }
}

/// Lets the acknowledgment of the receiver's SYN take effect; whether it completes the handshake.
fn acknowledge_syn(sender: &mut End, receiver: &mut End, segment: &Segment) -> bool {
    if receiver.syn_acked || !receiver.syn_sent() || !segment.ack.after(receiver.isn) {
        return false;
    }
    receiver.syn_acked = true;
    // After a segment that is not in the capture, this one need not be the third of the three.
    let third = receiver.state == Some(SynReceived) && !segment.seq.after(sender.next);
    receiver.signal(Signal::SynAcked);
    if receiver.state == Some(SynSent) && !sender.syn_sent() {
        // It is acknowledged by an end whose SYN-ACK is not in the capture.
        receiver.state = Some(Established);
    }
    third && (sender.syn_acked || !sender.syn_sent())
}

/// What is acknowledged and not in the capture can have been a FIN: then neither state is shown.
fn acknowledge_unseen(sender: &mut End, receiver: &mut End, segment: &Segment) {
    let unseen = match receiver.heard {
        true => segment.ack.after(receiver.next),
        false => receiver.told && segment.ack.after(receiver.acked),
    };
    if unseen {
        receiver.open = false;
        for end in [sender, receiver] {
            end.state = end.state.filter(|state| *state != Established);
        }
    }
}

/// Lets the acknowledgment of the receiver's FIN take effect; whether it is the first one.
fn acknowledge_fin(
    sender: &mut End,
    receiver: &mut End,
    frame: FrameNo,
    segment: &Segment,
) -> bool {
    if !receiver.fin_covered(segment.ack) {
        return false;
    }
    if !receiver.fin_arrived {
        receiver.fin_arrived = true;
        sender.signal(Signal::FinArrives);
    }
    receiver.signal(Signal::FinAcked);
    let first = !receiver.fin_acked();
    receiver.fin_ack_frame = receiver.fin_ack_frame.or(kept(frame));
    first
}

/// The phase of a segment that only asks for an answer: at most one byte, at the number before the
/// next one, all of which the other end has long acknowledged. tshark's mark says the first half;
/// one byte that is not acknowledged yet is data sent again. Where the other end announced no
/// window last, it asks whether that has opened (RFC 9293, 3.8.6.1; Linux sends it so), else
/// whether the other end is still there (3.8.4). A new byte into a window of 0 asks too.
fn probe(sender: &End, receiver: &End, segment: &Segment) -> Option<Phase> {
    let connected = !sender.syn_sent() || sender.syn_acked;
    let repeats = segment.marks.any(Marks::KEEP_ALIVE)
        || (receiver.shut && segment.len <= 1 && segment.seq.plus(1) == sender.next);
    if repeats && connected && (segment.len == 0 || sender.all_acked()) {
        return Some(match receiver.shut {
            true => Phase::Window,
            false => Phase::KeepAlive,
        });
    }
    (segment.len > 0 && segment.marks.any(Marks::ZERO_WINDOW_PROBE)).then_some(Phase::Window)
}

/// Whether `number` is further from the numbers of `end` than the largest window reaches (2^30,
/// RFC 7323, 2.3): not a segment of the connection that was seen so far.
fn strange(end: &End, number: Seq) -> bool {
    const REACH: u32 = 1 << 30;
    end.heard && number.from_base(end.next).wrapping_add(REACH) > 2 * REACH
}

/// A segment of another connection between the same ends, of a second copy of this one with
/// other numbers (a proxy, captured on both sides), or made up. From then on nothing is claimed.
fn numbers_do_not_fit(tcp: &mut Tcp, segment: &Segment) -> Outcome {
    tcp.strange = true;
    Outcome::plain(if segment.flags.fin() {
        Phase::Close
    } else if segment.len > 0 {
        Phase::Data
    } else {
        Phase::Ack
    })
}

/// The first FIN of `sender`.
fn send_fin(sender: &mut End, receiver: &mut End, frame: FrameNo, segment: &Segment) {
    let at = segment.seq.plus(segment.len);
    sender.fin = at;
    sender.fin_frame = kept(frame);
    sender.fin_acks_fin = receiver.fin_covered(segment.ack);
    sender.fin_known = sender.told && sender.acked.after(at);
    sender.signal(Signal::SendFin);
    if receiver.fin_arrived && !sender.fin_acks_fin && sender.state == Some(FinWait1) {
        // The other FIN crosses this one and arrives after it.
        sender.signal(Signal::FinArrives);
    }
    // With a hole in front of it the FIN waits until the other end acknowledges it.
    if !sender.heard || segment.seq.at_or_before(sender.next) {
        sender.fin_arrived = true;
        receiver.signal(Signal::FinArrives);
    }
}
