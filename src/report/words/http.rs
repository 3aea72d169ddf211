//! The words of HTTP exchanges.

use crate::analysis::facts::http::{Exchange, Message};
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity::{bytes, segments};

phrase! {
    /// In place of a status line.
    pub(in crate::report) odd(): "bytes that are no status line",
        "bytes que não são uma linha de status";
    by_ack(ack, response):
        "bytes before #{response} are missing; it answers #{ack}: it acknowledges #{ack}, which was sent once all that came before had arrived",
        "faltam bytes antes de #{response}; responde a #{ack}: ele reconhece #{ack}, enviado quando tudo o que veio antes já tinha chegado";
    unsure(): "bytes are missing before it, so which request it answers is not known",
        "faltam bytes antes, e não se sabe a qual requisição responde";
    incomplete(): "its end is not in the capture", "seu fim não está na captura";
    unread(): "a part of it cannot be read as HTTP, so where it ends is not known",
        "uma parte dela não pode ser lida como HTTP, e não se sabe onde termina";
    missing(bytes): "{bytes} of it missing in the capture", "{bytes} dela faltam na captura";
    unanswered(): "its response is not in the capture", "sua resposta não está na captura";
    unsure_response(): "bytes are missing, so which response answers it is not known",
        "faltam bytes, e não se sabe qual resposta responde a ela";
    interim(count;):
        "1 interim response (1xx) before it" | "{count} interim responses (1xx) before it",
        "1 resposta provisória (1xx) antes" | "{count} respostas provisórias (1xx) antes";
    size_in_one(line, frame, body): "\"{line}\": #{frame}, 1 segment, body of {body}",
        "\"{line}\": #{frame}, 1 segmento, corpo de {body}";
    size(line, first, last, count, body):
        "\"{line}\": from #{first} (status line) to #{last} (end of the body), {count}, body of {body}",
        "\"{line}\": de #{first} (linha de status) a #{last} (fim do corpo), {count}, corpo de {body}";
    size_open(line, first, count, body):
        "\"{line}\": from #{first} (status line), {count}, {body} of a body whose end is not in the capture",
        "\"{line}\": a partir de #{first} (linha de status), {count}, {body} de um corpo cujo fim não está na captura";
    size_unread(line, first, count, body):
        "\"{line}\": from #{first} (status line), {count}, {body} of a body whose end cannot be told",
        "\"{line}\": a partir de #{first} (linha de status), {count}, {body} de um corpo cujo fim não se pode determinar";
    /// Connections one after another.
    pub(in crate::report) serial(count;):
        "1 connection." | "Serial: {count} connections, one after another.",
        "1 conexão." | "Em série: {count} conexões, uma depois da outra.";
    /// Connections at the same time.
    pub(in crate::report) parallel(count, most):
        "Parallel: of {count} connections up to {most} at a time.",
        "Em paralelo: de {count} conexões, até {most} ao mesmo tempo.";
}

/// What is to be noted of an exchange; empty where it is plain.
pub(in crate::report) fn note(exchange: &Exchange, lang: Lang) -> String {
    let mut notes = Vec::new();
    match (&exchange.request, &exchange.response) {
        (Some(request), Some(response)) if exchange.by_ack => {
            notes.push(by_ack(lang, request.frame, response.frame).to_string());
        }
        (Some(_), None) if exchange.unsure => notes.push(unsure_response(lang).to_string()),
        (Some(_), None) => notes.push(unanswered(lang).to_string()),
        (None, Some(_)) if exchange.unsure => notes.push(unsure(lang).to_string()),
        _ => {}
    }
    if exchange.interim > 0 {
        notes.push(interim(lang, exchange.interim.into()).to_string());
    }
    if let Some(response) = exchange.response.as_ref().filter(|_| !exchange.odd) {
        if response.missing > 0 {
            notes.push(missing(lang, bytes(lang, response.missing)).to_string());
        }
        match response.complete {
            Some(_) => {}
            None if response.unread => notes.push(unread(lang).to_string()),
            None => notes.push(incomplete(lang).to_string()),
        }
    }
    notes.join("; ")
}

/// How many segments a response takes, from where to where.
pub(in crate::report) fn extent(line: &str, response: &Message, lang: Lang) -> String {
    let body = bytes(lang, response.body);
    let count = segments(lang, response.segments.into());
    let first = response.frame;
    let mut said = match response.complete {
        Some((last, _)) if last == first && response.segments == 1 => {
            size_in_one(lang, line, first, body).to_string()
        }
        Some((last, _)) => size(lang, line, first, last, count, body).to_string(),
        None if response.unread => size_unread(lang, line, first, count, body).to_string(),
        None => size_open(lang, line, first, count, body).to_string(),
    };
    if response.missing > 0 {
        said.push_str("; ");
        said.push_str(&missing(lang, bytes(lang, response.missing)).to_string());
    }
    said
}
