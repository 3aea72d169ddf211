//! RST: whom it ends, and what it ended.

use super::close::{Reset, ResetKind};
use super::end::End;
use super::phase::Phase;
use super::segment::Outcome;
use super::state::{Signal, next};
use super::{Segment, Tcp};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpState::{Closed, SynReceived, SynSent};

/// A segment with RST.
pub(super) fn reset(tcp: &mut Tcp, frame: FrameNo, side: Side, segment: &Segment) -> Outcome {
    let (sender, receiver) = tcp.pair(side);
    let calling = receiver.state == Some(SynSent);
    // Before the handshake the acknowledgment decides (3.10.7.3), afterwards the sequence number
    // (3.10.7.4): one that lies before what its receiver has acknowledged is too old to count.
    let acceptable = match calling {
        true => segment.flags.ack() && receiver.syn_covered(segment.ack),
        false => !(sender.told && segment.seq.before(sender.acked)),
    };
    let kind = match acceptable {
        true => kind(sender, receiver, segment),
        false => ResetKind::OutOfSequence,
    };
    if acceptable {
        receiver.state = Some(
            receiver
                .state
                .map_or(Closed, |state| next(state, Signal::RstArrives)),
        );
    }
    sender.state = match sender.state {
        // It answers a segment of no connection and may go on calling (3.5.1, figure 9).
        Some(SynSent) => None,
        _ if !acceptable => None,
        state => Some(state.map_or(Closed, |state| next(state, Signal::SendRst))),
    };
    match &mut tcp.reset {
        Some(earlier) if earlier.kind.ends() => {}
        slot => {
            *slot = Some(Reset {
                frame,
                side,
                kind,
                ack: segment.flags.ack(),
            });
        }
    }
    Outcome::plain(match kind {
        ResetKind::Refused => Phase::Refused,
        _ => Phase::Reset,
    })
}

/// What an acceptable RST ends, as far as the packets before it prove it.
fn kind(sender: &End, receiver: &End, segment: &Segment) -> ResetKind {
    let opening = |end: &End| matches!(end.state, Some(SynSent | SynReceived));
    if receiver.state == Some(SynSent) && !sender.syn_sent() {
        ResetKind::Refused
    } else if sender.fin_acked() && receiver.fin_acked() {
        ResetKind::AfterClose
    } else if sender.fin_sent() && receiver.data_after_fin {
        ResetKind::LateData
    } else if sender.fin_sent() || receiver.fin_sent() {
        ResetKind::DuringClose
    } else if opening(sender) || opening(receiver) {
        ResetKind::DuringHandshake
    } else if receiver.sent_data {
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
