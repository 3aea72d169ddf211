//! How a TCP conversation ended: the shape of its close, who began it, what is left.

use super::Tcp;
use super::end::End;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

/// A RST as it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reset {
    /// Its frame.
    pub frame: FrameNo,
    /// Who sent it.
    pub side: Side,
    /// What it ended.
    pub kind: ResetKind,
    /// It has the ACK flag.
    pub ack: bool,
}

/// What a RST ended, as far as the packets before it prove it. "It" is the end that sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResetKind {
    /// It answers a SYN: the connection is refused.
    Refused,
    /// The handshake was not complete.
    DuringHandshake,
    /// No data had reached it: nothing was left unread, the connection was aborted.
    BeforeData,
    /// Data had reached it. An end that closes with data unread sends a RST, one that aborts
    /// (`SO_LINGER` 0) does too; the packets do not tell them apart.
    AfterData,
    /// A FIN was sent, by one end or both, and the close was not complete.
    DuringClose,
    /// It had sent its FIN, and the other end sent data after that.
    LateData,
    /// Both FINs were acknowledged: the connection was closed already.
    AfterClose,
    /// Its sequence number, or as an answer to a SYN its acknowledgment, does not fit: the other
    /// end has to ignore it.
    OutOfSequence,
    /// Its sender sent on after it: it did not end the conversation there, or someone else sent
    /// it.
    NotTheEnd,
    /// What came before it is not in the capture.
    MidStream,
}

impl ResetKind {
    /// Whether it ended the conversation, as far as the capture shows.
    pub fn ends(self) -> bool {
        !matches!(self, ResetKind::OutOfSequence | ResetKind::NotTheEnd)
    }
}

/// The shape of a close. "First" is the end whose FIN was captured first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// Neither FIN nor RST.
    None,
    /// FIN; ACK; FIN; ACK.
    FourSegments,
    /// FIN; FIN with the ACK of the first; ACK.
    ThreeSegments,
    /// Neither FIN acknowledges the other: both ends closed at once.
    Crossing,
    /// The other end sent this many bytes after it had acknowledged the first FIN, then its own.
    HalfClose {
        /// Payload bytes; saturates.
        bytes: u32,
    },
    /// Only one end sent a FIN; the other sent this many bytes after it had acknowledged it.
    OneSided {
        /// Payload bytes; saturates.
        bytes: u32,
    },
    /// Both ends sent a FIN, and the capture does not show that both are acknowledged; or there
    /// is a FIN among segments whose numbers do not fit together.
    Unfinished,
    /// There is a RST. A conversation with a RST never has another shape.
    Reset,
}

/// Who waits in TIME-WAIT when the conversation is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeWait {
    /// The capture does not show it, or the conversation is not over.
    NotShown,
    /// This end.
    One(Side),
    /// Both: they closed at once.
    Both,
    /// Nobody: a RST ended it.
    Nobody,
}

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// Its shape.
    pub shape: Shape,
    /// Who sent the first FIN of the capture, or else the RST.
    pub started_by: Option<Side>,
    /// The frames of the first FIN of each end, in the order of the conversation's ends.
    pub fins: [Option<FrameNo>; 2],
    /// The frames that first acknowledge them, in the same order.
    pub acks: [Option<FrameNo>; 2],
    /// The RST that ended it, where there is one.
    pub reset: Option<Reset>,
    /// Who is left in TIME-WAIT.
    pub time_wait: TimeWait,
}

/// The close of a conversation as its packets so far show it.
pub(super) fn of(tcp: &Tcp) -> Close {
    let ends = &tcp.ends;
    let first = match (ends[0].fin_frame, ends[1].fin_frame) {
        (Some(_), Some(_)) if ends[1].fin_known => Some(Side::Second),
        (Some(a), Some(b)) if b < a && !ends[0].fin_known => Some(Side::Second),
        (Some(_), _) => Some(Side::First),
        (None, Some(_)) => Some(Side::Second),
        (None, None) => None,
    };
    let shape = match (tcp.reset, first) {
        (Some(_), _) => Shape::Reset,
        (None, None) => Shape::None,
        (None, Some(_)) if tcp.strange => Shape::Unfinished,
        (None, Some(first)) => shape(&ends[first.index()], &ends[first.other().index()]),
    };
    let reset = tcp.reset;
    Close {
        shape,
        started_by: first.or(reset.map(|reset| reset.side)),
        fins: ends.map(|end| end.fin_frame.map(u32::from)),
        acks: ends.map(|end| end.fin_ack_frame.map(u32::from)),
        reset,
        time_wait: match (shape, first) {
            (Shape::Reset, _) => match reset.map(|reset| reset.kind) {
                Some(kind) if kind.ends() && kind != ResetKind::AfterClose => TimeWait::Nobody,
                _ => TimeWait::NotShown,
            },
            (Shape::Crossing, _) => TimeWait::Both,
            (Shape::FourSegments | Shape::ThreeSegments | Shape::HalfClose { .. }, Some(first)) => {
                TimeWait::One(first)
            }
            _ => TimeWait::NotShown,
        },
    }
}

fn shape(first: &End, other: &End) -> Shape {
    let bytes = other.late_bytes;
    if !other.fin_sent() {
        return Shape::OneSided { bytes };
    }
    if !first.fin_acked() || !other.fin_acked() || first.fin_known || other.fin_known {
        return Shape::Unfinished;
    }
    if !other.fin_acks_fin && !first.fin_acks_fin {
        return Shape::Crossing;
    }
    if bytes > 0 {
        return Shape::HalfClose { bytes };
    }
    match first.fin_ack_frame == other.fin_frame {
        true => Shape::ThreeSegments,
        false => Shape::FourSegments,
    }
}
