//! What a line asks for, and the nearest thing that a capture has, in words.

use std::collections::BTreeMap;

use super::miss::{Miss, Scope};
use super::spec::{CloseName, Demands, Line, Range, Transport, Who};
use super::watch::{Capture, LAB_PACKETS, RECORDS};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::lifecycle::close::Closer;
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::lab::{self, Lab};
use crate::model::side::Side;
use crate::report::words::close as close_words;
use crate::text::phrase::phrase;
use crate::text::quantity::{self, percent};
use crate::text::{Lang, Text, ui};

/// How many sentences of a lab's answer are said.
const SENTENCES: usize = 6;
/// How many ports are tried one by one where a lab is not shown.
const PORTS: usize = 50;

phrase! {
    HANDSHAKE: "handshake", "apresentação";
    NO_HANDSHAKE: "no handshake", "sem apresentação";
    sent(who, range): "{who} sends {range} bytes", "{who} envia {range} bytes";
    says(text): "message “{text}”", "mensagem “{text}”";
    nonce(text): "nonce “{text}”", "nonce “{text}”";
    from(who): "from {who}", "de {who}";
    closes(how): "close: {how}", "encerramento: {how}";
    closer(who): "closed by {who}", "encerrada por {who}";
    AGAIN: "retransmission", "retransmissão";
    NOT_AGAIN: "no retransmission", "sem retransmissão";
    connections(range): "connections: {range}", "conexões: {range}";
    ports(range): "client ports: {range}", "portas de cliente: {range}";
    REFUSED: "refused", "recusa";
    NOT_REFUSED: "nothing refused", "nada recusado";
    loss(range): "UDP loss: {range} %", "perda UDP: {range} %";
    http(codes): "HTTP {codes}", "HTTP {codes}";
    lab_name(id): "lab {id}", "lab {id}";
    on_port(what, port): "{what} (port {port})", "{what} (porta {port})";
    OR: "or", "ou";
    BOTH: "both at once", "ambos ao mesmo tempo";
    at_least(value): "at least {value}", "ao menos {value}";
    at_most(value): "at most {value}", "no máximo {value}";
    between(min, max): "{min} to {max}", "{min} a {max}";
    exactly(value): "exactly {value}", "exatamente {value}";
    FOUR: "four segments", "quatro segmentos";
    THREE: "three segments", "três segmentos";
    CROSSING: "crossing FINs", "FINs cruzados";
    HALF: "half-close", "fechamento parcial";
    RESET: "reset", "reset";

    NO_PACKETS: "the capture has no packets", "a captura não tem pacotes";
    NOTHING: "the capture has neither TCP nor UDP", "a captura não tem TCP nem UDP";
    port_missing(port, near): "port {port} never appears; {near}", "a porta {port} nunca aparece; {near}";
    port_only(port, other): "port {port} appears with {other} alone", "a porta {port} só aparece com {other}";
    several(count; port): "1 conversation is with port {port}" | "{count} conversations are with port {port}",
        "1 conversa é com a porta {port}" | "{count} conversas são com a porta {port}";
    port_alone(port): "the packets of port {port} alone show it: choose them with --port {port}",
        "os pacotes da porta {port} sozinhos o mostram: escolha-os com --port {port}";
    no_such(wanted, near): "there is no {wanted}; {near}", "não há {wanted}; {near}";
    most(count;what, port):
        "1 packet is {what} to port {port}: was the interface right?"
            | "{count} packets are {what} to port {port}: was the interface right?",
        "1 pacote é {what} para a porta {port}: a interface era a certa?"
            | "{count} pacotes são {what} para a porta {port}: a interface era a certa?";
    NO_ROLES: "the capture does not show who is the client", "a captura não mostra quem é o cliente";
    NO_SYN: "no SYN is in the capture: it began too late", "não há SYN na captura: ela começou tarde demais";
    UNANSWERED: "nothing answers the SYN", "nada responde ao SYN";
    SYN_REFUSED: "a RST refuses the connection", "um RST recusa a conexão";
    INCOMPLETE: "the handshake is not complete", "a apresentação não se completa";
    IS_OPEN: "the handshake is complete", "a apresentação se completa";
    sent_only(who, bytes): "{who} sends {bytes}", "{who} envia {bytes}";
    UNSURE: "its sequence numbers do not fit together, so that its bytes cannot be counted",
        "os números de sequência não se encaixam, e por isso não se podem contar os bytes";
    said(who, words): "{who} begins with “{words}”", "{who} começa com “{words}”";
    NO_TEXT: "no end sends a text", "nenhuma ponta envia texto";
    NOT_CAPTURED: "what was sent is not in the capture: packets cut short, or rows of text",
        "o que foi enviado não está na captura: pacotes cortados, ou linhas de texto";
    NOT_ALL: "not all that was sent is in the capture", "nem tudo o que foi enviado está na captura";
    closed_as(how): "the close is: {how}", "o encerramento é: {how}";
    closed_first(who): "{who} closes first", "{who} encerra primeiro";
    BOTH_CLOSE: "both ends close at once", "as duas pontas encerram ao mesmo tempo";
    NOBODY: "nobody closes", "ninguém encerra";
    NONE_AGAIN: "nothing is sent again", "nada é enviado de novo";
    again_in(frame): "#{frame} is sent again", "#{frame} é enviado de novo";
    opened(count;): "1 connection completes its handshake" | "{count} connections complete their handshakes",
        "1 conexão completa a apresentação" | "{count} conexões completam a apresentação";
    different(count;): "1 client port" | "{count} different client ports",
        "1 porta de cliente" | "{count} portas de cliente diferentes";
    NONE_REFUSED: "nothing is refused", "nada é recusado";
    refused_in(frame): "#{frame} refuses", "#{frame} recusa";
    NO_REQUESTS: "there are no UDP requests", "não há pedidos UDP";
    UNTOLD: "which requests have no reply cannot be told from these packets",
        "quais pedidos ficaram sem resposta não se pode dizer por estes pacotes";
    lost(share, lost, all): "{share}: {lost} of {all} requests without a reply",
        "{share}: {lost} de {all} pedidos sem resposta";
    no_code(missing, found): "no {missing}; what came back: {found}", "falta {missing}; o que voltou: {found}";
    NO_HTTP: "no HTTP response", "nenhuma resposta HTTP";
    too_many(count): "the capture has more than {count} conversations, which are not all followed: choose with --port",
        "a captura tem mais de {count} conversas, e nem todas são acompanhadas: escolha com --port";
    too_large(packets, count): "the capture has more than {packets} packets or {count} conversations, which no lab has: choose with --port",
        "a captura tem mais de {packets} pacotes ou {count} conversas, o que nenhum lab tem: escolha com --port";
}

/// What a line is called: its own name, or what it asks for.
pub(super) fn name(line: &Line, lang: Lang) -> String {
    if let Some(name) = &line.name {
        return name.clone();
    }
    let or = format!(" {} ", OR.get(lang));
    let any: Vec<String> = line.any.iter().map(|it| demands(it, lang)).collect();
    let all = any.join(&or);
    match line.port {
        Some(port) => on_port(lang, all, port).to_string(),
        None => all,
    }
}

fn demands(asked: &Demands, lang: Lang) -> String {
    let mut all: Vec<String> = Vec::new();
    all.extend(asked.lab.map(|it| lab_name(lang, it.id).to_string()));
    let either =
        |wanted: bool, [yes, no]: [&Text; 2]| (if wanted { yes } else { no }).get(lang).to_owned();
    all.extend(
        asked
            .handshake
            .map(|it| either(it, [&HANDSHAKE, &NO_HANDSHAKE])),
    );
    for (who, asked) in [
        (Who::Client, asked.client_bytes),
        (Who::Server, asked.server_bytes),
    ] {
        all.extend(asked.map(|it| sent(lang, end(who, lang), range(&it, lang)).to_string()));
    }
    all.extend(asked.message.iter().map(|it| says(lang, it).to_string()));
    all.extend(asked.nonce.iter().map(|it| nonce(lang, it).to_string()));
    all.extend(asked.from.map(|who| from(lang, end(who, lang)).to_string()));
    if !asked.close.is_empty() {
        let or = format!(" {} ", OR.get(lang));
        let names = asked.close.iter().map(|it| close_name(*it).get(lang));
        all.push(closes(lang, names.collect::<Vec<_>>().join(&or)).to_string());
    }
    all.extend(
        asked
            .closed_by
            .map(|who| closer(lang, end(who, lang)).to_string()),
    );
    all.extend(
        asked
            .retransmission
            .map(|it| either(it, [&AGAIN, &NOT_AGAIN])),
    );
    let ranged = |it: Option<Range>| it.map(|it| range(&it, lang));
    all.extend(ranged(asked.connections).map(|it| connections(lang, it).to_string()));
    all.extend(ranged(asked.client_ports).map(|it| ports(lang, it).to_string()));
    all.extend(asked.refused.map(|it| either(it, [&REFUSED, &NOT_REFUSED])));
    all.extend(ranged(asked.udp_loss).map(|it| loss(lang, it).to_string()));
    if !asked.http.is_empty() {
        all.push(http(lang, codes(&asked.http)).to_string());
    }
    all.join(", ")
}

fn range(range: &Range, lang: Lang) -> String {
    let shown = |value: f64| lang.decimal(value.to_string());
    match (range.min, range.max) {
        (Some(min), Some(max)) if min.total_cmp(&max).is_eq() => {
            exactly(lang, shown(min)).to_string()
        }
        (Some(min), Some(max)) => between(lang, shown(min), shown(max)).to_string(),
        (Some(min), None) => at_least(lang, shown(min)).to_string(),
        (None, Some(max)) => at_most(lang, shown(max)).to_string(),
        (None, None) => String::new(),
    }
}

fn end(who: Who, lang: Lang) -> &'static str {
    match who {
        Who::Client => ui::CLIENT.get(lang),
        Who::Server => ui::SERVER.get(lang),
        Who::Both => BOTH.get(lang),
    }
}

fn close_name(name: CloseName) -> &'static Text {
    match name {
        CloseName::FourSegments => &FOUR,
        CloseName::ThreeSegments => &THREE,
        CloseName::Crossing => &CROSSING,
        CloseName::HalfClose => &HALF,
        CloseName::Reset => &RESET,
    }
}

fn codes(codes: &[u16]) -> String {
    let codes: Vec<String> = codes.iter().map(u16::to_string).collect();
    codes.join(", ")
}

/// The nearest thing that is there in place of what is missing.
pub(super) fn nearest(misses: &[Miss], scope: &Scope<'_>, lang: Lang) -> String {
    let mut said: Vec<String> = misses.iter().map(|miss| one(miss, scope, lang)).collect();
    // Two texts that are missing are missing in the same words.
    said.dedup();
    said.join(", ")
}

fn one(miss: &Miss, scope: &Scope<'_>, lang: Lang) -> String {
    let plain = |text: &Text| text.get(lang).to_owned();
    match miss {
        Miss::Nowhere => nowhere(scope, lang),
        Miss::NoRoles => plain(&NO_ROLES),
        Miss::Handshake(shape) => plain(match shape {
            OpeningShape::NotCaptured => &NO_SYN,
            OpeningShape::Unanswered => &UNANSWERED,
            OpeningShape::Refused => &SYN_REFUSED,
            _ => &INCOMPLETE,
        }),
        Miss::Opened => plain(&IS_OPEN),
        Miss::Bytes(who, bytes) => {
            sent_only(lang, end(*who, lang), quantity::bytes(lang, *bytes)).to_string()
        }
        Miss::Unsure => plain(&UNSURE),
        Miss::Text(side) => first_words(scope, *side, lang),
        Miss::Close => close(scope, lang),
        Miss::ClosedBy => closed_by(scope, lang),
        Miss::NotAgain => plain(&NONE_AGAIN),
        Miss::Again(frame) => again_in(lang, frame).to_string(),
        Miss::Connections(count) => opened(lang, *count).to_string(),
        Miss::Ports(count) => different(lang, *count).to_string(),
        Miss::NotRefused => plain(&NONE_REFUSED),
        Miss::Refused(frame) => refused_in(lang, frame).to_string(),
        Miss::NoRequests => plain(&NO_REQUESTS),
        Miss::Untold => plain(&UNTOLD),
        Miss::Loss(unanswered, all) => {
            lost(lang, percent(*unanswered, *all, lang), unanswered, all).to_string()
        }
        Miss::Http(_, found) if found.is_empty() => no_http(scope, lang),
        Miss::Http(missing, found) => no_code(lang, codes(missing), codes(found)).to_string(),
        Miss::Lab(lab, missing) => {
            let mut there = answer(lab, scope, lang);
            // Its last sentence says that something is missing.
            there.pop();
            there.insert(0, missing.get(lang).to_owned());
            there.extend(elsewhere(lab, scope, lang));
            there.join(". ")
        }
        Miss::TooMany => too_many(lang, RECORDS).to_string(),
        Miss::TooLarge => too_large(lang, LAB_PACKETS, RECORDS).to_string(),
    }
}

/// Where else to look for what a lab must show: at one port alone, or on another interface.
fn elsewhere(lab: &Lab, scope: &Scope<'_>, lang: Lang) -> Option<String> {
    let seen = scope.evidence.as_ref()?;
    let mut ports: Vec<u16> = seen.talks.iter().map(|it| it.server.port).collect();
    ports.sort_unstable();
    ports.dedup();
    let expected = lab.port.unwrap_or(lab.exercise.default_port);
    let known = ports.contains(&expected);
    if ports.len() > 1 && ports.len() <= PORTS {
        let shown = |port: &u16| lab::shows(lab, &seen.at(*port)).is_ok();
        if let Some(port) = ports.iter().copied().find(shown) {
            return Some(port_alone(lang, port).to_string());
        }
    }
    if ports.len() == 1 && seen.talks.len() > 1 && known {
        let count = seen.talks.len() as u64;
        return Some(several(lang, count, expected).to_string());
    }
    (!known && scope.port.is_none())
        .then(|| port_missing(lang, expected, most_packets(scope, lang)).to_string())
}

/// The sentences of a lab's answer, at most so many as are read in a table.
fn answer(lab: &Lab, scope: &Scope<'_>, lang: Lang) -> Vec<String> {
    let evidence = scope.evidence.as_ref();
    let mut lines = evidence.map_or_else(Vec::new, |it| lab::answer(lab, it, lang).lines);
    lines.truncate(SENTENCES);
    lines
}

/// What the labs of a line answer.
pub(super) fn labs(line: &Line, scope: &Scope<'_>, lang: Lang) -> String {
    let labs = line.any.iter().filter_map(|it| it.lab);
    let said = labs.flat_map(|lab| answer(lab, scope, lang));
    said.collect::<Vec<_>>().join(". ")
}

fn first_words(scope: &Scope<'_>, side: Option<Side>, lang: Lang) -> String {
    let Some((id, one)) = scope.one else {
        return NO_TEXT.get(lang).to_owned();
    };
    let side = side.unwrap_or(Side::First);
    let words = scope.capture.first_words(id, side);
    let client = one.lifecycle.roles().client();
    let who = match client == Some(side) {
        true => Who::Client,
        false => Who::Server,
    };
    let known = !words.is_empty() && client.is_some();
    let said = known.then(|| said(lang, end(who, lang), words).to_string());
    match (said, scope.capture.is_cut(id)) {
        (Some(said), true) => format!("{said}; {}", NOT_ALL.get(lang)),
        (Some(said), false) => said,
        (None, true) => NOT_CAPTURED.get(lang).to_owned(),
        (None, false) => NO_TEXT.get(lang).to_owned(),
    }
}

/// That no status code came back, or that what came was not captured.
fn no_http(scope: &Scope<'_>, lang: Lang) -> String {
    let of_scope = |it: &Conversation| scope.all.iter().any(|one| std::ptr::eq(*one, it));
    let mut all = (0..).zip(scope.capture.conversations);
    match all.any(|(id, it)| scope.capture.is_cut(id) && of_scope(it)) {
        true => NOT_CAPTURED.get(lang).to_owned(),
        false => NO_HTTP.get(lang).to_owned(),
    }
}

fn close(scope: &Scope<'_>, lang: Lang) -> String {
    let close = scope.one.map(|(_, it)| it.lifecycle.close());
    let how = close.map_or("", |it| close_words::cell(&it).get(lang));
    closed_as(lang, how).to_string()
}

fn closed_by(scope: &Scope<'_>, lang: Lang) -> String {
    let client = scope.one.and_then(|(_, it)| it.lifecycle.roles().client());
    let who = match scope.one.and_then(|(_, it)| it.lifecycle.close().closer()) {
        None => return NOBODY.get(lang).to_owned(),
        Some(Closer::Both) => return BOTH_CLOSE.get(lang).to_owned(),
        Some(Closer::One(side)) if client == Some(side) => Who::Client,
        Some(Closer::One(_)) => Who::Server,
    };
    closed_first(lang, end(who, lang)).to_string()
}

/// What the capture has in place of the port or the protocol that was asked for.
fn nowhere(scope: &Scope<'_>, lang: Lang) -> String {
    let capture = scope.capture;
    if capture.packets == 0 {
        return NO_PACKETS.get(lang).to_owned();
    }
    let wanted = match scope.transport {
        Transport::Tcp => "TCP",
        Transport::Udp => "UDP",
    };
    let near = most_packets(scope, lang);
    let mut ends = (0..).zip(capture.conversations);
    let other = scope.port.and_then(|port| {
        let (id, it) = ends.find(|(_, it)| it.ends().iter().any(|end| end.port == port))?;
        Some((port, protocol(capture, id, it)))
    });
    match (other, scope.port) {
        (Some((port, other)), _) => port_only(lang, port, other).to_string(),
        (None, Some(port)) => port_missing(lang, port, near).to_string(),
        (None, None) => no_such(lang, wanted, near).to_string(),
    }
}

fn protocol(capture: &Capture<'_>, id: u32, conversation: &Conversation) -> &'static str {
    match conversation.protocol {
        Protocol::Udp => "UDP",
        Protocol::Tcp if capture.is_tls(id) => "TLS",
        Protocol::Tcp => "TCP",
    }
}

/// The port with most packets.
fn most_packets(scope: &Scope<'_>, lang: Lang) -> String {
    let capture = scope.capture;
    let mut counts: BTreeMap<(&str, u16), u64> = BTreeMap::new();
    for (id, conversation) in (0..).zip(capture.conversations) {
        let what = protocol(capture, id, conversation);
        let ports = conversation.ends().map(|end| end.port);
        let client = conversation.lifecycle.roles().client();
        let server = client.unwrap_or(Side::First).other();
        let port = ports.get(server.index()).copied().unwrap_or(0);
        let packets: u64 = conversation.traffic.packets.map(u64::from).iter().sum();
        *counts.entry((what, port)).or_default() += packets;
    }
    let largest = counts.iter().max_by_key(|(_, count)| **count);
    match largest {
        Some(((what, port), count)) => most(lang, *count, what, port).to_string(),
        None => NOTHING.get(lang).to_owned(),
    }
}
