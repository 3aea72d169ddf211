//! What an acknowledgment says: which bytes it covers, whose, and where they were sent.

use super::View;
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::report::explain::memory::Held;
use crate::report::explain::phrase::{Clauses, and_also, bytes, frame_list, pick, range};
use crate::text::{Lang, Text};

static ACKNOWLEDGES: Text = Text {
    en: "{the} acknowledges {object}",
    pt_br: "{the} reconhece {object}",
};
static ALSO: Text = Text {
    en: "it also acknowledges {object} (Ack={ack})",
    pt_br: "também reconhece {object} (Ack={ack})",
};
static NEXT_BYTE: Text = Text {
    en: "the next byte it expects is number {ack}",
    pt_br: "o próximo byte que espera é o de número {ack}",
};
static NEXT_NUMBER: Text = Text {
    en: "the next number it expects is {ack}",
    pt_br: "o próximo número que espera é {ack}",
};
static DATA: Text = Text {
    en: "{bytes} {of}",
    pt_br: "{bytes} {of}",
};
static SENT_IN: [Text; 2] = [
    Text {
        en: "{object}, sent in {frames}",
        pt_br: "{object}, enviado em {frames}",
    },
    Text {
        en: "{object}, sent in {frames}",
        pt_br: "{object}, enviados em {frames}",
    },
];
static PARTLY_SENT_IN: [Text; 2] = [
    Text {
        en: "{object}, of which this capture holds 1 before this segment (in {frames})",
        pt_br: "{object}, dos quais esta captura tem 1 antes deste segmento (em {frames})",
    },
    Text {
        en: "{object}, of which this capture holds {count} before this segment (in {frames})",
        pt_br: "{object}, dos quais esta captura tem {count} antes deste segmento (em {frames})",
    },
];
static NOT_CAPTURED: [Text; 2] = [
    Text {
        en: "{object}, which is in no segment captured before",
        pt_br: "{object}, que não está em nenhum segmento capturado antes",
    },
    Text {
        en: "{object}, which are in no segment captured before",
        pt_br: "{object}, que não estão em nenhum segmento capturado antes",
    },
];
static SYN: Text = Text {
    en: "the SYN {of} (#{frame}), which counts 1",
    pt_br: "o SYN {of} (#{frame}), que conta 1",
};
static FIN: Text = Text {
    en: "the FIN {of} (#{frame}), which counts 1",
    pt_br: "o FIN {of} (#{frame}), que conta 1",
};
static UNSEEN: [Text; 2] = [
    Text {
        en: "number {range} {of}, which is in no segment captured before",
        pt_br: "o número {range} {of}, que não está em nenhum segmento capturado antes",
    },
    Text {
        en: "the numbers {range} {of}, which are in no segment captured before",
        pt_br: "os números {range} {of}, que não estão em nenhum segmento capturado antes",
    },
];
static BEFORE: Text = Text {
    en: "everything {of} before number {to}",
    pt_br: "tudo {of} antes do número {to}",
};
static BEFORE_UNHEARD: Text = Text {
    en: "everything {of} before number {to}, none of which has been captured so far",
    pt_br: "tudo {of} antes do número {to} (nada disso foi capturado até aqui)",
};
static AND_BEFORE: Text = Text {
    en: "what came before",
    pt_br: "o que veio antes",
};
static NOTHING_NEW: Text = Text {
    en: "{the} acknowledges nothing new: it still expects number {ack}, as in #{frame}",
    pt_br: "{the} não reconhece nada de novo: continua esperando o número {ack}, como em #{frame}",
};
static OLDER: Text = Text {
    en: "{the} acknowledges only up to number {ack}, less than {told} in #{frame}, so it says nothing new",
    pt_br: "{the} reconhece só até o número {ack}, menos que {told} em #{frame}; por isso não diz nada de novo",
};
static DUPLICATE: Text = Text {
    en: "{the} repeats Ack={ack} of #{of} (duplicate ACK number {number}): it still expects number {ack}",
    pt_br: "{the} repete o Ack={ack} de #{of} (ACK duplicado número {number}): continua esperando o número {ack}",
};
static LATER_SENT: Text = Text {
    en: "though {other} has sent later bytes, in #{frame}",
    pt_br: "embora {other} tenha enviado bytes posteriores, em #{frame}",
};
static UPDATE: Text = Text {
    en: "{the} changes only its window, from {old} in #{frame} to {new} bytes; it still expects number {ack}",
    pt_br: "{the} muda só a sua janela, de {old} em #{frame} para {new} bytes; continua esperando o número {ack}",
};
static UPDATE_UNSCALED: Text = Text {
    en: "{the} changes only its window field, from {old} in #{frame} to {new} (what a unit of it means was said in the handshake, which this capture does not hold); it still expects number {ack}",
    pt_br: "{the} muda só o campo de janela, de {old} em #{frame} para {new} (quanto vale cada unidade foi dito na apresentação de três vias, que não está nesta captura); continua esperando o número {ack}",
};

/// What an acknowledgment says beyond the ones before it.
pub(super) enum News {
    /// Nothing of the other end was captured before; from this number on it is new.
    Unheard(Option<Seq>),
    /// The same as the highest one before, of this frame.
    Same(FrameNo),
    /// Less than the highest one before, of this frame.
    Older(Seq, FrameNo),
    /// More.
    New(Cover),
}

/// What an acknowledgment covers for the first time.
pub(super) struct Cover {
    /// From here on; what came before was acknowledged before, unless `open`.
    pub(super) from: Seq,
    /// What came before `from` is acknowledged too, and was never captured.
    pub(super) open: bool,
    pub(super) syn: Option<FrameNo>,
    /// Payload, from the first byte to the one after the last; may be empty.
    pub(super) data: (Seq, Seq),
    pub(super) held: Held,
    pub(super) fin: Option<FrameNo>,
    /// From here on nothing was captured before.
    pub(super) unseen: Option<Seq>,
}

impl Cover {
    pub(super) fn data_len(&self) -> u32 {
        self.data.1.from_base(self.data.0)
    }
}

/// Compares the acknowledgment with what came before.
pub(super) fn news(view: &View<'_>) -> News {
    let ack = view.header.ack;
    let (Some(next), Some(lowest)) = (view.other.next, view.other.lowest) else {
        return match view.own.told {
            Some((told, frame)) if told == ack => News::Same(frame),
            Some((told, frame)) if ack.before(told) => News::Older(told, frame),
            told => News::Unheard(told.map(|(told, _)| told)),
        };
    };
    let (from, open) = match view.own.told {
        Some((told, frame)) if told == ack => return News::Same(frame),
        Some((told, frame)) if ack.before(told) => return News::Older(told, frame),
        Some((told, _)) => (told, false),
        None => (lowest, view.other.syn.is_none_or(|syn| syn.seq != lowest)),
    };
    let within = |seq: Seq| !seq.before(from) && seq.before(ack);
    let syn = view.other.syn.filter(|syn| within(syn.seq));
    let captured = if ack.after(next) { next } else { ack };
    let fin = view
        .other
        .fin
        .filter(|fin| within(fin.seq) && captured == fin.seq.plus(1));
    let start = if syn.is_some() { from.plus(1) } else { from };
    let end = match fin {
        Some(fin) => fin.seq,
        None => captured,
    };
    let data = if start.before(end) {
        (start, end)
    } else {
        (start, start)
    };
    let held = view.other.held(data.0, data.1);
    let unseen = ack
        .after(next)
        .then(|| if from.after(next) { from } else { next });
    // One range, where nothing of either was captured.
    let (data, unseen) = match unseen {
        Some(from) if from == data.1 && held.bytes == 0 && held.certain => {
            ((from, from), Some(data.0))
        }
        unseen => (data, unseen),
    };
    News::New(Cover {
        from,
        open,
        syn: syn.map(|syn| syn.frame),
        data,
        held,
        fin: fin.map(|fin| fin.frame),
        unseen,
    })
}

/// What is acknowledged, as the object of a sentence.
fn object(view: &View<'_>, cover: &Cover, lang: Lang) -> String {
    let of = view.other_of();
    let to = view.tcp.ack;
    let mut list = String::new();
    if let Some(frame) = cover.syn {
        list = and_also(
            list,
            &SYN.fill(lang, &[("of", &of), ("frame", &frame)]),
            lang,
        );
    }
    if cover.data_len() > 0 {
        list = and_also(list, &data(view, cover, &of, lang), lang);
    }
    if let Some(frame) = cover.fin {
        list = and_also(
            list,
            &FIN.fill(lang, &[("of", &of), ("frame", &frame)]),
            lang,
        );
    }
    if let Some(from) = cover.unseen {
        return and_also(list, &unseen(view, from, lang), lang);
    }
    if list.is_empty() {
        return BEFORE.fill(lang, &[("of", &of), ("to", &to)]);
    }
    match cover.open {
        true => and_also(list, AND_BEFORE.get(lang), lang),
        false => list,
    }
}

fn data(view: &View<'_>, cover: &Cover, of: &str, lang: Lang) -> String {
    let (first, last) = (
        view.shown_other(cover.data.0),
        view.shown_other(cover.data.1.minus(1)),
    );
    let object = DATA.fill(lang, &[("bytes", &bytes(first, last, lang)), ("of", &of)]);
    let held = &cover.held;
    let frames = frame_list(&held.frames(), lang);
    let one = cover.data_len() == 1;
    let phrase = match held.bytes {
        bytes if bytes == cover.data_len() => pick(one, &SENT_IN[0], &SENT_IN[1]),
        _ if !held.certain => return object,
        0 => pick(one, &NOT_CAPTURED[0], &NOT_CAPTURED[1]),
        bytes => pick(bytes == 1, &PARTLY_SENT_IN[0], &PARTLY_SENT_IN[1]),
    };
    phrase.fill(
        lang,
        &[
            ("object", &object),
            ("frames", &frames),
            ("count", &held.bytes),
        ],
    )
}

fn unheard(view: &View<'_>, from: Option<Seq>, lang: Lang) -> String {
    if let Some(from) = from.filter(|_| !view.other.heard) {
        return unseen(view, from, lang);
    }
    let phrase = pick(view.other.heard, &BEFORE, &BEFORE_UNHEARD);
    phrase.fill(lang, &[("of", &view.other_of()), ("to", &view.tcp.ack)])
}

/// The numbers from `from` on, which no segment brought.
fn unseen(view: &View<'_>, from: Seq, lang: Lang) -> String {
    let (first, last) = (view.shown_other(from), view.tcp.ack.wrapping_sub(1));
    let phrase = pick(first == last, &UNSEEN[0], &UNSEEN[1]);
    let range = range(first, last);
    phrase.fill(lang, &[("range", &range), ("of", &view.other_of())])
}

/// The sentence of a segment that only acknowledges.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let (the, ack, lang) = (view.the(), view.tcp.ack, said.lang);
    let update = view
        .own
        .window
        .filter(|_| view.marked(Marks::WINDOW_UPDATE));
    let duplicate = view
        .tcp
        .duplicate
        .filter(|it| view.marked(Marks::DUP_ACK) && it.of != 0);
    match (news(view), duplicate, update) {
        (News::New(cover), ..) => {
            let object = object(view, &cover, lang);
            said.say(&ACKNOWLEDGES, &[("the", &the), ("object", &object)]);
            let end = cover.fin.is_some() || cover.unseen.is_some();
            said.say(pick(end, &NEXT_NUMBER, &NEXT_BYTE), &[("ack", &ack)]);
        }
        (News::Unheard(from), ..) => {
            let object = unheard(view, from, lang);
            said.say(&ACKNOWLEDGES, &[("the", &the), ("object", &object)]);
        }
        (News::Same(_), Some(duplicate), _) => {
            let (of, number) = (duplicate.of, duplicate.number);
            said.say(
                &DUPLICATE,
                &[
                    ("the", &the),
                    ("ack", &ack),
                    ("of", &of),
                    ("number", &number),
                ],
            );
            if let Some(frame) = view.other.after(view.header.ack) {
                said.add(
                    &LATER_SENT,
                    &[("other", &view.other_the()), ("frame", &frame)],
                );
            }
        }
        (News::Same(_), None, Some((old, frame))) => {
            let scaled = view.tcp.scale != crate::analysis::tcp::Scale::Unknown;
            said.say(
                pick(scaled, &UPDATE, &UPDATE_UNSCALED),
                &[
                    ("the", &the),
                    ("old", &old),
                    ("frame", &frame),
                    ("new", &view.tcp.window),
                    ("ack", &ack),
                ],
            );
        }
        (News::Same(frame), None, None) => {
            said.say(
                &NOTHING_NEW,
                &[("the", &the), ("ack", &ack), ("frame", &frame)],
            );
        }
        (News::Older(told, frame), ..) => {
            let told = view.shown_other(told);
            said.say(
                &OLDER,
                &[
                    ("the", &the),
                    ("ack", &ack),
                    ("told", &told),
                    ("frame", &frame),
                ],
            );
        }
    }
}

/// The clause of a segment that does something else too.
pub(super) fn also(view: &View<'_>, said: &mut Clauses) {
    let (ack, lang) = (view.tcp.ack, said.lang);
    let object = match news(view) {
        News::New(cover) => object(view, &cover, lang),
        News::Unheard(from) => unheard(view, from, lang),
        News::Same(_) | News::Older(..) => return,
    };
    said.say(&ALSO, &[("object", &object), ("ack", &ack)]);
}
