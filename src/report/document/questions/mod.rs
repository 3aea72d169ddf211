//! The questions that lab sheets ask, each answered in a sentence with the frames that prove it.
//!
//! A question is a `static` in the file of its topic and a line of [`TCP`] or [`UDP`]. Its answer
//! is `None` where the capture does not hold what it is about; where the capture begins or ends
//! in the middle of it, the answer says what is missing.

mod calls;
mod closing;
mod column;
mod datagrams;
mod lasting;
mod opening;
mod study;
mod tables;
mod timing;
mod transfer;
mod whole;

pub(super) use study::Study;
pub(super) use whole::Whole;

use super::table::Cell;
use super::{Fact, Part, Section};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::record::Record;
use crate::analysis::record::end::End;
use crate::model::call::SocketCall;
use crate::model::side::Side;
use crate::report::who::Who;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// A question.
struct Question {
    /// Its key in JSON and CSV; never translated.
    id: &'static str,
    /// As a sheet asks it.
    asks: Text,
    /// What the packets answer.
    answer: fn(&Asked<'_>) -> Option<String>,
}

/// Questions about a TCP conversation, in the order of its life.
static TCP: &[&Question] = &[
    &opening::ENDS,
    &opening::PORT,
    &opening::HANDSHAKE,
    &opening::FLAGS,
    &opening::ISN,
    &opening::SYN_ACK,
    &opening::MSS,
    &timing::CALLS,
    &transfer::NUMBERS,
    &transfer::SEGMENTS,
    &transfer::MESSAGES,
    &transfer::WINDOW,
    &transfer::CLOSED_WINDOW,
    &transfer::THROTTLED,
    &transfer::SILENCE,
    &timing::RTT,
    &timing::REPEATED,
    &timing::INTERVALS,
    &timing::ACKS,
    &timing::AMOUNTS,
    &timing::NAGLE,
    &transfer::THROUGHPUT,
    &transfer::OVERHEAD,
    &closing::CLOSE,
    &closing::STARTED,
    &closing::FIN,
    &closing::HALF,
    &closing::RESET,
    &closing::TIME_WAIT,
    &lasting::STATES,
    &lasting::LEFT,
];

/// Questions about a UDP conversation.
static UDP: &[&Question] = &[
    &opening::ENDS,
    &datagrams::PORT,
    &datagrams::PACKETS,
    &datagrams::STATES,
    &datagrams::PINGS,
    &datagrams::REFUSED,
];

/// What is asked about.
struct Asked<'a> {
    conversation: &'a Conversation,
    record: &'a Record,
    calls: &'a [SocketCall],
    who: Who<'a>,
    lang: Lang,
}

impl Asked<'_> {
    /// The sides, the client's first where there is one.
    fn sides(&self) -> [Side; 2] {
        let client = self.conversation.lifecycle.roles().client();
        let client = client.unwrap_or(Side::First);
        [client, client.other()]
    }

    fn end(&self, side: Side) -> &End {
        self.record.end(side)
    }

    /// The frames of its segments: `#1–#11`; `#1` where there is one.
    fn span(&self) -> String {
        let totals = self.record.totals();
        match (totals.first, totals.last) {
            (Some(first), Some(last)) if first != last.frame => format!("#{first}–#{}", last.frame),
            (Some(first), _) => format!("#{first}"),
            _ => String::new(),
        }
    }

    /// A sentence from a phrase.
    fn say(&self, phrase: impl std::fmt::Display) -> String {
        capital(&phrase.to_string())
    }
}

/// Sentences after one another; `None` where there is none.
fn joined(sentences: Vec<String>) -> Option<String> {
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The sentence with a capital, unless it begins with an address.
fn capital(sentence: &str) -> String {
    let word = sentence.split(' ').next().unwrap_or_default();
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) if !word.contains(':') => first.to_uppercase().chain(characters).collect(),
        _ => sentence.to_owned(),
    }
}

/// The questions about one conversation with their answers, and the tables behind them.
pub(super) fn section(
    id: &str,
    conversation: &Conversation,
    study: &Study,
    calls: &[SocketCall],
    lang: Lang,
) -> Option<Section> {
    let section = |parts| Section {
        id: format!("{id}-questions"),
        kind: "questions",
        title: TITLE.get(lang).to_owned(),
        parts,
        sections: Vec::new(),
    };
    if !study.whole(conversation) {
        return Some(section(vec![Part::Text(PARTLY.get(lang).to_owned())]));
    }
    let asked = Asked {
        conversation,
        record: conversation.record()?,
        calls,
        who: Who::new(conversation, lang),
        lang,
    };
    let questions = match conversation.protocol {
        Protocol::Tcp => TCP,
        Protocol::Udp => UDP,
    };
    let answered = questions.iter().filter_map(|question| {
        let answer = (question.answer)(&asked)?;
        Some(Fact::new(
            question.id,
            question.asks.get(lang),
            Cell::text(answer),
        ))
    });
    let facts: Vec<Fact> = answered.collect();
    if facts.is_empty() {
        return None;
    }
    let mut parts = vec![Part::Facts(facts)];
    parts.extend(tables::of(&asked).into_iter().map(Part::Table));
    Some(section(parts))
}

phrase! {
    PARTLY:
        "The filter leaves out packets of this conversation, and answers need all of them: filter by address and port, or choose it with --stream.",
        "O filtro deixa de fora pacotes desta conversa, e as respostas precisam de todos: filtre por endereço e porta, ou escolha-a com --stream.";
    TITLE: "What a lab sheet asks about it", "O que um roteiro de laboratório pergunta sobre ela";
}
