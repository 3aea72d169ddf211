//! The phases that a conversation reached, in words.

use crate::analysis::completeness::Completeness;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::lifecycle::close::{ResetKind, Shape};
use crate::analysis::lifecycle::phase::Phase;
use crate::report::phase;
use crate::text::{Lang, Text};

static NO_HANDSHAKE: Text = Text {
    en: "handshake not captured",
    pt_br: "handshake não capturado",
};
static HALF_HANDSHAKE: Text = Text {
    en: "handshake not completed",
    pt_br: "handshake não concluído",
};
static HALF_CLOSE: Text = Text {
    en: "close not completed",
    pt_br: "encerramento não concluído",
};

/// Appends the phases, separated by commas, in the order of a connection's life.
pub(super) fn write(conversation: &Conversation, lang: Lang, out: &mut Vec<u8>) {
    if conversation.protocol == Protocol::Udp {
        out.extend_from_slice(phase::word(Phase::Datagram).get(lang).as_bytes());
        return;
    }
    let life = &conversation.lifecycle;
    let close = life.close();
    let refused = close
        .reset
        .is_some_and(|reset| reset.kind == ResetKind::Refused);
    let opening = match (life.handshake_ack(), life.syns()) {
        (Some(_), [Some(_), Some(_)]) => phase::word(Phase::Handshake),
        (_, [None, None]) => &NO_HANDSHAKE,
        _ if refused => phase::word(Phase::Refused),
        _ => &HALF_HANDSHAKE,
    };
    let data = conversation.completeness.0 & Completeness::DATA != 0;
    let data = data.then(|| phase::word(Phase::Data));
    let fin = close.fins.iter().any(Option::is_some);
    let after_close = close
        .reset
        .is_some_and(|reset| reset.kind == ResetKind::AfterClose);
    let closing = match close.shape {
        Shape::None => None,
        Shape::OneSided { .. } | Shape::Unfinished => Some(&HALF_CLOSE),
        Shape::Reset if after_close => Some(phase::word(Phase::Close)),
        Shape::Reset if fin => Some(&HALF_CLOSE),
        Shape::Reset => None,
        Shape::FourSegments | Shape::ThreeSegments | Shape::Crossing | Shape::HalfClose { .. } => {
            Some(phase::word(Phase::Close))
        }
    };
    let reset = (close.reset.is_some() && !refused).then(|| phase::word(Phase::Reset));
    let words = [Some(opening), data, closing, reset];
    for (place, word) in words.into_iter().flatten().enumerate() {
        if place > 0 {
            out.extend_from_slice(b", ");
        }
        out.extend_from_slice(word.get(lang).as_bytes());
    }
}
