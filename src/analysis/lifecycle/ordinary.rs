//! A shorter way for most segments of most captures, for speed: data or an ACK between two open ends,
//! and the first SYN. It decides nothing of its own. Whatever is not ordinary is left to [`super::segment`], and the
//! test below holds every segment of a mixture to the full way.

use super::end::End;
use super::phase::Phase;
use super::{Segment, Tcp};
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpFlags;

/// Marks that take part in the choice of a phase, or in what is repeated without an answer.
const DECISIVE: Marks = Marks::RETRANSMISSION
    .with(Marks::FAST_RETRANSMISSION)
    .with(Marks::KEEP_ALIVE)
    .with(Marks::KEEP_ALIVE_ACK)
    .with(Marks::ZERO_WINDOW_PROBE);
/// Takes the segment and returns its phase, where it is ordinary: data or ACK between two open ends,
/// nothing unseen, nothing repeated, nothing that waits for an answer.
#[inline]
pub(super) fn phase(tcp: &mut Tcp, side: Side, segment: &Segment) -> Option<Phase> {
    const CONTROL: TcpFlags = TcpFlags::SYN.with(TcpFlags::FIN).with(TcpFlags::RST);
    let plain = segment.flags.ack() && !segment.flags.any(CONTROL);
    if !(tcp.settled && plain)
        || segment.about_window
        || segment.marks.any(DECISIVE)
        || segment.shut
    {
        return None;
    }
    let (sender, receiver) = tcp.ends.pair(side);
    if sender.is_far(segment.seq)
        || segment.ack.after(receiver.next)
        || receiver.is_far(segment.ack)
    {
        return None;
    }
    receiver.acknowledge(segment.ack);
    if segment.len == 0 {
        sender.extend(segment.seq);
        return Some(Phase::Ack);
    }
    sender.set_sent_data(true);
    sender.extend(segment.seq.plus(segment.len));
    Some(Phase::Data)
}

/// The same of the SYN that begins a conversation: of its other end nothing is known, and none is made
/// for it.
#[inline]
pub(super) fn calls(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> bool {
    const OTHER: TcpFlags = TcpFlags::ACK.with(TcpFlags::FIN).with(TcpFlags::RST);
    if !segment.flags.syn() || segment.flags.any(OTHER) {
        return false;
    }
    let begins = side == Side::First && tcp.ends.alone() && tcp.ends.first == End::NOTHING;
    if !begins || tcp.itself || tcp.strange || tcp.more.is_some() {
        return false;
    }
    tcp.fast_open |= segment.len > 0;
    tcp.ends.first.call(frame, segment);
    true
}

/// Whether both ends are open and nothing waits for an answer: then ordinary segments may follow. It
/// stays so while only they do, so that it is asked when another one has been taken.
pub(super) fn settled(tcp: &Tcp) -> bool {
    let both = tcp.ends.both();
    both.iter().all(|end| end.is_settled()) && tcp.reset().is_none() && !tcp.strange && !tcp.itself
}

#[cfg(test)]
mod tests;
