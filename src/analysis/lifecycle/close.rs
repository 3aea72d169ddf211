//! How a TCP conversation ended: the shape of its close, who began it, what is left.

use super::Tcp;
use super::end::End;
use super::reset::Reset;
use crate::model::frame::FrameNo;
use crate::model::side::Side;

/// The shape of a close. "First" is the end whose FIN was captured first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
    /// FIN; ACK: one socket is both ends.
    Itself,
    /// Both ends sent a FIN, and the capture does not show that both are acknowledged; or there
    /// is a FIN among segments whose numbers do not fit together.
    Unfinished,
    /// A RST cut it off, or there is a RST and no FIN.
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

/// Who closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Closer {
    /// This end first.
    One(Side),
    /// Both at once.
    Both,
}

/// How a conversation ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Close {
    /// Its shape.
    pub shape: Shape,
    /// Whose FIN came first, or else who sent the RST; see [`Close::closer`].
    pub started_by: Option<Side>,
    /// Neither FIN acknowledges the other: both ends had closed before they could know.
    pub crossed: bool,
    /// A FIN or data before it was captured after what answers it: the order of the capture is not
    /// the order of sending.
    pub disordered: bool,
    /// The frames of the first FIN of each end, in the order of the conversation's ends.
    pub fins: [Option<FrameNo>; 2],
    /// The frames that first acknowledge them, in the same order.
    pub acks: [Option<FrameNo>; 2],
    /// The RST that ended it, or else the last one; it need not have ended anything.
    pub reset: Option<Reset>,
    /// Who is left in TIME-WAIT.
    pub time_wait: TimeWait,
}

impl Close {
    /// Who closed: whoever sent the first FIN, or both where neither FIN acknowledges the other; a
    /// RST where there is no FIN.
    pub fn closer(&self) -> Option<Closer> {
        match (self.crossed, self.started_by) {
            (true, _) => Some(Closer::Both),
            (false, side) => side.map(Closer::One),
        }
    }

    /// The RST that cut it off.
    pub fn cut(&self) -> Option<Reset> {
        self.reset.filter(|reset| reset.kind.cuts())
    }

    /// Whether nothing is missing of an orderly close.
    pub fn complete(&self) -> bool {
        matches!(
            self.shape,
            Shape::FourSegments
                | Shape::ThreeSegments
                | Shape::Crossing
                | Shape::HalfClose { .. }
                | Shape::Itself
        )
    }
}

/// The close of a conversation as its packets so far show it.
pub(super) fn of(tcp: &Tcp) -> Close {
    let ends = tcp.ends.both();
    let first = first(ends);
    let ended = tcp.reset().filter(|reset| reset.kind.ends());
    let cut = ended.filter(|reset| reset.kind.cuts());
    let shape = match (cut, first) {
        (Some(_), _) => Shape::Reset,
        (None, Some(first)) => match tcp.strange {
            true => Shape::Unfinished,
            false if tcp.itself => itself(ends[0]),
            false => shape(ends[first.index()], ends[first.other().index()]),
        },
        (None, None) if tcp.reset().is_some() => Shape::Reset,
        (None, None) => Shape::None,
    };
    let [fins, other_fins] = [&ends[0].close, &ends[1].close];
    Close {
        shape,
        started_by: first.or(ended.map(|reset| reset.side)),
        crossed: !tcp.strange && crossed(ends),
        disordered: ends.into_iter().any(disordered),
        fins: [fins, other_fins].map(|it| it.fin_frame.map(u32::from)),
        acks: [fins, other_fins].map(|it| it.fin_ack_frame.map(u32::from)),
        reset: tcp.reset(),
        time_wait: match (shape, first) {
            (Shape::Reset, _)
                if cut.is_some_and(|it| it.kind.shows_why() && !it.kind.answers_no_call()) =>
            {
                TimeWait::Nobody
            }
            (Shape::Crossing, _) => TimeWait::Both,
            (
                Shape::FourSegments
                | Shape::ThreeSegments
                | Shape::HalfClose { .. }
                | Shape::Itself,
                Some(first),
            ) if ended.is_none_or(|reset| reset.side != first) => TimeWait::One(first),
            _ => TimeWait::NotShown,
        },
    }
}

/// Whose FIN came first: the one that the other FIN acknowledges, or else the one captured first.
fn first([a, b]: [&End; 2]) -> Option<Side> {
    match (a.close.fin_frame, b.close.fin_frame) {
        (None, None) => None,
        (Some(_), None) => Some(Side::First),
        (None, Some(_)) => Some(Side::Second),
        (Some(at), Some(other)) => match (acknowledges(a, b), acknowledges(b, a)) {
            (false, true) => Some(Side::First),
            (true, false) => Some(Side::Second),
            _ if b.fin_known() && !a.fin_known() => Some(Side::Second),
            _ if other < at && !a.fin_known() => Some(Side::Second),
            _ => Some(Side::First),
        },
    }
}

/// Whether the FIN of `end` acknowledges that of `other`.
fn acknowledges(end: &End, other: &End) -> bool {
    end.fin_sent() && other.fin_covered(end.close.fin_ack)
}

/// Whether both ends sent a FIN before that of the other had reached them.
fn crossed([a, b]: [&End; 2]) -> bool {
    let known = a.fin_known() || b.fin_known();
    a.fin_sent() && b.fin_sent() && !known && !acknowledges(a, b) && !acknowledges(b, a)
}

fn disordered(end: &End) -> bool {
    end.data_below_fin()
        || (end.fin_sent() && end.fin_acked() && end.close.fin_ack_frame < end.close.fin_frame)
}

fn itself(end: &End) -> Shape {
    match end.fin_acked() {
        true => Shape::Itself,
        false => Shape::Unfinished,
    }
}

fn shape(first: &End, other: &End) -> Shape {
    let bytes = other.close.late_bytes;
    if !other.fin_sent() {
        return Shape::OneSided { bytes };
    }
    if !first.fin_acked() || !other.fin_acked() || first.fin_known() || other.fin_known() {
        return Shape::Unfinished;
    }
    if !acknowledges(first, other) && !acknowledges(other, first) {
        return Shape::Crossing;
    }
    if bytes > 0 {
        return Shape::HalfClose { bytes };
    }
    match first.close.fin_ack_frame == other.close.fin_frame {
        true => Shape::ThreeSegments,
        false => Shape::FourSegments,
    }
}
