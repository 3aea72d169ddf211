//! What one direction has sent and the other has not acknowledged.
//!
//! tshark keeps a list of segments per direction, at most 10,000, and walks it for every
//! acknowledgment. Here the segments of all conversations share one pool with a free list, and a
//! direction whose segments came in order (nearly always) is cut from its old end, so that the
//! work does not grow with the list. A segment that is alone stands in the list itself: in an
//! exchange of requests and answers the pool is never asked. The results are those of the walk.

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
    /// Of a segment that is alone, its time. Where it starts and ends, `reach` says.
    alone: Nanos,
    /// Of a segment that is alone, its frame.
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

    /// The segment of a list of one, counted from `base`.
    fn only(&self, base: Seq) -> Sent {
        Sent {
            frame: self.newest,
            start: base.plus(self.reach.0),
            end: base.plus(self.reach.1),
            time: self.alone,
        }
    }

    /// Makes `sent` the segment of a list of one.
    fn set_only(&mut self, base: Seq, sent: Sent) {
        let (start, end) = (sent.start.from_base(base), sent.end.from_base(base));
        self.alone = sent.time;
        self.newest = sent.frame;
        self.count = 1;
        self.reach = (start, end);
        self.in_order = start < end;
        self.straddles = !self.in_order;
    }

    /// Lets `ack` take effect on a list of one, and says whether the segment ends exactly there.
    fn acknowledge_only(&mut self, base: Seq, ack: Seq) -> Option<Sent> {
        let sent = self.only(base);
        if !sent.end.after(ack) {
            *self = Self::default();
            return (sent.end == ack).then_some(sent);
        }
        if ack.after(sent.start) {
            self.set_only(base, Sent { start: ack, ..sent });
        }
        None
    }

    /// From the smallest start to the largest end.
    pub(super) fn span(&self) -> u32 {
        self.reach.1.wrapping_sub(self.reach.0)
    }
}

impl Node {
    fn unlinked(sent: Sent) -> Self {
        Self {
            sent,
            older: NONE,
            newer: NONE,
        }
    }
}

impl Pool {
    /// Adds the newest segment of a direction whose numbers count from `base`.
    pub(super) fn push(&mut self, list: &mut Unacked, base: Seq, sent: Sent) {
        list.fresh += 1;
        match list.count {
            0 => return list.set_only(base, sent),
            1 => {
                let at = self.store(Node::unlinked(list.only(base)));
                (list.newest, list.oldest) = (at, at);
            }
            _ => {}
        }
        let (start, end) = (sent.start.from_base(base), sent.end.from_base(base));
        list.straddles |= start >= end;
        list.in_order &= start < end && start >= list.reach.1;
        list.reach = (list.reach.0.min(start), list.reach.1.max(end));
        let at = self.store(Node {
            older: list.newest,
            ..Node::unlinked(sent)
        });
        if let Some(newest) = self.node(list.newest) {
            newest.newer = at;
        }
        list.newest = at;
        list.count += 1;
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
        // A second walk with the same number finds nothing to do in what the first one left.
        let walk = if again { fresh } else { list.count };
        if list.count == 1 {
            return match walk {
                0 => None,
                _ => list.acknowledge_only(base, ack),
            };
        }
        let exact = match near && list.in_order {
            true => self.cut(list, base, ack),
            false => self.walk(list, base, ack, walk),
        };
        if list.count == 1 {
            self.leave_alone(list, base);
        }
        exact
    }

    /// Puts the only segment that is left into the list itself.
    fn leave_alone(&mut self, list: &mut Unacked, base: Seq) {
        let at = list.newest;
        if let Some(&mut Node { sent, .. }) = self.node(at) {
            list.set_only(base, sent);
            self.release(at);
        }
    }

    /// The oldest segment of a direction whose numbers count from `base`.
    pub(super) fn oldest(&self, list: &Unacked, base: Seq) -> Option<Sent> {
        if list.count == 1 {
            return Some(list.only(base));
        }
        let place = usize::try_from(list.oldest).ok()?;
        self.nodes.get(place).map(|node| node.sent)
    }

    /// Counts the list from another base.
    pub(super) fn rebase(&mut self, list: &mut Unacked, old: Seq, new: Seq) {
        match list.count {
            1 => list.set_only(new, list.only(old)),
            _ => self.survey(list, new),
        }
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
