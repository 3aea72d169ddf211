//! What a RST does: in a cell, a line, a sentence, an answer, the clauses of its explanation.

pub(in crate::report) mod answer;
pub(in crate::report) mod clauses;

use std::fmt::Display;

use crate::analysis::lifecycle::Silence;
use crate::analysis::lifecycle::close::{Close, Shape};
use crate::analysis::lifecycle::reset::{Fit, Reset, ResetKind};
use crate::model::side::Side;
use crate::report::who::Who;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// The cell of a close with a RST; `None` where its FINs say more.
pub(super) fn cell(close: &Close, reset: &Reset) -> Option<&'static Text> {
    match reset.kind {
        ResetKind::Refused | ResetKind::NoConnection => Some(&REFUSED),
        ResetKind::ClosedPort => Some(&PORT_CLOSED),
        ResetKind::AfterClose => Some(&AFTER_CLOSE),
        kind if kind.cuts() => Some(&RESET),
        ResetKind::RefusesStray => None,
        _ => (close.shape == Shape::Reset).then_some(&NO_EFFECT),
    }
}

phrase! {
    REFUSED: "refused (RST)", "recusada (RST)";
    PORT_CLOSED: "port closed (RST)", "porta fechada (RST)";
    AFTER_CLOSE: "RST after the close", "RST após o encerramento";
    pub(super) RESET: "reset (RST)", "término abrupto (RST)";
    NO_EFFECT: "open (RST without effect)", "aberta (RST sem efeito)";
}

/// The line of a close that a RST cut off, or that is nothing but a RST. `moves` are the flags of
/// its segments.
pub(super) fn line(close: &Close, who: &Who<'_>, moves: &dyn Display, lang: Lang) -> String {
    let Some(reset) = &close.reset else {
        return String::new();
    };
    let by = who.by(reset.side);
    let first = who.by(close.started_by.unwrap_or(Side::First));
    let answers = reset.answers.unwrap_or_default();
    match reset.kind {
        // Without ACK it can as well come from an end that never had the connection.
        ResetKind::AfterData if !reset.ack => plain(lang, by, moves).to_string(),
        ResetKind::Refused | ResetKind::MidStream => plain(lang, by, moves).to_string(),
        ResetKind::ClosedPort => closed_port_line(lang, answers, by, moves).to_string(),
        ResetKind::NoConnection => no_connection_line(lang, answers, by, moves).to_string(),
        ResetKind::DuringHandshake | ResetKind::RefusesSynAck => {
            handshake_line(lang, by, moves).to_string()
        }
        ResetKind::BeforeData => before_data_line(lang, by, moves).to_string(),
        ResetKind::AfterData => after_data_line(lang, by, moves).to_string(),
        ResetKind::DuringClose => in_close_line(lang, first, by, moves).to_string(),
        ResetKind::LateData => late_data_line(lang, first, by, moves).to_string(),
        ResetKind::GaveUp => {
            gave_up_line(lang, by, silence(&reset.silence, lang), moves).to_string()
        }
        ResetKind::RefusesStray
        | ResetKind::NotNext
        | ResetKind::NotTheEnd
        | ResetKind::AfterClose => remark(reset, who, lang),
    }
}

phrase! {
    plain(by, moves): "reset {by}: {moves}", "término abrupto {by}: {moves}";
    closed_port_line(answers, by, moves):
        "no connection, the port is closed: #{answers} is refused {by}: {moves}",
        "nenhuma conexão, a porta está fechada: #{answers} é recusado {by}: {moves}";
    no_connection_line(answers, by, moves):
        "#{answers} is refused {by}, where this connection is not known: {moves}",
        "#{answers} é recusado {by}, onde esta conexão não é conhecida: {moves}";
    handshake_line(by, moves): "reset {by} before the handshake was complete: {moves}",
        "término abrupto {by} antes de a apresentação se completar: {moves}";
    before_data_line(by, moves): "reset {by}, to which no data had been sent: {moves}",
        "término abrupto {by}, a quem nenhum dado tinha sido enviado: {moves}";
    after_data_line(by, moves):
        "reset {by}: {moves} (closing with data unread looks like this, and so does an abort)",
        "término abrupto {by}: {moves} (é o que se vê quando um lado fecha com dados não lidos ou aborta)";
    in_close_line(first, by, moves): "close, started {first}, cut short by a reset {by}: {moves}",
        "encerramento, iniciado {first}, interrompido por um término abrupto {by}: {moves}";
    late_data_line(first, by, moves):
        "close, started {first}, then a reset {by} after data that followed its FIN: {moves}",
        "encerramento, iniciado {first}, depois término abrupto {by} após dados que vieram depois do seu FIN: {moves}";
    gave_up_line(by, silence, moves): "reset {by}, which gave up after {silence}: {moves}",
        "término abrupto {by}, que desistiu depois de {silence}: {moves}";
}

/// What nothing answered: `3 probes (#6–#8) without an answer`.
fn silence(silence: &Silence, lang: Lang) -> String {
    let [first, last] = silence.frames;
    let frames = match first == last {
        true => format!("#{first}"),
        false => format!("#{first}–#{last}"),
    };
    match (silence.probes, silence.copies) {
        (0, copies) => copies_unanswered(lang, copies.into(), frames).to_string(),
        (probes, 0) => probes_unanswered(lang, probes.into(), frames).to_string(),
        (probes, copies) => {
            let copies = copies_alone(lang, copies.into());
            both_unanswered(lang, probes.into(), copies, frames).to_string()
        }
    }
}

phrase! {
    probes_unanswered(count; frames):
        "1 probe ({frames}) without an answer" | "{count} probes ({frames}) without an answer",
        "1 sonda ({frames}) sem resposta" | "{count} sondas ({frames}) sem resposta";
    copies_unanswered(count; frames):
        "1 retransmission ({frames}) without an answer" | "{count} retransmissions ({frames}) without an answer",
        "1 retransmissão ({frames}) sem resposta" | "{count} retransmissões ({frames}) sem resposta";
    copies_alone(count;): "1 retransmission" | "{count} retransmissions",
        "1 retransmissão" | "{count} retransmissões";
    both_unanswered(count; copies, frames):
        "1 probe and {copies} ({frames}) without an answer" | "{count} probes and {copies} ({frames}) without an answer",
        "1 sonda e {copies} ({frames}) sem resposta" | "{count} sondas e {copies} ({frames}) sem resposta";
}

/// What a line says of a RST that did not cut the connection off.
pub(super) fn remark(reset: &Reset, who: &Who<'_>, lang: Lang) -> String {
    let (by, frame) = (who.by(reset.side), reset.frame);
    match (reset.kind, reset.fit) {
        (ResetKind::AfterClose, _) => after_close_remark(lang, by, frame).to_string(),
        (ResetKind::RefusesStray, _) => {
            stray_remark(lang, by, frame, reset.answers.unwrap_or_default()).to_string()
        }
        (ResetKind::NotNext, Fit::InWindow) => in_window_remark(lang, by, frame).to_string(),
        (ResetKind::NotNext, Fit::NotNext) => not_next_remark(lang, by, frame).to_string(),
        (ResetKind::NotNext, _) => outside_remark(lang, by, frame).to_string(),
        _ => sent_on_remark(lang, by, frame).to_string(),
    }
}

phrase! {
    after_close_remark(by, frame):
        "then a RST {by} (#{frame}), when both FINs were acknowledged and nothing was left to end",
        "depois um RST enviado {by} (#{frame}), quando os dois FIN já estavam reconhecidos e não havia mais nada a encerrar";
    stray_remark(by, frame, answers):
        "a RST {by} (#{frame}), which refuses #{answers}, a segment of another connection between these ports",
        "um RST enviado {by} (#{frame}), que recusa #{answers}, um segmento de outra conexão entre estas portas";
    in_window_remark(by, frame):
        "a RST {by} (#{frame}) in the window, but not with the next number: by RFC 9293, 3.10.7.4, it ends nothing and is answered by a challenge ACK",
        "um RST enviado {by} (#{frame}) dentro da janela, mas não com o próximo número: pela RFC 9293, 3.10.7.4, não encerra nada e é respondido com um challenge ACK";
    not_next_remark(by, frame):
        "a RST {by} (#{frame}) without the next number, which by RFC 9293, 3.10.7.4, ends nothing",
        "um RST enviado {by} (#{frame}) sem o próximo número, que pela RFC 9293, 3.10.7.4, não encerra nada";
    outside_remark(by, frame):
        "a RST {by} (#{frame}) that the other end has to ignore, its numbers do not fit",
        "um RST enviado {by} (#{frame}) que a outra ponta deve ignorar, seus números não servem";
    sent_on_remark(by, frame): "a RST {by} (#{frame}), which sent on after it",
        "um RST enviado {by} (#{frame}), que continuou a enviar depois dele";
}

/// A sentence about the RST of a close, without capital and full stop.
pub(super) fn sentence(reset: &Reset, lang: Lang) -> String {
    let frame = reset.frame;
    match (reset.kind, reset.answers) {
        (ResetKind::AfterClose, _) => after_close_sentence(lang, frame).to_string(),
        (ResetKind::RefusesStray, Some(answers)) => {
            stray_sentence(lang, frame, answers).to_string()
        }
        (kind, Some(answers)) if kind.refuses() => {
            no_connection_sentence(lang, frame, answers).to_string()
        }
        (kind, _) if kind.cuts() => cut_sentence(lang, frame).to_string(),
        _ => not_the_end_sentence(lang, frame).to_string(),
    }
}

phrase! {
    cut_sentence(frame):
        "the RST in #{frame} says that the connection is over at once, without an orderly close",
        "o RST em #{frame} diz que a conexão acaba na hora, sem encerramento ordenado";
    after_close_sentence(frame):
        "the RST in #{frame} comes when both FINs are acknowledged, and nothing is left to end",
        "o RST em #{frame} vem quando os dois FIN já estão reconhecidos, e não há mais nada a encerrar";
    stray_sentence(frame, answers):
        "the RST in #{frame} refuses #{answers}, which belongs to another connection between these ports",
        "o RST em #{frame} recusa #{answers}, que é de outra conexão entre estas portas";
    no_connection_sentence(frame, answers):
        "there is no connection: the RST in #{frame} refuses #{answers}",
        "não há conexão: o RST em #{frame} recusa #{answers}";
    not_the_end_sentence(frame): "there is a RST, in #{frame}, but it does not end the connection",
        "há um RST, em #{frame}, mas ele não acaba com a conexão";
}

/// A sentence beside the answer that names the packets of the close.
pub(super) fn aside(reset: &Reset, lang: Lang) -> String {
    match reset.kind {
        ResetKind::AfterClose => aside_after(lang, reset.frame).to_string(),
        _ => aside_without_effect(lang, reset.frame).to_string(),
    }
}

phrase! {
    aside_after(rst): "The RST (#{rst}) came when it was closed already.",
        "O RST (#{rst}) veio quando já estava encerrada.";
    aside_without_effect(rst): "The RST (#{rst}) does not end it.", "O RST (#{rst}) não a encerra.";
}
