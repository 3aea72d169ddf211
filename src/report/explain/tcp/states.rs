//! The states of both ends, said where a segment changes them.

use super::{View, close};
use crate::model::side::Side;
use crate::model::tcp::TcpState;
use crate::report::explain::phrase::Clauses;
use crate::text::Text;

static SENDER: Text = Text {
    en: "{the} is then in {state}",
    pt_br: "{the} fica então em {state}",
};
static RECEIVER: Text = Text {
    en: "once this arrives, {the} is in {state}",
    pt_br: "quando este segmento chega, {the} fica em {state}",
};
static SHOWS: Text = Text {
    en: "it shows {the} in {state}",
    pt_br: "isso mostra {the} em {state}",
};
static SHOWS_BOTH: Text = Text {
    en: "it shows both ends in ESTABLISHED",
    pt_br: "isso mostra as duas pontas em ESTABLISHED",
};

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
    let flags = view.header.flags;
    let moves = flags.syn() || flags.fin() || flags.rst();
    let shown = |side: Side| {
        let open = view.changed(side) == Some(TcpState::Established);
        !moves && open && view.before[view.place(side)].is_none()
    };
    let (own, other) = (view.side, view.side.other());
    if shown(own) && shown(other) {
        said.say(&SHOWS_BOTH, &[]);
    } else {
        for (side, phrase) in [(own, &SENDER), (other, &RECEIVER)] {
            // A RST can be someone else's: what it says of its sender shows later, if at all.
            let told = side != own || !flags.rst();
            if let Some(state) = view.changed(side).filter(|_| told) {
                let phrase = if shown(side) { &SHOWS } else { phrase };
                let the = view.who.the(side);
                said.say(phrase, &[("the", &the), ("state", &state.name())]);
            }
        }
    }
    if view.phase == crate::analysis::lifecycle::phase::Phase::Close {
        close::waiting(view, said);
    }
}
