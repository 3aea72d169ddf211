//! The numbered summary of a conversation: its packets in groups, each with what it did.
//!
//! Every sentence holds for any capture: what the packets do not prove is not said, or is said of
//! "this capture".

mod bytes;
mod closing;
mod data;
mod frames;
mod opening;
mod place;

use std::fmt::Write;

pub use place::SummaryLine;
pub(in crate::report) use place::of as place;

use crate::report::who::Who;
use crate::report::words;

use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::facts::udp::total;
use crate::analysis::record::groups::Groups;
use crate::text::phrase::phrase;
use crate::text::{Lang, quantity};

/// One line: the frames it is about, if any, and what it says of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// In brackets: `[1, 2, 3]`; empty where it is about none.
    pub frames: String,
    /// What it says.
    pub text: String,
    /// Which of the lines with frames it is.
    pub place: Option<SummaryLine>,
}

impl Line {
    /// About no frames.
    fn bare(text: String) -> Line {
        Line {
            frames: String::new(),
            text,
            place: None,
        }
    }
}

/// The summary of a conversation in parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The conversation and its ends.
    pub ends: String,
    /// The same, and its size.
    pub heading: String,
    /// The lines in their order.
    pub lines: Vec<Line>,
}

/// What the lines of one summary have in common.
struct Subject<'a> {
    conversation: &'a Conversation,
    groups: &'a Groups,
    lang: Lang,
    who: Who<'a>,
}

/// The summary of a conversation; `None` where its groups were not kept.
pub fn of(conversation: &Conversation, lang: Lang) -> Option<Summary> {
    let context = Subject {
        conversation,
        groups: conversation.record()?.groups()?,
        lang,
        who: Who::new(conversation, lang),
    };
    let mut lines = Vec::new();
    let tcp = conversation.protocol == Protocol::Tcp;
    if tcp {
        opening::lines(&context, &mut lines);
    }
    data::lines(&context, &mut lines);
    match tcp {
        true => {
            closing::lines(&context, &mut lines);
            bytes::notes(&context, &mut lines);
        }
        false => data::exchanges(&context, &mut lines),
    }
    let ends = ends(conversation, lang);
    let mut heading = ends.clone();
    size(&context, &mut heading);
    Some(Summary {
        ends,
        heading,
        lines,
    })
}

/// Appends the summary of a conversation: a heading and a line per group, each ended by a line
/// feed. Appends nothing where the conversation's groups were not kept.
pub fn write(conversation: &Conversation, lang: Lang, out: &mut String) {
    let Some(Summary { heading, lines, .. }) = of(conversation, lang) else {
        return;
    };
    out.push_str(&heading);
    out.push('\n');
    let width = lines
        .iter()
        .map(|line| line.frames.chars().count())
        .filter(|width| *width <= frames::WIDEST)
        .max()
        .unwrap_or_default();
    for line in &lines {
        let _ = writeln!(out, "  {:width$}  {}", line.frames, line.text);
    }
}

/// What became of the requests of clients that asked a server over UDP from several ports: a line
/// for each.
pub fn totals<'c>(
    conversations: impl Iterator<Item = &'c Conversation>,
    lang: Lang,
) -> Vec<String> {
    let totals = total::totals(conversations);
    totals
        .iter()
        .map(|it| words::udp::total(it, lang))
        .collect()
}

phrase! {
    uncounted(count;):
        "(and 1 more, which Wireshark does not count)" | "(and {count} more, which Wireshark does not count)",
        "(e mais 1, que o Wireshark não conta)" | "(e mais {count}, que o Wireshark não conta)";
}

/// The conversation and its ends, as a summary begins; known also where its groups were not kept.
pub fn ends(conversation: &Conversation, lang: Lang) -> String {
    let name = words::conversation::name(conversation.protocol, conversation.stream, lang);
    format!("{name} · {}", Who::new(conversation, lang).heading())
}

fn size(context: &Subject<'_>, out: &mut String) {
    let lang = context.lang;
    let traffic = &context.conversation.traffic;
    let packets = traffic.packets.map(u64::from).into_iter().sum();
    let _ = write!(out, " · {}", quantity::packets(lang, packets));
    // The lists below have them: their headers are not whole.
    let more = context.groups.own_packets().saturating_sub(packets);
    if more > 0 {
        let _ = write!(out, " {}", uncounted(lang, more));
    }
    if let Some(lasted) = context.conversation.duration() {
        let _ = write!(out, " · {}", quantity::span(lasted.0, lang));
    }
}
