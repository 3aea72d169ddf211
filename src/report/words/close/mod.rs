//! How a connection was closed: in a cell, a line, a sentence, an answer.

pub(in crate::report) mod answer;

use std::fmt::Display;

use super::reset;
use crate::analysis::lifecycle::close::{Close, Shape};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::report::who::Who;
use crate::text::phrase::phrase;
use crate::text::quantity;
use crate::text::quantity::bytes;
use crate::text::{Lang, Text};

/// A cell: `four segments`, `reset (RST)`.
pub fn cell(close: &Close) -> &'static Text {
    if let Some(text) = close.reset.and_then(|reset| reset::cell(close, &reset)) {
        return text;
    }
    match close.shape {
        Shape::FourSegments => &FOUR,
        Shape::ThreeSegments => &THREE,
        Shape::Crossing => &CROSSING,
        Shape::HalfClose { .. } => &HALF,
        Shape::OneSided { .. } => &ONE_SIDED,
        Shape::Itself => &ITSELF,
        Shape::Unfinished => &UNFINISHED,
        Shape::None | Shape::Reset => &OPEN,
    }
}

/// The widest of the usual cells.
pub(in crate::report) fn widest(lang: Lang) -> &'static str {
    let all = [
        &OPEN,
        &FOUR,
        &THREE,
        &CROSSING,
        &HALF,
        &ONE_SIDED,
        &UNFINISHED,
        &reset::RESET,
    ];
    let words = all.into_iter().map(|it| it.get(lang));
    words.max_by_key(|it| it.chars().count()).unwrap_or("")
}

phrase! {
    OPEN: "open", "aberta";
    FOUR: "four segments", "quatro segmentos";
    THREE: "three segments", "três segmentos";
    CROSSING: "crossing FINs", "FINs cruzados";
    HALF: "half-close", "fechamento parcial";
    ONE_SIDED: "one side only", "só um lado";
    ITSELF: "with itself", "consigo mesma";
    UNFINISHED: "not finished", "não concluído";
    /// Both ends, in a cell.
    pub(in crate::report) BOTH: "both", "ambos";
}

/// A line: `four-way close, started by the client: FIN; ACK; FIN; ACK`. `moves` are the flags of its
/// segments.
pub(in crate::report) fn line(
    close: &Close,
    who: &Who<'_>,
    moves: &dyn Display,
    lang: Lang,
) -> String {
    let first = close.started_by.unwrap_or(Side::First);
    let (by, other) = (who.by(first), who.the(first.other()));
    let mut line = match close.shape {
        Shape::None => return none(lang).to_string(),
        Shape::Reset => return reset::line(close, who, moves, lang),
        Shape::FourSegments => four_line(lang, by, moves).to_string(),
        Shape::ThreeSegments => three_line(lang, by, moves).to_string(),
        Shape::Crossing => crossing_line(lang, moves).to_string(),
        Shape::HalfClose { bytes: more } => {
            half_line(lang, by, other, bytes(lang, more.into()), moves).to_string()
        }
        Shape::OneSided { bytes: 0 } => one_line(lang, by, moves).to_string(),
        Shape::OneSided { bytes: more } => {
            one_half_line(lang, by, other, bytes(lang, more.into()), moves).to_string()
        }
        Shape::Itself => itself_line(lang, moves).to_string(),
        Shape::Unfinished if close.crossed => crossing_open_line(lang, moves).to_string(),
        Shape::Unfinished => unfinished_line(lang, by, moves).to_string(),
    };
    if close.disordered {
        line.push_str(&disordered(lang).to_string());
    }
    if let Some(reset) = &close.reset {
        line.push_str("; ");
        line.push_str(&reset::remark(reset, who, lang));
    }
    line
}

phrase! {
    pub(in crate::report) none(): "no close in this capture", "nenhum encerramento nesta captura";
    four_line(by, moves): "four-way close, started {by}: {moves}",
        "encerramento em quatro segmentos, iniciado {by}: {moves}";
    three_line(by, moves): "three-segment close, started {by}: {moves}",
        "encerramento em três segmentos, iniciado {by}: {moves}";
    crossing_line(moves): "simultaneous close, the FINs crossed: {moves}",
        "encerramento simultâneo, os FIN se cruzaram: {moves}";
    crossing_open_line(moves):
        "simultaneous close, the FINs crossed, incomplete in this capture: {moves}",
        "encerramento simultâneo, os FIN se cruzaram, incompleto nesta captura: {moves}";
    half_line(by, other, bytes, moves):
        "half-close, started {by}, after which {other} still sent {bytes}: {moves}",
        "fechamento parcial (half-close), iniciado {by}, depois do qual {other} ainda enviou {bytes}: {moves}";
    one_line(by, moves): "closed {by} only, as far as this capture shows: {moves}",
        "encerrada só {by}, até onde esta captura mostra: {moves}";
    one_half_line(by, other, bytes, moves):
        "half-close {by}, after which {other} still sent {bytes} and, in this capture, no FIN: {moves}",
        "fechamento parcial (half-close) {by}, depois do qual {other} ainda enviou {bytes} e, nesta captura, nenhum FIN: {moves}";
    itself_line(moves): "close of the connection with itself, one FIN for both directions: {moves}",
        "encerramento da conexão consigo mesma, um só FIN para os dois sentidos: {moves}";
    unfinished_line(by, moves): "close, started {by}, incomplete in this capture: {moves}",
        "encerramento, iniciado {by}, incompleto nesta captura: {moves}";
    disordered(): " (the order of this capture is not the order of sending)",
        " (a ordem desta captura não é a ordem de envio)";
}

/// The frames of a close by what they are; 0 for one that is not there.
pub(super) struct Frames {
    pub(super) fin: FrameNo,
    pub(super) ack: FrameNo,
    pub(super) fin2: FrameNo,
    pub(super) ack2: FrameNo,
}

impl Frames {
    pub(super) fn of(close: &Close, first: Side) -> Frames {
        let frame = |frames: [Option<FrameNo>; 2], side: Side| frames[side.index()].unwrap_or(0);
        Frames {
            fin: frame(close.fins, first),
            ack: frame(close.acks, first),
            fin2: frame(close.fins, first.other()),
            ack2: frame(close.acks, first.other()),
        }
    }
}

/// A sentence: what its segments do together, without capital and full stop; `None` where the line
/// says it all.
pub(in crate::report) fn sentence(close: &Close, who: &Who<'_>, lang: Lang) -> Option<String> {
    let side = close.started_by;
    let first = side.unwrap_or(Side::First);
    let it = Frames::of(close, first);
    let (a, b) = (who.the(first), who.the(first.other()));
    let orderly = match close.shape {
        Shape::FourSegments => {
            Some(four_sentence(lang, a, it.fin, it.ack, b, it.fin2, it.ack2).to_string())
        }
        Shape::ThreeSegments => {
            let of = who.of(first.other());
            Some(three_sentence(lang, a, it.fin, it.fin2, of, it.ack2).to_string())
        }
        Shape::Crossing => {
            Some(crossing_sentence(lang, it.fin, it.fin2, it.ack, it.ack2).to_string())
        }
        Shape::HalfClose { bytes: more } => {
            let more = bytes(lang, more.into());
            Some(half_sentence(lang, a, it.fin, b, more, it.fin2, it.ack2).to_string())
        }
        Shape::OneSided { .. } => Some(one_sentence(lang, a, it.fin).to_string()),
        Shape::Itself => Some(itself_sentence(lang, it.fin, it.ack).to_string()),
        Shape::None | Shape::Unfinished | Shape::Reset => None,
    };
    let reset = close.reset.map(|reset| reset::sentence(&reset, lang));
    let parts: Vec<String> = orderly.into_iter().chain(reset).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

phrase! {
    four_sentence(first, fin, ack, second, fin2, ack2):
        "{first} closes its direction with #{fin}, acknowledged in #{ack}; {second} closes its own with #{fin2}, acknowledged in #{ack2}: each end closes for itself, which takes four segments",
        "{first} encerra o seu sentido com #{fin}, reconhecido em #{ack}; {second} encerra o seu com #{fin2}, reconhecido em #{ack2}: cada ponta encerra por si, o que leva quatro segmentos";
    three_sentence(first, fin, fin2, of_second, ack2):
        "{first} closes its direction with #{fin}; #{fin2} {of_second} acknowledges that and is its own FIN at once, and #{ack2} acknowledges this: three segments are enough",
        "{first} encerra o seu sentido com #{fin}; #{fin2}, {of_second}, reconhece isso e é ao mesmo tempo o seu próprio FIN, e #{ack2} reconhece este: três segmentos bastam";
    crossing_sentence(fin, fin2, ack, ack2):
        "both ends close, with #{fin} and #{fin2}, neither knowing of the other's FIN; #{ack} and #{ack2} acknowledge them",
        "as duas pontas encerram, com #{fin} e #{fin2}, sem que uma saiba do FIN da outra; #{ack} e #{ack2} os reconhecem";
    half_sentence(first, fin, second, bytes, fin2, ack2):
        "{first} closes its direction with #{fin} and goes on receiving: {second} sends {bytes} more before it closes its own with #{fin2}, acknowledged in #{ack2}",
        "{first} encerra o seu sentido com #{fin} e continua recebendo: {second} envia mais {bytes} antes de encerrar o seu com #{fin2}, reconhecido em #{ack2}";
    one_sentence(first, fin):
        "{first} closes its direction with #{fin}; no FIN of the other direction is in this capture",
        "{first} encerra o seu sentido com #{fin}; nenhum FIN do outro sentido está nesta captura";
    itself_sentence(fin, ack):
        "the socket closes with #{fin}, which it receives itself and acknowledges in #{ack}: one FIN ends both directions",
        "o socket encerra com #{fin}, que ele mesmo recebe e reconhece em #{ack}: um só FIN encerra os dois sentidos";
}

/// A line with the frames in front: `[8, 9, 10, 11] close the connection in four segments, …`.
pub fn framed(close: &Close, who: &str, frames: &str, lang: Lang) -> String {
    match close.shape {
        Shape::FourSegments => four_framed(lang, frames, who).to_string(),
        Shape::ThreeSegments => three_framed(lang, frames, who).to_string(),
        Shape::Crossing => crossing_framed(lang, frames).to_string(),
        Shape::HalfClose { bytes } => {
            half_framed(lang, frames, who, quantity::bytes(lang, bytes.into())).to_string()
        }
        Shape::Itself => itself_framed(lang, frames).to_string(),
        Shape::Reset => reset_framed(lang, frames, who).to_string(),
        Shape::None | Shape::OneSided { .. } | Shape::Unfinished => {
            open_framed(lang, frames).to_string()
        }
    }
}

phrase! {
    four_framed(frames, who):
        "{frames} close the connection in four segments (FIN; ACK; FIN; ACK), started by the {who}",
        "{frames} encerram a conexão em quatro segmentos (FIN; ACK; FIN; ACK), por iniciativa do {who}";
    three_framed(frames, who):
        "{frames} close the connection in three segments (FIN; FIN, ACK; ACK), started by the {who}: the second FIN carries the ACK of the first",
        "{frames} encerram a conexão em três segmentos (FIN; FIN, ACK; ACK), por iniciativa do {who}: o segundo FIN leva o ACK do primeiro";
    crossing_framed(frames):
        "{frames} close the connection from both ends at once: neither FIN acknowledges the other",
        "{frames} encerram a conexão pelas duas pontas ao mesmo tempo: nenhum FIN reconhece o outro";
    half_framed(frames, who, bytes):
        "{frames} close the connection, started by the {who}; the other end sent {bytes} in between",
        "{frames} encerram a conexão, por iniciativa do {who}; a outra ponta enviou {bytes} nesse meio-tempo";
    itself_framed(frames): "{frames} close the connection of one socket with itself",
        "{frames} encerram a conexão de um socket consigo mesmo";
    reset_framed(frames, who): "{frames} ends the connection with RST, sent by the {who}",
        "{frames} encerra a conexão com RST, enviado pelo {who}";
    open_framed(frames): "the close is not complete in this capture: {frames}",
        "o encerramento não está completo nesta captura: {frames}";
}
