//! One conversation that is being followed: its first and its last packets.

use std::collections::VecDeque;

use super::Omitted;
use super::label::Words;
use crate::analysis::conversation::{Conversation, ConversationId};
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::row::Row;
use crate::model::frame::FrameNo;
use crate::model::packet::Content;
use crate::model::side::{Direction, Side};
use crate::model::tcp::TcpState;
use crate::model::time::Nanos;

/// A packet as it is kept until the ladder is drawn.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub(super) frame: FrameNo,
    pub(super) time: Option<Nanos>,
    /// Who sent it; of an ICMP error, the end that did not get its packet.
    pub(super) from: Side,
    pub(super) words: Words,
    pub(super) phase: Option<Phase>,
    /// By the sides of the conversation.
    pub(super) states: [Option<TcpState>; 2],
}

/// The packets of a conversation, as many as are drawn.
#[derive(Debug)]
pub(super) struct Followed {
    pub(super) id: ConversationId,
    pub(super) head: Vec<Kept>,
    pub(super) tail: VecDeque<Kept>,
    pub(super) omitted: Option<Omitted>,
    most: usize,
}

impl Followed {
    /// Has seen nothing of a conversation of which at most so many packets are drawn.
    pub(super) fn begin(id: ConversationId, most: usize) -> Followed {
        Followed {
            id,
            head: Vec::new(),
            tail: VecDeque::new(),
            omitted: None,
            most: most.max(2),
        }
    }

    /// Takes a row of the conversation.
    pub(super) fn take(&mut self, row: &Row<'_>) {
        let Some(from) = row.analysis.side else {
            return;
        };
        let time = row.times.relative();
        let kept = Kept {
            frame: row.frame.no,
            time: time.map(|time| Nanos(time.nanos_clamped())),
            from,
            words: Words::of(row),
            phase: self.phase(row),
            states: by_side(row.analysis.states, row.analysis.direction, from),
        };
        let life = row.conversation.map(|it| &it.lifecycle);
        let news = life.and_then(|life| life.news(row.frame.no));
        if let Some((side, state)) = news.and_then(|news| news.never) {
            self.never(side, Some(state));
        }
        if news.is_some_and(|news| news.resumes) {
            self.never(from, None);
        }
        let at_the_end = self.most / 4;
        if self.head.len() < self.most - at_the_end {
            self.head.push(kept);
            return;
        }
        self.tail.push_back(kept);
        if self.tail.len() > at_the_end
            && let Some(gone) = self.tail.pop_front()
        {
            let omitted = self.omitted.get_or_insert(Omitted {
                count: 0,
                first: gone.frame,
                last: gone.frame,
            });
            omitted.count += 1;
            omitted.last = gone.frame;
        }
    }

    /// The phase of a packet; of one that was captured twice, that of the first.
    fn phase(&self, row: &Row<'_>) -> Option<Phase> {
        let twin = match &row.packet.content {
            Content::Tcp(_) => row.conversation.and_then(Conversation::record),
            _ => None,
        };
        let twin = twin.and_then(|record| record.latest().twin);
        let all = || self.tail.iter().rev().chain(self.head.iter().rev());
        let first = twin.and_then(|twin| all().find(|it| it.frame == twin.of.frame));
        first.map_or(row.analysis.phase, |first| first.phase)
    }

    /// Takes back that `side` was in `state` after its latest packets: the state before it lasted on.
    fn never(&mut self, side: Side, state: Option<TcpState>) {
        let place = side.index();
        let mut kept = self.tail.iter().rev().chain(self.head.iter().rev());
        let Some(before) = kept.find(|it| it.states[place] != state) else {
            return;
        };
        let before = before.states[place];
        let kept = self.tail.iter_mut().rev().chain(self.head.iter_mut().rev());
        for it in kept.take_while(|it| it.states[place] == state) {
            it.states[place] = before;
        }
    }

    /// How many packets it has.
    pub(super) fn packets(&self) -> u64 {
        let omitted = self.omitted.map_or(0, |omitted| omitted.count);
        let kept = self.head.len() + self.tail.len();
        omitted.saturating_add(u64::try_from(kept).unwrap_or(u64::MAX))
    }
}

/// States of client and server as those of the first packet's sender and receiver. Which way the
/// packet goes tells who is taken for the client at this moment.
fn by_side(
    [client, server]: [Option<TcpState>; 2],
    direction: Option<Direction>,
    from: Side,
) -> [Option<TcpState>; 2] {
    let client_side = match direction {
        None => Side::First,
        Some(Direction::ToServer) => from,
        Some(Direction::ToClient) => from.other(),
    };
    match client_side {
        Side::First => [client, server],
        Side::Second => [server, client],
    }
}
