//! What a plot says in words: titles, axes, legend, facts.

use super::{Fact, Panel, Plot, PlotKind, Plots, Unit, What};
use crate::model::frame::FrameNo;
use crate::report::ladder::words as ladder;
use crate::report::words;
use crate::text::phrase::phrase;
use crate::text::{Lang, quantity};

phrase! {
    SEQUENCE: "Time–sequence plot", "Gráfico de tempo e sequência";
    RTT: "Round-trip times", "Tempos de ida e volta (RTT)";
    THROUGHPUT: "Throughput", "Vazão";
    data(way): "Data {way}", "Dados {way}";
    NOTHING: "Nothing to plot: no data was captured.", "Nada a desenhar: nenhum dado foi capturado.";
    NO_RATE: "Nothing to plot: a rate takes data and a length of time.",
        "Nada a desenhar: uma vazão requer dados e um intervalo de tempo.";
    NO_RTT: "Nothing to plot: no acknowledgment in the capture measures a round trip.",
        "Nada a desenhar: nenhum ACK da captura mede um tempo de ida e volta.";

    TIME: "seconds since the first packet of the conversation",
        "segundos desde o primeiro pacote da conversa";
    time_later(begin): "seconds since the first packet of the conversation (at {begin} s)",
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
    of(way): "data {way}", "dados {way}";

    fact_data(count; way, bytes):
        "{way}: 1 segment with {bytes} of payload" | "{way}: {count} segments with {bytes} of payload",
        "{way}: 1 segmento com {bytes} de carga útil" | "{way}: {count} segmentos com {bytes} de carga útil";
    RETRANSMISSIONS: "retransmissions", "retransmissões";
    SACKS: "SACK blocks", "blocos SACK";
    PROBES: "probes", "sondas";
    fact_zero(count; time):
        "the window was zero once, for {time}" | "the window was zero {count} times, {time} together",
        "a janela ficou em zero uma vez, por {time}" | "a janela ficou em zero {count} vezes, {time} no total";
    zero_to_the_end(frame): "the window is zero from #{frame} to the end of this capture",
        "a janela está em zero de #{frame} até o fim desta captura";
    fact_above(bytes): "the receive window, {bytes}, ends above the plot",
        "a janela de recepção, {bytes}, termina acima do gráfico";
    between(least, most): "{least} to {most}", "de {least} a {most}";
    FACT_SCALE: "windows whose scale is not in the capture are not drawn",
        "janelas cuja escala não está na captura não são desenhadas";
    fact_rtt(count; way, least, mean, most):
        "data {way}: 1 round trip, {most}" | "data {way}: {count} round trips, shortest {least}, mean {mean}, longest {most}",
        "dados {way}: 1 tempo de ida e volta, {most}" | "dados {way}: {count} tempos de ida e volta, menor {least}, média {mean}, maior {most}";
    FACT_FIRST: "counted from the first sending, as tshark does: of data sent again, longer than a round trip",
        "contados desde o primeiro envio, como faz o tshark: de dados reenviados, mais longos que uma ida e volta";
    fact_step(time): "one step: {time}; payload as captured, retransmissions included",
        "um degrau: {time}; carga útil como capturada, com retransmissões";
    fact_average(way, rate): "{way}: {rate} on average", "{way}: {rate} em média";
    list_of(count; list, more): "frame {list}{more}" | "frames {list}{more}",
        "quadro {list}{more}" | "quadros {list}{more}";
    points_drawn(drawn, count):
        "{drawn} of {count} points drawn: of each run the first, the last, the lowest and the highest",
        "{drawn} de {count} pontos desenhados: de cada trecho, o primeiro, o último, o mais baixo e o mais alto";
    others_not(count;):
        "… and 1 more conversation, not plotted here" | "… and {count} more conversations, not plotted here",
        "… e mais 1 conversa, não desenhada aqui" | "… e mais {count} conversas, não desenhadas aqui";
}

/// The name of a kind of plot.
pub fn kind(kind: PlotKind, lang: Lang) -> &'static str {
    match kind {
        PlotKind::Sequence => SEQUENCE.get(lang),
        PlotKind::Rtt => RTT.get(lang),
        PlotKind::Throughput => THROUGHPUT.get(lang),
    }
}

/// The heading of a plot: what, of which conversation, between whom.
pub fn heading(plot: &Plot, lang: Lang) -> String {
    let name = words::conversation::name(plot.protocol, plot.stream, lang);
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
    Some(data(lang, &way).to_string())
}

/// Why there is no panel.
pub fn nothing(kind: PlotKind, lang: Lang) -> &'static str {
    match kind {
        PlotKind::Rtt => NO_RTT.get(lang),
        PlotKind::Sequence => NOTHING.get(lang),
        PlotKind::Throughput => NO_RATE.get(lang),
    }
}

/// The name of the time axis.
pub fn time_axis(plot: &Plot, lang: Lang) -> String {
    match plot.begin.0 {
        0 => TIME.get(lang).to_owned(),
        _ => time_later(lang, lang.decimal(ladder::seconds(plot.begin, 6))).to_string(),
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
        What::Of(place) => return of(lang, way(plot, place, lang)).to_string(),
    };
    text.get(lang).to_owned()
}

/// What the ground of a zero window means.
pub fn zero_window(lang: Lang) -> &'static str {
    ZERO.get(lang)
}

/// The conversations that have no plot; `None` where there are none.
pub fn others(plots: &Plots, lang: Lang) -> Option<String> {
    (plots.others > 0).then(|| others_not(lang, plots.others).to_string())
}

/// What is drawn where that is not everything.
pub fn thinned(plot: &Plot, lang: Lang) -> Option<String> {
    let [count, drawn] = plot.points;
    (drawn < count).then(|| points_drawn(lang, &drawn, &count).to_string())
}

/// A fact as a phrase.
pub fn fact(plot: &Plot, fact: &Fact, lang: Lang) -> String {
    let way = |from: usize| way(plot, from, lang);
    let time = |seconds: f64| quantity::seconds(seconds, lang);
    match fact {
        Fact::Data {
            from,
            segments,
            bytes,
        } => fact_data(lang, *segments, way(*from), quantity::bytes(lang, *bytes)).to_string(),
        Fact::Marked {
            what,
            count,
            frames: named,
        } => {
            let what = match what {
                What::OutOfOrder => OUT_OF_ORDER,
                What::Sack => SACKS,
                What::Probe => PROBES,
                _ => RETRANSMISSIONS,
            };
            format!(
                "{}: {count} ({})",
                what.get(lang),
                frames(named, *count, lang)
            )
        }
        Fact::ZeroWindow { count, together } => {
            fact_zero(lang, *count, quantity::span(together.0, lang)).to_string()
        }
        Fact::ZeroToTheEnd(frame) => zero_to_the_end(lang, frame).to_string(),
        Fact::WindowAbove([least, most]) if least == most => {
            fact_above(lang, quantity::bytes(lang, *least)).to_string()
        }
        Fact::WindowAbove([least, most]) => {
            let range = between(lang, least, quantity::bytes(lang, *most));
            fact_above(lang, range).to_string()
        }
        Fact::ScaleUnknown => FACT_SCALE.get(lang).to_owned(),
        Fact::RoundTrips { from, count, times } => {
            let [least, mean, most] = times.map(time);
            fact_rtt(lang, *count, way(*from), least, mean, most).to_string()
        }
        Fact::FromFirst => FACT_FIRST.get(lang).to_owned(),
        Fact::Step(step) => fact_step(lang, time(*step)).to_string(),
        Fact::Average { from, rate } => {
            fact_average(lang, way(*from), quantity::bits_per_second(*rate, lang)).to_string()
        }
    }
}

/// The frames by number; with an ellipsis where there are more of them than are named.
fn frames(named: &[FrameNo], count: u64, lang: Lang) -> String {
    let list: Vec<String> = named.iter().map(FrameNo::to_string).collect();
    let all = u64::try_from(named.len()).is_ok_and(|len| len >= count)
        || named.len() < super::sequence::NAMED;
    let more = if all { "" } else { ", …" };
    let one = if named.len() == 1 && all { 1 } else { 2 };
    list_of(lang, one, list.join(", "), more).to_string()
}
