//! Who waits in TIME-WAIT: in a line and in an answer.

use super::close::Frames;
use crate::analysis::lifecycle::close::{Close, Shape, TimeWait};
use crate::analysis::lifecycle::reset::ResetKind;
use crate::model::side::Side;
use crate::report::who::Who;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// Who is left in TIME-WAIT, as a line of its own; `None` where the conversation is not over.
pub(in crate::report) fn left(close: &Close, who: &Who<'_>, lang: Lang) -> Option<String> {
    let after = close.reset.filter(|it| it.kind == ResetKind::AfterClose);
    Some(match (close.time_wait, after) {
        (TimeWait::One(side), None) => left_one(lang, who.the(side)).to_string(),
        (TimeWait::One(side), Some(reset)) => {
            left_until(lang, who.the(side), reset.frame).to_string()
        }
        (TimeWait::Both, None) => left_both(lang).to_string(),
        (TimeWait::Both, Some(reset)) => left_both_until(lang, reset.frame).to_string(),
        (TimeWait::Nobody, _) => left_nobody(lang).to_string(),
        (TimeWait::NotShown, _) if matches!(close.shape, Shape::None | Shape::OneSided { .. }) => {
            return None;
        }
        (TimeWait::NotShown, _) if close.shape == Shape::Reset => return None,
        (TimeWait::NotShown, _) => left_unknown(lang).to_string(),
    })
}

phrase! {
    left_one(the): "{the} is left in TIME-WAIT", "{the} fica em TIME-WAIT";
    left_until(the, rst):
        "{the} was left in TIME-WAIT; the RST (#{rst}) ends that (RFC 9293, 3.10.7.4), unless its system ignores a RST there, as RFC 1337 advises",
        "{the} ficou em TIME-WAIT; o RST (#{rst}) acaba com isso (RFC 9293, 3.10.7.4), a menos que seu sistema ignore um RST nesse estado, como recomenda a RFC 1337";
    left_both(): "both ends are left in TIME-WAIT", "as duas pontas ficam em TIME-WAIT";
    left_both_until(rst): "both ends were left in TIME-WAIT, until the RST (#{rst})",
        "as duas pontas ficaram em TIME-WAIT, até o RST (#{rst})";
    left_nobody(): "nobody is left in TIME-WAIT", "ninguém fica em TIME-WAIT";
    left_unknown(): "the capture does not show who is left in TIME-WAIT",
        "a captura não mostra quem fica em TIME-WAIT";
}

/// An answer: who is in TIME-WAIT, why, and for how long. `None` where the capture does not show it.
pub(in crate::report) fn answer(close: &Close, who: &Who<'_>, lang: Lang) -> Option<String> {
    if close.cut().is_some_and(|reset| reset.kind.refuses()) {
        return None;
    }
    let mut said = match close.time_wait {
        TimeWait::NotShown => return None,
        TimeWait::Nobody => nobody_waits(lang).to_string(),
        TimeWait::Both => both_wait(lang).to_string(),
        TimeWait::One(side) if close.shape == Shape::Itself => {
            itself_waits(lang, who.the(side)).to_string()
        }
        TimeWait::One(side) => {
            let it = Frames::of(close, side);
            waits(lang, who.the(side), it.fin, it.ack2, it.fin2).to_string()
        }
    };
    if let Some(reset) = close.reset.filter(|it| it.kind == ResetKind::AfterClose) {
        said.push(' ');
        said.push_str(&wait_ended(lang, reset.frame).to_string());
    }
    Some(said)
}

phrase! {
    waits(the, fin, ack, fin2):
        "{the}: it sent the first FIN (#{fin}) and the last ACK (#{ack}). That ACK may be lost, so it waits, ready to acknowledge a repeated FIN (#{fin2}) and to let old segments die out: twice the maximum segment lifetime (RFC 9293, 3.3.2), which no packet shows.",
        "{the}: enviou o primeiro FIN (#{fin}) e o último ACK (#{ack}). Esse ACK pode se perder; por isso espera, pronto para reconhecer um FIN repetido (#{fin2}) e até que segmentos antigos desapareçam: duas vezes o tempo máximo de vida de um segmento (RFC 9293, 3.3.2), o que nenhum pacote mostra.";
    both_wait(): "Both ends: they closed at once, and each sent the last ACK of the other's FIN.",
        "Os dois lados: fecharam ao mesmo tempo, e cada um enviou o último ACK do FIN do outro.";
    itself_waits(the): "{the}: it is both ends, and passed CLOSING, as in a simultaneous close.",
        "{the}: é as duas pontas, e passou por CLOSING, como em um encerramento simultâneo.";
    nobody_waits(): "Nobody: a RST ended the connection, and leaves no TIME-WAIT.",
        "Ninguém: um RST encerrou a conexão, e não deixa TIME-WAIT.";
    wait_ended(rst):
        "The RST (#{rst}) ends TIME-WAIT (RFC 9293, 3.10.7.4), unless the system ignores it there, as RFC 1337 advises.",
        "O RST (#{rst}) acaba com o TIME-WAIT (RFC 9293, 3.10.7.4), a menos que o sistema o ignore ali, como recomenda a RFC 1337.";
}

/// A line for a lab's answer; `who` names an end.
pub fn framed(close: &Close, who: impl Fn(Side) -> &'static str, lang: Lang) -> Option<String> {
    match close.time_wait {
        TimeWait::One(side) => Some(framed_left_one(lang, who(side)).to_string()),
        TimeWait::Both => Some(left_both(lang).to_string()),
        TimeWait::Nobody => Some(left_nobody(lang).to_string()),
        TimeWait::NotShown => None,
    }
}

phrase! {
    framed_left_one(who): "the {who} is left in TIME-WAIT", "o {who} fica em TIME-WAIT";
}
