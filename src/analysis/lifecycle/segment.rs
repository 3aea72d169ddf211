//! One TCP segment: what it proves of its sender, how it moves both ends, which phase it is in.
//!
//! The rules of reading: the order is the capture's, and a captured segment arrives at once (on
//! loopback it does; elsewhere a state can stand one flight time early). What an end sends also
//! proves something of it, and that corrects what the arrivals suggested: whoever sends data has
//! finished its handshake although its ACK was not captured, and whoever sends on after a RST was
//! not ended by it. Where neither shows a state, there is none.

use super::end::{Early, End, Latest, kept};
use super::meaning::Meaning;
use super::news::Stray;
use super::opening::{acknowledge_syn, syn};
use super::phase::Phase;
use super::reset::ResetKind;
use super::{News, Segment, Tcp, closing, itself, ordinary, proof, reset};
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpState::{CloseWait, Established, FinWait1, SynSent};

/// Takes the segment that `side` sent in `frame`.
#[inline]
pub(super) fn advance(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Meaning {
    match ordinary::phase(tcp, side, segment) {
        Some(phase) => Meaning::plain(phase),
        None if ordinary::calls(tcp, frame, side, segment) => Meaning::plain(Phase::Handshake),
        None => in_full(tcp, frame, side, segment),
    }
}

/// The same, whatever the segment is.
pub(super) fn in_full(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Meaning {
    let alone = tcp.ends.alone();
    let outcome = unusual(tcp, frame, side, segment);
    if alone {
        tcp.ends.forget_unknown();
    }
    tcp.settled = ordinary::settled(tcp);
    outcome
}

#[inline(never)]
fn unusual(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Meaning {
    let flags = segment.flags;
    if tcp.itself {
        return itself::advance(tcp, frame, segment);
    }
    if !flags.rst() {
        goes_on(tcp, frame, side, segment);
    }
    let outcome = if flags.rst() {
        reset::reset(tcp, frame, side, segment)
    } else if let Some(answers) = goes_on_before(tcp, side, segment) {
        tcp.strange = true;
        stray_segment(tcp, frame, segment, Stray::GoesOn(answers))
    } else if stray(tcp, side, segment) {
        let older = tcp.more.as_ref().and_then(|more| more.older.as_ref());
        let captured = older.is_some_and(|older| older.holds(side, segment));
        let stray = match captured {
            true => Stray::Captured,
            false => Stray::NotCaptured,
        };
        stray_segment(tcp, frame, segment, stray)
    } else if flags.syn() {
        syn(tcp, frame, side, segment)
    } else if flags.ack() {
        synchronized(tcp, frame, side, segment)
    } else {
        Meaning::plain(Phase::Unknown)
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
        receiver.set_fin_unheard(false);
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

/// Where an end that has called goes on with the connection that its ports had before: it takes up
/// what the other end's segment of that one, in this frame, acknowledges.
fn goes_on_before(tcp: &mut Tcp, side: Side, segment: &Segment) -> Option<FrameNo> {
    let (sender, receiver) = tcp.ends.pair(side);
    let other = receiver.latest.filter(|latest| latest.stray)?;
    let calling = sender.state == Some(SynSent) && !segment.flags.syn();
    (calling && segment.flags.ack() && other.ack() == Some(segment.seq))
        .then_some(other.frame.into())
}

/// Such a segment: it moves nothing.
fn stray_segment(tcp: &mut Tcp, frame: FrameNo, segment: &Segment, stray: Stray) -> Meaning {
    tcp.tell(News {
        stray: Some(stray),
        ..News::of(frame)
    });
    let phase = match segment.len {
        _ if segment.flags.fin() => Phase::Close,
        0 => Phase::Ack,
        _ => Phase::Data,
    };
    Meaning {
        stray: true,
        ..Meaning::plain(phase)
    }
}

/// Marks of what is sent again.
const COPIES: Marks = Marks::RETRANSMISSION.with(Marks::FAST_RETRANSMISSION);

/// A segment with ACK and without SYN or RST: the only kind that synchronized ends send.
fn synchronized(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Meaning {
    let fast_open = tcp.fast_open;
    let (sender, receiver) = tcp.ends.pair(side);
    let fin = segment.flags.fin();
    let again = fin && sender.fin_sent();
    let probe = probe(sender, receiver, segment);

    if sender.is_far(segment.seq) || receiver.is_far(segment.ack) {
        return numbers_do_not_fit(tcp, segment);
    }
    let third = sender.state == Some(SynSent) && !receiver.heard() && segment.len == 0 && !fin;
    let never = proof::by_sending(sender, receiver, segment, fast_open);
    proof::of_being_open(sender, receiver, segment);
    let completes = acknowledge_syn(sender, receiver, segment);
    acknowledge_unseen(sender, receiver, frame, segment);
    receiver.acknowledge(segment.ack);
    let acks_fin = closing::acknowledge_fin(sender, receiver, frame, segment);
    if segment.len > 0 && probe != Some(Phase::KeepAlive) {
        note_data(sender, receiver, segment);
    }
    let early = match fin && !again {
        true => closing::send_fin(sender, receiver, frame, segment),
        false => None,
    };
    let through = (fin && !again && never == Some(CloseWait)).then_some(FinWait1);
    sender.extend(segment.seq.plus(segment.len).plus(u32::from(fin)));
    let owed = sender.owes_syn_ack();
    sender.set_owes_syn_ack(false);
    let asked = receiver.probe.take();
    sender.probe = probe;
    sender.set_shut(segment.shut);

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
    } else if completes || owed || third {
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
    Meaning {
        completes,
        third,
        acks_fin,
        again,
        probe: probe.is_some() && !fin,
        answers: asked.is_some() && plain,
        ..Meaning::plain(phase)
    }
}

/// Notes payload of the sender. What it sends although the other end has sent its FIN is late.
fn note_data(sender: &mut End, receiver: &End, segment: &Segment) {
    sender.set_sent_data(true);
    let below = sender.fin_sent() && segment.seq.before(sender.close.fin);
    // With nothing missing in front of the FIN it is sent again. Of data that is lost the receiver
    // tells before it is sent again.
    if below && sender.fin_unheard() && !sender.fin_arrived() {
        sender.set_data_below_fin(true);
    }
    let late = receiver.fin_sent() && !sender.fin_sent();
    let fresh = sender.fresh(segment.seq, segment.len);
    if late && fresh > 0 {
        sender.set_data_after_fin(true);
        if receiver.fin_covered(segment.ack) {
            let late = &mut sender.close.late_bytes;
            *late = late.saturating_add(fresh);
        }
    }
}

/// What is acknowledged and not in the capture can have been a FIN: then neither state is shown.
fn acknowledge_unseen(sender: &mut End, receiver: &mut End, frame: FrameNo, segment: &Segment) {
    if sender.called() && !receiver.heard() && !receiver.told() {
        note_early(receiver, frame, segment);
    }
    let unseen = match receiver.heard() {
        true => segment.ack.after(receiver.next),
        false => receiver.told() && segment.ack.after(receiver.acked),
    };
    if unseen {
        receiver.set_open(false);
        if !receiver.told() || segment.ack.after(receiver.acked) {
            note_early(receiver, frame, segment);
        }
        for end in [sender, receiver] {
            end.state = end.state.filter(|state| *state != Established);
        }
    }
}

/// Notes an acknowledgment of what may be captured after it.
fn note_early(receiver: &mut End, frame: FrameNo, segment: &Segment) {
    let ack = segment.ack;
    receiver.rare().early = kept(frame).map(|frame| Early { ack, frame });
}

/// The phase of a segment that only asks for an answer: at most one byte, at the number before the
/// next one, all of which the other end has long acknowledged. tshark's mark says the first half;
/// one byte that is not acknowledged yet is data sent again. Where the other end announced no
/// window last, it asks whether that has opened (RFC 9293, 3.8.6.1; Linux sends it so), else
/// whether the other end is still there (3.8.4). A new byte into a window of 0 asks too.
fn probe(sender: &End, receiver: &End, segment: &Segment) -> Option<Phase> {
    let connected = !sender.syn_sent() || sender.syn_acked();
    let repeats = segment.marks.any(Marks::KEEP_ALIVE)
        || (receiver.shut() && segment.len <= 1 && segment.seq.plus(1) == sender.next);
    if repeats && connected && (segment.len == 0 || sender.all_acked()) {
        return Some(match receiver.shut() {
            true => Phase::Window,
            false => Phase::KeepAlive,
        });
    }
    (segment.len > 0 && segment.marks.any(Marks::ZERO_WINDOW_PROBE)).then_some(Phase::Window)
}

/// A segment of another connection between the same ends, of a second copy of this one with
/// other numbers (a proxy, captured on both sides), or made up. From then on nothing is claimed.
fn numbers_do_not_fit(tcp: &mut Tcp, segment: &Segment) -> Meaning {
    tcp.strange = true;
    Meaning::plain(if segment.flags.fin() {
        Phase::Close
    } else if segment.len > 0 {
        Phase::Data
    } else {
        Phase::Ack
    })
}
