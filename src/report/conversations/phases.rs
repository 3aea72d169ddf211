//! The phases that a conversation reached, in words.

use crate::analysis::completeness::Completeness;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::lifecycle::phase::Phase;
use crate::report::phase;
use crate::report::words::opening;
use crate::text::Lang;
use crate::text::phrase::phrase;

phrase! {
    HALF_CLOSE: "close not completed", "encerramento não concluído";
}

/// Appends the phases, separated by commas, in the order of a connection's life.
pub(super) fn write(conversation: &Conversation, lang: Lang, out: &mut Vec<u8>) {
    if conversation.protocol == Protocol::Udp {
        out.extend_from_slice(phase::word(Phase::Datagram).get(lang).as_bytes());
        return;
    }
    let life = &conversation.lifecycle;
    let close = life.close();
    let data = conversation.completeness.0 & Completeness::DATA != 0;
    let data = data.then(|| phase::word(Phase::Data));
    let closing = match close.fins.iter().any(Option::is_some) {
        true if close.complete() => Some(phase::word(Phase::Close)),
        true => Some(&HALF_CLOSE),
        false => None,
    };
    let refused = close.cut().is_some_and(|reset| reset.kind.refuses());
    let ends = close.reset.is_some_and(|reset| reset.kind.ends());
    let reset = (ends && !refused).then(|| phase::word(Phase::Reset));
    let words = [Some(opening::cell(&life.opening())), data, closing, reset];
    for (place, word) in words.into_iter().flatten().enumerate() {
        if place > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(word.get(lang).as_bytes());
    }
}
