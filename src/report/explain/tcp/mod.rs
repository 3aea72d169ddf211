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

use super::memory::{Flow, Sent, Single, Talk};
use super::phrase::{Clauses, Values};
use crate::analysis::conversation::Conversation;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::row::Row;
use crate::analysis::tcp::TcpAnalysis;
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::packet::Context;
use crate::model::seq::Seq;
use crate::model::side::Side;
use crate::model::tcp::{Header, Segment, TcpState};
use crate::report::who::Who;
use crate::text::{Lang, Text};

static CUT: Text = Text {
    en: "a TCP segment whose header is cut short, so that this capture does not show what it says",
    pt_br: "um segmento TCP cujo cabeçalho está cortado; por isso esta captura não mostra o que ele diz",
};
static FRAGMENT: Text = Text {
    en: "the first fragment of a TCP segment whose other fragments are not put together here, so that its length is not known",
    pt_br: "o primeiro fragmento de um segmento TCP cujos outros fragmentos não são reunidos aqui; por isso seu tamanho não é conhecido",
};
static BROKEN: Text = Text {
    en: "a TCP segment whose header claims a length that cannot be, so that nothing it says can be believed",
    pt_br: "um segmento TCP cujo cabeçalho indica um tamanho impossível; por isso nada do que ele diz é confiável",
};
static STRANGE: Text = Text {
    en: "{the} sends a segment whose numbers are too far from those before it to belong to them: another connection between the same ports, a second copy of this one, or a made-up segment; the capture does not show which",
    pt_br: "{the} envia um segmento cujos números estão longe demais dos anteriores para fazer parte deles: outra conexão entre as mesmas portas, uma segunda cópia desta ou um segmento forjado; a captura não mostra qual",
};
static NO_ACK: Text = Text {
    en: "{the} sends a segment without SYN, RST and ACK, which no connection uses: {other} has to drop it",
    pt_br: "{the} envia um segmento sem SYN, RST nem ACK, o que nenhuma conexão usa: {other} deve descartá-lo",
};

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
    own: &'a Flow,
    other: &'a Flow,
    /// Of the conversation's ends as [`Row`]s order them, before and after.
    before: [Option<TcpState>; 2],
    after: [Option<TcpState>; 2],
    /// The first packet of its conversation.
    first: bool,
}

impl View<'_> {
    /// The sender: `the client`.
    fn the(&self) -> String {
        self.who.the(self.side)
    }

    /// The receiver: `the server`.
    fn other_the(&self) -> String {
        self.who.the(self.side.other())
    }

    /// The receiver: `of the server`.
    fn other_of(&self) -> String {
        self.who.of(self.side.other())
    }

    /// A number of the sender as it is shown.
    fn shown(&self, seq: Seq) -> u32 {
        seq.from_base(self.header.seq).wrapping_add(self.tcp.seq)
    }

    /// A number of the receiver as it is shown, for a segment with ACK.
    fn shown_other(&self, seq: Seq) -> u32 {
        seq.from_base(self.header.ack).wrapping_add(self.tcp.ack)
    }

    /// The number of the first payload byte.
    fn start(&self) -> Seq {
        self.header.seq.plus(u32::from(self.header.flags.syn()))
    }

    /// The number after the last payload byte.
    fn end(&self) -> Seq {
        self.start().plus(self.len)
    }

    fn marked(&self, marks: Marks) -> bool {
        self.tcp.marks.any(marks)
    }

    /// How long before this segment; `None` where the times do not say.
    fn since(&self, earlier: Option<i64>, lang: Lang) -> Option<String> {
        super::phrase::time(self.time?.saturating_sub(earlier?), lang)
    }
}

/// Explains a segment of `conversation` where somebody listens, then remembers it.
pub(super) fn explain(
    segment: &Segment<'_>,
    row: &Row<'_>,
    conversation: &Conversation,
    talk: &mut Talk,
    said: Option<&mut Clauses>,
) {
    let first = !std::mem::replace(&mut talk.begun, true);
    let side = row.analysis.side.unwrap_or(Side::First);
    one(segment, row, conversation, (talk, side, first), said);
    talk.flows[side.index()].heard = true;
}

fn one(
    segment: &Segment<'_>,
    row: &Row<'_>,
    conversation: &Conversation,
    (talk, side, first): (&mut Talk, Side, bool),
    mut said: Option<&mut Clauses>,
) {
    let lang = said.as_ref().map_or(Lang::En, |said| said.lang);
    let mut only = |phrase, values: Values<'_>| {
        if let Some(said) = &mut said {
            said.say(phrase, values);
        }
    };
    let (Some(header), Some(tcp)) = (segment.header, row.analysis.tcp.as_ref()) else {
        only(&CUT, &[]);
        return;
    };
    let Some(len) = tcp.len.filter(|_| header.offset >= 5) else {
        let phrase = match segment.transport.context {
            Context::Whole => &BROKEN,
            _ => &FRAGMENT,
        };
        only(phrase, &[]);
        return;
    };
    let flags = header.flags;
    if flags.syn() && tcp.marks.any(Marks::PORT_REUSED) {
        // Its numbers start anew.
        talk.flows[side.index()] = Flow::default();
    }
    let before = std::mem::replace(&mut talk.states, row.analysis.states);
    let (own, other) = talk.pair(side);
    let view = View {
        who: Who::new(conversation, lang),
        frame: row.frame.no,
        time: row.times.relative().map(|time| time.nanos_clamped()),
        side,
        segment,
        header,
        tcp,
        len,
        phase: row.analysis.phase.unwrap_or(Phase::Unknown),
        conversation,
        own,
        other,
        before,
        after: row.analysis.states,
        first,
    };
    let plain = !flags.syn() && !flags.rst();
    if plain && (own.far(header.seq) || (flags.ack() && other.far(header.ack))) {
        only(&STRANGE, &[("the", &view.the())]);
        return;
    }
    if let Some(said) = said {
        say(&view, said);
    }
    learn(own, other, &Learned::of(&view));
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
        said.because("RFC 9293, 3.10.7.4", &NO_ACK, &values);
    } else if view.phase == Phase::KeepAlive || (view.phase == Phase::Window && view.len > 0) {
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
    if view.first && !flags.syn() {
        opening::missing(view, said);
    }
    why::say(view, said);
}

/// What is remembered of a segment.
struct Learned {
    frame: FrameNo,
    header: Header,
    start: Seq,
    len: u32,
    time: Option<i64>,
    window: u32,
    duplicate: Option<u32>,
    probe: bool,
}

impl Learned {
    fn of(view: &View<'_>) -> Learned {
        Learned {
            frame: view.frame,
            header: view.header,
            start: view.start(),
            len: view.len,
            time: view.time,
            window: view.tcp.window,
            duplicate: view
                .tcp
                .duplicate
                .filter(|_| view.marked(Marks::DUP_ACK))
                .map(|duplicate| duplicate.number),
            probe: view.phase == Phase::KeepAlive && view.marked(Marks::KEEP_ALIVE)
                || view.phase == Phase::Window && view.len > 0,
        }
    }
}

fn learn(own: &mut Flow, _: &mut Flow, it: &Learned) {
    let (flags, frame, time) = (it.header.flags, it.frame, it.time);
    if flags.rst() {
        own.rst = own.rst.or(Some(frame));
        return;
    }
    let single = |seq| Single {
        frame,
        seq,
        time,
        answers: flags.ack(),
        again: None,
    };
    let end = it.start.plus(it.len);
    if flags.syn() {
        own.asked = Some(frame);
    }
    let note = |known: &mut Option<Single>, seq| match known {
        Some(known) if known.seq == seq => known.again = Some(frame),
        _ => *known = Some(single(seq)),
    };
    if flags.syn() {
        note(&mut own.syn, it.header.seq);
    }
    if flags.fin() {
        note(&mut own.fin, end);
    }
    let keep_alive = it.probe
        && own
            .next
            .is_some_and(|next| !it.start.plus(it.len).after(next));
    if !keep_alive {
        if it.len > 0 {
            own.remember(Sent {
                frame,
                start: it.start,
                len: it.len,
                time,
            });
        }
        own.extend(it.header.seq, end.plus(u32::from(flags.fin())));
    }
    if flags.ack() {
        own.tell(it.header.ack, frame);
    }
    own.window = Some((it.window, frame));
    if let Some(number) = it.duplicate {
        own.duplicate = Some((it.header.ack, number, frame));
    }
    if it.probe {
        own.probe = Some(frame);
    }
}
