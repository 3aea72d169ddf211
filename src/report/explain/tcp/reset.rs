//! RSTs: what each one ends, as far as the packets before it prove it.

use super::View;
use crate::analysis::lifecycle::reset::Reset;
use crate::report::explain::phrase::Clauses;
use crate::report::words::reset::clauses::{self, Around};

/// The sentence of a RST.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let life = &view.conversation.lifecycle;
    let Some(reset) = life.news(view.frame).and_then(|news| news.reset) else {
        return;
    };
    let fins = [view.own.fin, view.other.fin].map(|fin| fin.map_or(0, |fin| fin.frame));
    let first = fins.into_iter().filter(|fin| *fin > 0).min();
    let around = Around {
        port: view.segment.source_port,
        numbers: reset.numbers.map(|number| view.shown(number)),
        fins: [first.unwrap_or(0), fins[0]],
    };
    let said_of = clauses::of(&reset, &around, &view.who, said.lang);
    let earlier = earlier(view, &reset);
    // What it repeats was said of the first one.
    let keep = if earlier.is_some() { 1 } else { said_of.len() };
    for clause in said_of.into_iter().take(keep) {
        said.clause(&clause);
    }
    if let Some((frame, own)) = earlier {
        said.clause(&match own {
            true => clauses::again(said.lang, frame).to_string(),
            false => clauses::before(said.lang, frame).to_string(),
        });
    }
}

/// The RST before this one that ended the connection, and whether the same end sent it.
fn earlier(view: &View<'_>, reset: &Reset) -> Option<(u32, bool)> {
    let before = view.conversation.lifecycle.close().reset?;
    let ends = before.kind.ends() && before.frame < reset.frame;
    (ends && !reset.kind.refuses()).then_some((before.frame, before.side == reset.side))
}
