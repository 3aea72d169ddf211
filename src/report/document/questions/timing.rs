//! Times: round trips, what was sent again and when, how acknowledgments wait.

use super::sender::{Moment, Repeat};
use super::{Asked, Question, joined};
use crate::model::side::Side;
use crate::report::explain::phrase;
use crate::text::{Lang, Text};

pub(super) static CALLS: Question = Question {
    id: "syn_retransmissions",
    asks: Text {
        en: "When is the SYN sent again, and how do the intervals grow?",
        pt_br: "Quando o SYN é reenviado, e como crescem os intervalos?",
    },
    answer: calls,
};
pub(super) static RTT: Question = Question {
    id: "rtt",
    asks: Text {
        en: "What is the round-trip time (RTT) of the first segments?",
        pt_br: "Qual é o tempo de ida e volta (RTT) dos primeiros segmentos?",
    },
    answer: rtt,
};
pub(super) static REPEATED: Question = Question {
    id: "retransmissions",
    asks: Text {
        en: "Are there retransmissions, and how can one tell?",
        pt_br: "Há retransmissões, e como se sabe?",
    },
    answer: repeated,
};
pub(super) static INTERVALS: Question = Question {
    id: "intervals",
    asks: Text {
        en: "How does the time between retransmissions grow?",
        pt_br: "Como cresce o tempo entre as retransmissões?",
    },
    answer: intervals,
};
pub(super) static ACKS: Question = Question {
    id: "acks",
    asks: Text {
        en: "How long do ACKs wait, and how many segments does each cover (delayed ACK)?",
        pt_br: "Quanto os ACKs esperam, e quantos segmentos cada um cobre (ACK atrasado)?",
    },
    answer: acks,
};
pub(super) static NAGLE: Question = Question {
    id: "nagle",
    asks: Text {
        en: "Does Nagle's algorithm hold small segments back?",
        pt_br: "O algoritmo de Nagle retém segmentos pequenos?",
    },
    answer: nagle,
};

/// How much longer than a round trip an ACK waits at least before it is called delayed, and at
/// most (RFC 9293, 3.8.6.3), in nanoseconds.
const DELAYED: (i64, i64) = (10_000_000, 500_000_000);

fn calls(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let calls = &asked.end(side).calls;
        (calls.len() > 1)
            .then(|| growth(asked, side, calls))
            .flatten()
    });
    joined(said.collect())
}

fn intervals(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let end = asked.end(side);
        // Those of the SYN have a question of their own.
        let syn = end.copies.first() == end.calls.first();
        // One interval alone shows no growth.
        let shown = end.copies.len() > 2 && !(syn && end.calls.len() > 1);
        shown.then(|| growth(asked, side, &end.copies)).flatten()
    });
    joined(said.collect())
}

/// The copies of one segment, the times between them, and how these grow.
fn growth(asked: &Asked<'_>, side: Side, copies: &[Moment]) -> Option<String> {
    let pairs = copies.iter().zip(copies.get(1..)?);
    let spans: Option<Vec<i64>> = pairs.map(|(a, b)| b.since(*a)).collect();
    let spans = spans?;
    let frames: Vec<String> = copies.iter().map(|at| format!("#{}", at.frame)).collect();
    let times: Option<Vec<String>> = spans
        .iter()
        .map(|span| phrase::time(*span, asked.lang))
        .collect();
    let the = asked.who.the(side);
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("the", &the),
        ("frames", &frames.join(", ")),
        ("times", &times?.join(", ")),
        ("verdict", &verdict(&spans).get(asked.lang)),
    ];
    Some(asked.say(&COPIES, values))
}

/// How times between copies grow, from these times alone.
fn verdict(spans: &[i64]) -> &'static Text {
    let ratios = || {
        spans
            .windows(2)
            .map(|pair| pair[1] as f64 / pair[0].max(1) as f64)
    };
    let all = |low: f64, high: f64| ratios().all(|ratio| (low..=high).contains(&ratio));
    match spans.len() {
        0 | 1 => &ONE_INTERVAL,
        _ if all(0.85, 1.15) => &LINEAR,
        _ if all(1.7, 2.3) => &DOUBLING,
        _ => &NEITHER,
    }
}

fn rtt(asked: &Asked<'_>) -> Option<String> {
    let mut said = Vec::new();
    if let Some(rtt) = asked.conversation.initial_rtt() {
        let life = &asked.conversation.lifecycle;
        let [client, _] = asked.sides();
        if let (Some(syn), Some(ack), Some(time)) = (
            life.syns()[client.index()],
            life.handshake_ack(),
            phrase::time(rtt.0, asked.lang),
        ) {
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("time", &time), ("syn", &syn), ("ack", &ack)];
            said.push(asked.say(&HANDSHAKE_RTT, values));
        }
    }
    if asked.study.ends.iter().any(|end| !end.samples.is_empty()) {
        said.push(SEE_TABLE.get(asked.lang).to_owned());
    } else if asked.study.ends.iter().any(|end| end.segments > 0) {
        said.push(NO_SAMPLE.get(asked.lang).to_owned());
    }
    joined(said)
}

fn repeated(asked: &Asked<'_>) -> Option<String> {
    let study = asked.study;
    let count: u64 = study.ends.iter().map(|end| end.repeat_count).sum();
    let span = study.span();
    if count == 0 {
        let whole = study.sound() && study.ends.iter().all(|end| end.unique == end.bytes);
        let values: &[(&str, &dyn std::fmt::Display)] = &[("span", &span)];
        let probed = study.ends.iter().any(|end| end.keep_alives > 0);
        let phrase = if probed { &NO_REPEAT_BUT } else { &NO_REPEAT };
        return whole.then(|| asked.say(phrase, values));
    }
    let mut said = vec![match count {
        1 => REPEAT_ONE.get(asked.lang).to_owned(),
        _ => asked.say(&REPEATS, &[("count", &count)]),
    }];
    let mut named = 0;
    for side in asked.sides() {
        for Repeat { at, of } in &asked.end(side).repeats {
            named += 1;
            let the = asked.who.the(side);
            let gap = of.and_then(|of| at.since(of));
            let gap = gap.and_then(|gap| phrase::time(gap, asked.lang));
            let values: &[(&str, &dyn std::fmt::Display)] = &[
                ("the", &the),
                ("frame", &at.frame),
                ("of", &of.map_or(0, |of| of.frame)),
                ("time", &gap.clone().unwrap_or_default()),
            ];
            let phrase = match (of, gap) {
                (None, _) => &REPEAT_UNSEEN,
                (Some(_), None) => &REPEAT_OF,
                (Some(_), Some(_)) => &REPEAT_AFTER,
            };
            said.push(asked.say(phrase, values));
        }
    }
    if count > named {
        said.push(asked.say(&REPEATS_MORE, &[("count", &(count - named))]));
    }
    joined(said)
}

fn acks(asked: &Asked<'_>) -> Option<String> {
    let mut said = Vec::new();
    for side in asked.sides() {
        let acks = asked.end(side).acks;
        let the = asked.who.the(side);
        if acks.pure > 0 {
            let (shortest, longest) = (acks.shortest?, acks.longest?);
            let (delay, data, ack) = longest;
            let values: &[(&str, &dyn std::fmt::Display)] = &[
                ("the", &the),
                ("count", &acks.pure),
                ("covered", &acks.covered),
                ("most", &acks.most.0),
                ("most_at", &acks.most.1),
                ("shortest", &phrase::time(shortest, asked.lang)?),
                ("longest", &phrase::time(delay, asked.lang)?),
                ("data", &data),
                ("ack", &ack),
            ];
            let phrase = match (acks.pure, acks.most.0) {
                (1, 1) => &ACK_ONE,
                (1, _) => &ACK_ONE_MANY,
                (_, 1) => &ACKS_EACH,
                _ => &ACKS_COVER,
            };
            said.push(asked.say(phrase, values));
            let trip = asked.conversation.initial_rtt().map(|rtt| rtt.0);
            if let Some(trip) =
                trip.filter(|trip| (trip.saturating_add(DELAYED.0)..=DELAYED.1).contains(&delay))
            {
                let trip = phrase::time(trip, asked.lang)?;
                said.push(asked.say(&WAITED, &[("trip", &trip)]));
            }
        }
        if acks.carried > 0 {
            let phrase = if acks.carried == 1 {
                &CARRIED_ONE
            } else {
                &CARRIED
            };
            said.push(asked.say(phrase, &[("the", &the), ("count", &acks.carried)]));
        }
    }
    if asked.study.ends.iter().any(|end| end.acks.most.0 > 1) {
        said.push(COVERS.get(asked.lang).to_owned());
    }
    joined(said)
}

fn nagle(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let (first, second) = asked.end(side).eager?;
        let of = asked.who.of(side);
        let values: &[(&str, &dyn std::fmt::Display)] =
            &[("of", &of), ("first", &first), ("second", &second)];
        Some(asked.say(&EAGER, values))
    });
    joined(said.collect())
}

/// Thousandths of a millisecond, as tables show round trips.
pub(super) fn millis(nanos: i64) -> String {
    let micros = nanos.saturating_add(500) / 1000;
    format!("{}.{:03}", micros / 1000, micros % 1000)
}

/// The title of the table of round trips.
pub(super) fn rtt_title(lang: Lang) -> &'static str {
    RTT_TITLE.get(lang)
}

static RTT_TITLE: Text = Text {
    en: "Round trips of the first segments with data; EstimatedRTT = 7/8 of the last one + 1/8 of SampleRTT (RFC 6298)",
    pt_br: "Tempos de ida e volta dos primeiros segmentos com dados; EstimatedRTT = 7/8 do anterior + 1/8 de SampleRTT (RFC 6298)",
};
static COPIES: Text = Text {
    en: "{the} sends it in {frames}, at intervals of {times}: {verdict}.",
    pt_br: "{the} o envia em {frames}, a intervalos de {times}: {verdict}.",
};
static ONE_INTERVAL: Text = Text {
    en: "one interval, which shows no growth",
    pt_br: "um só intervalo, que não mostra crescimento",
};
static LINEAR: Text = Text {
    en: "the intervals stay the same (linear), they do not double",
    pt_br: "os intervalos ficam iguais (linear), não dobram",
};
static DOUBLING: Text = Text {
    en: "each interval is about twice the one before (exponential backoff)",
    pt_br: "cada intervalo é cerca do dobro do anterior (recuo exponencial)",
};
static NEITHER: Text = Text {
    en: "neither equal nor doubling throughout",
    pt_br: "nem iguais, nem sempre o dobro",
};
static HANDSHAKE_RTT: Text = Text {
    en: "The handshake took {time} (#{syn} to #{ack}).",
    pt_br: "A apresentação levou {time} (de #{syn} a #{ack}).",
};
static SEE_TABLE: Text = Text {
    en: "The table below has the segments with data, each up to the first ACK that covers it, measured where the capture was made.",
    pt_br: "A tabela abaixo tem os segmentos com dados, cada um até o primeiro ACK que o cobre, medidos onde a captura foi feita.",
};
static NO_SAMPLE: Text = Text {
    en: "No segment with data has an acknowledgment in this capture that shows its RTT.",
    pt_br: "Nenhum segmento com dados tem nesta captura um reconhecimento que mostre seu RTT.",
};
static NO_REPEAT: Text = Text {
    en: "None: no byte, SYN or FIN is repeated in {span}.",
    pt_br: "Nenhuma: nenhum byte, SYN ou FIN se repete em {span}.",
};
static NO_REPEAT_BUT: Text = Text {
    en: "None: no byte, SYN or FIN is repeated in {span}, but for keep-alives, which repeat a byte on purpose.",
    pt_br: "Nenhuma: nenhum byte, SYN ou FIN se repete em {span}, salvo em keep-alives, que repetem um byte de propósito.",
};
static REPEAT_ONE: Text = Text {
    en: "One, by its sequence numbers.",
    pt_br: "Uma, pelos números de sequência.",
};
static REPEATS: Text = Text {
    en: "{count}, by their sequence numbers.",
    pt_br: "{count}, pelos números de sequência.",
};
static REPEAT_AFTER: Text = Text {
    en: "#{frame} repeats numbers of #{of}, {time} later.",
    pt_br: "#{frame} repete números de #{of}, {time} depois.",
};
static REPEAT_OF: Text = Text {
    en: "#{frame} repeats numbers of #{of}.",
    pt_br: "#{frame} repete números de #{of}.",
};
static REPEAT_UNSEEN: Text = Text {
    en: "#{frame} lies below numbers already passed; its first copy is not in this capture, or too far back.",
    pt_br: "#{frame} fica abaixo de números já ultrapassados; a primeira cópia não está nesta captura, ou ficou longe demais.",
};
static REPEATS_MORE: Text = Text {
    en: "… and {count} more.",
    pt_br: "… e mais {count}.",
};
static ACK_ONE: Text = Text {
    en: "{the} sends one ACK without data for data received: #{ack}, {longest} after #{data}.",
    pt_br: "{the} envia um ACK sem dados para dados recebidos: #{ack}, {longest} depois de #{data}.",
};
static ACK_ONE_MANY: Text = Text {
    en: "{the} sends one ACK without data for data received: #{ack}, for {covered} segments, {longest} after the last of them (#{data}).",
    pt_br: "{the} envia um ACK sem dados para dados recebidos: #{ack}, para {covered} segmentos, {longest} depois do último deles (#{data}).",
};
static ACKS_EACH: Text = Text {
    en: "{the} sends {count} ACKs without data, each for one segment, after {shortest} to {longest} (longest: #{data} to #{ack}).",
    pt_br: "{the} envia {count} ACKs sem dados, cada um para um segmento, depois de {shortest} a {longest} (o maior: de #{data} a #{ack}).",
};
static ACKS_COVER: Text = Text {
    en: "{the} sends {count} ACKs without data for {covered} segments, up to {most} at once (#{most_at}), after {shortest} to {longest} (longest: #{data} to #{ack}).",
    pt_br: "{the} envia {count} ACKs sem dados para {covered} segmentos, até {most} de uma vez (#{most_at}), depois de {shortest} a {longest} (o maior: de #{data} a #{ack}).",
};
static WAITED: Text = Text {
    en: "That is longer than the handshake took ({trip}); a delayed ACK may wait for up to 500 ms (RFC 9293, 3.8.6.3).",
    pt_br: "É mais do que a apresentação levou ({trip}); um ACK atrasado pode esperar até 500 ms (RFC 9293, 3.8.6.3).",
};
static COVERS: Text = Text {
    en: "An ACK is cumulative, and need not come for each segment (RFC 9293, 3.8.6.3).",
    pt_br: "Um ACK é cumulativo e não precisa vir para cada segmento (RFC 9293, 3.8.6.3).",
};
static CARRIED_ONE: Text = Text {
    en: "{the} acknowledges one segment together with data or a FIN of its own.",
    pt_br: "{the} reconhece um segmento junto com dados ou um FIN seus.",
};
static CARRIED: Text = Text {
    en: "{the} acknowledges {count} segments together with data or a FIN of its own.",
    pt_br: "{the} reconhece {count} segmentos junto com dados ou um FIN seus.",
};
static EAGER: Text = Text {
    en: "Not here: #{second} {of} follows #{first}, both small, while #{first} has no acknowledgment; the algorithm would have waited.",
    pt_br: "Não aqui: #{second} {of} segue #{first}, ambos pequenos, enquanto #{first} não tem reconhecimento; o algoritmo teria esperado.",
};

#[cfg(test)]
mod tests {
    use super::{DOUBLING, LINEAR, NEITHER, ONE_INTERVAL, verdict};

    #[test]
    fn growth_is_called_what_the_intervals_say() {
        let ms = |times: &[i64]| times.iter().map(|ms| ms * 1_000_000).collect::<Vec<_>>();
        assert_eq!(verdict(&ms(&[1007])), &ONE_INTERVAL);
        assert_eq!(verdict(&ms(&[1007, 1023, 1024])), &LINEAR);
        assert_eq!(verdict(&ms(&[1000, 2010, 4100, 8000])), &DOUBLING);
        assert_eq!(verdict(&ms(&[203, 208, 436])), &NEITHER);
        assert_eq!(verdict(&ms(&[0, 0])), &NEITHER);
    }
}
