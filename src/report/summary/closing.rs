//! The lines of the close: its shape, who began it, who is left in TIME-WAIT.

use super::opening::moves;
use super::{Context, Counted, Line, Place, data, frames};
use crate::analysis::lifecycle::close::{Close, ResetKind, Shape, TimeWait};
use crate::analysis::record::groups::group::Kind;
use crate::model::side::Side;
use crate::report::phase;
use crate::text::Text;

static FOUR: Text = Text {
    en: "four-way close, started {by}: {moves}",
    pt_br: "encerramento em quatro segmentos, iniciado {by}: {moves}",
};
static THREE: Text = Text {
    en: "three-segment close, started {by}: {moves}",
    pt_br: "encerramento em três segmentos, iniciado {by}: {moves}",
};
static CROSSING: Text = Text {
    en: "simultaneous close, the FINs crossed: {moves}",
    pt_br: "encerramento simultâneo, os FIN se cruzaram: {moves}",
};
static HALF_CLOSE: Text = Text {
    en: "half-close, started {by}, after which {other} still sent {bytes}: {moves}",
    pt_br: "fechamento parcial (half-close), iniciado {by}, depois do qual {other} ainda enviou {bytes}: {moves}",
};
static ONE_SIDED: Text = Text {
    en: "closed {by} only, as far as this capture shows: {moves}",
    pt_br: "encerrada só {by}, até onde esta captura mostra: {moves}",
};
static ONE_SIDED_HALF: Text = Text {
    en: "half-close {by}, after which {other} still sent {bytes} and, in this capture, no FIN: {moves}",
    pt_br: "fechamento parcial (half-close) {by}, depois do qual {other} ainda enviou {bytes} e, nesta captura, nenhum FIN: {moves}",
};
static UNFINISHED: Text = Text {
    en: "close, started {by}, incomplete in this capture: {moves}",
    pt_br: "encerramento, iniciado {by}, incompleto nesta captura: {moves}",
};
static NO_CLOSE: Text = Text {
    en: "no close in this capture",
    pt_br: "nenhum encerramento nesta captura",
};
static RESET: Text = Text {
    en: "reset {by}: {moves}",
    pt_br: "término abrupto {by}: {moves}",
};
static RESET_HANDSHAKE: Text = Text {
    en: "reset {by} before the handshake was complete: {moves}",
    pt_br: "término abrupto {by} antes do fim do handshake: {moves}",
};
static RESET_BEFORE_DATA: Text = Text {
    en: "reset {by}, to which no data had been sent: {moves}",
    pt_br: "término abrupto {by}, a quem nenhum dado tinha sido enviado: {moves}",
};
static RESET_AFTER_DATA: Text = Text {
    en: "reset {by}: {moves} (closing with data unread looks like this, and so does an abort)",
    pt_br: "término abrupto {by}: {moves} (é o que se vê quando um lado fecha com dados não lidos ou aborta)",
};
static RESET_IN_CLOSE: Text = Text {
    en: "close, started {first}, cut short by a reset {by}: {moves}",
    pt_br: "encerramento, iniciado {first}, interrompido por um término abrupto {by}: {moves}",
};
static RESET_LATE_DATA: Text = Text {
    en: "close, started {first}, then a reset {by} after data that followed its FIN: {moves}",
    pt_br: "encerramento, iniciado {first}, depois término abrupto {by} após dados que vieram depois do seu FIN: {moves}",
};
static RESET_AFTER_CLOSE: Text = Text {
    en: "close, started {first}, then a reset {by}: {moves}",
    pt_br: "encerramento, iniciado {first}, depois um RST enviado {by}: {moves}",
};
static RESET_OUTSIDE: Text = Text {
    en: "a RST {by} that the other end has to ignore, its numbers do not fit: {moves}",
    pt_br: "um RST enviado {by} que a outra ponta deve ignorar, seus números não servem: {moves}",
};
static RESET_OUTSIDE_CLOSE: Text = Text {
    en: "close, started {first}, and a RST {by} that the other end has to ignore, its numbers do not fit: {moves}",
    pt_br: "encerramento, iniciado {first}, e um RST enviado {by} que a outra ponta deve ignorar, seus números não servem: {moves}",
};
static RESET_NOT_THE_END_CLOSE: Text = Text {
    en: "close, started {first}, and a RST {by}, which sent on after it: {moves}",
    pt_br: "encerramento, iniciado {first}, e um RST enviado {by}, que continuou a enviar depois dele: {moves}",
};
static RESET_NOT_THE_END: Text = Text {
    en: "a RST {by}, which sent on after it: {moves}",
    pt_br: "um RST enviado {by}, que continuou a enviar depois dele: {moves}",
};
static FINS_AGAIN: Counted = Counted {
    one: Text {
        en: "1 FIN sent again",
        pt_br: "1 FIN reenviado",
    },
    many: Text {
        en: "{count} FINs sent again",
        pt_br: "{count} FIN reenviados",
    },
};
static RESETS: Counted = Counted {
    one: Text {
        en: "1 RST",
        pt_br: "1 RST",
    },
    many: Text {
        en: "{count} RSTs in all",
        pt_br: "{count} RST ao todo",
    },
};
static LEFT: Text = Text {
    en: "{the} is left in TIME-WAIT",
    pt_br: "{the} fica em TIME-WAIT",
};
static LEFT_BOTH: Text = Text {
    en: "both ends are left in TIME-WAIT",
    pt_br: "as duas pontas ficam em TIME-WAIT",
};
static LEFT_NOBODY: Text = Text {
    en: "nobody is left in TIME-WAIT",
    pt_br: "ninguém fica em TIME-WAIT",
};
static LEFT_UNKNOWN: Text = Text {
    en: "the capture does not show who is left in TIME-WAIT",
    pt_br: "a captura não mostra quem fica em TIME-WAIT",
};
static AT_THE_END: Text = Text {
    en: "at the end of the capture: {a} {a_state}, {b} {b_state}",
    pt_br: "no fim da captura: {a} {a_state}, {b} {b_state}",
};

pub(super) fn lines(context: &Context<'_>, lines: &mut Vec<Line>) {
    let close = context.conversation.lifecycle.close();
    let closing = context.groups.closing();
    let bare = |text: String| Line {
        frames: String::new(),
        text,
        place: None,
    };
    if closing.frames.is_empty() {
        let list = context.groups.list();
        let attempt = context.conversation.lifecycle.handshake_ack().is_none()
            && !context.groups.opening().frames.is_empty()
            && list.iter().all(|group| group.kind == Kind::IcmpErrors);
        if !attempt && close.reset.is_none() {
            lines.push(bare(NO_CLOSE.get(context.lang).to_owned()));
            lines.extend(states(context).map(bare));
        }
        return;
    }
    let mut text = shape(context, &close);
    let repeated = match closing.resets {
        0 | 1 => None,
        resets => Some((resets, &RESETS)),
    };
    let again = (closing.fins_again > 0).then_some((closing.fins_again, &FINS_AGAIN));
    for (count, counted) in again.into_iter().chain(repeated) {
        text.push_str("; ");
        text.push_str(&counted.get(u64::from(count), context.lang));
    }
    lines.push(Line {
        frames: frames::list(&closing.frames),
        text,
        place: Some(Place::Closing),
    });
    lines.extend(left(context, &close).map(bare));
}

fn shape(context: &Context<'_>, close: &Close) -> String {
    let started = close.started_by.unwrap_or(Side::First);
    let resetting = close.reset.map_or(started, |reset| reset.side);
    let (text, by, bytes) = match close.shape {
        Shape::None => (&NO_CLOSE, started, 0),
        Shape::FourSegments => (&FOUR, started, 0),
        Shape::ThreeSegments => (&THREE, started, 0),
        Shape::Crossing => (&CROSSING, started, 0),
        Shape::HalfClose { bytes } => (&HALF_CLOSE, started, bytes),
        Shape::OneSided { bytes: 0 } => (&ONE_SIDED, started, 0),
        Shape::OneSided { bytes } => (&ONE_SIDED_HALF, started, bytes),
        Shape::Unfinished => (&UNFINISHED, started, 0),
        Shape::Reset => (reset(close), resetting, 0),
    };
    text.fill(
        context.lang,
        &[
            ("by", &context.who.by(by)),
            ("first", &context.who.by(started)),
            ("other", &context.who.the(by.other())),
            ("bytes", &data::BYTES.get(u64::from(bytes), context.lang)),
            (
                "moves",
                &moves(&context.groups.closing().moves, context.lang),
            ),
        ],
    )
}

fn reset(close: &Close) -> &'static Text {
    let fin = close.fins.iter().any(Option::is_some);
    match close.reset.map(|reset| reset.kind) {
        None | Some(ResetKind::MidStream | ResetKind::Refused) => &RESET,
        // Without ACK it can as well come from an end that never had the connection.
        Some(ResetKind::AfterData) if close.reset.is_some_and(|reset| !reset.ack) => &RESET,
        Some(ResetKind::DuringHandshake) => &RESET_HANDSHAKE,
        Some(ResetKind::BeforeData) => &RESET_BEFORE_DATA,
        Some(ResetKind::AfterData) => &RESET_AFTER_DATA,
        Some(ResetKind::DuringClose) => &RESET_IN_CLOSE,
        Some(ResetKind::LateData) => &RESET_LATE_DATA,
        Some(ResetKind::AfterClose) => &RESET_AFTER_CLOSE,
        Some(ResetKind::NotTheEnd) if fin => &RESET_NOT_THE_END_CLOSE,
        Some(ResetKind::OutOfSequence) if fin => &RESET_OUTSIDE_CLOSE,
        Some(ResetKind::NotTheEnd) => &RESET_NOT_THE_END,
        Some(ResetKind::OutOfSequence) => &RESET_OUTSIDE,
    }
}

/// Who is left in TIME-WAIT, or else the states that the conversation was left in.
fn left(context: &Context<'_>, close: &Close) -> Option<String> {
    let lang = context.lang;
    match close.time_wait {
        TimeWait::One(side) => Some(LEFT.fill(lang, &[("the", &context.who.the(side))])),
        TimeWait::Both => Some(LEFT_BOTH.get(lang).to_owned()),
        TimeWait::Nobody => Some(LEFT_NOBODY.get(lang).to_owned()),
        TimeWait::NotShown => match close.shape {
            Shape::OneSided { .. } => states(context),
            _ => Some(LEFT_UNKNOWN.get(lang).to_owned()),
        },
    }
}

fn states(context: &Context<'_>) -> Option<String> {
    let lifecycle = &context.conversation.lifecycle;
    let [Some(a), Some(b)] = lifecycle.states() else {
        return None;
    };
    let first = lifecycle.roles().client().unwrap_or(Side::First);
    Some(AT_THE_END.fill(
        context.lang,
        &[
            ("a", &context.who.name(first)),
            ("a_state", &phase::state(Some(a))),
            ("b", &context.who.name(first.other())),
            ("b_state", &phase::state(Some(b))),
        ],
    ))
}
