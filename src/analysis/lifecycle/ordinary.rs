//! A shorter way for most segments of most captures, for speed: data or an ACK between two open ends.
//! It decides nothing of its own. Whatever is not ordinary is left to [`super::segment`], and the
//! test below holds every segment of a mixture to the full way.

use super::phase::Phase;
use super::{Segment, Tcp};
use crate::analysis::tcp::marks::Marks;
use crate::model::side::Side;
use crate::model::tcp::TcpFlags;
use crate::model::tcp::TcpState::Established;

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
        || sender.fin_sent()
        || receiver.fin_sent()
        || sender.is_silent()
        || receiver.is_silent()
        || sender.probe.is_some()
        || receiver.probe.is_some()
        || sender.is_challenged()
        || (receiver.syn_sent() && !receiver.syn_acked)
        || !(sender.heard && receiver.heard && sender.open)
        || sender.is_far(segment.seq)
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
    sender.sent_data = true;
    sender.extend(segment.seq.plus(segment.len));
    Some(Phase::Data)
}

#[cfg(test)]
mod tests;
