//! What a packet did that is out of the ordinary.

use super::Segment;
use super::reset::Reset;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpState;

/// What one packet did beyond moving the states.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Its frame.
    pub frame: FrameNo,
    /// It is this RST.
    pub reset: Option<Reset>,
    /// It is the challenge ACK (RFC 9293, 3.10.7.4) for the segment in this frame.
    pub challenges: Option<FrameNo>,
    /// It is a SYN or FIN that a segment captured before it acknowledges: the capture's order is
    /// not the order of sending.
    pub early: Option<FrameNo>,
    /// It belongs to another connection between the same ports.
    pub stray: Option<Stray>,
    /// It shows that this side never was in this state, which packets before it had suggested.
    pub never: Option<(Side, TcpState)>,
    /// A state that its sender passed on the way to the one it is in now.
    pub through: Option<TcpState>,
    /// Its sender is still in the state in which it was before a RST in its name.
    pub resumes: bool,
}

impl News {
    /// Nothing so far of the packet in `frame`.
    pub(super) fn of(frame: FrameNo) -> News {
        News {
            frame,
            ..News::default()
        }
    }

    /// Both together.
    pub(super) fn with(self, other: News) -> News {
        News {
            frame: self.frame,
            reset: other.reset.or(self.reset),
            challenges: other.challenges.or(self.challenges),
            early: other.early.or(self.early),
            stray: other.stray.or(self.stray),
            never: other.never.or(self.never),
            through: other.through.or(self.through),
            resumes: other.resumes || self.resumes,
        }
    }
}

/// Which connection a segment belongs to that is not of this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stray {
    /// The one before this one, which is in the capture.
    Captured,
    /// One that the capture does not hold.
    NotCaptured,
    /// The one before this one, with which the caller of this one goes on: it answers the segment in
    /// this frame.
    GoesOn(FrameNo),
}

/// The connection between the same ends before this one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Older {
    /// The next sequence number of each side, where it is known.
    pub(super) next: [Option<Seq>; 2],
}

impl Older {
    /// Whether `ack` acknowledges all that `side` had sent in it.
    pub(super) fn all_acked(&self, side: Side, ack: Seq) -> bool {
        self.next[side.index()] == Some(ack)
    }

    /// Whether the numbers of a segment of `side` continue it.
    pub(super) fn holds(&self, side: Side, segment: &Segment) -> bool {
        /// As far as an ordinary window reaches.
        const NEAR: u32 = 1 << 20;
        let near = |number: Seq, next: Option<Seq>| {
            next.is_some_and(|next| number.from_base(next.minus(NEAR)) < 2 * NEAR)
        };
        near(segment.seq, self.next[side.index()])
            && near(segment.ack, self.next[side.other().index()])
    }
}
