//! Rows of an indexed capture again, any of them, without reading it from its start: a row depends
//! on the packets of its own conversation, which the index links. Of long conversations the analyzer
//! is copied now and then, so that they are not read from their start either.

use std::collections::BTreeMap;
use std::collections::HashMap;

use super::Pipeline;
use super::index::{Entry, Index};
use crate::analysis::Analyzer;
use crate::analysis::clock::RowTimes;
use crate::analysis::conversation::{Conversation, ConversationId};
use crate::analysis::row::{Analysis, Row};
use crate::decode::Decoder;
use crate::model::dialect::Dialect;
use crate::model::frame::{Frame, FrameNo};
use crate::model::packet::Packet;
use crate::model::time::Timestamp;
use crate::source::file::Revisit;

/// After how many packets of a conversation its analyzer is copied.
const APART: usize = 4096;

/// After how many frames that it remembers the decoder is copied.
const DECODER_APART: usize = 4096;

/// How many bytes the copies of analyzers may take for each frame of the capture.
const FOR_COPIES: usize = 12;

/// About what a copy takes: with a full record.
const COPY: usize = 48 * 1024;

/// Makes rows again.
pub struct Again {
    decoder: Decoder,
    /// The decoder of the frames that are remembered, and how many of them it has seen.
    rememberer: (usize, Decoder),
    decoders: BTreeMap<usize, Decoder>,
    /// Analyzers of one group of conversations, by the last frame that they have seen.
    copies: HashMap<FrameNo, Analyzer>,
    /// After how many packets of a conversation its analyzer is copied.
    apart: usize,
}

/// The packets of one group of conversations that are to be taken.
struct Group {
    analyzer: Analyzer,
    /// The next one last.
    waiting: Vec<FrameNo>,
    taken: usize,
}

/// The conversations of rows, numbered anew in the order in which rows show them.
#[derive(Default)]
struct Numbers(HashMap<usize, u32>);

impl Numbers {
    fn of(&mut self, talk: usize) -> ConversationId {
        let next = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        ConversationId(*self.0.entry(talk).or_insert(next))
    }

    /// The conversations by their new numbers.
    fn in_order(self) -> impl Iterator<Item = usize> {
        let mut shown: Vec<_> = self.0.into_iter().collect();
        shown.sort_by_key(|(_, id)| *id);
        shown.into_iter().map(|(talk, _)| talk)
    }
}

impl Again {
    /// For a capture whose rows follow `dialect`.
    pub fn new(dialect: Dialect) -> Self {
        Self::with_copies(dialect, APART)
    }

    /// The same with copies after so many packets of a conversation: more of them, for a test.
    pub fn with_copies(dialect: Dialect, apart: usize) -> Self {
        Self {
            apart,
            decoder: Decoder::of(dialect),
            rememberer: (0, Decoder::of(dialect)),
            decoders: BTreeMap::new(),
            copies: HashMap::new(),
        }
    }

    /// Hands out the rows of `wanted` frames, which are in the order of the capture. Conversations
    /// are numbered by themselves there; they are returned as they stand after the last row.
    pub fn rows(
        &mut self,
        index: &Index,
        source: &mut Revisit,
        wanted: &[FrameNo],
        mut each: impl FnMut(&Row<'_>),
    ) -> Vec<Conversation> {
        if index.whole {
            return from_the_start(index, source, wanted, each);
        }
        let mut groups: HashMap<u32, Group> = HashMap::new();
        let mut numbers = Numbers::default();
        let frames = usize::try_from(index.count()).unwrap_or(0);
        let copies = 16 + frames * FOR_COPIES / COPY;
        let mut spans: HashMap<u32, (FrameNo, FrameNo)> = HashMap::new();
        for &no in wanted {
            if let Some(talk) = index.talk(no) {
                spans.entry(index.group(talk)).or_insert((no, no)).1 = no;
            }
        }
        for (group, span) in spans {
            groups.insert(group, self.gather(index, span));
        }
        for &no in wanted {
            let Some(entry) = index.entry(no) else {
                continue;
            };
            let previous = no.checked_sub(1).and_then(|before| {
                let place = index.entry(before)?.place();
                source.frame(before, place)?.time
            });
            let Some(talk) = entry.talk() else {
                let mut analysis = Analysis::default();
                let mut analyzer = index.pipeline().analyzer.afresh();
                self.take(index, source, no, entry, &mut |frame, packet| {
                    let times = analyzer.ingest(frame, packet, &mut analysis);
                    let row = row(frame, packet, after(times, previous), &analysis, None);
                    each(&row);
                });
                continue;
            };
            let Some(group) = groups.get_mut(&index.group(talk)) else {
                continue;
            };
            while let Some(next) = group.waiting.pop_if(|next| *next <= no) {
                let Some(entry) = index.entry(next) else {
                    continue;
                };
                let stream = entry.talk().and_then(|it| index.talks().get(it));
                let stream = stream.map(|it| it.stream);
                let analyzer = &mut group.analyzer;
                let mut analysis = Analysis::default();
                self.take(index, source, next, entry, &mut |frame, packet| {
                    let times = analyzer.ingest_again(frame, packet, stream, &mut analysis);
                    if next != no {
                        return;
                    }
                    let id = analysis.conversation;
                    let conversation = id.and_then(|id| analyzer.conversation(id));
                    analysis.conversation = id.map(|_| numbers.of(talk));
                    let times = after(times, previous);
                    each(&row(frame, packet, times, &analysis, conversation));
                });
                group.taken += 1;
                if group.taken.is_multiple_of(self.apart)
                    && self.copies.len() < copies
                    && !self.copies.contains_key(&next)
                {
                    self.copies.insert(next, group.analyzer.clone());
                }
            }
        }
        as_they_stand(index, numbers, &groups)
    }

    /// The frames that the rows of a group from `first` to `last` depend on, from the latest copy of
    /// an analyzer on.
    fn gather(&self, index: &Index, (first, last): (FrameNo, FrameNo)) -> Group {
        let mut waiting = Vec::new();
        let mut at = last;
        while at > 0 {
            if let Some(copy) = self.copies.get(&at).filter(|_| at < first) {
                return Group {
                    analyzer: copy.clone(),
                    waiting,
                    taken: 0,
                };
            }
            waiting.push(at);
            at = index.entry(at).map_or(0, |it| it.before);
        }
        Group {
            analyzer: index.pipeline().analyzer.afresh(),
            waiting,
            taken: 0,
        }
    }

    /// Reads and decodes a frame.
    fn take(
        &mut self,
        index: &Index,
        source: &mut Revisit,
        no: FrameNo,
        entry: &Entry,
        each: &mut dyn FnMut(&Frame<'_>, &Packet<'_>),
    ) {
        if entry.remembered {
            self.remember(index, source, no);
        }
        let decoder = match entry.remembered {
            true => &mut self.rememberer.1,
            false => &mut self.decoder,
        };
        if let Some(frame) = source.frame(no, entry.place()) {
            each(&frame, &decoder.decode(&frame));
        }
        self.rememberer.0 += usize::from(entry.remembered);
    }

    /// Lets the decoder that remembers see every frame that it has to remember before `no`.
    fn remember(&mut self, index: &Index, source: &mut Revisit, no: FrameNo) {
        let goal = index.remembered.partition_point(|it| *it < no);
        if self.rememberer.0 > goal {
            let copy = self.decoders.range(..=goal).next_back();
            self.rememberer = copy.map_or_else(
                || (0, Decoder::of(index.pipeline().analyzer.dialect())),
                |(seen, decoder)| (*seen, decoder.clone()),
            );
        }
        while let Some(&next) = index.remembered.get(self.rememberer.0)
            && self.rememberer.0 < goal
        {
            let place = index.place(next);
            if let Some(frame) = source.frame(next, place) {
                self.rememberer.1.decode(&frame);
            }
            self.rememberer.0 += 1;
            let seen = self.rememberer.0;
            if seen.is_multiple_of(DECODER_APART) && !self.decoders.contains_key(&seen) {
                self.decoders.insert(seen, self.rememberer.1.clone());
            }
        }
    }
}

/// The conversations of some rows in the order of their numbers, as far as they were taken.
fn as_they_stand(
    index: &Index,
    numbers: Numbers,
    groups: &HashMap<u32, Group>,
) -> Vec<Conversation> {
    let found = numbers.in_order().filter_map(|talk| {
        let known = index.talks().get(talk)?;
        let all = groups.get(&index.group(talk))?.analyzer.conversations();
        let is_its =
            |it: &&Conversation| it.stream == known.stream && it.protocol == known.protocol;
        all.iter().find(is_its)
    });
    found.cloned().collect()
}

/// The times of a row that was not read after the one before it.
fn after(times: RowTimes, previous: Option<Timestamp>) -> RowTimes {
    RowTimes {
        previous,
        displayed: previous,
        ..times
    }
}

fn row<'a>(
    frame: &Frame<'a>,
    packet: &Packet<'a>,
    times: RowTimes,
    analysis: &'a Analysis,
    conversation: Option<&'a Conversation>,
) -> Row<'a> {
    Row {
        frame: *frame,
        packet: *packet,
        times,
        analysis,
        conversation,
    }
}

/// The same where frames hold several packets, so that nothing can be left out.
fn from_the_start(
    index: &Index,
    source: &mut Revisit,
    wanted: &[FrameNo],
    mut each: impl FnMut(&Row<'_>),
) -> Vec<Conversation> {
    let mut pipeline = Pipeline {
        analyzer: index.pipeline().analyzer.anew(),
        decoder: Decoder::of(index.pipeline().analyzer.dialect()),
        ..Pipeline::default()
    };
    let mut numbers = Numbers::default();
    let mut wanted = wanted.iter().copied().peekable();
    let Some(last) = wanted.clone().last() else {
        return Vec::new();
    };
    for no in 1..=last {
        let place = index.place(no);
        let Some(frame) = source.frame(no, place) else {
            continue;
        };
        let row = pipeline.push(&frame);
        if wanted.next_if_eq(&no).is_some() {
            let mut analysis = *row.analysis;
            let talk = analysis.conversation.map(ConversationId::index);
            analysis.conversation = talk.map(|talk| numbers.of(talk));
            each(&Row {
                analysis: &analysis,
                ..row
            });
        }
    }
    let all = pipeline.analyzer().conversations();
    let shown = numbers.in_order().filter_map(|talk| all.get(talk));
    shown.cloned().collect()
}
