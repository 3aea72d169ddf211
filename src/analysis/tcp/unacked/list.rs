//! The list of one direction, and what is known of it without walking it.

use super::{MOST, NONE, Sent};
use crate::model::dialect::Dialect;
use crate::model::seq::Seq;
use crate::model::time::Nanos;

/// The list of one direction: its ends in the pool, and how far it reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::analysis::tcp) struct Unacked {
    /// Of a segment that is alone, its time. Where it starts and ends, `reach` says.
    pub(super) alone: Nanos,
    /// Of a segment that is alone, its frame.
    pub(super) newest: u32,
    pub(super) oldest: u32,
    /// At most [`MOST`].
    pub(super) count: u16,
    /// How many of the newest came after the last acknowledgment was taken.
    pub(super) fresh: u16,
    /// Each segment starts where the older one ends or later, counted from the base.
    pub(super) in_order: bool,
    /// A segment starts below the base and ends above it, so that its start is past its end.
    pub(super) straddles: bool,
    /// Smallest start and largest end, counted from the base.
    pub(super) reach: (u32, u32),
}

impl Default for Unacked {
    fn default() -> Self {
        Self {
            alone: Nanos::ZERO,
            newest: NONE,
            oldest: NONE,
            count: 0,
            fresh: 0,
            in_order: true,
            straddles: false,
            reach: (u32::MAX, 0),
        }
    }
}

/// What is found out of a list from its newest segment to its oldest.
pub(super) struct Shape {
    reach: (u32, u32),
    in_order: bool,
    straddles: bool,
    /// Where the segment after the next one starts.
    newer_start: u32,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            reach: (u32::MAX, 0),
            in_order: true,
            straddles: false,
            newer_start: u32::MAX,
        }
    }
}

impl Shape {
    pub(super) fn add_older(&mut self, start: u32, end: u32) {
        self.straddles |= start >= end;
        self.in_order &= start < end && end <= self.newer_start;
        self.reach = (self.reach.0.min(start), self.reach.1.max(end));
        self.newer_start = start;
    }
}

impl Unacked {
    pub(super) fn take(&mut self, shape: Shape) {
        self.reach = shape.reach;
        self.in_order = shape.in_order;
        self.straddles = shape.straddles;
    }

    pub(in crate::analysis::tcp) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(in crate::analysis::tcp) fn is_full(&self) -> bool {
        u32::from(self.count) >= MOST
    }

    /// The segment of a list of one, counted from `base`.
    pub(super) fn only(&self, base: Seq) -> Sent {
        Sent {
            frame: self.newest,
            start: base.plus(self.reach.0),
            end: base.plus(self.reach.1),
            time: self.alone,
        }
    }

    /// Makes `sent` the segment of a list of one.
    pub(super) fn set_only(&mut self, base: Seq, sent: Sent) {
        let (start, end) = (sent.start.from_base(base), sent.end.from_base(base));
        self.alone = sent.time;
        self.newest = sent.frame;
        self.count = 1;
        self.reach = (start, end);
        self.in_order = start < end;
        self.straddles = !self.in_order;
    }

    /// Lets `ack` take effect on a list of one, and says the segment where it ends exactly there or,
    /// where a part measures in `dialect`, behind it.
    pub(super) fn acknowledge_only(
        &mut self,
        base: Seq,
        ack: Seq,
        dialect: Dialect,
    ) -> Option<Sent> {
        let sent = self.only(base);
        if !sent.end.after(ack) {
            *self = Self::default();
            return (sent.end == ack).then_some(sent);
        }
        let part = ack.after(sent.start);
        if part {
            self.set_only(base, Sent { start: ack, ..sent });
        }
        (part && dialect.part_acked_measures()).then_some(sent)
    }

    /// From the smallest start to the largest end.
    pub(in crate::analysis::tcp) fn span(&self) -> u32 {
        self.reach.1.wrapping_sub(self.reach.0)
    }
}
