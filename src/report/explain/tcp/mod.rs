//! Sentences for TCP segments.

mod ack;
mod close;
mod data;
mod extras;
mod opening;
mod probe;
mod reset;
mod states;
mod why;

use std::borrow::Cow;

use super::phrase::Clauses;
use crate::analysis::conversation::Conversation;
use crate::analysis::facts;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::record::Record;
use crate::analysis::record::end::End;
use crate::analysis::record::latest::Latest;
use crate::analysis::row::Row;
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::{FrameNo, LinkType};
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment, TcpState};
use crate::model::transport::Extent;
use crate::report::who::Who;
use crate::report::words;
use crate::report::words::segment;
use crate::text::Lang;

/// A SYN or FIN that came before.
#[derive(Clone, Copy)]
struct Single {
    frame: FrameNo,
    /// The number it takes.
    seq: Seq,
    time: Option<i64>,
    /// A SYN with ACK.
    answers: bool,
}

/// An end as it was before the segment.
struct Past {
    heard: bool,
    /// The number after its highest one.
    next: Option<Seq>,
    syn: Option<Single>,
    fin: Option<Single>,
}

impl Past {
    fn of(end: &End, latest: &Latest, own: bool, next: Option<Seq>) -> Past {
        let frame = latest.at.frame;
        let syn = end.syn.filter(|it| it.frame != frame).map(|it| Single {
            frame: it.frame,
            seq: it.isn,
            time: it.time,
            answers: it.flags.ack(),
        });
        let fin = end.fin.filter(|it| it.at.frame != frame).map(|it| Single {
            frame: it.at.frame,
            seq: it.number,
            time: it.at.time.map(|time| time.0),
            answers: false,
        });
        Past {
            heard: if own { latest.before.heard } else { end.heard },
            next,
            syn,
            fin,
        }
    }
}

/// A segment with what came before it. "Own" is the end that sent it, "other" the one it goes to.
struct View<'a> {
    who: Who<'a>,
    frame: FrameNo,
    /// Since the first frame, in nanoseconds.
    time: Option<i64>,
    side: Side,
    segment: &'a Segment<'a>,
    header: Header,
    /// A row of text tells of it: the header's own numbers are not known.
    from_text: bool,
    tcp: &'a TcpAnalysis,
    len: u32,
    phase: Phase,
    conversation: &'a Conversation,
    record: &'a Record,
    latest: &'a Latest,
    own: Past,
    other: Past,
    /// Of the conversation's ends as [`Row`]s order them, before and after.
    before: [Option<TcpState>; 2],
    after: [Option<TcpState>; 2],
}

impl View<'_> {
    /// The sender: `the client`.
    fn the(&self) -> Cow<'static, str> {
        self.who.the(self.side)
    }

    /// The receiver: `the server`.
    fn other_the(&self) -> Cow<'static, str> {
        self.who.the(self.latest.peer)
    }

    /// The receiver: `of the server`.
    fn other_of(&self) -> Cow<'static, str> {
        self.who.of(self.latest.peer)
    }

    /// What the record has of the receiver.
    fn receiver(&self) -> &End {
        self.record.end(self.latest.peer)
    }

    /// A number of the sender as it is shown.
    fn shown(&self, seq: Seq) -> u32 {
        seq.from_base(self.header.seq).wrapping_add(self.tcp.seq)
    }

    /// A number of the receiver as it is shown, for a segment with ACK.
    fn shown_other(&self, seq: Seq) -> u32 {
        seq.from_base(self.header.ack).wrapping_add(self.tcp.ack)
    }

    /// The number after the last payload byte.
    fn end(&self) -> Seq {
        let start = self.header.seq.plus(u32::from(self.header.flags.syn()));
        start.plus(self.len)
    }

    fn marked(&self, marks: Marks) -> bool {
        self.tcp.marks.any(marks)
    }

    /// How long before this segment; `None` where the times do not say.
    fn since(&self, earlier: Option<i64>, lang: Lang) -> Option<String> {
        super::phrase::time(self.time?.saturating_sub(earlier?), lang)
    }
}

/// Explains the latest segment of `conversation`.
pub(super) fn explain(
    segment: &Segment<'_>,
    row: &Row<'_>,
    conversation: &Conversation,
    said: &mut Clauses,
) {
    let (Some(header), Some(tcp)) = (row.whole_header(), row.analysis.tcp.as_ref()) else {
        return said.clause(segment::CUT.get(said.lang));
    };
    let Some(len) = tcp.len.filter(|_| header.offset >= 5) else {
        let phrase = match segment.transport.extent {
            Extent::Whole => &segment::BROKEN,
            _ => &segment::FRAGMENT,
        };
        return said.clause(phrase.get(said.lang));
    };
    let Some(record) = conversation.record() else {
        return said.clause(segment::NOT_KEPT.get(said.lang));
    };
    let latest = record.latest();
    let side = latest.side;
    let (own, other) = (record.end(side), record.end(latest.peer));
    let placed = |place: Option<i64>, from: i64, seq: Seq| {
        place.map(|place| seq.plus(crate::analysis::record::line::low(place - from)))
    };
    let view = View {
        who: Who::new(conversation, said.lang),
        frame: row.frame.no,
        time: row.times.relative().map(|time| time.nanos_clamped()),
        side,
        segment,
        header,
        from_text: row.frame.link == LinkType::ROWS,
        tcp,
        len,
        phase: row.analysis.phase.unwrap_or(Phase::Unknown),
        conversation,
        record,
        latest,
        own: Past::of(
            own,
            latest,
            true,
            placed(latest.before.next, latest.start, header.seq),
        ),
        other: Past::of(
            other,
            latest,
            false,
            placed(other.next, latest.ack.unwrap_or(0), header.ack),
        ),
        before: latest.before.states,
        after: row.analysis.states,
    };
    if latest.strange {
        return said.clause(segment::strange(said.lang, view.the()));
    }
    let news = conversation.lifecycle.news(view.frame);
    if news.is_some_and(|news| news.stray.is_some()) {
        return opening::stray(&view, said);
    }
    if let Some(twin) = &latest.twin {
        return said.clause(words::again::twin(said.lang, twin, latest.at));
    }
    say(&view, said);
}

fn say(view: &View<'_>, said: &mut Clauses) {
    let flags = view.header.flags;
    if flags.rst() {
        reset::say(view, said);
    } else if flags.syn() {
        opening::say(view, said);
    } else if !flags.ack() {
        let what = || segment::no_ack(said.lang, view.the(), view.other_the());
        let (clause, step) = (what(), what());
        said.clause(clause);
        said.step("RFC 9293, 3.10.7", step);
    } else if view.latest.probe {
        probe::say(view, said);
    } else if view.len > 0 || flags.fin() {
        data::say(view, said);
    } else if !probe::answers(view, said) {
        ack::say(view, said);
        data::gap(view, said);
    }
    extras::say(view, said);
    if flags.ack() && !flags.rst() {
        opening::completes(view, said);
    }
    states::say(view, said);
    if view.latest.first && !flags.syn() {
        opening::missing(view, said);
    }
    if said.reasons {
        why::say(view, said);
    }
}

/// What the segment acknowledges.
fn news(view: &View<'_>) -> Option<facts::ack::News> {
    facts::ack::of(view.record)
}
