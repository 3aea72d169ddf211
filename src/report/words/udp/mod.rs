//! The words of UDP exchanges: of a datagram, and of what stands alone in a summary.

mod ends;
mod outcome;

pub(in crate::report) use ends::ends;
pub(in crate::report) use outcome::{line, sentences, total};

use std::fmt::Display;

use crate::analysis::conversation::Conversation;
use crate::analysis::facts::udp::{Basis, Elsewhere, Sent, Udp, What};
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::model::time::Nanos;
use crate::report::text_address;
use crate::report::who::Who;
use crate::report::words::again;
use crate::report::words::again::later;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity::{bytes, span};

phrase! {
    sends(the, count, to): "{the} sends a datagram with {count} of data {to}",
        "{the} envia um datagrama com {count} de dados {to}";
    sends_empty(the, to): "{the} sends a datagram without data {to}",
        "{the} envia um datagrama sem dados {to}";
    to_many(address): "to everyone who listens at {address} (multicast or broadcast)",
        "a todos os que escutam em {address} (multicast ou broadcast)";
    to_itself(): "to itself", "a si mesmo";
    first(): "UDP opens no connection, so nothing has to come before it",
        "o UDP não abre conexão; por isso nada precisa vir antes";
    after(of, frame, time): "the latest one {of} is #{frame}, {time} before",
        "o mais recente {of} é #{frame}, {time} antes";
    after_untimed(of, frame): "the latest one {of} is #{frame}", "o mais recente {of} é #{frame}";
    silence(frame, of): "since #{frame} no datagram {of} has been captured",
        "desde #{frame} nenhum datagrama {of} foi capturado";
    again(frame, time):
        "the same bytes as #{frame}{time}, and #{frame} has had no reply so far: sent again, or another message of the same text",
        "os mesmos bytes de #{frame}{time}, e #{frame} até aqui não teve resposta: um reenvio, ou outra mensagem de mesmo texto";
    by_payload(frame): "by its content it answers #{frame}", "pelo conteúdo, responde a #{frame}";
    by_copies(frame): "its content fits #{frame} and earlier requests without a reply alike",
        "seu conteúdo serve tanto para #{frame} como para requisições anteriores sem resposta";
    by_shared(frame): "its content fits #{frame} and other requests with the same bytes alike",
        "seu conteúdo serve tanto para #{frame} como para outras requisições com os mesmos bytes";
    by_being_open(frame): "the latest request without a reply is #{frame}",
        "a requisição mais recente sem resposta é #{frame}";
    time_before(time): ", {time} before", ", {time} antes";
    not_said(): "UDP itself does not say which datagram answers which",
        "o próprio UDP não diz qual datagrama responde a qual";
    late(frame): "late: #{frame} was sent in between",
        "atrasado: #{frame} foi enviado nesse meio-tempo";
    behind(frame): "out of order: the reply to a later request came before it, in #{frame}",
        "fora de ordem: a resposta a uma requisição posterior veio antes, em #{frame}";
    doubled(frame, time):
        "the same bytes as #{frame}{time}, and no request is left that it could answer: a doubled reply",
        "os mesmos bytes de #{frame}{time}, e não resta requisição a que possa responder: uma resposta duplicada";
    unasked(to): "no request {to} has been captured before it",
        "nenhuma requisição {to} foi capturada antes";
    one_more(): "each request before it has a reply put to it already",
        "cada requisição anterior já tem uma resposta atribuída";
    unlike(): "its content fits none of the requests without a reply",
        "seu conteúdo não corresponde a nenhuma das requisições sem resposta";
    from_elsewhere(frame): "the answer to #{frame}, which went to another port or address",
        "a resposta a #{frame}, que foi a outra porta ou outro endereço";
    nobody_has_to(): "nobody in particular has to answer it",
        "ninguém em particular precisa responder";
    none_back(): "no datagram came back in this capture", "nenhum datagrama voltou nesta captura";
    none_follows(of): "no datagram {of} follows in this capture",
        "nenhum datagrama {of} vem depois nesta captura";
    back_from(frame, end, stream): "answered by {end} in #{frame} (UDP conversation {stream})",
        "respondido por {end} em #{frame} (conversa UDP {stream})";
    many_line():
        "to everyone who listens there (multicast or broadcast): no server, and no reply is missing",
        "a todos os que escutam ali (multicast ou broadcast): não há servidor, e não falta resposta";
    itself_line(): "a socket that sends to itself: no client, no server, and no reply is missing",
        "um socket que envia a si mesmo: não há cliente nem servidor, e não falta resposta";
    unasked_line(): "no request captured before", "nenhuma requisição capturada antes";
}

/// The sentence about the latest datagram, of `side` and with `len` payload bytes, clause by
/// clause.
pub(in crate::report) fn datagram(
    conversation: &Conversation,
    (side, len): (Side, u32),
    lang: Lang,
) -> Vec<String> {
    let who = Who::new(conversation, lang);
    let record = conversation.record();
    let udp = record.and_then(|record| record.udp());
    if let Some(udp) = udp
        && let What::Twin { twin, at } = &udp.latest().what
    {
        return vec![again::twin(lang, twin, *at)];
    }
    let alone = conversation.lifecycle.roles().client().is_none();
    let itself = itself(conversation);
    let to = match (itself, alone) {
        (true, _) => to_itself(lang).to_string().into(),
        (_, true) => {
            let end = conversation.ends()[side.other().index()];
            to_many(lang, text_address::end(end)).to_string().into()
        }
        _ => who.to(side.other()),
    };
    let the = who.the(side);
    let mut said = vec![match len {
        0 => sends_empty(lang, the, to).to_string(),
        _ => sends(lang, the, bytes(lang, len.into()), to).to_string(),
    }];
    if let Some(udp) = udp {
        match alone {
            true if itself => {}
            true => said.push(nobody_has_to(lang).to_string()),
            false => place(udp, &who, side, lang, &mut said),
        }
    }
    said
}

/// What a datagram is among those before it.
fn place(udp: &Udp, who: &Who<'_>, side: Side, lang: Lang, said: &mut Vec<String>) {
    let latest = udp.latest();
    let before = |time: Option<Nanos>| {
        time.map_or_else(String::new, |time| {
            time_before(lang, span(time.0, lang)).to_string()
        })
    };
    match latest.what {
        What::Reply {
            request,
            rtt,
            basis,
            late: newer,
            behind: ahead,
        } => {
            let mut clause = match basis {
                Basis::Payload => by_payload(lang, request).to_string(),
                Basis::Copies => by_copies(lang, request).to_string(),
                Basis::Shared => by_shared(lang, request).to_string(),
                Basis::Only | Basis::Latest => by_being_open(lang, request).to_string(),
            };
            clause.push_str(&before(rtt));
            said.push(clause);
            if basis != Basis::Payload {
                said.push(not_said(lang).to_string());
            }
            said.extend(newer.map(|frame| late(lang, frame).to_string()));
            said.extend(ahead.map(|frame| behind(lang, frame).to_string()));
        }
        What::From { request, rtt } => {
            said.push(from_elsewhere(lang, request).to_string() + &before(rtt));
        }
        What::Doubled {
            reply: (frame, time),
        } => said.push(doubled(lang, frame, later_by(time, lang)).to_string()),
        What::Twin { .. } => {}
        What::Unasked => said.push(unasked(lang, who.to(side)).to_string()),
        What::OneMore => said.push(one_more(lang).to_string()),
        What::Unlike => said.push(unlike(lang).to_string()),
        What::Request {
            again: Some((frame, time)),
        } => said.push(again(lang, frame, later_by(time, lang)).to_string()),
        What::Request { again: None } | What::Plain => {
            let of = who.of(side.other());
            match (latest.own, latest.other) {
                (Some(own), Some(other)) if own.frame > other.frame => {
                    said.push(silence(lang, own.frame, of).to_string());
                }
                (_, Some(other)) => said.push(since(&other, of, udp, lang)),
                (Some(own), None) => said.push(silence(lang, own.frame, of).to_string()),
                (None, None) => said.push(first(lang).to_string()),
            }
        }
    }
}

/// How much later it came; empty where times go back.
fn later_by(time: Nanos, lang: Lang) -> String {
    match time.0 {
        ..0 => String::new(),
        lasted => later(lang, span(lasted, lang)).to_string(),
    }
}

fn since(other: &Sent, of: impl Display, udp: &Udp, lang: Lang) -> String {
    let time = udp.latest().now.since(other.now).0;
    match time < 0 {
        true => after_untimed(lang, of, other.frame).to_string(),
        false => after(lang, of, other.frame, span(time, lang)).to_string(),
    }
}

/// Whether both ends are one socket.
fn itself(conversation: &Conversation) -> bool {
    conversation.ends()[0] == conversation.ends()[1]
}

/// What is said of the datagrams of `side`, captured up to `last`, that nothing followed in their
/// group of a summary.
pub(in crate::report) fn alone(
    conversation: &Conversation,
    udp: &Udp,
    (side, last): (Side, FrameNo),
    lang: Lang,
) -> Option<String> {
    let answer = udp.elsewhere().map(|it| elsewhere(&it, lang));
    let Some(client) = conversation.lifecycle.roles().client() else {
        let line = match itself(conversation) {
            true => itself_line(lang).to_string(),
            false => many_line(lang).to_string(),
        };
        return Some(match answer {
            Some(answer) => format!("{line}; {answer}"),
            None => line,
        });
    };
    if side != client {
        if udp.stream().is_some() {
            return None;
        }
        let asked = udp.first_request().is_some_and(|frame| frame < last);
        let first = udp.answered().filter(|_| !asked);
        return match (first, asked) {
            (Some(frame), _) => Some(from_elsewhere(lang, frame).to_string()),
            (None, asked) => (!asked).then(|| unasked_line(lang).to_string()),
        };
    }
    let of = || Who::new(conversation, lang).of(side.other());
    answer.or_else(|| match udp.latest_of(side.other()) {
        None => Some(none_back(lang).to_string()),
        Some(latest) => (latest < last).then(|| none_follows(lang, of()).to_string()),
    })
}

fn elsewhere(it: &Elsewhere, lang: Lang) -> String {
    back_from(lang, it.frame, text_address::end(it.end), it.stream).to_string()
}
