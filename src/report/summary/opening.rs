//! The line of the handshake.

use super::data::note;
use super::{Line, Subject, SummaryLine, frames};
use crate::analysis::record::groups::moves::Move;
use crate::report::words::opening as words;

pub(super) fn lines(context: &Subject<'_>, lines: &mut Vec<Line>) {
    let opening = context.groups.opening();
    if opening.frames.is_empty() {
        return lines.push(Line::bare(words::none(context.lang).to_string()));
    }
    let alone =
        context.groups.packets() == u64::from(opening.syns) && context.groups.list().is_empty();
    let shape = context.conversation.lifecycle.opening();
    let mut text = words::line(&shape, &opening.moves, alone, context.lang);
    let made = |step: fn(&Move) -> bool| {
        let made = opening.moves.list().iter().filter(|made| step(made));
        u64::try_from(made.count()).unwrap_or_default()
    };
    let syns = made(|step| matches!(step, Move::Syn | Move::SynWithData(_)));
    let syn_acks = made(|step| matches!(step, Move::SynAck));
    let again = u64::from(opening.syns).saturating_sub(syns);
    if again > 0 {
        note(&mut text, words::syns_again(context.lang, again));
    }
    let again = u64::from(opening.syn_acks).saturating_sub(syn_acks);
    if again > 0 {
        note(&mut text, words::syn_acks_again(context.lang, again));
    }
    lines.push(Line {
        frames: frames::list(&opening.frames),
        text,
        place: Some(SummaryLine::Opening),
    });
}
