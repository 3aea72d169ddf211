//! Segments with payload: new bytes, bytes sent again, bytes that come late.

use super::{View, ack, close};
use crate::analysis::tcp::marks::Marks;
use crate::model::tcp::TcpFlags;
use crate::report::explain::memory::Held;
use crate::report::explain::phrase::{Clauses, bytes, count, frame_list, pick, range};
use crate::text::Text;

static SENDS: Text = Text {
    en: "{the} sends {bytes} ({count} of data)",
    pt_br: "{the} envia {bytes} ({count} de dados)",
};
static REPEATS: [Text; 2] = [
    Text {
        en: "{the} repeats {bytes} ({count}), first captured in {frames}",
        pt_br: "{the} repete {bytes} ({count}), já capturado em {frames}",
    },
    Text {
        en: "{the} repeats {bytes} ({count}), first captured in {frames}",
        pt_br: "{the} repete {bytes} ({count}), já capturados em {frames}",
    },
];
static REPEATS_LATER: [Text; 2] = [
    Text {
        en: "{the} repeats {bytes} ({count}), first captured in {frames}, {time} before",
        pt_br: "{the} repete {bytes} ({count}), já capturado em {frames}, {time} antes",
    },
    Text {
        en: "{the} repeats {bytes} ({count}), first captured in {frames}, {time} before",
        pt_br: "{the} repete {bytes} ({count}), já capturados em {frames}, {time} antes",
    },
];
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
        en: "number {range} {of}, just before this segment, is in no segment captured so far",
        pt_br: "o número {range} {of}, logo antes deste segmento, não está em nenhum segmento capturado até aqui",
    },
    Text {
        en: "the numbers {range} {of}, just before this segment, are in no segment captured so far",
        pt_br: "os números {range} {of}, logo antes deste segmento, não estão em nenhum segmento capturado até aqui",
    },
];
static ALREADY: Text = Text {
    en: "{other} had acknowledged everything before number {told} in #{frame}, so nothing of it was needed there (spurious retransmission)",
    pt_br: "{other} já tinha reconhecido tudo antes do número {told} em #{frame}, então nada disso era necessário (retransmissão espúria)",
};
static ALREADY_UNSEEN: Text = Text {
    en: "yet {other} had acknowledged everything before number {told} in #{frame}: either an earlier copy is missing in this capture, or the packets are not in their order",
    pt_br: "no entanto, {other} já tinha reconhecido tudo antes do número {told} em #{frame}: ou falta uma cópia anterior nesta captura, ou os pacotes não estão em ordem",
};
static OVERTAKEN: Text = Text {
    en: "it comes so soon after these that it was more likely overtaken than sent again (out-of-order)",
    pt_br: "vem tão pouco tempo depois deles que é mais provável ter sido ultrapassado do que reenviado (fora de ordem)",
};
static FAST: Text = Text {
    en: "{other} had asked for number {seq} again and again, last in #{frame} (fast retransmission)",
    pt_br: "{other} tinha pedido o número {seq} repetidas vezes, a última em #{frame} (retransmissão rápida)",
};
static UNACKNOWLEDGED: Text = Text {
    en: "nothing of it has been acknowledged in this capture so far (retransmission)",
    pt_br: "nada disso foi reconhecido nesta captura até aqui (retransmissão)",
};
static PUSH: Text = Text {
    en: "PSH asks for delivery to the program without delay",
    pt_br: "PSH pede a entrega ao programa sem demora",
};
static FULL: Text = Text {
    en: "this fills the window that {other} offered last, in #{frame}",
    pt_br: "isto enche a janela que {other} ofereceu por último, em #{frame}",
};
/// The sentence of a segment with payload, a FIN, or both.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let fin = view.header.flags.fin();
    if view.len > 0 {
        let held = payload(view, said);
        gap(view, said);
        again(view, &held, said);
        if view.marked(Marks::WINDOW_FULL)
            && let Some((_, frame)) = view.other.window
        {
            said.say(&FULL, &[("other", &view.other_the()), ("frame", &frame)]);
        }
        if view.header.flags.any(TcpFlags::PSH) {
            said.say(&PUSH, &[]);
        }
        if fin {
            close::say(view, said);
        }
    } else if fin {
        close::say(view, said);
        gap(view, said);
    }
    ack::also(view, said);
}

/// The main clause, and what is remembered of the bytes.
fn payload(view: &View<'_>, said: &mut Clauses) -> Held {
    let lang = said.lang;
    let (start, end) = (view.start(), view.end());
    let (first, last) = (view.shown(start), view.shown(end.minus(1)));
    let held = view.own.held(start, end);
    let frames = frame_list(&held.frames(), lang);
    let (the, bytes, count) = (view.the(), bytes(first, last, lang), count(view.len));
    let later = view.own.after(start).filter(|_| held.certain);
    let earlier = held.by.first().and_then(|sent| view.since(sent.time, lang));
    let earlier = earlier.filter(|_| held.by.len() == 1);
    let low = view.own.next.is_some_and(|next| start.before(next));
    let one = view.len == 1;
    let phrase = match held.bytes {
        bytes if bytes == view.len && earlier.is_some() => {
            pick(one, &REPEATS_LATER[0], &REPEATS_LATER[1])
        }
        bytes if bytes == view.len => pick(one, &REPEATS[0], &REPEATS[1]),
        0 if low && later.is_some() => &LATE,
        0 if low && !held.certain => &LATE_UNCERTAIN,
        0 => &SENDS,
        bytes => pick(bytes == 1, &PARTLY[0], &PARTLY[1]),
    };
    let whole = held.bytes == 0 || held.bytes == view.len;
    said.say(
        phrase,
        &[
            ("the", &the),
            ("bytes", &bytes),
            ("count", &if whole { count } else { held.bytes.to_string() }),
            ("frames", &frames),
            ("frame", &later.unwrap_or_default()),
            ("time", &earlier.unwrap_or_default()),
        ],
    );
    held
}

/// Why the bytes come again, as far as it is shown.
fn again(view: &View<'_>, held: &Held, said: &mut Clauses) {
    let told = view.other.told;
    if view.marked(Marks::SPURIOUS_RETRANSMISSION) {
        if let Some((told, frame)) = told.filter(|(told, _)| !told.before(view.end())) {
            said.say(
                pick(held.bytes == view.len, &ALREADY, &ALREADY_UNSEEN),
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
    } else if view.marked(Marks::OUT_OF_ORDER) && held.bytes == 0 {
        said.say(&OVERTAKEN, &[]);
    } else if view.marked(Marks::RETRANSMISSION)
        && held.bytes == view.len
        && told.is_none_or(|(told, _)| !told.after(view.start()))
    {
        said.say(&UNACKNOWLEDGED, &[]);
    }
}

/// What is missing in front of it.
pub(super) fn gap(view: &View<'_>, said: &mut Clauses) {
    let Some(next) = view.own.next.filter(|next| next.before(view.start())) else {
        return;
    };
    let (first, last) = (view.shown(next), view.shown(view.start().minus(1)));
    let range = range(first, last);
    said.say(
        pick(first == last, &GAP[0], &GAP[1]),
        &[("range", &range), ("of", &view.who.of(view.side))],
    );
}
