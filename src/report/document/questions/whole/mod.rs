//! Questions about a capture as a whole: its flags, its servers and their clients, its pages.

mod clients;
mod flags;
mod web;

use super::study::Study;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::row::Row;
use crate::report::document::http::Http;
use crate::report::document::table::Cell;
use crate::report::document::{Fact, Part, Section};
use crate::report::summary;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text, quantity};

/// What is kept of a capture to answer questions about all of it.
#[derive(Debug, Default)]
pub(in crate::report::document) struct Whole {
    flags: flags::Flags,
}

/// A described conversation with what was kept of it.
pub(super) type Described<'a> = (&'a Conversation, &'a Study);

impl Whole {
    /// Takes the next packet that is shown.
    pub(in crate::report::document) fn row(&mut self, row: &Row<'_>) {
        self.flags.row(row);
    }

    /// The flags that occurred, as a section; `None` where there is no TCP.
    pub(in crate::report::document) fn glossary(&self, lang: Lang) -> Option<Section> {
        let table = self.flags.table(lang)?;
        let title = table.title.clone();
        let parts = vec![Part::Table(table)];
        Some(Section::plain("flags", "questions", title, parts))
    }

    /// The answers; `None` where nothing of it applies. `described` are the conversations that
    /// are described one by one, `beyond` how many more there are.
    pub(in crate::report::document) fn section(
        described: &[Described<'_>],
        http: &Http,
        beyond: u64,
        lang: Lang,
    ) -> Option<Section> {
        let mut facts = Vec::new();
        let mut tables = Vec::new();
        protocols(described, lang, &mut facts);
        clients::answer(described, lang, &mut facts, &mut tables);
        let conversations = described.iter().map(|(it, _)| *it);
        let pings = summary::totals(conversations, lang);
        let pings = pings.into_iter().map(|it| super::capital(&it) + ".");
        facts.extend(fact("udp_clients", &PINGS, pings.collect(), lang));
        if let Some(exchanges) = http.exchanges() {
            web::answer(described, exchanges, lang, &mut facts, &mut tables);
        }
        let mut parts = Vec::new();
        if beyond > 0 && !facts.is_empty() {
            let count = described.len();
            parts.push(Part::Text(about(lang, &count).to_string()));
        }
        if !facts.is_empty() {
            parts.push(Part::Facts(facts));
        }
        parts.extend(tables.into_iter().map(Part::Table));
        (!parts.is_empty())
            .then(|| Section::plain("questions", "questions", TITLE.get(lang), parts))
    }
}

/// A question with its answer.
pub(super) fn fact(id: &'static str, asks: &Text, said: Vec<String>, lang: Lang) -> Option<Fact> {
    let answer = super::joined(said)?;
    Some(Fact::new(id, asks.get(lang), Cell::text(answer)))
}

/// TCP beside UDP, where there is both.
fn protocols(described: &[Described<'_>], lang: Lang, facts: &mut Vec<Fact>) {
    let count = |protocol| {
        let these = described.iter().filter(|(it, _)| it.protocol == protocol);
        these.fold((0_u64, 0_u64), |(conversations, packets), (it, _)| {
            let more = it.traffic.packets.map(u64::from).iter().sum::<u64>();
            (conversations + 1, packets + more)
        })
    };
    let ((tcp, tcp_packets), (udp, udp_packets)) = (count(Protocol::Tcp), count(Protocol::Udp));
    if tcp == 0 || udp == 0 {
        return;
    }
    let records = described.iter().filter_map(|(it, _)| it.record());
    let bare = records.map(|record| {
        let data: u64 = record.ends().iter().map(|end| end.data.segments).sum();
        record.totals().packets.saturating_sub(data)
    });
    facts.extend(fact(
        "tcp_udp",
        &TCP_UDP,
        vec![
            beside(
                lang,
                quantity::packets(lang, tcp_packets),
                quantity::conversations(lang, tcp),
                bare.sum::<u64>(),
                quantity::packets(lang, udp_packets),
                quantity::conversations(lang, udp),
            )
            .to_string(),
        ],
        lang,
    ));
}

phrase! {
    TITLE: "What a lab sheet asks about the whole capture",
        "O que um roteiro de laboratório pergunta sobre a captura inteira";
    about(count):
        "These answers are about the {count} conversations that are described one by one.",
        "Estas respostas são sobre as {count} conversas descritas uma a uma.";
    TCP_UDP: "How many packets do TCP and UDP take?", "Quantos pacotes usam o TCP e o UDP?";
    PINGS:
        "How many requests of a client that opens a socket for each are answered, and what is the RTT?",
        "Quantas requisições de um cliente que abre um socket para cada uma são respondidas, e qual é o RTT?";
    beside(tcp_packets, tcp, bare, udp_packets, udp):
        "TCP: {tcp_packets} in {tcp}, {bare} without data (handshake, ACKs, close). UDP: {udp_packets} in {udp}.",
        "TCP: {tcp_packets} em {tcp}, {bare} sem dados (apresentação, ACKs, encerramento). UDP: {udp_packets} em {udp}.";
}
