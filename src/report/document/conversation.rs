//! The section about one conversation: what is known of it, its summary, its states, its packets.

use super::detail::Detail;
use super::limits::{Options, Sections};
use super::pictures::Shown;
use super::{Fact, Part, Section, Step, Steps, list, questions, states, udp};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::record::Record;
use crate::model::call::SocketCall;
use crate::report::conversations::{COLUMNS, Entry};
use crate::report::summary;
use crate::report::who::Who;
use crate::report::zeek::Talk;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// The section of a conversation; `None` where only ICMP errors speak of it.
pub(super) fn section(
    conversation: &Conversation,
    detail: Detail,
    talk: Option<&Talk>,
    calls: &[SocketCall],
    conversations: &[Conversation],
    (decimals, options): (u8, &Options),
    (alike, shown): (Option<&Conversation>, Shown),
) -> Option<Section> {
    let lang = options.lang;
    let entry = Entry {
        talk,
        ..Entry::of(conversation)?
    };
    let (title, steps) = steps(conversation, lang);
    let mut parts = Vec::new();
    if options
        .sections
        .has(Sections::DETAILS.with(Sections::SUMMARY))
    {
        parts.extend(steps.map(Part::Steps));
    }
    if let Some(first) = alike.filter(|_| options.sections.has(Sections::QUESTIONS)) {
        let first = summary::ends(first, lang);
        parts.push(Part::Text(as_before(lang, first).to_string()));
    }
    if options.sections.has(Sections::DETAILS) && alike.is_none() {
        parts.push(Part::Facts(facts(&entry, lang)));
        let record = conversation.record();
        let again = record.is_some_and(|it| it.sent_again() > 0);
        if again && conversation.rtt().count > 0 {
            parts.push(Part::Text(FROM_FIRST.get(lang).to_owned()));
        }
    }
    let Detail {
        packets,
        pictures,
        study,
    } = detail;
    let asked = options
        .sections
        .has(Sections::QUESTIONS)
        .then_some(())
        .filter(|()| alike.is_none())
        .map(|()| questions::section(&id(conversation), conversation, &study, calls, lang));
    let wanted = options.sections.has(Sections::UDP);
    if options.sections.has(Sections::DETAILS) {
        parts.push(Part::Table(packets.table(lang)));
        if conversation.protocol == Protocol::Tcp && alike.is_none() {
            parts.extend(states::parts(conversation, decimals, lang));
        }
    }
    if let Some(exchanges) = conversation
        .record()
        .and_then(Record::udp)
        .filter(|_| wanted)
    {
        parts.extend(udp::parts(exchanges, options.rows, decimals, lang));
    }
    if let Some(pictures) = pictures {
        parts.extend(pictures.parts(calls, conversations, shown, lang));
    }
    let sections: Vec<Section> = asked.flatten().into_iter().collect();
    (!parts.is_empty() || !sections.is_empty()).then(|| Section {
        id: id(conversation),
        kind: match alike {
            None => "conversation",
            Some(_) => "conversation alike",
        },
        title,
        parts,
        sections,
    })
}

/// `tcp-0`, `udp-3`
fn id(conversation: &Conversation) -> String {
    let protocol = match conversation.protocol {
        Protocol::Tcp => "tcp",
        Protocol::Udp => "udp",
    };
    format!("{protocol}-{}", conversation.stream)
}

/// Everything that the list of conversations knows.
fn facts(entry: &Entry<'_>, lang: Lang) -> Vec<Fact> {
    let mut facts: Vec<Fact> = COLUMNS
        .iter()
        .map(|column| {
            Fact::new(
                column.id,
                column.header.get(lang),
                list::cell(column, entry, lang),
            )
        })
        .collect();
    facts.retain(|fact| fact.value != super::Cell::Empty);
    facts
}

/// The heading and the numbered summary.
fn steps(conversation: &Conversation, lang: Lang) -> (String, Option<Steps>) {
    let Some(summary) = summary::of(conversation, lang) else {
        let heading = Who::new(conversation, lang).heading();
        return (format!("{} · {heading}", id(conversation)), None);
    };
    let steps = summary.lines.into_iter().map(|line| Step {
        frames: line.frames,
        text: line.text,
    });
    let steps = Steps {
        id: "summary",
        title: TITLE.get(lang).to_owned(),
        steps: steps.collect(),
    };
    (summary.heading, (!steps.steps.is_empty()).then_some(steps))
}

phrase! {
    as_before(first): "It went as this one did, where the questions are answered: {first}.",
        "Ela correu como esta, onde as perguntas são respondidas: {first}.";
    FROM_FIRST:
        "RTT min, avg and max are tshark's (tcp.analysis.ack_rtt), counted from the first sending. There are retransmissions here: of numbers sent more than once, the Ack does not tell which copy was acknowledged, so such a time is no sample of a round trip (RFC 6298, 3).",
        "RTT mín., méd. e máx. são os do tshark (tcp.analysis.ack_rtt), contados desde o primeiro envio. Aqui há retransmissões: de números enviados mais de uma vez, o Ack não diz qual cópia foi reconhecida, e esse tempo não serve como medida de ida e volta (RFC 6298, 3).";
    TITLE: "What happened", "O que aconteceu";
}
