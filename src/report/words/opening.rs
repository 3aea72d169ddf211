//! How a connection was opened: in a cell, a line, a sentence, an answer.

use crate::analysis::lifecycle::opening::{Opening, OpeningShape};
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::record::groups::moves::{Move, Moves};
use crate::report::phase;
use crate::report::who::Who;
use crate::text::phrase::phrase;
use crate::text::quantity::bytes;
use crate::text::{Lang, Text};

/// A cell: `handshake`, `refused`.
pub(in crate::report) fn cell(opening: &Opening) -> &'static Text {
    match opening.shape {
        OpeningShape::NotCaptured => &NOT_CAPTURED,
        OpeningShape::Refused => phase::word(Phase::Refused),
        _ if opening.complete => phase::word(Phase::Handshake),
        _ => &NOT_COMPLETED,
    }
}

phrase! {
    NOT_CAPTURED: "handshake not captured", "apresentação não capturada";
    NOT_COMPLETED: "handshake not completed", "apresentação não concluída";
}

/// A line: `three-way handshake (SYN; SYN, ACK; ACK)`. `alone` where the conversation has nothing
/// but SYNs.
pub(in crate::report) fn line(opening: &Opening, moves: &Moves, alone: bool, lang: Lang) -> String {
    let flags = self::moves(moves, |_| true, lang);
    let mut line = match opening.shape {
        OpeningShape::NotCaptured => return none(lang).to_string(),
        OpeningShape::Refused => refused(lang, flags).to_string(),
        OpeningShape::Simultaneous if opening.complete => simultaneous(lang, flags).to_string(),
        OpeningShape::Simultaneous => simultaneous_open(lang, flags).to_string(),
        OpeningShape::Itself => itself(lang, flags).to_string(),
        OpeningShape::ThreeWay if moves.list().len() == 3 => three_way(lang, flags).to_string(),
        OpeningShape::ThreeWay => {
            let [syn, answer, ack] = opening.frames.map(Option::unwrap_or_default);
            three_of(lang, syn, answer, ack, flags).to_string()
        }
        _ if opening.complete => complete(lang, flags).to_string(),
        _ if alone => unanswered(lang, flags).to_string(),
        _ => incomplete(lang, flags).to_string(),
    };
    if opening.disordered {
        line.push_str(&disordered(lang).to_string());
    }
    line
}

phrase! {
    /// No handshake.
    pub(in crate::report) none(): "no handshake in this capture", "nenhuma apresentação nesta captura";
    three_way(moves): "three-way handshake ({moves})",
        "apresentação de três vias (three-way handshake: {moves})";
    three_of(syn, answer, ack, moves):
        "three-way handshake (#{syn}, #{answer}, #{ack}; in all: {moves})",
        "apresentação de três vias (three-way handshake: #{syn}, #{answer}, #{ack}; ao todo: {moves})";
    simultaneous(moves): "simultaneous open ({moves})", "abertura simultânea ({moves})";
    simultaneous_open(moves): "simultaneous open, incomplete in this capture ({moves})",
        "abertura simultânea, incompleta nesta captura ({moves})";
    itself(moves): "simultaneous open of a socket with itself ({moves})",
        "abertura simultânea de um socket consigo mesmo ({moves})";
    refused(moves): "connection refused ({moves})", "conexão recusada ({moves})";
    incomplete(moves): "handshake, incomplete in this capture ({moves})",
        "apresentação de três vias, incompleta nesta captura ({moves})";
    complete(moves): "handshake, complete ({moves})", "handshake, completo ({moves})";
    unanswered(moves): "connection attempt, no SYN, ACK in this capture ({moves})",
        "tentativa de conexão, nenhum SYN, ACK nesta captura ({moves})";
    disordered(): "; the order of this capture is not the order of sending",
        "; a ordem desta captura não é a ordem de envio";
    /// SYNs sent again.
    pub(in crate::report) syns_again(count;): "1 SYN sent again" | "{count} SYNs sent again",
        "1 SYN reenviado" | "{count} SYN reenviados";
    /// SYN-ACKs sent again.
    pub(in crate::report) syn_acks_again(count;):
        "1 SYN, ACK sent again" | "{count} SYN, ACKs sent again",
        "1 SYN, ACK reenviado" | "{count} SYN, ACK reenviados";
}

/// The moves that are `wanted` in their order: `SYN; SYN, ACK; ACK`.
pub(in crate::report) fn moves(moves: &Moves, wanted: impl Fn(Move) -> bool, lang: Lang) -> String {
    let wanted = moves.list().iter().filter(|step| wanted(**step));
    let said: Vec<String> = wanted.map(|step| one(*step, lang)).collect();
    said.join("; ")
}

fn one(step: Move, lang: Lang) -> String {
    let with_bytes = |step: &str, count: u32| match count {
        0 => step.to_owned(),
        _ => with_data(lang, step, bytes(lang, count.into())).to_string(),
    };
    match step {
        Move::Syn => "SYN".to_owned(),
        Move::SynWithData(bytes) => with_bytes("SYN", bytes),
        Move::SynAck => "SYN, ACK".to_owned(),
        Move::Ack => "ACK".to_owned(),
        Move::AckOnData(frame) => on_data(lang, frame).to_string(),
        Move::Fin(bytes) => with_bytes("FIN", bytes),
        Move::FinAck(bytes) => with_bytes("FIN, ACK", bytes),
        Move::Rst => "RST".to_owned(),
        Move::RstAck => "RST, ACK".to_owned(),
    }
}

phrase! {
    with_data(step, bytes): "{step} with {bytes}", "{step} com {bytes}";
    on_data(frame): "ACK with the data in #{frame}", "ACK junto com os dados em #{frame}";
}

/// A sentence: what its segments do together, without capital and full stop; `None` where the line
/// says it all. `syns` of them are SYNs, where the conversation has nothing else.
pub(in crate::report) fn sentence(
    opening: &Opening,
    syns: Option<u32>,
    who: &Who<'_>,
    lang: Lang,
) -> Option<String> {
    let [client, server] = who.sides().map(|side| who.the(side));
    let [syn, answer, ack] = opening.frames.map(Option::unwrap_or_default);
    match (opening.shape, syns) {
        (OpeningShape::ThreeWay, _) => {
            Some(open(lang, syn, client, answer, server, ack).to_string())
        }
        (OpeningShape::Itself, _) => Some(opens_itself(lang, syn, answer).to_string()),
        (OpeningShape::Unanswered, Some(syns)) => {
            Some(asks_in_vain(lang, syns.into(), client).to_string())
        }
        _ => None,
    }
}

phrase! {
    open(syn, client, answer, server, ack):
        "in #{syn} {client} announces the number it counts from, in #{answer} {server} announces its own and acknowledges the first, in #{ack} {client} acknowledges the second: the connection is open",
        "em #{syn} {client} anuncia o número a partir do qual conta, em #{answer} {server} anuncia o seu e reconhece o primeiro, em #{ack} {client} reconhece o segundo: a conexão está aberta";
    opens_itself(syn, answer):
        "a socket calls its own port with #{syn}, and its own SYN answers it in #{answer}: no server listened there, and it is connected with itself (RFC 9293, 3.5, figure 7)",
        "um socket chama a sua própria porta com #{syn}, e o seu próprio SYN o responde em #{answer}: nenhum servidor escutava ali, e ele fica conectado consigo mesmo (RFC 9293, 3.5, figura 7)";
    asks_in_vain(count; client):
        "{client} asks for a connection once, and no answer is in this capture" | "{client} asks for a connection {count} times, and no answer is in this capture",
        "{client} pede uma conexão uma vez, e nenhuma resposta está nesta captura" | "{client} pede uma conexão {count} vezes, e nenhuma resposta está nesta captura";
}

/// An answer: which packets are the handshake, how many there are. `messages` segments carry data;
/// `first` is the first packet.
pub(in crate::report) fn answer(
    opening: &Opening,
    messages: u64,
    first: Option<u32>,
    lang: Lang,
) -> Option<String> {
    let [syn, answer, ack] = opening.frames;
    let mut said = match (opening.shape, syn, answer, ack) {
        (OpeningShape::Simultaneous, Some(a), Some(b), _) => crossed(lang, a, b).to_string(),
        (OpeningShape::Itself, Some(syn), Some(answer), _) => {
            with_itself(lang, syn, answer).to_string()
        }
        (_, Some(syn), Some(answer), Some(ack)) => match messages {
            0 => shaken(lang, syn, answer, ack).to_string(),
            _ => shaken_for(lang, messages, syn, answer, ack).to_string(),
        },
        (_, Some(syn), Some(answer), None) => no_third(lang, syn, answer).to_string(),
        (_, Some(syn), None, _) => no_answer(lang, syn).to_string(),
        (_, None, Some(answer), _) => no_syn(lang, answer).to_string(),
        (_, None, None, _) => return first.map(|first| middle(lang, first).to_string()),
    };
    if opening.disordered {
        said.push(' ');
        said.push_str(&other_order(lang).to_string());
    }
    Some(said)
}

phrase! {
    shaken(syn, answer, ack):
        "#{syn} (SYN), #{answer} (SYN, ACK) and #{ack} (ACK): one handshake, and no data followed it.",
        "#{syn} (SYN), #{answer} (SYN, ACK) e #{ack} (ACK): uma apresentação, e nenhum dado depois dela.";
    shaken_for(count; syn, answer, ack):
        "#{syn} (SYN), #{answer} (SYN, ACK) and #{ack} (ACK): one handshake, for the one segment with data." | "#{syn} (SYN), #{answer} (SYN, ACK) and #{ack} (ACK): one handshake, for {count} segments with data.",
        "#{syn} (SYN), #{answer} (SYN, ACK) e #{ack} (ACK): uma apresentação, para o único segmento com dados." | "#{syn} (SYN), #{answer} (SYN, ACK) e #{ack} (ACK): uma apresentação, para {count} segmentos com dados.";
    crossed(a, b):
        "Both ends send a SYN without ACK (#{a} and #{b}): not the usual three packets, but a simultaneous open.",
        "Os dois lados enviam um SYN sem ACK (#{a} e #{b}): não os três pacotes de costume, mas uma abertura simultânea.";
    with_itself(syn, answer):
        "#{syn} (SYN) and #{answer} (SYN, ACK) come from one socket, which called its own port: a simultaneous open with itself (RFC 9293, 3.5, figure 7). No server listened there.",
        "#{syn} (SYN) e #{answer} (SYN, ACK) vêm de um só socket, que chamou a sua própria porta: uma abertura simultânea consigo mesmo (RFC 9293, 3.5, figura 7). Nenhum servidor escutava ali.";
    no_third(syn, answer):
        "#{syn} (SYN) and #{answer} (SYN, ACK); the third one, the ACK, is not in this capture.",
        "#{syn} (SYN) e #{answer} (SYN, ACK); o terceiro, o ACK, não está nesta captura.";
    no_answer(syn): "There is only the SYN (#{syn}): no SYN, ACK answers it in this capture.",
        "Só há o SYN (#{syn}): nenhum SYN, ACK responde a ele nesta captura.";
    no_syn(answer): "#{answer} is the SYN, ACK; the SYN before it is not in this capture.",
        "#{answer} é o SYN, ACK; o SYN antes dele não está nesta captura.";
    middle(first):
        "None of this capture: it holds no SYN of this conversation, whose first packet here is #{first}.",
        "Nenhum desta captura: ela não tem SYN desta conversa, cujo primeiro pacote aqui é #{first}.";
    other_order(): "The order of this capture is not the order of sending.",
        "A ordem desta captura não é a ordem de envio.";
}
