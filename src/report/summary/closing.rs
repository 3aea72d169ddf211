//! The lines of the close: its shape, who began it, who is left in TIME-WAIT.

use super::data::note;
use super::{Line, Subject, SummaryLine, frames};
use crate::analysis::lifecycle::close::{Close, Shape};
use crate::analysis::record::groups::group::GroupKind;
use crate::analysis::record::groups::moves::Move;
use crate::report::words::groups;
use crate::report::words::{close as words, opening, states, time_wait};

pub(super) fn lines(context: &Subject<'_>, lines: &mut Vec<Line>) {
    let lang = context.lang;
    let close = context.conversation.lifecycle.close();
    let closing = context.groups.closing();
    let at_the_end = || states::at_the_end(context.conversation, &context.who, lang);
    if closing.frames.is_empty() {
        let list = context.groups.list();
        let attempt = context.conversation.lifecycle.handshake_ack().is_none()
            && !context.groups.opening().frames.is_empty()
            && list.iter().all(|group| group.kind == GroupKind::IcmpErrors);
        if !attempt && close.reset.is_none() {
            lines.push(Line::bare(words::none(lang).to_string()));
            lines.extend(at_the_end().map(Line::bare));
        }
        return;
    }
    let mut text = shape(context, &close);
    if closing.fins_again > 0 {
        note(
            &mut text,
            groups::fins_again(lang, closing.fins_again.into()),
        );
    }
    if closing.resets > 1 {
        note(&mut text, groups::resets(lang, closing.resets.into()));
    }
    lines.push(Line {
        frames: frames::list(&closing.frames),
        text,
        place: Some(SummaryLine::Closing),
    });
    match time_wait::left(&close, &context.who, lang) {
        Some(left) => {
            lines.push(Line::bare(left));
            let reused = context.conversation.lifecycle.reused();
            lines.extend(reused.map(|frame| Line::bare(states::reused(lang, frame).to_string())));
        }
        None => lines.extend(at_the_end().map(Line::bare)),
    }
}

fn shape(context: &Subject<'_>, close: &Close) -> String {
    // A RST that ended nothing is no step of the close.
    let reset = |step| matches!(step, Move::Rst | Move::RstAck);
    let all = close.shape == Shape::Reset;
    let moves = &context.groups.closing().moves;
    let moves = opening::moves(moves, |step| all || !reset(step), context.lang);
    words::line(close, &context.who, &moves, context.lang)
}
