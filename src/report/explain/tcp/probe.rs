//! Keep-alives and zero-window probes, and what answers them.

use super::{View, ack};
use crate::analysis::tcp::marks::Marks;
use crate::report::explain::phrase::Clauses;
use crate::text::Text;

static KEEP_ALIVE: Text = Text {
    en: "{the} asks whether {other} is still there (keep-alive): it sends number {number}, which was used before, so that {other} has to answer",
    pt_br: "{the} pergunta se {other} ainda está ativo (keep-alive): envia o número {number}, já usado antes, de modo que {other} tem de responder",
};
static KEEP_ALIVE_ANSWER: Text = Text {
    en: "{the} answers the keep-alive of #{frame}: it is still there, and still expects number {ack}",
    pt_br: "{the} responde ao keep-alive de #{frame}: continua ativo, e continua esperando o número {ack}",
};
static PROBE: Text = Text {
    en: "{the} sends 1 byte (number {number}) although the window {of} was 0 in #{frame}, to learn whether it has opened (zero-window probe)",
    pt_br: "{the} envia 1 byte (número {number}) embora a janela {of} fosse 0 em #{frame}, para saber se ela abriu (sonda de janela zero)",
};
static PROBE_ANSWER: Text = Text {
    en: "{the} answers the probe of #{frame}: its window is still 0, and it still expects number {ack}",
    pt_br: "{the} responde à sonda de #{frame}: sua janela continua 0, e continua esperando o número {ack}",
};

/// Whether the segment answers a zero-window probe; then its sentence is said.
pub(super) fn answers(view: &View<'_>, said: &mut Clauses) -> bool {
    let probe = view
        .other
        .probe
        .filter(|_| view.marked(Marks::ZERO_WINDOW_PROBE_ACK));
    let Some(frame) = probe else { return false };
    said.say(
        &PROBE_ANSWER,
        &[
            ("the", &view.the()),
            ("frame", &frame),
            ("ack", &view.tcp.ack),
        ],
    );
    true
}

/// A segment of the phases keep-alive and window that is no plain acknowledgment.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let (the, other) = (view.the(), view.other_the());
    let number = view.tcp.seq;
    if view.len > 0 && view.marked(Marks::ZERO_WINDOW_PROBE) {
        let Some((_, frame)) = view.other.window else {
            return super::data::say(view, said);
        };
        said.say(
            &PROBE,
            &[
                ("the", &the),
                ("number", &number),
                ("of", &view.other_of()),
                ("frame", &frame),
            ],
        );
        ack::also(view, said);
    } else if view.marked(Marks::KEEP_ALIVE) {
        said.say(
            &KEEP_ALIVE,
            &[("the", &the), ("other", &other), ("number", &number)],
        );
        ack::also(view, said);
    } else if let Some(frame) = view
        .other
        .probe
        .filter(|_| view.marked(Marks::KEEP_ALIVE_ACK))
    {
        said.say(
            &KEEP_ALIVE_ANSWER,
            &[("the", &the), ("frame", &frame), ("ack", &view.tcp.ack)],
        );
    } else {
        ack::say(view, said);
    }
}
