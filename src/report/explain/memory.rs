//! What an explainer remembers of the conversations: bounded lists of what each end has sent.

use std::collections::VecDeque;

use super::coverage::Coverage;
use crate::analysis::conversation::ConversationId;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::TcpState;

/// How many segments of each end are remembered; the oldest is forgotten first.
const KEPT: usize = 256;

/// Every conversation so far, by its number.
#[derive(Debug, Default)]
pub(super) struct Memory {
    talks: Vec<Talk>,
}

impl Memory {
    /// What is remembered of a conversation.
    pub(super) fn talk(&mut self, id: ConversationId) -> &mut Talk {
        let index = id.index();
        if index >= self.talks.len() {
            self.talks.resize_with(index + 1, Talk::default);
        }
        &mut self.talks[index]
    }
}

/// One conversation.
#[derive(Debug, Default)]
pub(super) struct Talk {
    /// The ends, by [`Side::index`].
    pub(super) flows: [Flow; 2],
    /// The states after the packet before.
    pub(super) states: [Option<TcpState>; 2],
    /// A packet of it has passed.
    pub(super) begun: bool,
}

impl Talk {
    /// The end of `side` and the other one.
    pub(super) fn pair(&mut self, side: Side) -> (&mut Flow, &mut Flow) {
        let [first, second] = &mut self.flows;
        match side {
            Side::First => (first, second),
            Side::Second => (second, first),
        }
    }
}

/// Payload of one segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sent {
    pub(super) frame: FrameNo,
    /// The number of its first byte.
    pub(super) start: Seq,
    pub(super) len: u32,
    /// Since the first frame, in nanoseconds.
    pub(super) time: Option<i64>,
}

/// A SYN or FIN.
#[derive(Clone, Copy, Debug)]
pub(super) struct Single {
    pub(super) frame: FrameNo,
    /// The number it takes.
    pub(super) seq: Seq,
    pub(super) time: Option<i64>,
    /// A SYN with ACK.
    pub(super) answers: bool,
    /// The latest frame that sent it again.
    pub(super) again: Option<FrameNo>,
}

/// What one end has sent.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// Something of it was captured, whether or not it is remembered.
    pub(super) heard: bool,
    /// Payload, in the capture's order.
    pub(super) sent: VecDeque<Sent>,
    /// The highest end of what was forgotten.
    forgotten: Option<Seq>,
    /// The number after the highest one so far.
    pub(super) next: Option<Seq>,
    /// The lowest number so far.
    pub(super) lowest: Option<Seq>,
    pub(super) syn: Option<Single>,
    /// The latest SYN or SYN-ACK.
    pub(super) asked: Option<FrameNo>,
    pub(super) fin: Option<Single>,
    /// The highest acknowledgment it has sent, and the frame that brought it first.
    pub(super) told: Option<(Seq, FrameNo)>,
    /// The window it announced last, as shown, and where.
    pub(super) window: Option<(u32, FrameNo)>,
    /// Its latest duplicate ACK: the number, how many, the frame.
    pub(super) duplicate: Option<(Seq, u32, FrameNo)>,
    /// Its latest keep-alive or zero-window probe.
    pub(super) probe: Option<FrameNo>,
    /// Its first RST.
    pub(super) rst: Option<FrameNo>,
}

/// What is remembered of a range of numbers.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// How many of them were captured.
    pub(super) bytes: u32,
    /// The segments that brought them first.
    pub(super) by: Vec<Sent>,
    /// Nothing of the range can have been forgotten.
    pub(super) certain: bool,
}

impl Held {
    /// The frames of `by`.
    pub(super) fn frames(&self) -> Vec<FrameNo> {
        self.by.iter().map(|sent| sent.frame).collect()
    }
}

impl Flow {
    /// Which remembered segments held the numbers from `start` up to but without `end`.
    pub(super) fn held(&self, start: Seq, end: Seq) -> Held {
        let mut coverage = Coverage::default();
        let mut held = Held {
            certain: self.forgotten.is_none_or(|to| to.at_or_before(start)),
            ..Held::default()
        };
        for sent in &self.sent {
            let sent_end = sent.start.plus(sent.len);
            let from = later(sent.start, start);
            let to = if sent_end.before(end) { sent_end } else { end };
            if !from.before(to) {
                continue;
            }
            if coverage.add(from.from_base(start), to.from_base(start)) > 0 {
                held.by.push(*sent);
            }
        }
        held.bytes = coverage.total();
        held
    }

    /// The segments after `first` that sent the number `seq` again: payload that is remembered, a
    /// SYN, a FIN.
    pub(super) fn copies(&self, seq: Seq, first: FrameNo) -> Vec<FrameNo> {
        let holds = |sent: &&Sent| {
            !sent.start.after(seq) && seq.before(sent.start.plus(sent.len)) && sent.frame > first
        };
        let singles = [self.syn, self.fin].into_iter().flatten();
        let again = singles.filter(|single| single.seq == seq);
        let again = again.filter_map(|single| single.again.filter(|frame| *frame > first));
        let sent = self.sent.iter().filter(holds).map(|sent| sent.frame);
        sent.chain(again).collect()
    }

    /// The latest segment that starts after `seq`.
    pub(super) fn after(&self, seq: Seq) -> Option<FrameNo> {
        let found = self.sent.iter().rfind(|sent| sent.start.after(seq));
        found.map(|sent| sent.frame)
    }

    /// Notes that the numbers from `start` up to but without `end` were used.
    pub(super) fn extend(&mut self, start: Seq, end: Seq) {
        self.next = Some(self.next.map_or(end, |next| later(next, end)));
        self.lowest = Some(match self.lowest {
            Some(lowest) if lowest.before(start) => lowest,
            _ => start,
        });
    }

    /// Remembers payload.
    pub(super) fn remember(&mut self, sent: Sent) {
        if self.sent.len() == KEPT
            && let Some(oldest) = self.sent.pop_front()
        {
            let end = oldest.start.plus(oldest.len);
            self.forgotten = Some(self.forgotten.map_or(end, |to| later(to, end)));
        }
        self.sent.push_back(sent);
    }

    /// Remembers an acknowledgment it has sent.
    pub(super) fn tell(&mut self, ack: Seq, frame: FrameNo) {
        if self.told.is_none_or(|(told, _)| ack.after(told)) {
            self.told = Some((ack, frame));
        }
    }

    /// Whether `number` is further from its numbers than the largest window reaches (2^30,
    /// RFC 7323, 2.3).
    pub(super) fn far(&self, number: Seq) -> bool {
        const REACH: u32 = 1 << 30;
        self.next
            .is_some_and(|next| number.from_base(next).wrapping_add(REACH) > 2 * REACH)
    }
}

fn later(a: Seq, b: Seq) -> Seq {
    if b.after(a) { b } else { a }
}
