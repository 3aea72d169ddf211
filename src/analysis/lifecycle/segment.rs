//! One TCP segment: what it proves of its sender, how it moves both ends, which phase it is in.
//!
//! The rules of reading: the order is the capture's, and a captured segment arrives at once (on
//! loopback it does; elsewhere a state can stand one flight time early). What an end sends also
//! proves something of it, and that corrects what the arrivals suggested: whoever sends data has
//! finished its handshake although its ACK was not captured, and whoever sends on after a RST was
//! not ended by it. Where neither shows a state, there is none.

use super::end::{Early, End, Latest, kept};
use super::news::Stray;
use super::opening::{acknowledge_syn, syn};
use super::phase::Phase;
use super::reset::ResetKind;
use super::{News, Segment, Tcp, closing, itself, proof, reset};
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpFlags;
use crate::model::tcp::TcpState::{CloseWait, Established, FinWait1, SynSent};

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
    let alone = tcp.ends.alone();
    let outcome = unusual(tcp, frame, side, segment);
    if alone {
        tcp.ends.forget_unknown();
    }
    outcome
}

#[inline(never)]
fn unusual(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let flags = segment.flags;
    if tcp.itself {
        return itself::advance(tcp, frame, segment);
    }
    if !flags.rst() {
        goes_on(tcp, frame, side, segment);
    }
    let outcome = if flags.rst() {
        reset::reset(tcp, frame, side, segment)
    } else if stray(tcp, side, segment) {
        stray_segment(tcp, frame, side, segment)
    } else if flags.syn() {
        syn(tcp, frame, side, segment)
    } else if flags.ack() {
        synchronized(tcp, frame, side, segment)
    } else {
        Outcome::plain(Phase::Unknown)
    };
    tcp.ends.pair(side).1.break_silence();
    if tcp.strange {
        for end in tcp.ends.both_mut() {
            end.state = None;
        }
    }
    outcome
}

/// What it shows of its sender that this sends on at all, whatever came before.
fn goes_on(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) {
    if let Some(more) = &mut tcp.more
        && let Some(reset) = &mut more.reset
        && reset.side == side
        && reset.kind.ends()
    {
        reset.kind = ResetKind::NotTheEnd;
    }
    let flags = segment.flags;
    let (sender, receiver) = tcp.ends.pair(side);
    let rare = sender.known_rare();
    let (held, challenge) = rare.map_or((None, None), |it| (it.held.take(), it.challenge.take()));
    sender.state = sender.state.or(held);
    let end = segment.seq.plus(u32::from(flags.syn())).plus(segment.len);
    let calling = receiver.state == Some(SynSent) && !receiver.syn_covered(segment.ack);
    sender.latest = kept(frame).map(|frame| Latest {
        frame,
        end,
        number: segment.ack,
        acks: flags.ack(),
        syn: flags.syn(),
        fin: flags.fin(),
        stray: flags.ack() && calling,
    });
    if receiver.fin_sent() {
        receiver.closing().fin_unheard = false;
    }
    if held.is_some() {
        tcp.tell(News {
            resumes: true,
            ..News::of(frame)
        });
    }
    if let Some(answers) = challenge
        && flags.ack()
        && segment.len == 0
        && !flags.fin()
    {
        tcp.tell(News {
            challenges: Some(answers),
            ..News::of(frame)
        });
    }
}

/// Whether the segment belongs to another connection between the same ports: it acknowledges what
/// an end that has sent nothing but its SYN never sent (RFC 9293, 3.5.1, figure 9).
fn stray(tcp: &mut Tcp, side: Side, segment: &Segment) -> bool {
    let (sender, receiver) = tcp.ends.pair(side);
    let fresh = !sender.syn_sent() && !segment.flags.syn();
    segment.flags.ack()
        && fresh
        && receiver.state == Some(SynSent)
        && !receiver.syn_covered(segment.ack)
}

/// Such a segment: it moves nothing.
fn stray_segment(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let older = tcp.more.as_ref().and_then(|more| more.older.as_ref());
    let captured = older.is_some_and(|older| older.holds(side, segment));
    tcp.tell(News {
        stray: Some(match captured {
            true => Stray::Captured,
            false => Stray::NotCaptured,
        }),
        ..News::of(frame)
    });
    Outcome::plain(match segment.len {
        _ if segment.flags.fin() => Phase::Close,
        0 => Phase::Ack,
        _ => Phase::Data,
    })
}

/// Marks that take part in the choice of a phase, or in what is repeated without an answer.
const DECISIVE: Marks = Marks::RETRANSMISSION
    .with(Marks::FAST_RETRANSMISSION)
    .with(Marks::KEEP_ALIVE)
    .with(Marks::KEEP_ALIVE_ACK)
    .with(Marks::ZERO_WINDOW_PROBE);
/// Marks of what is sent again.
const COPIES: Marks = Marks::RETRANSMISSION.with(Marks::FAST_RETRANSMISSION);

/// The phase of most segments of most captures, sooner: data or ACK between two open ends,
/// nothing unseen, nothing repeated that belongs to the handshake. Whatever else there is goes
/// the long way, with the same result.
#[inline]
fn ordinary(tcp: &mut Tcp, side: Side, segment: &Segment) -> Option<Phase> {
    const CONTROL: TcpFlags = TcpFlags::SYN.with(TcpFlags::FIN).with(TcpFlags::RST);
    let open = [Some(Established); 2];
    if tcp.ends.alone() {
        return None;
    }
    let settled = tcp.reset().is_none() && !tcp.strange;
    let (sender, receiver) = tcp.ends.pair(side);
    let plain = segment.flags.ack() && !segment.flags.any(CONTROL);
    if !(plain && settled && [sender.state, receiver.state] == open)
        || segment.about_window
        || segment.marks.any(DECISIVE)
        || sender.owes_syn_ack
        || segment.shut
        || sender.shut
        || receiver.shut
        || receiver.is_silent()
        || sender.is_challenged()
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

/// A segment with ACK and without SYN or RST: the only kind that synchronized ends send.
fn synchronized(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let fast_open = tcp.fast_open;
    let (sender, receiver) = tcp.ends.pair(side);
    let fin = segment.flags.fin();
    let again = fin && sender.fin_sent();
    let probe = probe(sender, receiver, segment);

    if strange(sender, segment.seq) || strange(receiver, segment.ack) {
        return numbers_do_not_fit(tcp, segment);
    }
    let never = proof::by_sending(sender, receiver, segment, fast_open);
    proof::of_being_open(sender, receiver, segment);
    let completes = acknowledge_syn(sender, receiver, segment);
    acknowledge_unseen(sender, receiver, frame, segment);
    receiver.acknowledge(segment.ack);
    let acks_fin = closing::acknowledge_fin(sender, receiver, frame, segment);
    let late = receiver.fin_sent() && !again && !sender.fin_sent();
    if segment.len > 0 && probe != Some(Phase::KeepAlive) {
        sender.sent_data = true;
        let close = sender.close();
        let below = sender.fin_sent() && segment.seq.before(close.fin);
        // Of data that is lost the receiver tells before it is sent again.
        if below && close.fin_unheard {
            sender.closing().data_below_fin = true;
        }
        let fresh = sender.fresh(segment.seq, segment.len);
        if late && fresh > 0 {
            sender.data_after_fin = true;
            if receiver.fin_covered(segment.ack) {
                let late = &mut sender.closing().late_bytes;
                *late = late.saturating_add(fresh);
            }
        }
    }
    let mut early = None;
    let mut through = None;
    if fin && !again {
        early = closing::send_fin(sender, receiver, frame, segment);
        let crossed = never == Some(CloseWait);
        through = crossed.then_some(FinWait1);
    }
    sender.extend(segment.seq.plus(segment.len).plus(u32::from(fin)));
    let owed = std::mem::take(&mut sender.owes_syn_ack);
    let asked = receiver.probe.take();
    sender.probe = probe;
    sender.shut = segment.shut;

    let marks = segment.marks;
    let copy = (segment.len > 0 || fin) && marks.any(COPIES);
    if probe.is_some() || copy {
        sender.rare().silence.note(frame, probe.is_some());
    } else {
        sender.break_silence();
    }
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
    if never.is_some() || early.is_some() {
        tcp.tell(News {
            never: never.map(|state| (side, state)),
            through,
            early,
            ..News::of(frame)
        });
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

/// What is acknowledged and not in the capture can have been a FIN: then neither state is shown.
fn acknowledge_unseen(sender: &mut End, receiver: &mut End, frame: FrameNo, segment: &Segment) {
    let unseen = match receiver.heard {
        true => segment.ack.after(receiver.next),
        false => receiver.told && segment.ack.after(receiver.acked),
    };
    if unseen {
        receiver.open = false;
        if !receiver.told || segment.ack.after(receiver.acked) {
            let ack = segment.ack;
            receiver.rare().early = kept(frame).map(|frame| Early { ack, frame });
        }
        for end in [sender, receiver] {
            end.state = end.state.filter(|state| *state != Established);
        }
    }
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
