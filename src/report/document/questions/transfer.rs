//! The data: how the numbers grow, how long segments are, which windows are offered, how fast it
//! goes, what it costs.

use super::sender::Sender;
use super::{Asked, Question, joined};
use crate::model::side::Side;
use crate::report::explain::phrase;
use crate::text::Text;

pub(super) static NUMBERS: Question = Question {
    id: "numbers",
    asks: Text {
        en: "How do Seq and Ack grow with the bytes sent?",
        pt_br: "Como Seq e Ack crescem com os bytes enviados?",
    },
    answer: numbers,
};
pub(super) static SEGMENTS: Question = Question {
    id: "segments",
    asks: Text {
        en: "How long are the segments with data?",
        pt_br: "Qual é o tamanho dos segmentos com dados?",
    },
    answer: segments,
};
pub(super) static MESSAGES: Question = Question {
    id: "messages",
    asks: Text {
        en: "Is a segment one send, or one recv?",
        pt_br: "Um segmento é um send, ou um recv?",
    },
    answer: messages,
};
pub(super) static WINDOW: Question = Question {
    id: "window",
    asks: Text {
        en: "What is the smallest window offered, and when?",
        pt_br: "Qual é a menor janela oferecida, e quando?",
    },
    answer: window,
};
pub(super) static CLOSED_WINDOW: Question = Question {
    id: "zero_window",
    asks: Text {
        en: "Does a slow receiver stop the sender (zero window)?",
        pt_br: "Um receptor lento faz o emissor parar (janela zero)?",
    },
    answer: closed_window,
};
pub(super) static THROUGHPUT: Question = Question {
    id: "throughput",
    asks: Text {
        en: "What is the throughput, and how is it computed?",
        pt_br: "Qual é a vazão, e como ela é calculada?",
    },
    answer: throughput,
};
pub(super) static OVERHEAD: Question = Question {
    id: "overhead",
    asks: Text {
        en: "How many packets and header bytes does it take?",
        pt_br: "Quantos pacotes e bytes de cabeçalho são necessários?",
    },
    answer: overhead,
};

fn numbers(asked: &Asked<'_>) -> Option<String> {
    if !asked.study.sound() {
        return None;
    }
    let said = asked.sides().into_iter().filter_map(|side| {
        let end = asked.end(side);
        let (syn, (next, shown)) = (end.syn?, end.next?);
        let fin = end.fin.as_ref().filter(|fin| fin.at.plus(1) == next);
        let used = next.from_base(syn.isn);
        // Where a byte is missing, or the numbers went round the circle, the sum does not hold.
        if end.unique + 1 + u64::from(fin.is_some()) != u64::from(used) {
            return None;
        }
        let the = asked.who.the(side);
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("the", &the),
            ("first", &syn.seq),
            ("count", &end.unique),
            ("range", &range(syn.seq.wrapping_add(1), end.unique)),
            ("next", &shown),
            ("fin", &shown.wrapping_sub(1)),
        ];
        let phrase = match (end.unique, fin) {
            (0, None) => &GROWS_SYN,
            (0, Some(_)) => &GROWS_BARE,
            (_, None) => &GROWS_OPEN,
            (_, Some(_)) => &GROWS,
        };
        let mut said = asked.say(phrase, values);
        if let Some((frame, ack)) = fin.and_then(|fin| fin.ack) {
            let values: &[(&str, &dyn std::fmt::Display)] = &[("frame", &frame), ("ack", &ack)];
            said.push(' ');
            said.push_str(&asked.say(&ALL_ACKED, values));
        }
        Some(said)
    });
    joined(said.collect())
}

/// The numbers of `count` bytes from `first` on.
fn range(first: u32, count: u64) -> String {
    let last = u64::from(first) + count.saturating_sub(1);
    match count {
        1 => first.to_string(),
        _ => format!("{first}–{last}"),
    }
}

fn segments(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let end = asked.end(side);
        let ((least, least_at), (most, most_at)) = (end.shortest?, end.longest?);
        let the = asked.who.the(side);
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("the", &the),
            ("count", &end.segments),
            ("bytes", &end.bytes),
            ("least", &least),
            ("least_at", &least_at),
            ("most", &most),
            ("most_at", &most_at),
            ("list", &list(end)),
        ];
        let phrase = match end.segments {
            1 => &LENGTH_ONE,
            count if count == end.lens.len() as u64 => &LENGTH_LIST,
            _ if least == most => &LENGTH_SAME,
            _ => &LENGTHS,
        };
        Some(asked.say(phrase, values))
    });
    joined(said.collect())
}

/// `55 bytes (#4)`
fn list(end: &Sender) -> String {
    let parts = end
        .lens
        .iter()
        .map(|(frame, len)| format!("{len} (#{frame})"));
    parts.collect::<Vec<_>>().join(", ")
}

fn messages(asked: &Asked<'_>) -> Option<String> {
    let any = asked.study.ends.iter().any(|end| end.segments > 0);
    let known = super::calls::lengths(asked).is_some();
    let phrase = if known { &SEE_TABLE } else { &NOT_IN_PACKETS };
    any.then(|| phrase.get(asked.lang).to_owned())
}

fn window(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let (least, frame) = asked.end(side).window?;
        let the = asked.who.the(side);
        Some(asked.say(
            &SMALLEST,
            &[("the", &the), ("window", &least), ("frame", &frame)],
        ))
    });
    let mut said: Vec<String> = said.collect();
    if !said.is_empty() && asked.study.unscaled {
        said.push(UNSCALED.get(asked.lang).to_owned());
    }
    joined(said)
}

fn closed_window(asked: &Asked<'_>) -> Option<String> {
    let mut said = Vec::new();
    for side in asked.sides() {
        let the = asked.who.the(side);
        for span in &asked.end(side).closed {
            let lasted = span.to.and_then(|to| to.since(span.from));
            let lasted = lasted.and_then(|span| phrase::time(span, asked.lang));
            let to = span.to.map_or(0, |to| to.frame);
            let values: &[(&str, &dyn std::fmt::Display)] = &[
                ("the", &the),
                ("from", &span.from.frame),
                ("to", &to),
                ("time", &lasted.clone().unwrap_or_default()),
                ("other", &asked.who.the(side.other())),
            ];
            let phrase = match (span.to, lasted) {
                (None, _) => &STAYS_SHUT,
                (Some(_), None) => &SHUT_UNTIMED,
                (Some(_), Some(_)) => &SHUT,
            };
            said.push(asked.say(phrase, values));
        }
        let more = asked.end(side).closed_count - asked.end(side).closed.len() as u64;
        if more > 0 {
            said.push(asked.say(&SHUT_MORE, &[("count", &more)]));
        }
    }
    joined(said)
}

fn throughput(asked: &Asked<'_>) -> Option<String> {
    if !asked.study.sound() {
        return None;
    }
    let said = asked
        .sides()
        .into_iter()
        .filter_map(|side| one_way(asked, side));
    joined(said.collect())
}

fn one_way(asked: &Asked<'_>, side: Side) -> Option<String> {
    let end = asked.end(side);
    let first = end.first_data?;
    let last = end.end_acked.or(end.last_data)?;
    let span = last.since(first).filter(|span| *span > 0)?;
    // In steps of a byte per second; 128 bits hold every product.
    let over = |count: u64| i128::from(count) * 1_000_000_000 / i128::from(span);
    let rate = over(end.unique);
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("way", &asked.who.way(side)),
        ("bytes", &end.unique),
        ("first", &first.frame),
        ("last", &last.frame),
        ("seconds", &asked.lang.decimal(seconds(span))),
        ("rate", &rate),
        ("bits", &asked.lang.decimal(bits(over(end.unique * 8)))),
    ];
    let phrase = match (end.end_acked, end.segments) {
        (Some(_), 1) => &RATE_ONE,
        (Some(_), _) => &RATE,
        (None, _) => &RATE_UNACKED,
    };
    Some(asked.say(phrase, values))
}

/// A positive length of time in seconds, to the microsecond, or to the nanosecond where it has
/// some.
pub(super) fn seconds(nanos: i64) -> String {
    let (whole, rest) = (nanos / 1_000_000_000, nanos % 1_000_000_000);
    match rest % 1000 {
        0 => format!("{whole}.{:06}", rest / 1000),
        _ => format!("{whole}.{rest:09}"),
    }
}

/// `2.75 Mbit/s`
fn bits(rate: i128) -> String {
    let (unit, name) = match rate {
        1_000_000_000.. => (1_000_000_000, "Gbit/s"),
        1_000_000.. => (1_000_000, "Mbit/s"),
        1_000.. => (1_000, "kbit/s"),
        _ => return format!("{rate} bit/s"),
    };
    let hundredths = (rate * 100 + unit / 2) / unit;
    format!("{}.{:02} {name}", hundredths / 100, hundredths % 100)
}

fn overhead(asked: &Asked<'_>) -> Option<String> {
    let study = asked.study;
    if study.packets == 0 || study.unread > 0 || study.split {
        return None;
    }
    let payload = study.payload;
    let rest = study.wire.checked_sub(payload + study.headers)?;
    let data = study.ends.iter().map(|end| end.segments).sum::<u64>();
    let tenths =
        (u128::from(payload) * 1000 + u128::from(study.wire) / 2).checked_div(study.wire.into())?;
    let percent = format!("{}.{}", tenths / 10, tenths % 10);
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("packets", &study.packets),
        ("data", &data),
        ("wire", &study.wire),
        ("payload", &payload),
        ("tcp", &study.headers),
        ("rest", &rest),
        ("percent", &asked.lang.decimal(percent)),
    ];
    let phrase = if study.packets == 1 { &COST_ONE } else { &COST };
    Some(asked.say(phrase, values))
}

static GROWS: Text = Text {
    en: "{the} uses number {first} for its SYN, {range} for {count} bytes, {fin} for its FIN.",
    pt_br: "{the} usa o número {first} para o SYN, {range} para {count} bytes, {fin} para o FIN.",
};
static GROWS_OPEN: Text = Text {
    en: "{the} uses number {first} for its SYN, {range} for {count} bytes; its next number is {next}.",
    pt_br: "{the} usa o número {first} para o SYN, {range} para {count} bytes; o próximo número é {next}.",
};
static GROWS_BARE: Text = Text {
    en: "{the} uses number {first} for its SYN, {fin} for its FIN, and sends no data.",
    pt_br: "{the} usa o número {first} para o SYN, {fin} para o FIN, e não envia dados.",
};
static GROWS_SYN: Text = Text {
    en: "{the} uses number {first} for its SYN and sends no data; its next number is {next}.",
    pt_br: "{the} usa o número {first} para o SYN e não envia dados; o próximo número é {next}.",
};
static ALL_ACKED: Text = Text {
    en: "Ack={ack} in #{frame} acknowledges all of it: the number of the next byte expected.",
    pt_br: "Ack={ack} em #{frame} reconhece tudo: é o número do próximo byte esperado.",
};
static LENGTH_ONE: Text = Text {
    en: "{the} sends one, of {bytes} bytes (#{most_at}).",
    pt_br: "{the} envia um, de {bytes} bytes (#{most_at}).",
};
static LENGTH_LIST: Text = Text {
    en: "{the} sends {count}, {bytes} bytes in all: {list}.",
    pt_br: "{the} envia {count}, {bytes} bytes ao todo: {list}.",
};
static LENGTH_SAME: Text = Text {
    en: "{the} sends {count} of {most} bytes each, {bytes} bytes in all.",
    pt_br: "{the} envia {count} de {most} bytes cada, {bytes} bytes ao todo.",
};
static LENGTHS: Text = Text {
    en: "{the} sends {count}, {bytes} bytes in all: from {least} bytes (#{least_at}) to {most} bytes (#{most_at}).",
    pt_br: "{the} envia {count}, {bytes} bytes ao todo: de {least} bytes (#{least_at}) a {most} bytes (#{most_at}).",
};
static SEE_TABLE: Text = Text {
    en: "No: TCP carries a stream of bytes. The table below has the three side by side.",
    pt_br: "Não: o TCP transporta um fluxo de bytes. A tabela abaixo mostra os três lado a lado.",
};
static NOT_IN_PACKETS: Text = Text {
    en: "TCP carries a stream of bytes: how many send and recv calls the programs made is not in the packets (netlab lab records the calls).",
    pt_br: "O TCP transporta um fluxo de bytes: quantas chamadas send e recv os programas fizeram não está nos pacotes (netlab lab registra as chamadas).",
};
static SMALLEST: Text = Text {
    en: "{the}: {window} bytes, in #{frame}.",
    pt_br: "{the}: {window} bytes, em #{frame}.",
};
static UNSCALED: Text = Text {
    en: "These are the fields as they stand: without the handshake the factor they are multiplied with is not known.",
    pt_br: "São os campos como estão: sem a apresentação não se conhece o fator que os multiplica.",
};
static SHUT: Text = Text {
    en: "{the} offers no window from #{from} to #{to}, for {time}: {other} may send nothing but probes.",
    pt_br: "{the} não oferece janela de #{from} a #{to}, por {time}: {other} só pode enviar sondas.",
};
static SHUT_UNTIMED: Text = Text {
    en: "{the} offers no window from #{from} to #{to}: {other} may send nothing but probes.",
    pt_br: "{the} não oferece janela de #{from} a #{to}: {other} só pode enviar sondas.",
};
static SHUT_MORE: Text = Text {
    en: "… and {count} more times.",
    pt_br: "… e mais {count} vezes.",
};
static STAYS_SHUT: Text = Text {
    en: "{the} offers no window from #{from} on, up to the end of this capture: {other} may send nothing but probes.",
    pt_br: "{the} não oferece janela a partir de #{from}, até o fim desta captura: {other} só pode enviar sondas.",
};
static RATE: Text = Text {
    en: "{way}: {bytes} bytes from #{first} to the ACK #{last}: {bytes} / {seconds} s = {rate} bytes/s ({bits}).",
    pt_br: "{way}: {bytes} bytes de #{first} ao ACK #{last}: {bytes} / {seconds} s = {rate} bytes/s ({bits}).",
};
static RATE_ONE: Text = Text {
    en: "{way}: {bytes} bytes from #{first} to the ACK #{last}: {bytes} / {seconds} s = {rate} bytes/s ({bits}); one segment, so this is one round trip, not what the path can carry.",
    pt_br: "{way}: {bytes} bytes de #{first} ao ACK #{last}: {bytes} / {seconds} s = {rate} bytes/s ({bits}); um só segmento: isto é uma ida e volta, não o que o caminho suporta.",
};
static RATE_UNACKED: Text = Text {
    en: "{way}: {bytes} bytes from #{first} to #{last}, the last data (its ACK is not in this capture): {bytes} / {seconds} s = {rate} bytes/s ({bits}).",
    pt_br: "{way}: {bytes} bytes de #{first} a #{last}, os últimos dados (o ACK deles não está nesta captura): {bytes} / {seconds} s = {rate} bytes/s ({bits}).",
};
static COST: Text = Text {
    en: "{packets} packets, {data} of them with data. {wire} bytes on the wire = {payload} of payload ({percent} %) + {tcp} of TCP headers + {rest} below TCP (IP, link).",
    pt_br: "{packets} pacotes, {data} deles com dados. {wire} bytes na rede = {payload} de dados ({percent} %) + {tcp} de cabeçalhos TCP + {rest} abaixo do TCP (IP, enlace).",
};
static COST_ONE: Text = Text {
    en: "1 packet. {wire} bytes on the wire = {payload} of payload ({percent} %) + {tcp} of TCP headers + {rest} below TCP (IP, link).",
    pt_br: "1 pacote. {wire} bytes na rede = {payload} de dados ({percent} %) + {tcp} de cabeçalhos TCP + {rest} abaixo do TCP (IP, enlace).",
};
