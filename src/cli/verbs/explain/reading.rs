//! Explanations for reading.

use std::collections::BTreeMap;

use crate::analysis::conversation::ConversationId;
use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::world::World;
use crate::lab;
use crate::pipeline::Pipeline;
use crate::render::explanation::{Explained, Layout};
use crate::report::explain::group;
use crate::report::summary;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// How many conversations are explained for reading, and how many packets of them; others are
/// counted. The formats for programs have no such limit.
pub(super) const CONVERSATIONS: usize = 1000;
const PACKETS: usize = 50_000;

phrase! {
    OTHERS: "Packets outside these conversations", "Pacotes fora destas conversas";
    not_all(packets, conversations):
        "Not every packet is explained here, but at most {packets}, of at most {conversations} conversations: choose with --port, --host, -f or --packet, or use -T jsonl",
        "Nem todos os pacotes são explicados aqui, e sim no máximo {packets}, de no máximo {conversations} conversas: escolha com --port, --host, -f ou --packet, ou use -T jsonl";
    more_packets(count;):
        "… and 1 more packet, not explained here" | "… and {count} more packets, not explained here",
        "… e mais 1 pacote, não explicado aqui" | "… e mais {count} pacotes, não explicados aqui";
}

/// Explanations for reading, kept until their conversations are known to the end.
pub(super) struct Reading {
    layout: Layout,
    out: Output,
    lang: Lang,
    /// Only one packet was asked for.
    one: bool,
    /// By their places in the capture.
    conversations: BTreeMap<usize, Vec<Explained>>,
    outside: Vec<Explained>,
    kept: usize,
    /// Packets beyond the limits.
    more: u64,
    /// Something was written.
    begun: bool,
}

impl Reading {
    /// Nothing yet; `one` where only one packet was asked for.
    pub(super) fn new(layout: Layout, out: Output, one: bool, world: &World) -> Self {
        Self {
            layout,
            out,
            lang: world.lang,
            one,
            conversations: BTreeMap::new(),
            outside: Vec::new(),
            kept: 0,
            more: 0,
            begun: false,
        }
    }

    /// Whether whoever read it has left.
    pub(super) fn is_left(&self) -> bool {
        self.out.is_left()
    }

    /// Whether a conversation is one of those that are explained, or may become one.
    fn is_within(&self, id: Option<ConversationId>) -> bool {
        let known = id.is_none_or(|id| self.conversations.contains_key(&id.index()));
        known || self.conversations.len() < CONVERSATIONS
    }

    /// Whether a packet of this conversation is explained. One that is not is counted; the first of
    /// them is told of at once, before all else, so that a reader need not wait for the whole file.
    pub(super) fn has_room(&mut self, id: Option<ConversationId>) -> Result<bool, Failure> {
        let has_room = self.kept < PACKETS && self.is_within(id);
        if !has_room && self.more == 0 {
            self.apart();
            let line = not_all(self.lang, PACKETS, CONVERSATIONS).to_string();
            self.layout.wrapped(&line, "", 2, &mut self.out.buffer);
            self.out.flush()?;
        }
        self.more += u64::from(!has_room);
        Ok(has_room)
    }

    pub(super) fn packet(&mut self, id: Option<ConversationId>, mut packet: Explained) {
        packet.explanation.sentence.shrink_to_fit();
        let place = id.map(ConversationId::index);
        self.kept += 1;
        let Some(place) = place else {
            self.outside.push(packet);
            return;
        };
        self.conversations.entry(place).or_default().push(packet);
    }

    /// Ends with what calls and packets show `together`, and with a note on times.
    pub(super) fn end(
        mut self,
        pipeline: &Pipeline,
        together: &[String],
        note: Option<&str>,
    ) -> Result<(), Failure> {
        let known = pipeline.analyzer().conversations();
        let explained = std::mem::take(&mut self.conversations);
        let outside = std::mem::take(&mut self.outside);
        for (place, packets) in &explained {
            let Some(conversation) = known.get(*place) else {
                continue;
            };
            self.apart();
            let out = &mut self.out.buffer;
            match summary::of(conversation, self.lang).filter(|_| !self.one) {
                Some(summary) => {
                    let sentence = |place| group::sentence(conversation, place, self.lang);
                    self.layout.conversation(&summary, sentence, packets, out);
                }
                // Of one packet's conversation, the rest of which is not read, only the ends are
                // named.
                None => {
                    let ends = summary::ends(conversation, self.lang);
                    self.layout.wrapped(&ends, "", 2, out);
                    for packet in packets {
                        self.layout.packet(packet, 4, out);
                    }
                }
            }
            self.out.flush_if_full()?;
        }
        let shown = explained.keys().filter_map(|place| known.get(*place));
        for line in summary::totals(shown.filter(|_| !self.one), self.lang) {
            self.apart();
            self.layout.wrapped(&line, "", 2, &mut self.out.buffer);
        }
        if !outside.is_empty() {
            if self.begun {
                self.apart();
                let heading = OTHERS.get(self.lang);
                self.layout.wrapped(heading, "", 2, &mut self.out.buffer);
            }
            for packet in &outside {
                self.layout.packet(packet, 4, &mut self.out.buffer);
            }
        }
        if self.more > 0 {
            self.apart();
            let line = more_packets(self.lang, self.more).to_string();
            self.layout.wrapped(&line, "", 2, &mut self.out.buffer);
        }
        self.together(together, note);
        self.out.finish()
    }

    fn together(&mut self, together: &[String], note: Option<&str>) {
        if !together.is_empty() {
            self.apart();
            let heading = lab::SHOWN.get(self.lang);
            self.layout.wrapped(heading, "", 2, &mut self.out.buffer);
        }
        for line in together {
            self.layout.wrapped(line, "  ", 4, &mut self.out.buffer);
        }
        if let Some(note) = note {
            self.apart();
            self.layout.wrapped(note, "", 2, &mut self.out.buffer);
        }
    }

    /// Leaves a line empty, except at the start.
    fn apart(&mut self) {
        if !std::mem::replace(&mut self.begun, true) {
            return;
        }
        self.out.buffer.push(b'\n');
    }
}
