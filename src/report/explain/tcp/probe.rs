//! Keep-alives and window probes, and what answers them.

use super::{View, ack, news};
use crate::analysis::facts::ack::News;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::tcp::Scale;
use crate::analysis::tcp::marks::Marks;
use crate::report::explain::phrase::Clauses;
use crate::report::words::numbers::number;
use crate::report::words::window;
use crate::text::{Lang, quantity};

/// Whether the segment answers a probe; then its sentence is said.
pub(super) fn answers(view: &View<'_>, said: &mut Clauses) -> bool {
    let Some(frame) = view.latest.answers else {
        return false;
    };
    let (the, lang) = (view.the(), said.lang);
    let expects = number(view.latest.ack.unwrap_or_default());
    let old = view.latest.before.window;
    let new = view.tcp.window;
    let same = matches!(news(view), Some(News::Same(_)));
    match (view.phase, same, new) {
        (Phase::KeepAlive, ..) => {
            said.clause(window::keep_alive_answer(lang, the, frame, expects));
            if let Some((old, offered)) = old.filter(|(old, _)| *old != new) {
                said.clause(window::changes(lang, old, offered, size(view, lang)));
            }
        }
        (_, true, 0) => said.clause(window::probe_answer(lang, the, frame, expects)),
        (_, true, _) => {
            let window = size(view, lang);
            said.clause(window::probe_answer_open(lang, the, frame, window, expects));
        }
        _ => {
            said.clause(window::answers_probe(lang, the, frame));
            ack::also(view, said);
        }
    }
    true
}

/// The window of a segment: in bytes, where the capture holds what its field is multiplied with.
fn size(view: &View<'_>, lang: Lang) -> String {
    let window = view.tcp.window;
    match view.tcp.scale {
        Scale::Unknown => window::field(lang, window, window::UNIT_UNKNOWN.get(lang)).to_string(),
        _ => quantity::bytes(lang, window.into()).to_string(),
    }
}

/// The sentence of a keep-alive or a window probe.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let (the, other, lang) = (view.the(), view.other_the(), said.lang);
    let at = number(view.latest.start);
    let offered = view.receiver().windows.latest;
    match (view.phase, offered) {
        (Phase::Window, Some((_, frame))) => {
            let of = view.other_of();
            let new = view
                .latest
                .before
                .next
                .is_none_or(|next| view.latest.start >= next);
            let acked = view.receiver().highest_ack;
            let open = acked.is_none_or(|(number, _)| number <= view.latest.start);
            match (view.len > 0 && new, view.len > 0 && open) {
                (true, _) => said.clause(window::probe(lang, the, at, of, frame)),
                (_, true) => said.clause(window::probe_again(lang, the, at, frame, of, other)),
                _ => said.clause(window::probe_before(lang, the, of, frame, at, other)),
            }
            if view.marked(Marks::KEEP_ALIVE) {
                said.clause(window::called_keep_alive(lang));
            }
        }
        _ => said.clause(window::keep_alive(lang, the, other, at)),
    }
    ack::also(view, said);
}
