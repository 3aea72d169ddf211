//! The states of both ends, said where a segment changes them.

use super::{View, close};
use crate::analysis::conversation::Side;
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

/// What the segment changes.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    if let Some(state) = view.changed(view.side) {
        said.say(&SENDER, &[("the", &view.the()), ("state", &state.name())]);
    }
    if let Some(state) = view.changed(view.side.other()) {
        said.say(
            &RECEIVER,
            &[("the", &view.other_the()), ("state", &state.name())],
        );
    }
    if view.phase == crate::analysis::lifecycle::phase::Phase::Close {
        close::waiting(view, said);
    }
}
