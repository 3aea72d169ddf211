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
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment, TcpState};
use crate::model::transport::Origin;
use crate::report::who::Who;
use crate::report::words;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

phrase! {
    CUT: "a TCP segment whose header is cut short, so that this capture does not show what it says",
        "um segmento TCP cujo cabeçalho está cortado; por isso esta captura não mostra o que ele diz";
    FRAGMENT:
        "the first fragment of a TCP segment whose other fragments are not put together here, so that its length is not known",
        "o primeiro fragmento de um segmento TCP cujos outros fragmentos não são reunidos aqui; por isso seu tamanho não é conhecido";
    BROKEN:
        "a TCP segment whose header claims a length that cannot be, so that nothing it says can be believed",
        "um segmento TCP cujo cabeçalho indica um tamanho impossível; por isso nada do que ele diz é confiável";
}
static STRANGE: Text = Text::new(
    "{the} sends a segment whose numbers are too far from those before it to belong to them: another connection between the same ports, a second copy of this one, or a made-up segment; the capture does not show which",
    "{the} envia um segmento cujos números estão longe demais dos anteriores para fazer parte deles: outra conexão entre as mesmas portas, uma segunda cópia desta ou um segmento forjado; a captura não mostra qual",
);
static NO_ACK: Text = Text::new(
    "{the} sends a segment without SYN, RST and ACK, which no connection uses: if the port is closed, {other} answers with a RST, and otherwise drops it",
    "{the} envia um segmento sem SYN, RST nem ACK, o que nenhuma conexão usa: se a porta estiver fechada, {other} responde com um RST; senão, descarta o segmento",
);

phrase! {
    NOT_KEPT: "a TCP segment of a conversation that is not followed, as there are too many",
        "um segmento TCP de uma conversa que não é acompanhada, pois há conversas demais";
}

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
    fn the(&self) -> String {
        self.who.the(self.side)
    }

    /// The receiver: `the server`.
    fn other_the(&self) -> String {
        self.who.the(self.latest.peer)
    }

    /// The receiver: `of the server`.
    fn other_of(&self) -> String {
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
        return said.say(&CUT, &[]);
    };
    let Some(len) = tcp.len.filter(|_| header.offset >= 5) else {
        let phrase = match segment.transport.origin {
            Origin::Whole => &BROKEN,
            _ => &FRAGMENT,
        };
        return said.say(phrase, &[]);
    };
    let Some(record) = conversation.record() else {
        return said.say(&NOT_KEPT, &[]);
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
        return said.say(&STRANGE, &[("the", &view.the())]);
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
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("the", &view.the()), ("other", &view.other_the())];
        said.say(&NO_ACK, &values);
        said.because("RFC 9293, 3.10.7", &NO_ACK, &values);
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
    why::say(view, said);
}

/// What the segment acknowledges.
fn news(view: &View<'_>) -> Option<facts::ack::News> {
    facts::ack::of(view.record)
}
