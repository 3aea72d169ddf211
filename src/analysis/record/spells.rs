//! The states of both sides over time: which one from which packet to which.

use crate::analysis::lifecycle::News;
use crate::analysis::moment::Moment;
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::tcp::TcpState;

/// How many spells of a conversation are kept. An ordinary connection has nine.
pub const KEPT: usize = 120;

/// A state of one side, from the packet that brings it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spell {
    /// Whose.
    pub side: Side,
    /// The state.
    pub state: TcpState,
    /// From this packet on.
    pub from: Moment,
    /// How long.
    pub to: Until,
}

/// How far a state lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// To the end of the capture.
    End,
    /// To the packet that changes it.
    Packet(Moment),
    /// From this packet on the capture does not show the state.
    Unknown(Moment),
    /// To the SYN of this frame, which used the ports again.
    Reused(FrameNo),
}

/// The spells of one conversation, in the order of their first packets. What a later packet refutes
/// is taken back, so that they are right about the whole capture once it ends.
#[derive(Clone, Debug, Default)]
pub struct Spells {
    list: Vec<Spell>,
    more: u64,
    last: Option<Moment>,
}

impl Spells {
    /// All that are kept.
    pub fn list(&self) -> &[Spell] {
        &self.list
    }

    /// How many came after as many as are kept.
    pub fn more(&self) -> u64 {
        self.more
    }

    /// The latest segment.
    pub fn last(&self) -> Option<Moment> {
        self.last
    }

    /// Takes the states of both sides after a packet.
    pub(super) fn take(
        &mut self,
        at: Moment,
        sender: Side,
        states: [Option<TcpState>; 2],
        news: Option<&News>,
    ) {
        self.last = Some(at);
        if let Some((side, state)) = news.and_then(|news| news.never) {
            self.refute(side, state);
        }
        if news.is_some_and(|news| news.resumes) {
            self.resume(sender);
        }
        if let Some(state) = news.and_then(|news| news.through) {
            self.change(sender, Some(state), at);
        }
        for side in [Side::First, Side::Second] {
            self.change(side, states[side.index()], at);
        }
    }

    /// Ends what is open: the SYN in `frame` uses the ports again.
    pub(super) fn give_way(&mut self, frame: FrameNo) {
        for spell in &mut self.list {
            if spell.to == Until::End {
                spell.to = Until::Reused(frame);
            }
        }
    }

    fn open(&self, side: Side) -> Option<usize> {
        let open = |it: &Spell| it.side == side && it.to == Until::End;
        self.list.iter().rposition(open)
    }

    fn change(&mut self, side: Side, state: Option<TcpState>, at: Moment) {
        let open = self.open(side);
        let open = open.and_then(|place| self.list.get_mut(place));
        if open.as_ref().map(|it| it.state) == state {
            return;
        }
        if let Some(open) = open {
            open.to = state.map_or(Until::Unknown(at), |_| Until::Packet(at));
        }
        let Some(state) = state else {
            return;
        };
        if self.list.len() == KEPT {
            self.more += 1;
            return;
        }
        self.list.push(Spell {
            side,
            state,
            from: at,
            to: Until::End,
        });
    }

    /// The latest state of `side` was not over where it seemed so.
    fn resume(&mut self, side: Side) {
        let latest = self.list.iter_mut().rev().find(|it| it.side == side);
        if let Some(latest) = latest
            && matches!(latest.to, Until::Unknown(_))
        {
            latest.to = Until::End;
        }
    }

    /// `side` never was in `state`, its latest one: the one before it lasted on.
    fn refute(&mut self, side: Side, state: TcpState) {
        let Some(place) = self.open(side) else {
            return;
        };
        let Some(wrong) = self.list.get(place).filter(|it| it.state == state).copied() else {
            return;
        };
        self.list.remove(place);
        let ends = |it: &Spell| it.side == side && it.to == Until::Packet(wrong.from);
        if let Some(before) = self.list.iter_mut().rev().find(|it| ends(it)) {
            before.to = Until::End;
        }
    }
}
