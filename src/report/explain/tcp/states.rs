//! The states of both ends, said where a segment changes them.

use super::{View, close};
use crate::model::side::Side;
use crate::model::tcp::TcpState;
use crate::report::explain::phrase::Clauses;
use crate::report::words::states::{self, Moved};

impl View<'_> {
    /// The place of an end among the states of a row: the client first, where one is known.
    fn place(&self, side: Side) -> usize {
        match self.conversation.lifecycle.roles().client() {
            Some(Side::Second) => side.other().index(),
            _ => side.index(),
        }
    }

    /// The sender's state after the segment.
    pub(super) fn own_state(&self) -> Option<TcpState> {
        self.after[self.place(self.side)]
    }

    fn changed(&self, side: Side) -> Option<TcpState> {
        let place = self.place(side);
        self.after[place].filter(|_| self.after[place] != self.before[place])
    }
}

/// What the segment changes, or, of a conversation that did not begin in the capture, shows.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let news = view.conversation.lifecycle.news(view.frame);
    if let Some(frame) = news.and_then(|news| news.challenges) {
        said.clause(states::challenges(said.lang, frame));
    }
    let early = news.is_some_and(|news| news.early.is_some());
    let flags = view.header.flags;
    let moves = flags.syn() || flags.fin() || flags.rst();
    let shown = |side: Side| {
        let open = view.changed(side) == Some(TcpState::Established);
        !moves && open && view.before[view.place(side)].is_none()
    };
    let (own, other) = (view.side, view.side.other());
    if shown(own) && shown(other) {
        said.clause(states::shows_both(said.lang));
    } else {
        for (side, how) in [(own, Moved::Sender), (other, Moved::Receiver)] {
            // A RST can be someone else's: what it says of its sender shows later, if at all.
            let certain = side != own || !flags.rst();
            if let Some(state) = view.changed(side).filter(|_| certain) {
                let back = early && view.before[view.place(side)].is_none() && side == other;
                let how = if shown(side) || back {
                    Moved::Shown
                } else {
                    how
                };
                let the = view.who.the(side);
                said.clause(states::moved(how, &the, state, said.lang));
            }
        }
    }
    if view.phase == crate::analysis::lifecycle::phase::Phase::Close {
        close::waiting(view, said);
    }
}
