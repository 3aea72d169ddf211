//! The close: FINs and the ACKs of them.

use std::num::NonZeroU32;

use super::Segment;
use super::end::{End, kept};
use super::state::Signal;
use crate::model::frame::FrameNo;
use crate::model::tcp::TcpState::{CloseWait, FinWait1, FinWait2, LastAck, TimeWait};

/// Lets the acknowledgment of the receiver's FIN take effect; whether it is the first one.
pub(super) fn acknowledge_fin(
    sender: &mut End,
    receiver: &mut End,
    frame: FrameNo,
    segment: &Segment,
) -> bool {
    if !receiver.fin_covered(segment.ack) {
        return false;
    }
    if !receiver.fin_arrived() {
        receiver.set_fin_arrived(true);
        sender.signal(Signal::FinArrives);
    }
    receiver.signal(Signal::FinAcked);
    let first = !receiver.fin_acked();
    receiver.close.fin_ack_frame = receiver.close.fin_ack_frame.or(kept(frame));
    first
}

/// The first FIN of `sender`; the frame that acknowledged it, where that was captured before.
pub(super) fn send_fin(
    sender: &mut End,
    receiver: &mut End,
    frame: FrameNo,
    segment: &Segment,
) -> Option<FrameNo> {
    let at = segment.seq.plus(segment.len);
    sender.close.fin = at;
    sender.close.fin_frame = kept(frame);
    sender.close.fin_ack = segment.ack;
    sender.set_fin_unheard(true);
    sender.set_fin_known(sender.told() && sender.acked.after(at));
    if let Some(early) = sender.acked_early(at.plus(1)).filter(|_| sender.heard()) {
        acknowledged_early(sender, receiver, early);
        return Some(early.into());
    }
    sender.signal(Signal::SendFin);
    if receiver.fin_arrived()
        && !receiver.fin_covered(segment.ack)
        && sender.state == Some(FinWait1)
    {
        // The other FIN crosses this one and arrives after it.
        sender.signal(Signal::FinArrives);
    }
    // With a hole in front of it the FIN waits until the other end acknowledges it.
    if !sender.heard() || segment.seq.at_or_before(sender.next) {
        sender.set_fin_arrived(true);
        receiver.signal(Signal::FinArrives);
    }
    None
}

/// The FIN was acknowledged by a segment captured before it: the capture's order is not the order
/// of sending.
fn acknowledged_early(sender: &mut End, receiver: &mut End, early: NonZeroU32) {
    sender.set_fin_known(false);
    sender.set_fin_arrived(true);
    sender.close.fin_ack_frame = Some(early);
    (sender.state, receiver.state) = match receiver.fin_sent() {
        true => (Some(TimeWait), Some(LastAck)),
        false => (Some(FinWait2), Some(CloseWait)),
    };
}
