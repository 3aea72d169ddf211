//! How the connection ended.

use super::{Asked, capital};
use crate::report::words;
use crate::text::phrase::phrase;

pub(super) fn close(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    // Nothing was open.
    if close.cut().is_some_and(|reset| reset.kind.refuses()) {
        return None;
    }
    words::close::answer::packets(&close, &asked.who, asked.lang)
}

pub(super) fn started(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    words::close::answer::closer(&close, &asked.who, asked.lang).map(|it| capital(&it))
}

pub(super) fn fin(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let fin = asked.end(side).fin.as_ref()?;
        let (frame, ack) = fin.ack?;
        // Where the numbers are shown from another start, the sum would not hold.
        if fin.seq.wrapping_add(fin.len).wrapping_add(1) != ack {
            return None;
        }
        let sum = match fin.len {
            0 => format!("{} + 1", fin.seq),
            len => format!("{} + {len} + 1", fin.seq),
        };
        Some(asked.say(counts(
            asked.lang,
            asked.who.of(side),
            &fin.seq,
            &fin.at.frame,
            &ack,
            &frame,
            &sum,
        )))
    });
    let said: Vec<String> = said.collect();
    (!said.is_empty()).then(|| format!("{} {}", ONE_NUMBER.get(asked.lang), said.join(" ")))
}

pub(super) fn half(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    words::close::answer::both_close(&close, &asked.who, asked.lang)
}

pub(super) fn reset(asked: &Asked<'_>) -> Option<String> {
    let reset = asked.conversation.lifecycle.close().reset?;
    let said = words::reset::answer::cause(&reset, &asked.who, asked.lang);
    Some(capital(&said))
}

pub(super) fn time_wait(asked: &Asked<'_>) -> Option<String> {
    let close = asked.conversation.lifecycle.close();
    words::time_wait::answer(&close, &asked.who, asked.lang).map(|it| capital(&it))
}

phrase! {
    ONE_NUMBER: "Yes, one.", "Sim, um.";
    counts(of, seq, fin, ack, frame, sum):
        "The FIN {of}: Seq={seq} in #{fin}, Ack={ack} in #{frame}: {sum} = {ack}.",
        "O FIN {of}: Seq={seq} em #{fin}, Ack={ack} em #{frame}: {sum} = {ack}.";
}
