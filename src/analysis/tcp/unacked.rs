//! What one direction has sent and the other has not acknowledged.
//!
//! tshark keeps a list of segments per direction, at most 10,000, and walks it for every
//! acknowledgment. Here the segments of all conversations share one pool with a free list, and a
//! direction whose segments came in order (nearly always) is cut from its old end, so that the
//! work does not grow with the list. The results are those of the walk.

use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::time::Nanos;

/// How many segments a direction holds at most; later ones are not recorded.
pub(super) const MOST: u32 = 10_000;

const NONE: u32 = u32::MAX;

/// Up to this distance order on the circle is order on a line for all numbers concerned.
const LINE: u32 = 1 << 30;

/// A segment that was sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    pub(super) frame: FrameNo,
    pub(super) start: Seq,
    pub(super) end: Seq,
    pub(super) time: Nanos,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    sent: Sent,
    older: u32,
    newer: u32,
}

/// The segments of every direction of every conversation.
#[derive(Debug)]
pub(super) struct Pool {
    nodes: Vec<Node>,
    free: u32,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            free: NONE,
        }
    }
}

/// The list of one direction: its ends in the pool, and how far it reaches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unacked {
    newest: u32,
    oldest: u32,
    /// At most [`MOST`].
    count: u16,
    /// How many of the newest came after the last acknowledgment was taken.
    fresh: u16,
    /// Each segment starts where the older one ends or later, counted from the base.
    in_order: bool,
    /// A segment starts below the base and ends above it, so that its start is past its end.
    straddles: bool,
    /// Smallest start and largest end, counted from the base.
    reach: (u32, u32),
}

impl Default for Unacked {
    fn default() -> Self {
        Self {
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
struct Shape {
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
    fn add_older(&mut self, start: u32, end: u32) {
        self.straddles |= start >= end;
        self.in_order &= start < end && end <= self.newer_start;
        self.reach = (self.reach.0.min(start), self.reach.1.max(end));
        self.newer_start = start;
    }
}

impl Unacked {
    fn take(&mut self, shape: Shape) {
        self.reach = shape.reach;
        self.in_order = shape.in_order;
        self.straddles = shape.straddles;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn is_full(&self) -> bool {
        u32::from(self.count) >= MOST
    }

    /// From the smallest start to the largest end.
    pub(super) fn span(&self) -> u32 {
        self.reach.1.wrapping_sub(self.reach.0)
    }
}

impl Pool {
    /// Adds the newest segment of a direction whose numbers count from `base`.
    pub(super) fn push(&mut self, list: &mut Unacked, base: Seq, sent: Sent) {
        let (start, end) = (sent.start.from_base(base), sent.end.from_base(base));
        list.straddles |= start >= end;
        list.in_order &= start < end && (list.is_empty() || start >= list.reach.1);
        list.reach = (list.reach.0.min(start), list.reach.1.max(end));
        let node = Node {
            sent,
            older: list.newest,
            newer: NONE,
        };
        let at = self.store(node);
        match self.node(list.newest) {
            Some(newest) => newest.newer = at,
            None => list.oldest = at,
        }
        list.newest = at;
        list.count += 1;
        list.fresh += 1;
    }

    /// Drops what `ack` acknowledges and says which segment ends exactly there: the oldest copy.
    /// `again` says that the direction's last acknowledgment was the same.
    pub(super) fn acknowledge(
        &mut self,
        list: &mut Unacked,
        base: Seq,
        ack: Seq,
        again: bool,
    ) -> Option<Sent> {
        if list.is_empty() {
            return None;
        }
        let fresh = std::mem::take(&mut list.fresh);
        let (first, last) = list.reach;
        let ahead = ack.minus(first).from_base(base);
        let near = !list.straddles
            && last.wrapping_sub(first) < LINE
            && ahead.wrapping_add(LINE) < 2 * LINE;
        if near && (ahead == 0 || ahead >= LINE) {
            // At or before everything in the list.
            return None;
        }
        if near && list.in_order {
            return self.cut(list, base, ack);
        }
        // A second walk with the same number finds nothing to do in what the first one left.
        let walk = if again { fresh } else { list.count };
        self.walk(list, base, ack, walk)
    }

    /// The oldest segment.
    pub(super) fn oldest(&self, list: &Unacked) -> Option<Sent> {
        let place = usize::try_from(list.oldest).ok()?;
        self.nodes.get(place).map(|node| node.sent)
    }

    /// Counts the list from another base.
    pub(super) fn rebase(&mut self, list: &mut Unacked, base: Seq) {
        self.survey(list, base);
    }

    /// The list is in order and reaches below `ack`: everything up to `ack` goes, from the old end.
    fn cut(&mut self, list: &mut Unacked, base: Seq, ack: Seq) -> Option<Sent> {
        let mut exact = None;
        while let Some(&mut Node { sent, newer, .. }) = self.node(list.oldest) {
            if sent.end.after(ack) {
                break;
            }
            if sent.end == ack {
                exact = Some(sent);
            }
            self.release(list.oldest);
            list.oldest = newer;
            list.count -= 1;
        }
        match self.node(list.oldest) {
            Some(oldest) => {
                oldest.older = NONE;
                if ack.after(oldest.sent.start) {
                    oldest.sent.start = ack;
                }
                list.reach.0 = oldest.sent.start.from_base(base);
            }
            None => *list = Unacked::default(),
        }
        exact
    }

    /// tshark's walk over the newest `most` segments, newest first.
    fn walk(&mut self, list: &mut Unacked, base: Seq, ack: Seq, most: u16) -> Option<Sent> {
        let mut exact = None;
        let mut changed = false;
        let all = most == list.count;
        let mut shape = Shape::default();
        let mut at = list.newest;
        for _ in 0..most {
            let Some(node) = self.node(at) else { break };
            let (sent, older) = (node.sent, node.older);
            if ack == sent.end || !sent.end.after(ack) {
                if ack == sent.end {
                    exact = Some(sent);
                }
                self.remove(list, at);
                changed = true;
            } else {
                let mut start = sent.start;
                if ack.after(start) && ack.at_or_before(sent.end) {
                    start = ack;
                    node.sent.start = ack;
                    changed = true;
                }
                shape.add_older(start.from_base(base), sent.end.from_base(base));
            }
            at = older;
        }
        if changed && all {
            list.take(shape);
        } else if changed {
            self.survey(list, base);
        }
        exact
    }

    /// Finds out again how far the list reaches and whether it is in order.
    fn survey(&mut self, list: &mut Unacked, base: Seq) {
        let mut shape = Shape::default();
        let mut at = list.newest;
        while let Some(node) = self.node(at) {
            shape.add_older(
                node.sent.start.from_base(base),
                node.sent.end.from_base(base),
            );
            at = node.older;
        }
        list.take(shape);
    }

    fn node(&mut self, at: u32) -> Option<&mut Node> {
        self.nodes.get_mut(usize::try_from(at).ok()?)
    }

    fn store(&mut self, node: Node) -> u32 {
        let at = self.free;
        if let Some(place) = self.node(at) {
            let next = place.older;
            *place = node;
            self.free = next;
            return at;
        }
        let at = u32::try_from(self.nodes.len()).unwrap_or(NONE);
        self.nodes.push(node);
        at
    }

    fn release(&mut self, at: u32) {
        let free = self.free;
        if let Some(node) = self.node(at) {
            node.older = free;
            self.free = at;
        }
    }

    fn remove(&mut self, list: &mut Unacked, at: u32) {
        let Some(&mut Node { older, newer, .. }) = self.node(at) else {
            return;
        };
        match self.node(older) {
            Some(node) => node.newer = newer,
            None => list.oldest = newer,
        }
        match self.node(newer) {
            Some(node) => node.older = older,
            None => list.newest = older,
        }
        self.release(at);
        list.count -= 1;
    }
}

#[cfg(test)]
mod tests;
