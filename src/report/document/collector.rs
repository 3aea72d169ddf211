//! Rows in, a document out.

use std::collections::HashMap;

use super::capture::{self, Counts};
use super::capture_facts::CaptureFacts;
use super::detail::Detail;
use super::http::Http;
use super::limits::{Options, Sections};
use super::pictures::{Shown, Together};
use super::questions::Whole;
use super::{Section, alike, conversation, list, pictures, watched};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::row::Row;
use crate::model::call::SocketCall;
use crate::model::packet::Content;
use crate::report::columns::CellOptions;
use crate::report::explain::Explainer;
use crate::report::zeek::Talk;
use crate::text::phrase::phrase;

/// Things by the numbers of their conversations, which are asked for with each packet.
type ById<T> = HashMap<u32, T, foldhash::fast::RandomState>;

/// What became of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seen {
    /// None of its packets was wanted so far.
    Not,
    /// It is counted; there is no room for more of it.
    Counted,
    /// Its packets are looked at.
    Kept,
}

/// How many socket calls are kept.
const CALLS: usize = 10_000;

/// Collects what a document shows of one capture. Its memory grows with that, and with one byte
/// for each conversation.
#[derive(Debug)]
pub struct Collector {
    options: Options,
    cells: CellOptions,
    counts: Counts,
    /// The conversations with a wanted packet, by their place in the capture.
    seen: Vec<Seen>,
    listed: usize,
    /// How many conversations could have been described, were there room.
    beyond: u64,
    histories: ById<Talk>,
    details: ById<Detail>,
    together: Option<Together>,
    whole: Whole,
    explainer: Explainer,
    calls: Vec<SocketCall>,
}

impl Collector {
    /// A collector that has seen nothing.
    pub fn new(options: Options) -> Self {
        let lang = options.lang;
        let cells = CellOptions {
            lang,
            ..CellOptions::default()
        };
        let together = options.sections.has(Sections::PICTURES) && !options.everything;
        Self {
            together: together.then(Together::new),
            options,
            cells,
            counts: Counts::default(),
            seen: Vec::new(),
            listed: 0,
            beyond: 0,
            histories: ById::default(),
            details: ById::default(),
            whole: Whole::default(),
            explainer: Explainer::new(lang),
            calls: Vec::new(),
        }
    }

    /// What it was asked for.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Takes the next row of the capture; shows it where it is `wanted`.
    pub fn row(&mut self, row: &Row<'_>, wanted: bool) {
        self.count(row, wanted);
        let Some(id) = row.analysis.conversation else {
            return;
        };
        let seen = match wanted {
            true => self.admit(row, id.0, id.index()),
            false => Seen::Not,
        };
        if seen == Seen::Not {
            return;
        }
        if self.options.sections.has(Sections::QUESTIONS) {
            self.whole.row(row);
        }
        if seen == Seen::Counted {
            return;
        }
        let mut explanation = None;
        if self.options.sections.has(Sections::DETAILS) {
            let detail = self.details.get(&id.0);
            if detail.is_some_and(|detail| detail.packets.has_room(row, self.options.rows)) {
                explanation = Some(self.explainer.row(row));
            }
        }
        if let (Some(history), Some(side)) = (self.histories.get_mut(&id.0), row.analysis.side) {
            history.row(row, side);
        }
        if let Some(detail) = self.details.get_mut(&id.0) {
            if let Some(together) = &mut self.together {
                together.row(row);
            }
            detail.row(row, explanation, &self.cells, &self.options);
        }
    }

    /// Takes a socket call that a lab recorded. The calls beyond the ten-thousandth are not kept.
    pub fn call(&mut self, call: &SocketCall) {
        if self.calls.len() < CALLS {
            self.calls.push(*call);
        }
    }

    fn count(&mut self, row: &Row<'_>, wanted: bool) {
        let counts = &mut self.counts;
        counts.frames += 1;
        counts.wanted += u64::from(wanted);
        counts.bytes = counts.bytes.saturating_add(row.frame.wire_len.into());
        let kept = u32::try_from(row.frame.bytes.len()).unwrap_or(u32::MAX);
        counts.cut += u64::from(kept < row.frame.wire_len);
        if let Some(time) = row.frame.time {
            counts.first = Some(counts.first.map_or(time, |first| first.min(time)));
            counts.last = Some(counts.last.map_or(time, |last| last.max(time)));
            counts.decimals = counts.decimals.max(row.frame.decimals);
        }
    }

    /// Whether the conversation of a wanted packet is asked for. Makes room for a new one.
    fn admit(&mut self, row: &Row<'_>, id: u32, index: usize) -> Seen {
        if let Some(seen @ (Seen::Counted | Seen::Kept)) = self.seen.get(index) {
            return *seen;
        }
        let options = &self.options;
        let protocol = match row.packet.content {
            Content::Tcp(_) => Protocol::Tcp,
            Content::Udp(_) => Protocol::Udp,
            // Only an ICMP error speaks of it so far.
            Content::Other(_) => return Seen::Not,
        };
        if !options.wants(protocol, row.analysis.stream.unwrap_or_default()) {
            return Seen::Not;
        }
        let mut became = Seen::Counted;
        let lists = Sections::CONVERSATIONS
            .with(Sections::DETAILS)
            .with(Sections::QUESTIONS);
        if options.sections.has(lists) && self.listed < options.list {
            self.listed += 1;
            self.histories.insert(id, Talk::default());
            became = Seen::Kept;
        }
        let details = Sections::DETAILS
            .with(Sections::UDP)
            .with(Sections::PICTURES)
            .with(Sections::QUESTIONS);
        if options.sections.has(details) {
            match self.details.len() < options.conversations {
                true => {
                    self.details.insert(id, Detail::default());
                    became = Seen::Kept;
                }
                false => self.beyond += 1,
            }
        }
        if self.seen.len() <= index {
            self.seen.resize(index + 1, Seen::Not);
        }
        if let Some(seen) = self.seen.get_mut(index) {
            *seen = became;
        }
        became
    }

    /// The sections, once every row has been taken. `conversations` are those of the analyzer.
    pub fn finish(self, facts: &CaptureFacts, conversations: &[Conversation]) -> Vec<Section> {
        let Self {
            options,
            counts,
            seen,
            beyond,
            histories,
            mut details,
            together,
            whole,
            calls,
            ..
        } = self;
        let lang = options.lang;
        let mut sections = Vec::new();
        if options.sections.has(Sections::CAPTURE) {
            sections.push(capture::section(facts, &counts, lang));
        }
        let shown = || {
            let places = (0_u32..).zip(conversations).zip(&seen);
            places.filter(|it| *it.1 != Seen::Not).map(|it| it.0)
        };
        // What the list says of a single one stands in its own section.
        let single = shown().take(2).count() == 1 && options.sections.has(Sections::DETAILS);
        if options.sections.has(Sections::CONVERSATIONS) && (options.everything || !single) {
            sections.push(list::section(shown(), &histories, &options));
        }
        let http = Sections::HTTP.with(Sections::QUESTIONS);
        let http = match options.sections.has(http) {
            true => Http::of(shown().map(|(_, it)| it), options.rows),
            false => Http::default(),
        };
        let asked = options.sections.has(Sections::QUESTIONS).then(|| {
            let described = shown()
                .filter_map(|(place, it)| Some((it, &details.get(&place)?.study)))
                .filter(|(it, study)| study.whole(it));
            Whole::section(&described.collect::<Vec<_>>(), &http, beyond, lang)
        });
        if options.sections.has(Sections::HTTP) {
            sections.extend(http.section(lang));
        }
        let (pictures, drawn) = match together {
            Some(together) => together.parts(&calls, conversations, lang),
            None => Default::default(),
        };
        if !pictures.is_empty() {
            let title = pictures::TOGETHER.get(lang);
            sections.push(Section::plain("together", "together", title, pictures));
        }
        let mut kinds = HashMap::new();
        for (place, conversation) in shown() {
            let Some(detail) = details.remove(&place) else {
                continue;
            };
            let kind = histories.get(&place).filter(|_| !options.everything);
            let kind = kind.map(|talk| alike::kind(conversation, talk));
            // The first of its kind, where that is another one.
            let alike = kind.map(|kind| *kinds.entry(kind).or_insert(conversation));
            let alike = alike.filter(|first| !std::ptr::eq(*first, conversation));
            let drawn = drawn.contains(&(conversation.protocol, conversation.stream));
            let pictures = shown_of(drawn, options.everything);
            sections.extend(conversation::section(
                conversation,
                detail,
                histories.get(&place),
                &calls,
                conversations,
                (counts.decimals, &options),
                (alike, pictures),
            ));
        }
        sections.extend((beyond > 0).then(|| rest(beyond, lang)));
        sections.extend(asked.flatten());
        if options.sections.has(Sections::QUESTIONS) {
            sections.extend(whole.glossary(lang));
        }
        watched::noted(facts.watched, &calls, &mut sections, lang);
        sections
    }
}

/// The pictures of a conversation, which may be `drawn` beside others already.
const fn shown_of(drawn: bool, everything: bool) -> Shown {
    match drawn {
        _ if everything => Shown::All,
        true => Shown::Plots,
        false => Shown::Telling,
    }
}

/// That this many conversations are not described.
fn rest(beyond: u64, lang: crate::text::Lang) -> Section {
    let text = super::Part::Text(not_described(lang, beyond).to_string());
    Section::plain("beyond", "note", MORE.get(lang), vec![text])
}

phrase! {
    MORE: "Not described one by one", "Não descritas uma a uma";
    not_described(count;):
        "1 more conversation is counted in the list of conversations only: choose it with --stream, or raise --conversations." | "{count} more conversations are counted in the list of conversations only: choose them with --stream, or raise --conversations.",
        "Mais 1 conversa aparece só na lista de conversas: escolha-a com --stream, ou aumente --conversations." | "Mais {count} conversas aparecem só na lista de conversas: escolha-as com --stream, ou aumente --conversations.";
}
