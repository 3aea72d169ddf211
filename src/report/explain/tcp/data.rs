//! Segments with payload: new bytes, bytes sent again, bytes that come late.

use super::{View, ack, close};
use crate::analysis::tcp::marks::Marks;
use crate::report::explain::memory::Held;
use crate::report::explain::phrase::{Clauses, bytes, count, frame_list, pick, range};
use crate::text::Text;

static SENDS: Text = Text {
    en: "{the} sends {bytes} ({count} of data)",
    pt_br: "{the} envia {bytes} ({count} de dados)",
};
static REPEATS: Text = Text {
    en: "{the} repeats {bytes} ({count}), first captured in {frames}",
    pt_br: "{the} repete {bytes} ({count}), já capturados em {frames}",
};
static REPEATS_LATER: Text = Text {
    en: "{the} repeats {bytes} ({count}), first captured in {frames}, {time} before",
    pt_br: "{the} repete {bytes} ({count}), já capturados em {frames}, {time} antes",
};
static PARTLY: [Text; 2] = [
    Text {
        en: "{the} sends {bytes}, of which 1 was captured before, in {frames}",
        pt_br: "{the} envia {bytes}, dos quais 1 já tinha sido capturado, em {frames}",
    },
    Text {
        en: "{the} sends {bytes}, of which {count} were captured before, in {frames}",
        pt_br: "{the} envia {bytes}, dos quais {count} já tinham sido capturados, em {frames}",
    },
];
static LATE: Text = Text {
    en: "{the} sends {bytes} ({count} of data), which belong before bytes captured earlier (#{frame}) and were in no segment captured so far",
    pt_br: "{the} envia {bytes} ({count} de dados), que vêm antes de bytes já capturados (#{frame}) e não estavam em nenhum segmento capturado até aqui",
};
static LATE_UNCERTAIN: Text = Text {
    en: "{the} sends {bytes} ({count} of data), below the highest number it has used, which was captured before this segment; which earlier segment held them, if any, is too long ago to say",
    pt_br: "{the} envia {bytes} ({count} de dados), abaixo do maior número que já usou, capturado antes deste segmento; qual segmento anterior os trazia, se algum, já ficou longe demais para dizer",
};
static GAP: [Text; 2] = [
    Text {
        en: "number {range} before it is in no segment captured so far",
        pt_br: "o número {range}, antes dele, não está em nenhum segmento capturado até aqui",
    },
    Text {
        en: "the numbers {range} before it are in no segment captured so far",
        pt_br: "os números {range}, antes dele, não estão em nenhum segmento capturado até aqui",
    },
];
static ALREADY: Text = Text {
    en: "{other} had acknowledged everything before number {told} in #{frame}, so they were not needed there (spurious retransmission)",
    pt_br: "{other} já tinha reconhecido tudo antes do número {told} em #{frame}, então não eram necessários (retransmissão espúria)",
};
static FAST: Text = Text {
    en: "{other} had asked for number {seq} again and again, last in #{frame} (fast retransmission)",
    pt_br: "{other} tinha pedido o número {seq} repetidas vezes, a última em #{frame} (retransmissão rápida)",
};
static UNACKNOWLEDGED: Text = Text {
    en: "no acknowledgment of them has been captured since (retransmission)",
    pt_br: "nenhum reconhecimento deles foi capturado desde então (retransmissão)",
};
static PUSH: Text = Text {
    en: "PSH asks for delivery to the program without delay",
    pt_br: "PSH pede a entrega ao programa sem demora",
};
static FULL: Text = Text {
    en: "this fills the window that {other} offered last, in #{frame}",
    pt_br: "isto enche a janela que {other} ofereceu por último, em #{frame}",
};
static FIN_ONLY: Text = Text {
    en: "{the} says that it has no more to send (FIN)",
    pt_br: "{the} diz que não tem mais nada a enviar (FIN)",
};
static FIN_AGAIN: Text = Text {
    en: "{the} repeats the FIN of #{frame}",
    pt_br: "{the} repete o FIN de #{frame}",
};
static FIN_AGAIN_LATER: Text = Text {
    en: "{the} repeats the FIN of #{frame}, {time} later",
    pt_br: "{the} repete o FIN de #{frame}, {time} depois",
};
static FIN_TOO: Text = Text {
    en: "with these it has no more to send (FIN)",
    pt_br: "com estes não tem mais nada a enviar (FIN)",
};

/// The sentence of a segment with payload, a FIN, or both.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    if view.len > 0 {
        payload(view, said);
    }
    gap(view, said);
    if view.header.flags.fin() {
        fin(view, said);
    }
    ack::also(view, said);
}

fn payload(view: &View<'_>, said: &mut Clauses) {
    let lang = said.lang;
    let (start, end) = (view.start(), view.end());
    let (first, last) = (view.shown(start), view.shown(end.minus(1)));
    let held = view.own.held(start, end);
    let frames = frame_list(&held.frames(), lang);
    let (the, bytes, count) = (view.the(), bytes(first, last, lang), count(view.len));
    let values: [(&str, &dyn std::fmt::Display); 4] = [
        ("the", &the),
        ("bytes", &bytes),
        ("count", &count),
        ("frames", &frames),
    ];
    if held.bytes == view.len {
        let earlier = held.by.first().and_then(|sent| view.since(sent.time));
        match earlier.filter(|_| held.by.len() == 1) {
            Some(time) => {
                let [a, b, c, d] = values;
                said.say(&REPEATS_LATER, &[a, b, c, d, ("time", &time)]);
            }
            None => said.say(&REPEATS, &values),
        }
    } else if held.bytes > 0 {
        said.say(
            pick(held.bytes == 1, &PARTLY[0], &PARTLY[1]),
            &[
                ("the", &the),
                ("bytes", &bytes),
                ("count", &held.bytes),
                ("frames", &frames),
            ],
        );
    } else if view.own.next.is_some_and(|next| start.before(next)) {
        match view.own.after(start).filter(|_| held.certain) {
            Some(frame) => {
                let [a, b, c, _] = values;
                said.say(&LATE, &[a, b, c, ("frame", &frame)]);
            }
            None if held.certain => said.say(&SENDS, &values),
            None => said.say(&LATE_UNCERTAIN, &values),
        }
    } else {
        said.say(&SENDS, &values);
    }
    again(view, &held, said);
    if view.marked(Marks::WINDOW_FULL)
        && let Some((_, frame)) = view.other.window
    {
        said.say(&FULL, &[("other", &view.other_the()), ("frame", &frame)]);
    }
    if view.header.flags.any(crate::model::tcp::TcpFlags::PSH) {
        said.say(&PUSH, &[]);
    }
}

/// Why the bytes come again, as far as it is shown.
fn again(view: &View<'_>, held: &Held, said: &mut Clauses) {
    let told = view.other.told;
    if view.marked(Marks::SPURIOUS_RETRANSMISSION) {
        if let Some((told, frame)) = told.filter(|(told, _)| !told.before(view.end())) {
            said.say(
                &ALREADY,
                &[
                    ("other", &view.other_the()),
                    ("told", &view.shown(told)),
                    ("frame", &frame),
                ],
            );
        }
    } else if view.marked(Marks::FAST_RETRANSMISSION) {
        let asked = view.other.duplicate;
        if let Some((_, _, frame)) = asked.filter(|(ack, ..)| *ack == view.header.seq) {
            let seq = view.shown(view.header.seq);
            said.say(
                &FAST,
                &[
                    ("other", &view.other_the()),
                    ("seq", &seq),
                    ("frame", &frame),
                ],
            );
        }
    } else if view.marked(Marks::RETRANSMISSION)
        && held.bytes == view.len
        && told.is_none_or(|(told, _)| !told.after(view.start()))
    {
        said.say(&UNACKNOWLEDGED, &[]);
    }
}

/// What is missing in front of it.
fn gap(view: &View<'_>, said: &mut Clauses) {
    let Some(next) = view.own.next.filter(|next| next.before(view.start())) else {
        return;
    };
    let (first, last) = (view.shown(next), view.shown(view.start().minus(1)));
    let range = range(first, last);
    said.say(pick(first == last, &GAP[0], &GAP[1]), &[("range", &range)]);
}

fn fin(view: &View<'_>, said: &mut Clauses) {
    let the = view.the();
    let known = view.own.fin.filter(|fin| fin.seq == view.end());
    match (known, known.and_then(|fin| view.since(fin.time))) {
        (Some(fin), Some(time)) => said.say(
            &FIN_AGAIN_LATER,
            &[("the", &the), ("frame", &fin.frame), ("time", &time)],
        ),
        (Some(fin), None) => said.say(&FIN_AGAIN, &[("the", &the), ("frame", &fin.frame)]),
        (None, _) if view.len > 0 => said.say(&FIN_TOO, &[]),
        (None, _) => said.say(&FIN_ONLY, &[("the", &the)]),
    }
    close::fin(view, known.is_some(), said);
}
