//! What a segment proves of the end that sent it, beyond what has reached that end.

use super::Segment;
use super::end::End;
use crate::model::tcp::TcpState;
use crate::model::tcp::TcpState::{
    CloseWait, Closed, Established, FinWait1, FinWait2, LastAck, SynReceived, SynSent,
};

/// Corrects the sender's state by what only an end in certain states sends. Returns a state that
/// it had been taken for and never was in, where the segment shows that.
pub(super) fn by_sending(
    sender: &mut End,
    receiver: &End,
    segment: &Segment,
    fast_open: bool,
) -> Option<TcpState> {
    let before = sender.state;
    let fin = segment.flags.fin();
    let knows_syn = receiver.syn_covered(segment.ack);
    sender.state = match sender.state {
        // It acknowledges something, so a SYN-ACK has reached it (3.10.7.3).
        Some(SynSent) => Some(Established),
        // It acknowledges a SYN without one of its own: that one is not in the capture.
        None if knows_syn && !receiver.fin_sent() && !receiver.syn_acked() => Some(Established),
        // It would wait for the ACK of its SYN, which the capture does not show. With TCP Fast
        // Open it need not wait (RFC 7413, 4.2).
        Some(SynReceived) if !fast_open && (segment.len > 0 || fin) => Some(Established),
        // It repeats its FIN: the last ACK has not reached it.
        Some(Closed) if fin && sender.fin_sent() && receiver.fin_arrived() => Some(LastAck),
        // A RST, or an ACK of its FIN, was not the end for it.
        Some(Closed) => None,
        // It closes without having seen the FIN that crosses its own.
        Some(CloseWait) if fin && !sender.fin_sent() && !receiver.fin_covered(segment.ack) => {
            Some(Established)
        }
        other => other,
    };
    let moved = before.filter(|before| sender.state != Some(*before));
    moved.filter(|before| matches!(before, CloseWait | Closed))
}

/// Without a handshake in the capture both states become known once each end is shown not to
/// have closed before.
pub(super) fn of_being_open(sender: &mut End, receiver: &mut End, segment: &Segment) {
    let fin = segment.flags.fin() && !sender.fin_sent();
    if sender.fin_sent() || !(segment.len > 0 || fin) {
        return;
    }
    let fresh = !sender.heard() || !segment.seq.before(sender.next);
    if !fresh {
        return;
    }
    sender.set_open(true);
    // The receiver's FIN is the first of the two if the receiver had not acknowledged this end's.
    let receiver_first = receiver.fin_sent()
        && (!fin || !sender.told() || sender.acked.at_or_before(segment.seq.plus(segment.len)));
    let unknown = sender.state.is_none() && receiver.state.is_none();
    if !unknown || !(receiver.open() || receiver_first) {
        return;
    }
    if !receiver.fin_sent() {
        sender.state = Some(Established);
        receiver.state = Some(Established);
        return;
    }
    let acked = receiver.fin_acked();
    let crossed = fin && !acked && !receiver.fin_covered(segment.ack);
    sender.state = Some(if crossed { Established } else { CloseWait });
    receiver.state = Some(if acked { FinWait2 } else { FinWait1 });
    receiver.set_fin_arrived(true);
}
