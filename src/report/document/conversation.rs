//! The section about one conversation: what is known of it, its summary, its states, its packets.

use super::detail::Detail;
use super::history::History;
use super::limits::{Options, Sections};
use super::{Fact, Part, Section, Step, Steps, list};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::report::conversations::{COLUMNS, Entry};
use crate::report::summary;
use crate::text::{Lang, Text};

/// The section of a conversation; `None` where only ICMP errors speak of it.
pub(super) fn section(
    conversation: &Conversation,
    detail: Detail,
    history: Option<&History>,
    options: &Options,
) -> Option<Section> {
    let lang = options.lang;
    let entry = Entry::of(conversation)?;
    let (title, steps) = steps(conversation, lang);
    let mut parts = Vec::new();
    if options.sections.has(Sections::DETAILS) {
        parts.extend(steps.map(Part::Steps));
        parts.push(Part::Facts(facts(conversation, &entry, history, lang)));
    }
    let Detail {
        packets,
        states,
        exchanges,
    } = detail;
    if options.sections.has(Sections::DETAILS) {
        parts.push(Part::Table(packets.table(lang)));
        if conversation.protocol == Protocol::Tcp {
            parts.extend(states.table(lang).map(Part::Table));
        }
    }
    if conversation.protocol == Protocol::Udp && !exchanges.is_empty() {
        parts.extend(exchanges.parts(lang));
    }
    (!parts.is_empty()).then(|| Section {
        id: id(conversation),
        kind: "conversation",
        title,
        parts,
        sections: Vec::new(),
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
fn facts(
    conversation: &Conversation,
    entry: &Entry<'_>,
    history: Option<&History>,
    lang: Lang,
) -> Vec<Fact> {
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
    let [state, letters] = list::zeek(history, conversation);
    facts.push(Fact::new("conn_state", list::CONN_STATE.get(lang), state));
    facts.push(Fact::new("history", list::HISTORY.get(lang), letters));
    facts.retain(|fact| fact.value != super::Cell::Empty);
    facts
}

/// The heading and the numbered summary.
fn steps(conversation: &Conversation, lang: Lang) -> (String, Option<Steps>) {
    let mut text = String::new();
    summary::write(conversation, lang, &mut text);
    let mut lines = text.lines();
    let title = lines.next().unwrap_or_default().to_owned();
    let steps: Vec<Step> = lines.map(step).collect();
    let steps = (!steps.is_empty()).then(|| Steps {
        id: "summary",
        title: TITLE.get(lang).to_owned(),
        steps,
    });
    (title, steps)
}

/// A line of the summary, `  [1, 2]  text`, taken apart.
fn step(line: &str) -> Step {
    let line = line.trim();
    let (frames, text) = match line.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((frames, text)) => (format!("[{frames}]"), text),
        None => (String::new(), line),
    };
    Step {
        frames,
        text: text.trim().to_owned(),
    }
}

static TITLE: Text = Text {
    en: "What happened",
    pt_br: "O que aconteceu",
};
