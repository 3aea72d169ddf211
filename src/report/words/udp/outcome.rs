//! What became of requests over UDP: in a line, and in sentences.

use crate::analysis::facts::udp::total::Total;
use crate::analysis::facts::udp::{Outcome, Stream, Udp};
use crate::report::text_address;
use crate::report::words::again::captured_twice;
use crate::text::phrase::phrase;
use crate::text::quantity::{percent, span};
use crate::text::{Lang, Text};

/// How many requests without a reply are named.
const NAMED: usize = 10;

phrase! {
    requests(asked, answered, refused, open, share):
        "requests: {asked}; answered: {answered}, refused: {refused}, without a reply: {open} ({share})",
        "requisições: {asked}; respondidas: {answered}, recusadas: {refused}, sem resposta: {open} ({share})";
    untold(count): ", unclear: {count}", ", sem como dizer: {count}";
    guessed(count;):
        "1 reply fits several requests: the latest open one is taken" | "{count} replies fit several requests: the latest open one is taken",
        "1 resposta serve para várias requisições: vale a mais recente em aberto" | "{count} respostas servem para várias requisições: vale a mais recente em aberto";
    again_count(count;):
        "1 request repeats the bytes of one without a reply" | "{count} requests repeat the bytes of one without a reply",
        "1 requisição repete os bytes de outra sem resposta" | "{count} requisições repetem os bytes de outra sem resposta";
    doubled_count(count;): "1 doubled reply" | "{count} doubled replies",
        "1 resposta duplicada" | "{count} respostas duplicadas";
    late_count(count;): "1 late reply" | "{count} late replies",
        "1 resposta atrasada" | "{count} respostas atrasadas";
    reordered_count(count;): "1 reply out of order" | "{count} replies out of order",
        "1 resposta fora de ordem" | "{count} respostas fora de ordem";
    rtt_one(time): "RTT: {time}", "RTT: {time}";
    rtt_three(least, mean, most): "RTT: shortest {least}, mean {mean}, longest {most}",
        "RTT: mínimo {least}, médio {mean}, máximo {most}";
    whole(client, server, count):
        "{count} UDP conversations of {client} with {server}, a port for each",
        "{count} conversas UDP de {client} com {server}, cada uma com sua porta";
    not_delivered_count(count;):
        "1 of these not delivered (ICMP error)" | "{count} of these not delivered (ICMP error)",
        "1 destas não entregue (erro ICMP)" | "{count} destas não entregues (erro ICMP)";
    dropped(list): "Not delivered, as an ICMP error says: {list}.",
        "Não entregues, como diz um erro ICMP: {list}.";
    missing(list):
        "Without a reply: {list}; whether the request or its reply was lost, or the server kept silent, the packets do not show.",
        "Sem resposta: {list}; se o que se perdeu foi a requisição ou a resposta, ou se o servidor não respondeu, os pacotes não mostram.";
    untold_sentence(count;):
        "Unclear: 1, because the server sent a datagram more that answers no single request." | "Unclear: {count}, because the server sent as many datagrams more that answer no single request.",
        "Sem como dizer: 1, porque o servidor enviou mais um datagrama que não responde a uma única requisição." | "Sem como dizer: {count}, porque o servidor enviou mais datagramas, nesse número, que não respondem a uma única requisição.";
}

phrase! {
    RTP: "RTP, as the headers show: sound or video; no datagram is a request, and none waits for a reply",
        "RTP, como mostram os cabeçalhos: som ou vídeo; nenhum datagrama é uma requisição, e nenhum espera resposta";
    RTCP: "RTCP, as the headers show: reports about RTP; no datagram is a request, and none waits for a reply",
        "RTCP, como mostram os cabeçalhos: relatórios sobre RTP; nenhum datagrama é uma requisição, e nenhum espera resposta";
    QUIC: "QUIC, as the headers show: what the datagrams acknowledge or answer is encrypted, so none is counted as without a reply",
        "QUIC, como mostram os cabeçalhos: o que os datagramas reconhecem ou respondem está cifrado; por isso nenhum conta como sem resposta";
}

/// What became of all requests, in one line; nothing of a single one.
pub(in crate::report) fn line(udp: &Udp, lang: Lang) -> Option<String> {
    if let Some(stream) = udp.stream() {
        return Some(kind(stream).get(lang).to_owned());
    }
    let outcome = udp.outcome();
    (outcome.requests > 1).then(|| whole_line(&outcome, lang))
}

/// What the datagrams of a stream are.
fn kind(stream: Stream) -> &'static Text {
    match stream {
        Stream::Rtp => &RTP,
        Stream::Rtcp => &RTCP,
        Stream::Quic => &QUIC,
    }
}

/// What became of the requests of a client that asked from several ports, in one line.
pub(in crate::report) fn total(total: &Total, lang: Lang) -> String {
    let (client, server) = (total.client, text_address::end(total.server));
    let head = whole(lang, client, server, total.conversations);
    format!("{head}: {}", whole_line(&total.outcome, lang))
}

fn whole_line(outcome: &Outcome, lang: Lang) -> String {
    let mut parts = vec![counts(outcome, lang)];
    if outcome.not_delivered > 0 {
        parts.push(not_delivered_count(lang, outcome.not_delivered).to_string());
    }
    parts.extend(notes(outcome, lang));
    parts.extend(rtt(outcome, lang));
    parts.join("; ")
}

/// `requests: 10; answered: 8, refused: 0, without a reply: 2 (20.0 %)`
fn counts(outcome: &Outcome, lang: Lang) -> String {
    let Outcome {
        requests: asked,
        answered,
        refused,
        unanswered: open,
        ..
    } = *outcome;
    let share = percent(open, asked, lang);
    let mut text = requests(lang, asked, answered, refused, open, share).to_string();
    if outcome.untold > 0 {
        text.push_str(&untold(lang, outcome.untold).to_string());
    }
    text
}

/// What else is worth a word, each with its count.
fn notes(outcome: &Outcome, lang: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    let mut note = |count: u64, phrase: &dyn Fn(u64) -> String| {
        if count > 0 {
            notes.push(phrase(count));
        }
    };
    note(outcome.guessed, &|it| guessed(lang, it).to_string());
    note(outcome.again, &|it| again_count(lang, it).to_string());
    note(outcome.doubled, &|it| doubled_count(lang, it).to_string());
    note(outcome.late, &|it| late_count(lang, it).to_string());
    note(outcome.reordered, &|it| {
        reordered_count(lang, it).to_string()
    });
    note(outcome.twice, &|it| captured_twice(lang, it).to_string());
    notes
}

/// The round trips of the replies; `None` where there is none.
fn rtt(outcome: &Outcome, lang: Lang) -> Option<String> {
    let rtt = &outcome.rtt;
    let mean = rtt.mean()?;
    let [least, mean, most] = [rtt.min, mean, rtt.max].map(|time| span(time.0, lang));
    Some(match rtt.count {
        1 => rtt_one(lang, least).to_string(),
        _ => rtt_three(lang, least, mean, most).to_string(),
    })
}

/// What became of all requests, in sentences; `None` where none waits for a reply.
pub(in crate::report) fn sentences(udp: &Udp, lang: Lang) -> Option<String> {
    if let Some(stream) = udp.stream() {
        return Some(sentence(kind(stream).get(lang)));
    }
    let outcome = udp.outcome();
    if outcome.requests == 0 || outcome.requests == outcome.refused {
        return None;
    }
    let mut said = vec![sentence(&counts(&outcome, lang))];
    if outcome.untold > 0 {
        said.push(untold_sentence(lang, outcome.untold).to_string());
    } else if outcome.unanswered > outcome.not_delivered {
        let mut open = udp.open();
        let named: Vec<String> = open
            .by_ref()
            .take(NAMED)
            .map(|it| format!("#{it}"))
            .collect();
        let more = match named.len() as u64 == outcome.unanswered - outcome.not_delivered {
            true => "",
            false => ", …",
        };
        said.push(missing(lang, named.join(", ") + more).to_string());
    }
    let dropped_in = |(request, error)| format!("#{request} (#{error})");
    let list: Vec<String> = udp.not_delivered().take(NAMED).map(dropped_in).collect();
    if !list.is_empty() {
        let more = if outcome.not_delivered > list.len() as u64 {
            ", …"
        } else {
            ""
        };
        said.push(dropped(lang, list.join(", ") + more).to_string());
    }
    let notes = notes(&outcome, lang);
    said.extend((!notes.is_empty()).then(|| sentence(&notes.join("; "))));
    said.extend(rtt(&outcome, lang).map(|it| sentence(&it)));
    Some(said.join(" "))
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(characters).chain(['.']).collect()
}
