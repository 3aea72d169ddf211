//! What one direction has sent and the other has not acknowledged.
//!
//! tshark keeps a list of segments per direction, at most 10,000, and walks it for every
//! acknowledgment. Here the segments of all conversations share one pool with a free list, and a
//! direction whose segments came in order (nearly always) is cut from its old end, so that the
//! work does not grow with the list. A segment that is alone stands in the list itself: in an
//! exchange of requests and answers the pool is never asked. The results are those of the walk.

mod list;
mod prefetch;

pub(super) use list::Unacked;

use list::Shape;

use crate::model::dialect::Dialect;
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
#[derive(Clone, Debug)]
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

    /// Drops what `ack` acknowledges and says which segment that measures, the oldest one: a segment
    /// that ends exactly there or, where a part measures in `dialect`, one that ends behind it.
    /// `again` says that the direction's last acknowledgment was the same.
    pub(super) fn acknowledge(
        &mut self,
        list: &mut Unacked,
        base: Seq,
        ack: Seq,
        again: bool,
        dialect: Dialect,
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
                _ => list.acknowledge_only(base, ack, dialect),
            };
        }
        let measured = match near && list.in_order {
            true => self.cut(list, base, ack, dialect),
            false => self.walk(list, base, ack, walk, dialect),
        };
        if list.count == 1 {
            self.leave_alone(list, base);
        }
        measured
    }

    /// Puts the only segment that is left into the list itself.
    fn leave_alone(&mut self, list: &mut Unacked, base: Seq) {
        let at = list.newest;
        if let Some(&mut Node { sent, .. }) = self.node(at) {
            list.set_only(base, sent);
            self.release(at);
        }
    }

    /// The segments of a direction whose numbers count from `base`, from one end to the other:
    /// the one at `end` is first, `next` says which follows.
    fn along(
        &self,
        list: &Unacked,
        base: Seq,
        end: u32,
        next: impl Fn(&Node) -> u32,
    ) -> impl Iterator<Item = Sent> {
        let alone = (list.count == 1).then(|| list.only(base));
        let mut at = if list.count > 1 { end } else { NONE };
        let linked = std::iter::from_fn(move || {
            let node = self.nodes.get(usize::try_from(at).ok()?)?;
            at = next(node);
            Some(node.sent)
        });
        alone.into_iter().chain(linked)
    }

    /// The oldest segment of a direction, whose numbers count from `base`, that is `wanted`.
    pub(super) fn find_oldest(
        &self,
        list: &Unacked,
        base: Seq,
        wanted: impl Fn(&Sent) -> bool,
    ) -> Option<Sent> {
        let mut segments = self.along(list, base, list.oldest, |node| node.newer);
        segments.find(wanted)
    }

    /// Where the segments end that go on from `start` without a gap, of a direction whose numbers
    /// count from `base`; `None` where none goes on from there. It takes one walk, so that it sees
    /// what tshark sees: the run that is sent last, in its order.
    pub(super) fn run_from(&self, list: &Unacked, base: Seq, start: Seq) -> Option<Seq> {
        let mut run: Option<(Seq, Seq)> = None;
        for sent in self.along(list, base, list.newest, |node| node.older) {
            let (left, right) = *run.get_or_insert((sent.start, sent.end));
            if !sent.start.before(start) {
                let joins = sent.end == left;
                run = Some((sent.start, if joins { right } else { sent.end }));
            }
        }
        let (left, right) = run?;
        (left == start && right.after(start)).then_some(right)
    }

    /// Counts the list from another base.
    pub(super) fn rebase(&mut self, list: &mut Unacked, old: Seq, new: Seq) {
        match list.count {
            1 => list.set_only(new, list.only(old)),
            _ => self.survey(list, new),
        }
    }

    /// The list is in order and reaches below `ack`: everything up to `ack` goes, from the old end.
    fn cut(&mut self, list: &mut Unacked, base: Seq, ack: Seq, dialect: Dialect) -> Option<Sent> {
        let mut measured = None;
        while let Some(&mut Node { sent, newer, .. }) = self.node(list.oldest) {
            if sent.end.after(ack) {
                break;
            }
            if sent.end == ack {
                measured = Some(sent);
            }
            self.release(list.oldest);
            list.oldest = newer;
            list.count -= 1;
        }
        match self.node(list.oldest) {
            Some(oldest) => {
                oldest.older = NONE;
                if ack.after(oldest.sent.start) {
                    if dialect.part_acked_measures() {
                        measured = Some(oldest.sent);
                    }
                    oldest.sent.start = ack;
                }
                list.reach.0 = oldest.sent.start.from_base(base);
            }
            None => *list = Unacked::default(),
        }
        measured
    }

    /// tshark's walk over the newest `most` segments, newest first.
    fn walk(
        &mut self,
        list: &mut Unacked,
        base: Seq,
        ack: Seq,
        most: u16,
        dialect: Dialect,
    ) -> Option<Sent> {
        let mut measured = None;
        let mut changed = false;
        let all = most == list.count;
        let mut shape = Shape::default();
        let mut at = list.newest;
        for _ in 0..most {
            let Some(node) = self.node(at) else { break };
            let (sent, older) = (node.sent, node.older);
            if ack == sent.end || !sent.end.after(ack) {
                if ack == sent.end {
                    measured = Some(sent);
                }
                self.remove(list, at);
                changed = true;
            } else {
                let mut start = sent.start;
                if ack.after(start) && ack.at_or_before(sent.end) {
                    if dialect.part_acked_measures() {
                        measured = Some(sent);
                    }
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
        measured
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
