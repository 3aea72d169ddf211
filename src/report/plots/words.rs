//! What a plot says in words: titles, axes, legend, facts.

use super::{Fact, Kind, Panel, Plot, Plots, Unit, What};
use crate::analysis::conversation::Protocol;
use crate::model::frame::FrameNo;
use crate::report::ladder::words as ladder;
use crate::text::{Lang, Text};

macro_rules! texts {
    ($($name:ident: $en:literal, $pt_br:literal;)*) => {
        $(static $name: Text = Text { en: $en, pt_br: $pt_br };)*
    };
}

texts! {
    SEQUENCE: "Time–sequence plot", "Gráfico de tempo e sequência";
    RTT: "Round-trip times", "Tempos de ida e volta (RTT)";
    THROUGHPUT: "Throughput", "Vazão";
    CONVERSATION: "Conversation {stream}", "Conversa {stream}";
    CONVERSATION_UDP: "UDP conversation {stream}", "Conversa UDP {stream}";
    DATA: "Data {way}", "Dados {way}";
    NOTHING: "Nothing to plot: no data was captured.", "Nada a desenhar: nenhum dado foi capturado.";
    NO_RATE: "Nothing to plot: a rate takes data and a length of time.",
        "Nada a desenhar: uma vazão requer dados e um intervalo de tempo.";
    NO_RTT: "Nothing to plot: no acknowledgment in the capture measures a round trip.",
        "Nada a desenhar: nenhum ACK da captura mede um tempo de ida e volta.";

    TIME: "seconds since the first packet of the conversation",
        "segundos desde o primeiro pacote da conversa";
    TIME_LATER: "seconds since the first packet of the conversation (at {begin} s)",
        "segundos desde o primeiro pacote da conversa (em {begin} s)";
    BYTES: "sequence number (relative, bytes)", "número de sequência (relativo, bytes)";
    ROUND_TRIP: "round trip", "ida e volta";
    RATE: "payload per second", "carga útil por segundo";

    SEGMENT: "segment with new data", "segmento com dados novos";
    AGAIN: "retransmission", "retransmissão";
    OUT_OF_ORDER: "out of order", "fora de ordem";
    PROBE: "probe (keep-alive or zero window)", "sonda (keep-alive ou janela zero)";
    ACKED: "acknowledged up to here", "reconhecido até aqui";
    WINDOW: "end of the receive window", "fim da janela de recepção";
    SACK: "SACK block", "bloco SACK";
    ZERO: "window zero", "janela zero";
    OF: "data {way}", "dados {way}";

    FACT_DATA: "{way}: {segments} segments with {bytes} bytes of payload",
        "{way}: {segments} segmentos com {bytes} bytes de carga útil";
    FACT_DATA_ONE: "{way}: 1 segment with {bytes} bytes of payload",
        "{way}: 1 segmento com {bytes} bytes de carga útil";
    FACT_AGAIN: "retransmissions: {count} ({frames})", "retransmissões: {count} ({frames})";
    FACT_OUT_OF_ORDER: "out of order: {count} ({frames})", "fora de ordem: {count} ({frames})";
    FACT_SACK: "SACK blocks: {count} ({frames})", "blocos SACK: {count} ({frames})";
    FACT_PROBE: "probes: {count} ({frames})", "sondas: {count} ({frames})";
    FACT_ZERO: "the window was zero {count} times, {time} together",
        "a janela ficou em zero {count} vezes, {time} no total";
    FACT_ZERO_ONE: "the window was zero once, for {time}", "a janela ficou em zero uma vez, por {time}";
    FACT_ABOVE: "the receive window, {least} to {most} bytes, ends above the plot",
        "a janela de recepção, de {least} a {most} bytes, termina acima do gráfico";
    FACT_ABOVE_SAME: "the receive window, {least} bytes, ends above the plot",
        "a janela de recepção, {least} bytes, termina acima do gráfico";
    FACT_SCALE: "windows whose scale is not in the capture are not drawn",
        "janelas cuja escala não está na captura não são desenhadas";
    FACT_RTT: "data {way}: {count} round trips, shortest {least}, mean {mean}, longest {most}",
        "dados {way}: {count} tempos de ida e volta, menor {least}, média {mean}, maior {most}";
    FACT_RTT_ONE: "data {way}: 1 round trip, {least}",
        "dados {way}: 1 tempo de ida e volta, {least}";
    FACT_FIRST: "counted from the first sending, as tshark does: of data sent again, longer than a round trip",
        "contados desde o primeiro envio, como faz o tshark: de dados reenviados, mais longos que uma ida e volta";
    FACT_STEP: "one step: {time}; payload as captured, retransmissions included",
        "um degrau: {time}; carga útil como capturada, com retransmissões";
    FACT_AVERAGE: "{way}: {rate} on average", "{way}: {rate} em média";
    FRAME: "frame {list}", "quadro {list}";
    FRAMES: "frames {list}", "quadros {list}";
    FRAMES_MORE: "frames {list}, …", "quadros {list}, …";
    THINNED: "{drawn} of {count} points drawn: of each run the first, the last, the lowest and the highest",
        "{drawn} de {count} pontos desenhados: de cada trecho, o primeiro, o último, o mais baixo e o mais alto";
    OTHERS: "… and {count} more conversations, not plotted here",
        "… e mais {count} conversas, não desenhadas aqui";
    OTHERS_ONE: "… and 1 more conversation, not plotted here",
        "… e mais 1 conversa, não desenhada aqui";
}

/// The name of a kind of plot.
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Sequence => SEQUENCE.get(lang),
        Kind::Rtt => RTT.get(lang),
        Kind::Throughput => THROUGHPUT.get(lang),
    }
}

/// The heading of a plot: what, of which conversation, between whom.
pub fn heading(plot: &Plot, lang: Lang) -> String {
    let name = match plot.protocol {
        Protocol::Tcp => &CONVERSATION,
        Protocol::Udp => &CONVERSATION_UDP,
    };
    let name = name.fill(lang, &[("stream", &plot.stream)]);
    let [left, right] = plot.ends.map(|end| ladder::lane(&end, lang));
    format!("{} · {name} · {left} ↔ {right}", kind(plot.kind, lang))
}

/// From which end to which, by their roles or their addresses: `client → server`.
fn way(plot: &Plot, from: usize, lang: Lang) -> String {
    let [left, right] = plot.ends.map(|end| ladder::name(&end, lang));
    match from {
        0 => format!("{left} → {right}"),
        _ => format!("{right} → {left}"),
    }
}

/// The title of a panel; `None` where the plot's says it.
pub fn panel(plot: &Plot, panel: &Panel, lang: Lang) -> Option<String> {
    let way = way(plot, panel.from?, lang);
    Some(DATA.fill(lang, &[("way", &way)]))
}

/// Why there is no panel.
pub fn nothing(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Rtt => NO_RTT.get(lang),
        Kind::Sequence => NOTHING.get(lang),
        Kind::Throughput => NO_RATE.get(lang),
    }
}

/// The name of the time axis.
pub fn time_axis(plot: &Plot, lang: Lang) -> String {
    match plot.begin.0 {
        0 => TIME.get(lang).to_owned(),
        _ => TIME_LATER.fill(
            lang,
            &[("begin", &lang.decimal(ladder::seconds(plot.begin, 6)))],
        ),
    }
}

/// The name of the other axis.
pub fn axis(unit: Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Bytes => BYTES.get(lang),
        Unit::Seconds => ROUND_TRIP.get(lang),
        Unit::BitsPerSecond => RATE.get(lang),
    }
}

/// What the points of a series are.
pub fn what(plot: &Plot, what: What, lang: Lang) -> String {
    let text = match what {
        What::Segment => &SEGMENT,
        What::Again => &AGAIN,
        What::OutOfOrder => &OUT_OF_ORDER,
        What::Probe => &PROBE,
        What::Acked => &ACKED,
        What::Window => &WINDOW,
        What::Sack => &SACK,
        What::Of(place) => return OF.fill(lang, &[("way", &way(plot, place, lang))]),
    };
    text.get(lang).to_owned()
}

/// What the ground of a zero window means.
pub fn zero_window(lang: Lang) -> &'static str {
    ZERO.get(lang)
}

/// The conversations that have no plot; `None` where there are none.
pub fn others(plots: &Plots, lang: Lang) -> Option<String> {
    match plots.others {
        0 => None,
        1 => Some(OTHERS_ONE.get(lang).to_owned()),
        count => Some(OTHERS.fill(lang, &[("count", &count)])),
    }
}

/// What is drawn where that is not everything.
pub fn thinned(plot: &Plot, lang: Lang) -> Option<String> {
    let [count, drawn] = plot.points;
    (drawn < count).then(|| THINNED.fill(lang, &[("drawn", &drawn), ("count", &count)]))
}

/// A fact as a phrase.
pub fn fact(plot: &Plot, fact: &Fact, lang: Lang) -> String {
    let name = |from: &usize| way(plot, *from, lang);
    match fact {
        Fact::Data {
            from,
            segments,
            bytes,
        } => {
            let text = if *segments == 1 {
                &FACT_DATA_ONE
            } else {
                &FACT_DATA
            };
            let name = name(from);
            let values: &[(&str, &dyn std::fmt::Display)] =
                &[("way", &name), ("segments", segments), ("bytes", bytes)];
            text.fill(lang, values)
        }
        Fact::Marked {
            what,
            count,
            frames: named,
        } => {
            let text = match what {
                What::OutOfOrder => &FACT_OUT_OF_ORDER,
                What::Sack => &FACT_SACK,
                What::Probe => &FACT_PROBE,
                _ => &FACT_AGAIN,
            };
            let frames = frames(named, *count, lang);
            text.fill(lang, &[("count", count), ("frames", &frames)])
        }
        Fact::ZeroWindow { count, together } => {
            let text = if *count == 1 {
                &FACT_ZERO_ONE
            } else {
                &FACT_ZERO
            };
            let time = quantity(*together, "s", lang);
            text.fill(lang, &[("count", count), ("time", &time)])
        }
        Fact::WindowAbove([least, most]) => {
            let text = if least == most {
                &FACT_ABOVE_SAME
            } else {
                &FACT_ABOVE
            };
            text.fill(lang, &[("least", least), ("most", most)])
        }
        Fact::ScaleUnknown => FACT_SCALE.get(lang).to_owned(),
        Fact::RoundTrips { from, count, times } => {
            let text = if *count == 1 {
                &FACT_RTT_ONE
            } else {
                &FACT_RTT
            };
            let [least, mean, most] = times.map(|time| quantity(time, "s", lang));
            let name = name(from);
            let values: &[(&str, &dyn std::fmt::Display)] = &[
                ("way", &name),
                ("count", count),
                ("least", &least),
                ("mean", &mean),
                ("most", &most),
            ];
            text.fill(lang, values)
        }
        Fact::FromFirst => FACT_FIRST.get(lang).to_owned(),
        Fact::Step(time) => FACT_STEP.fill(lang, &[("time", &quantity(*time, "s", lang))]),
        Fact::Average { from, rate } => {
            let (name, rate) = (name(from), quantity(*rate, "bit/s", lang));
            FACT_AVERAGE.fill(lang, &[("way", &name), ("rate", &rate)])
        }
    }
}

/// The frames by number; with an ellipsis where there are more of them than are named.
fn frames(named: &[FrameNo], count: u64, lang: Lang) -> String {
    let list: Vec<String> = named.iter().map(FrameNo::to_string).collect();
    let list = list.join(", ");
    let all = u64::try_from(named.len()).is_ok_and(|len| len >= count)
        || named.len() < super::sequence::NAMED;
    let text = match (named, all) {
        ([_], true) => &FRAME,
        (_, true) => &FRAMES,
        _ => &FRAMES_MORE,
    };
    text.fill(lang, &[("list", &list)])
}

/// A quantity with three digits and a prefix that fits: `14.6 ms`, `2.50 Mbit/s`; in Portuguese
/// `14,6 ms`.
pub fn quantity(value: f64, unit: &str, lang: Lang) -> String {
    const PREFIXES: [(f64, &str); 7] = [
        (1e9, "G"),
        (1e6, "M"),
        (1e3, "k"),
        (1.0, ""),
        (1e-3, "m"),
        (1e-6, "µ"),
        (1e-9, "n"),
    ];
    // Seconds have no larger prefixes, and bits no smaller ones.
    let usual = |size: f64| {
        if unit == "s" {
            size <= 1.0
        } else {
            size >= 1.0
        }
    };
    if value == 0.0 {
        return format!("0 {unit}");
    }
    let least = if unit == "s" {
        PREFIXES[6]
    } else {
        PREFIXES[3]
    };
    let (size, prefix) = PREFIXES
        .into_iter()
        .find(|(size, _)| usual(*size) && value.abs() >= *size * 0.9995)
        .unwrap_or(least);
    let scaled = value / size;
    let digits = match scaled.abs() {
        small if small < 9.995 => 2,
        middle if middle < 99.95 => 1,
        _ => 0,
    };
    lang.decimal(format!("{scaled:.digits$} {prefix}{unit}"))
}

#[cfg(test)]
mod tests {
    use super::{Lang, quantity};

    #[test]
    fn quantities_have_three_digits_and_a_usual_prefix() {
        let shown = [
            (0.0146, "s", "14.6 ms"),
            (0.99951, "s", "1.00 s"),
            (3600.0, "s", "3600 s"),
            (2.5e6, "bit/s", "2.50 Mbit/s"),
            (0.25, "bit/s", "0.25 bit/s"),
            (0.000_000_25, "s", "250 ns"),
            (0.0, "s", "0 s"),
        ];
        for (value, unit, text) in shown {
            assert_eq!(quantity(value, unit, Lang::En), text);
        }
        assert_eq!(quantity(2.5e6, "bit/s", Lang::PtBr), "2,50 Mbit/s");
    }
}
