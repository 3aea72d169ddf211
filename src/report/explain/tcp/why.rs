//! The arithmetic behind a sentence, with relative and raw numbers.

use std::fmt::Write;

use super::{View, news};
use crate::analysis::facts::ack::News;
use crate::analysis::record::line::low;
use crate::analysis::tcp::{Scale, rules};
use crate::report::explain::phrase::{Clauses, Values, frame_list};
use crate::report::info::flags::bits;
use crate::report::words::ack::answers_copy as answers;
use crate::report::words::numbers::number;
use crate::text::Text;
use crate::text::phrase::phrase;
use crate::text::quantity::span;

static SEQ: Text = Text::new(
    "Seq = {raw} − {base} = {seq}: the raw number less the one shown as 0",
    "Seq = {raw} − {base} = {seq}: o número bruto menos o que é mostrado como 0",
);
static BITS: Text = Text::new("flags = {value} = {bits}", "flags = {value} = {bits}");
static NEXT: Text = Text::new(
    "{sum} = {next}: the number after this segment",
    "{sum} = {next}: o número depois deste segmento",
);
static ACK: Text = Text::new(
    "Ack = {sum} = {ack}: the number after the last one acknowledged, and the next expected (raw: {raw_sum} = {raw})",
    "Ack = {sum} = {ack}: o número depois do último reconhecido, e o próximo esperado (bruto: {raw_sum} = {raw})",
);
static SAME: Text = Text::new(
    "Ack = {ack} as before: no number was acknowledged that was not before (raw: {raw})",
    "Ack = {ack} como antes: nenhum número foi reconhecido que já não o fosse (bruto: {raw})",
);
phrase! {
    WRAP: ", modulo 2^32", ", módulo 2^32";
}
static WINDOW: Text = Text::new(
    "window = {raw} × {factor} = {window} bytes",
    "janela = {raw} × {factor} = {window} bytes",
);
static RTT: Text = Text::new(
    "{time} after #{frame}, whose last number it acknowledges: a round trip as seen where the capture was made",
    "{time} depois de #{frame}, cujo último número reconhece: um tempo de ida e volta visto de onde a captura foi feita",
);
static COPIES: Text = Text::new(
    "{time} after #{frame}, whose last number it acknowledges; but {copies} sent that number again, and the Ack alone does not tell which copy was acknowledged: this is no sample of a round trip (Karn's rule; where there are timestamps, TSecr can tell)",
    "{time} depois de #{frame}, cujo último número reconhece; mas {copies} enviou esse número de novo, e só pelo Ack não se sabe qual cópia foi reconhecida: isto não serve como medida de ida e volta (regra de Karn; onde há timestamps, TSecr pode dizer)",
);
static COPIES_MANY: Text = Text {
    en: COPIES.en,
    pt_br: "{time} depois de #{frame}, cujo último número reconhece; mas {copies} enviaram esse número de novo, e só pelo Ack não se sabe qual cópia foi reconhecida: isto não serve como medida de ida e volta (regra de Karn; onde há timestamps, TSecr pode dizer)",
};
static MARK: Text = Text::new("Wireshark's label: {name}", "rótulo do Wireshark: {name}");

/// Adds the steps.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let flags = view.header.flags;
    if flags.syn() {
        let value = format!("0x{:03x}", flags.0);
        said.because(
            "RFC 9293, 3.1",
            &BITS,
            &[("value", &value), ("bits", &bits(flags))],
        );
    }
    let base = view.header.seq.minus(view.tcp.seq);
    let wrap = |wrapped: bool| if wrapped { WRAP.get(said.lang) } else { "" };
    let wrapped = wrap(view.header.seq.0 < base.0);
    said.because(
        "RFC 9293, 3.4",
        &SEQ,
        &[
            ("raw", &view.header.seq.0),
            ("base", &base.0),
            ("seq", &format!("{}{wrapped}", view.tcp.seq)),
        ],
    );
    let ones = u32::from(flags.syn()) + u32::from(flags.fin());
    let counted = view.len.wrapping_add(ones);
    if counted > 0 && !flags.rst() {
        let mut sum = view.tcp.seq.to_string();
        part(&mut sum, u32::from(flags.syn()), " (SYN)");
        part(&mut sum, view.len, "");
        part(&mut sum, u32::from(flags.fin()), " (FIN)");
        let next = view.tcp.seq.wrapping_add(counted);
        said.because("RFC 9293, 3.4", &NEXT, &[("sum", &sum), ("next", &next)]);
    }
    if flags.ack() {
        acknowledgment(view, said);
    }
    if let Scale::Shift(_) = view.tcp.scale
        && !flags.syn()
    {
        let (raw, factor) = (view.header.window, view.tcp.scale.factor());
        said.because(
            "RFC 7323, 2.2",
            &WINDOW,
            &[
                ("raw", &raw),
                ("factor", &factor),
                ("window", &view.tcp.window),
            ],
        );
    }
    round_trip(view, said);
    for rule in view.tcp.marks.iter().filter_map(rules::of) {
        let name = rule.name.get(said.lang);
        said.because(
            rule.fields.first().copied().unwrap_or_default(),
            &MARK,
            &[("name", &name)],
        );
    }
}

/// The time since the segment that is acknowledged, where it is known which one that is.
fn round_trip(view: &View<'_>, said: &mut Clauses) {
    let (Some(frame), Some(rtt)) = (view.tcp.acks_frame, view.tcp.ack_rtt) else {
        return;
    };
    let lang = said.lang;
    if let Some(News::New(cover)) = news(view)
        && let Some(copy) = cover.answers
        && let Some(lasted) = view.latest.at.since(copy)
        && let Some(echo) = view.latest.echo
    {
        let time = span(lasted, lang);
        return said.step("RFC 7323, 4.1", answers(lang, echo, copy.frame, time));
    }
    if rtt.0 < 0 {
        return;
    }
    let time = span(rtt.0, lang).to_string();
    let last = view.latest.ack.unwrap_or_default() - 1;
    let copies = view.receiver().log.copies(last, view.frame);
    let copies: Vec<_> = copies
        .map(|it| it.at.frame)
        .filter(|it| *it > frame)
        .collect();
    let (source, phrase) = match copies.len() {
        0 => ("tcp.analysis.ack_rtt", &RTT),
        1 => ("RFC 6298, 3", &COPIES),
        _ => ("RFC 6298, 3", &COPIES_MANY),
    };
    let copies = frame_list(&copies, said.lang);
    let values: Values<'_> = &[("time", &time), ("frame", &frame), ("copies", &copies)];
    said.because(source, phrase, values);
}

fn acknowledgment(view: &View<'_>, said: &mut Clauses) {
    let (ack, raw) = (view.tcp.ack, view.header.ack.0);
    match news(view) {
        Some(News::New(cover)) if !view.header.flags.rst() => {
            let whole = low(view.latest.ack.unwrap_or_default() - cover.from);
            let from = view.header.ack.minus(whole);
            let mut sum = number(cover.from).to_string();
            let mut raw_sum = from.0.to_string();
            let ones = u32::from(cover.syn.is_some()) + u32::from(cover.fin.is_some());
            for sum in [&mut sum, &mut raw_sum] {
                part(sum, u32::from(cover.syn.is_some()), " (SYN)");
                part(sum, whole.wrapping_sub(ones), "");
                part(sum, u32::from(cover.fin.is_some()), " (FIN)");
            }
            let wrapped = if raw < from.0 {
                WRAP.get(said.lang)
            } else {
                ""
            };
            said.because(
                "RFC 9293, 3.4",
                &ACK,
                &[
                    ("sum", &sum),
                    ("ack", &ack),
                    ("raw_sum", &raw_sum),
                    ("raw", &format!("{raw}{wrapped}")),
                ],
            );
        }
        Some(News::Same(_)) => {
            said.because("RFC 9293, 3.4", &SAME, &[("ack", &ack), ("raw", &raw)])
        }
        _ => {}
    }
}

fn part(sum: &mut String, count: u32, note: &str) {
    if count > 0 {
        let _ = write!(sum, " + {count}{note}");
    }
}
