//! A connection of one socket with itself: its own port was the one that it called, and its own SYN
//! answered it (RFC 9293, 3.5, figure 7). Sender and receiver of every segment are the same end.

use super::end::kept;
use super::meaning::Meaning;
use super::phase::Phase;
use super::reset::{Fit, Reset, ResetKind};
use super::state::{Signal, next};
use super::{News, Segment, Tcp};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpState::{Closed, SynSent};

/// Takes a segment that the socket sent to itself.
pub(super) fn advance(tcp: &mut Tcp, frame: FrameNo, segment: &Segment) -> Meaning {
    let flags = segment.flags;
    if flags.rst() {
        return reset(tcp, frame, segment);
    }
    if flags.syn() {
        return syn(tcp, frame, segment);
    }
    if !flags.ack() {
        return Meaning::plain(Phase::Unknown);
    }
    let end = &mut tcp.ends.first;
    let mut outcome = Meaning::plain(match segment.len {
        0 => Phase::Ack,
        _ => Phase::Data,
    });
    if end.syn_acked() && tcp.handshake_ack.is_none() && segment.ack == end.isn.plus(1) {
        tcp.handshake_ack = kept(frame);
        outcome.completes = true;
        if segment.len == 0 {
            outcome.phase = Phase::Handshake;
        }
    }
    if end.fin_covered(segment.ack) {
        end.signal(Signal::FinAcked);
        outcome.acks_fin = !end.fin_acked();
        end.close.fin_ack_frame = end.close.fin_ack_frame.or(kept(frame));
        if segment.len == 0 {
            outcome.phase = Phase::Close;
        }
    }
    if flags.fin() {
        outcome.phase = Phase::Close;
        outcome.again = end.fin_sent();
        if !outcome.again {
            end.close.fin = segment.seq.plus(segment.len);
            end.close.fin_frame = kept(frame);
            end.signal(Signal::SendFin);
            end.signal(Signal::FinArrives);
        }
    }
    end.acknowledge(segment.ack);
    end.extend(segment.seq.plus(segment.len).plus(u32::from(flags.fin())));
    outcome
}

fn syn(tcp: &mut Tcp, frame: FrameNo, segment: &Segment) -> Meaning {
    let [end, answer] = tcp.ends.both_mut();
    let (asked, answers) = (end.syn_frame.is_some(), segment.flags.ack());
    let again = match answers {
        true => answer.syn_frame.is_some(),
        false => asked,
    };
    let slot = if answers { answer } else { &mut *end };
    slot.syn_frame = slot.syn_frame.or(kept(frame));
    if answers {
        end.set_syn_acked(true);
        end.signal(Signal::SynAckArrives);
    } else if !again {
        end.isn = segment.seq;
        // It is sent, and arrives.
        end.state = Some(next(SynSent, Signal::SynArrives));
    }
    end.extend(segment.seq.plus(1).plus(segment.len));
    Meaning {
        again,
        ..Meaning::plain(Phase::Handshake)
    }
}

fn reset(tcp: &mut Tcp, frame: FrameNo, segment: &Segment) -> Meaning {
    let end = &mut tcp.ends.first;
    let kind = match end.fin_sent() {
        true => ResetKind::DuringClose,
        false => ResetKind::MidStream,
    };
    end.state = Some(Closed);
    let found = Reset {
        frame,
        side: Side::First,
        kind,
        fit: Fit::Exact,
        ack: segment.flags.ack(),
        len: segment.len,
        numbers: [segment.seq; 2],
        answers: None,
        silence: end.silence(),
    };
    let more = tcp.more();
    more.reset = more.reset.or(Some(found));
    tcp.tell(News {
        reset: Some(found),
        ..News::of(frame)
    });
    Meaning::plain(Phase::Reset)
}
