//! What the lines of handshake and close say of bytes and copies, and how long nobody sent anything.

use super::{Line, Subject, SummaryLine};
use crate::analysis::record::totals::{Silence, Wait};
use crate::report::words::{again, data, silence};
use crate::text::quantity;

/// Adds what is known.
pub(super) fn notes(context: &Subject<'_>, lines: &mut Vec<Line>) {
    let lang = context.lang;
    let (opening, closing) = (context.groups.opening(), context.groups.closing());
    let mut note = |place: SummaryLine, text: String| {
        let line = lines.iter_mut().find(|line| line.place == Some(place));
        if let Some(line) = line {
            super::data::note(&mut line.text, text)
        }
    };
    if opening.answer_bytes > 0 {
        let text = data::syn_ack_carries(lang, quantity::bytes(lang, opening.answer_bytes));
        note(SummaryLine::Opening, text.to_string());
    }
    if opening.more_bytes > 0 {
        let text = data::syn_again_carries(lang, quantity::bytes(lang, opening.more_bytes));
        note(SummaryLine::Opening, text.to_string());
    }
    if closing.late > 0 {
        let text = data::fin_again_carries(lang, quantity::bytes(lang, closing.late));
        note(SummaryLine::Closing, text.to_string());
    }
    if closing.again > 0 {
        let bytes = quantity::bytes(lang, closing.again);
        let text = data::again_with_fin(lang, closing.again, bytes);
        note(SummaryLine::Closing, text.to_string());
    }
    if closing.text > 0 {
        let bytes = quantity::bytes(lang, closing.text);
        let text = data::rst_with_text(lang, closing.resets.into(), bytes);
        note(SummaryLine::Closing, text.to_string());
    }
    for (place, count) in [
        (SummaryLine::Opening, opening.twice),
        (SummaryLine::Closing, closing.twice),
    ] {
        if count > 0 {
            note(place, again::captured_twice(lang, count.into()).to_string());
        }
    }
    let totals = context.conversation.record().map(|record| record.totals());
    let silent = totals.and_then(|totals| totals.silence);
    if let Some(it) = silent.filter(Silence::long) {
        quiet(context, &it, lines);
    }
}

/// The longest time in which nothing came, in front of what ended it.
fn quiet(context: &Subject<'_>, it: &Silence, lines: &mut Vec<Line>) {
    let lang = context.lang;
    let lasted = quantity::span(it.lasted, lang);
    let (from, to) = (it.from.frame, it.to.frame);
    let text = match it.wait {
        Wait::Both => silence::both(lang, lasted, from, to).to_string(),
        Wait::Answer(side) => {
            let of = context.who.of(side.other());
            silence::no_answer(lang, of, lasted, from, to).to_string()
        }
        Wait::Unknown => return,
    };
    let first = |place: SummaryLine| match place {
        SummaryLine::Middle(place) => context.groups.list().get(place).map(|group| group.frames),
        SummaryLine::Closing => Some(context.groups.closing().frames),
        SummaryLine::Opening | SummaryLine::Rest => None,
    };
    let place = lines.iter().position(|line| {
        let frames = line.place.and_then(first);
        frames.is_some_and(|it| it.runs().first().is_some_and(|(first, _)| *first >= to))
    });
    lines.insert(place.unwrap_or(lines.len()), Line::bare(text));
}
