//! Who talks to whom, and how the connection was opened.

use std::net::IpAddr;

use super::{Asked, datagrams, joined};
use crate::analysis::conversation::Protocol;
use crate::analysis::lifecycle::roles::Evidence;
use crate::analysis::record::end::Syn;
use crate::model::side::Side;
use crate::report::info::flags::bits;
use crate::report::text_address;
use crate::report::words;
use crate::text::phrase::phrase;

pub(super) fn ends(asked: &Asked<'_>) -> Option<String> {
    let [client, server] = asked.sides();
    let ends = asked.conversation.ends();
    let [a, b] = [ends[client.index()], ends[server.index()]];
    let syns = asked.conversation.lifecycle.syns();
    let frame = |side: Side| syns[side.index()].unwrap_or_default();
    let shown = |side: Side| syns[side.index()].is_some();
    if asked.conversation.protocol == Protocol::Udp {
        return datagrams::ends(asked);
    }
    let lang = asked.lang;
    let named = [a, b].map(text_address::end);
    let why = match asked.conversation.lifecycle.roles().evidence() {
        Evidence::None | Evidence::FirstDatagram | Evidence::OtherPort => None,
        Evidence::Ports => Some(BY_PORTS.get(lang).to_owned()),
        Evidence::Syn if shown(client) => Some(by_syn(lang, frame(client)).to_string()),
        Evidence::SynAck if shown(server) => Some(by_syn_ack(lang, frame(server)).to_string()),
        Evidence::Syn | Evidence::SynAck => Some(String::new()),
    };
    let [client, server] = named;
    let mut said = vec![match why {
        None => ends_unknown(lang, client, server).to_string(),
        Some(why) => ends_are(lang, client, server, why).to_string(),
    }];
    if a.ip.is_loopback() && b.ip.is_loopback() {
        said.push(datagrams::LOOPBACK.get(asked.lang).to_owned());
    }
    joined(said)
}

pub(super) fn port(asked: &Asked<'_>) -> Option<String> {
    let client = asked.conversation.lifecycle.roles().client()?;
    let answer = asked.end(client.other()).first?.frame;
    let end = asked.conversation.ends()[client.index()];
    Some(asked.say(nowhere(
        asked.lang,
        &answer,
        text_address::end(end),
        &end.port,
    )))
}

pub(super) fn handshake(asked: &Asked<'_>) -> Option<String> {
    let opening = asked.conversation.lifecycle.opening();
    let ends = asked.record.ends().iter();
    let messages = ends.map(|end| end.data.segments).sum();
    words::opening::answer(&opening, messages, asked.record.totals().first, asked.lang)
}

/// The SYN of the client and the SYN, ACK of the server, as far as they are there.
fn pair(asked: &Asked<'_>) -> [Option<Syn>; 2] {
    let [client, server] = asked.sides();
    let call = asked.end(client).syn.filter(|syn| !syn.flags.ack());
    let answer = asked.end(server).syn.filter(|syn| syn.flags.ack());
    [call, answer]
}

pub(super) fn flags(asked: &Asked<'_>) -> Option<String> {
    let said = pair(asked).into_iter().flatten().map(|syn| {
        let value = format!("0x{:03x}", syn.flags.0);
        let (lang, bits) = (asked.lang, bits(syn.flags));
        match syn.flags.ack() {
            true => asked.say(both_bits(lang, syn.frame, value, bits)),
            false => asked.say(one_bit(lang, syn.frame, value, bits)),
        }
    });
    joined(said.collect())
}

pub(super) fn isn(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let syn = asked.end(side).syn.filter(|syn| !syn.from_text)?;
        Some(asked.say(isn_of(
            asked.lang,
            asked.who.of(side),
            &syn.isn.0,
            &syn.frame,
            &syn.seq,
        )))
    });
    let mut said: Vec<String> = said.collect();
    if said.is_empty() {
        let seen = asked
            .sides()
            .iter()
            .any(|side| asked.end(*side).syn.is_some());
        let why = if seen { ISN_OF_TEXT } else { ISN_UNSEEN };
        return Some(why.get(asked.lang).to_owned());
    }
    said.push(RELATIVE.get(asked.lang).to_owned());
    joined(said)
}

pub(super) fn syn_ack(asked: &Asked<'_>) -> Option<String> {
    let [Some(call), Some(answer)] = pair(asked) else {
        return None;
    };
    if call.from_text || answer.from_text {
        return None;
    }
    // A SYN that carries data (RFC 7413) counts more, and an old answer fits no SYN.
    if answer.raw_ack != call.isn.plus(1) {
        return None;
    }
    let modulo = if call.isn.0 == u32::MAX {
        " (mod 2^32)"
    } else {
        ""
    };
    Some(asked.say(computed(
        asked.lang,
        &answer.frame,
        &answer.seq,
        &answer.isn.0,
        &answer.ack,
        &call.frame,
        &call.isn.0,
        format!("{}{modulo}", answer.raw_ack.0),
    )))
}

pub(super) fn mss(asked: &Asked<'_>) -> Option<String> {
    let mut said = Vec::new();
    let mut announced = Vec::new();
    for side in asked.sides() {
        let Some(syn) = asked
            .end(side)
            .syn
            .filter(|syn| syn.complete || syn.mss.is_some())
        else {
            continue;
        };
        let the = asked.who.the(side);
        match syn.mss {
            Some(mss) => {
                said.push(asked.say(announces(
                    asked.lang,
                    &the,
                    syn.mss.unwrap_or_default(),
                    &syn.frame,
                )));
                announced.push(mss);
            }
            None => said.push(asked.say(announces_none(asked.lang, &the, &syn.frame))),
        }
    }
    announced.dedup();
    let v4 = matches!(asked.conversation.ends()[0].ip, IpAddr::V4(_));
    for mss in announced {
        let headers: u32 = if v4 { 40 } else { 60 };
        let whole = u32::from(mss) + headers;
        let size = match (whole, v4) {
            (65_535, true) => &LARGEST,
            (65_536, false) => &LOOPBACK_MTU,
            (1500, _) => &ETHERNET_MTU,
            _ => &PACKET,
        };
        said.push(asked.say(left_for_data(
            asked.lang,
            &mss,
            &whole,
            &headers,
            size.get(asked.lang),
            headers - 20,
        )));
    }
    joined(said)
}

phrase! {
    ends_unknown(client, server):
        "{client} and {server}; who is the client the packets do not show.",
        "{client} e {server}; os pacotes não mostram quem é o cliente.";
    ends_are(client, server, why): "The client is {client}, the server {server}{why}.",
        "O cliente é {client}, o servidor {server}{why}.";
    BY_PORTS: ": assumed from the ports, since this capture shows no SYN",
        ": suposto pelas portas, porque esta captura não mostra nenhum SYN";
    by_syn(frame): ": whoever sends the first SYN (#{frame}) is the client",
        ": quem envia o primeiro SYN (#{frame}) é o cliente";
    by_syn_ack(frame): ": whoever sends the SYN, ACK (#{frame}) is the server",
        ": quem envia o SYN, ACK (#{frame}) é o servidor";
    nowhere(frame, end, port):
        "To be found again: #{frame} goes to {end}. Without port {port} the server would have nowhere to send it, and the four values (both addresses, both ports) would not tell this conversation from others.",
        "Para ser encontrado de volta: #{frame} vai para {end}. Sem a porta {port} o servidor não teria para onde enviá-lo, e os quatro valores (dois endereços, duas portas) não distinguiriam esta conversa de outras.";
    one_bit(frame, value, bits):
        "#{frame} is the SYN: its flags are {value} ({bits}), SYN without ACK.",
        "#{frame} é o SYN: suas flags são {value} ({bits}), SYN sem ACK.";
    both_bits(frame, value, bits):
        "#{frame} is the SYN, ACK: its flags are {value} ({bits}), both bits set.",
        "#{frame} é o SYN, ACK: suas flags são {value} ({bits}), os dois bits ligados.";
    isn_of(of, isn, frame, shown): "The one {of} is {isn} in #{frame}, shown as {shown}.",
        "O {of} é {isn} em #{frame}, mostrado como {shown}.";
    RELATIVE: "The numbers shown are relative: the raw number minus the ISN of its sender.",
        "Os números mostrados são relativos: o número bruto menos o ISN de quem envia.";
    ISN_OF_TEXT: "Not known: rows of text show numbers relative to the ISN, and not the ISN itself.",
        "Não se sabe: linhas de texto mostram números relativos ao ISN, e não o próprio ISN.";
    ISN_UNSEEN: "Not in this capture: the ISN stands in the SYN, and there is none.",
        "Não está nesta captura: o ISN vem no SYN, e não há nenhum.";
    computed(frame, seq, raw_seq, ack, syn, isn, raw):
        "#{frame}: Seq={seq} is the server's own ISN ({raw_seq}), Ack={ack} is the client's ISN from #{syn} plus 1 for the SYN: {isn} + 1 = {raw}.",
        "#{frame}: Seq={seq} é o ISN do próprio servidor ({raw_seq}); Ack={ack} é o ISN do cliente, de #{syn}, mais 1 pelo SYN: {isn} + 1 = {raw}.";
    announces(the, mss, frame): "{the} announces {mss} in #{frame}.",
        "{the} anuncia {mss} em #{frame}.";
    announces_none(the, frame): "{the} announces none in #{frame}.",
        "{the} não anuncia nenhum em #{frame}.";
    left_for_data(mss, whole, headers, size, ip):
        "{mss} = {whole} − {headers}: {size}, less {ip} bytes of IP header and 20 of TCP header.",
        "{mss} = {whole} − {headers}: {size}, menos {ip} bytes de cabeçalho IP e 20 de cabeçalho TCP.";
    LARGEST: "the largest IPv4 packet (65535 bytes), as on Linux's loopback",
        "o maior pacote IPv4 (65535 bytes), como no loopback do Linux";
    LOOPBACK_MTU: "the MTU of Linux's loopback (65536 bytes)",
        "a MTU do loopback do Linux (65536 bytes)";
    ETHERNET_MTU: "the MTU of Ethernet (1500 bytes)", "a MTU da Ethernet (1500 bytes)";
    PACKET: "the packet size that it stands for", "o tamanho de pacote a que ele corresponde";
}
