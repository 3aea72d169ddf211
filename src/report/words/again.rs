//! The words of what comes more than once: sent again by its sender, or captured twice.

use std::fmt::Display;

use crate::analysis::moment::Moment;
use crate::analysis::twin::Twin;
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity::span;

phrase! {
    pub(in crate::report) repeats(count; the, bytes, size, frames):
        "{the} repeats {bytes} ({size}), first captured in {frames}" | "{the} repeats {bytes} ({size}), first captured in {frames}",
        "{the} repete {bytes} ({size}), já capturado em {frames}" | "{the} repete {bytes} ({size}), já capturados em {frames}";
    pub(in crate::report) before(time): "{time} before", "{time} antes";
    pub(in crate::report) differs(frame):
        "but with other bytes than #{frame} has at these numbers, which a sound TCP never sends",
        "mas com outros bytes do que #{frame} tem nesses números, o que um TCP correto nunca envia";
    /// Two copies side by side.
    pub(in crate::report) both(before, first, now, second):
        "first bytes of #{before}: {first}; of #{now}: {second}",
        "primeiros bytes de #{before}: {first}; de #{now}: {second}";
    pub(in crate::report) refused(frame, answer):
        "#{answer} had acknowledged only the SYN of #{frame}, not its data (RFC 7413, 4.2)",
        "#{answer} tinha reconhecido só o SYN de #{frame}, não os seus dados (RFC 7413, 4.2)";
    pub(in crate::report) already(other, up_to, frame):
        "{other} had acknowledged everything before number {up_to} in #{frame}, so nothing of it was needed there (spurious retransmission)",
        "{other} já tinha reconhecido tudo antes do número {up_to} em #{frame}, então nada disso era necessário (retransmissão espúria)";
    pub(in crate::report) already_unseen(other, up_to, frame):
        "yet {other} had acknowledged everything before number {up_to} in #{frame}: either an earlier copy is missing in this capture, or the packets are not in their order",
        "no entanto, {other} já tinha reconhecido tudo antes do número {up_to} em #{frame}: ou falta uma cópia anterior nesta captura, ou os pacotes não estão em ordem";
    pub(in crate::report) overtaken():
        "it comes so soon after these that it was more likely overtaken than sent again (out-of-order)",
        "vem tão pouco tempo depois deles que é mais provável ter sido ultrapassado do que reenviado (fora de ordem)";
    pub(in crate::report) fast(other, seq, frame):
        "{other} had asked for number {seq} again and again, last in #{frame} (fast retransmission)",
        "{other} tinha pedido o número {seq} repetidas vezes, a última em #{frame} (retransmissão rápida)";
    pub(in crate::report) unacknowledged():
        "nothing of it has been acknowledged in this capture so far (retransmission)",
        "nada disso foi reconhecido nesta captura até aqui (retransmissão)";
    once_more(frame, time):
        "this is #{frame} once more (same IP identification and bytes{time}): captured twice, not sent again",
        "este é #{frame} mais uma vez (mesma identificação IP e mesmos bytes{time}): capturado duas vezes, não reenviado";
    once_more_alike(frame, time):
        "this is #{frame} once more (same bytes, right behind it{time}): captured twice, not sent again",
        "este é #{frame} mais uma vez (mesmos bytes, logo atrás dele{time}): capturado duas vezes, não reenviado";
    pub(in crate::report) later(time): ", {time} later", ", {time} depois";
    /// The copies of one segment, and how the times between them grow.
    pub(in crate::report) copies(the, frames, times, growth):
        "{the} sends it in {frames}, at intervals of {times}: {growth}.",
        "{the} o envia em {frames}, a intervalos de {times}: {growth}.";
    pub(in crate::report) one_interval(): "one interval, which shows no growth",
        "um só intervalo, que não mostra crescimento";
    pub(in crate::report) linear(): "the intervals stay the same (linear), they do not double",
        "os intervalos ficam iguais (linear), não dobram";
    pub(in crate::report) doubling():
        "each interval is about twice the one before (exponential backoff)",
        "cada intervalo é cerca do dobro do anterior (recuo exponencial)";
    pub(in crate::report) neither(): "neither equal nor doubling throughout",
        "nem iguais, nem sempre o dobro";
    pub(in crate::report) none(span): "None: no byte, SYN or FIN is repeated in {span}.",
        "Nenhuma: nenhum byte, SYN ou FIN se repete em {span}.";
    pub(in crate::report) none_but_probes(span):
        "None: no byte, SYN or FIN is repeated in {span}, but for probes, which repeat a byte on purpose.",
        "Nenhuma: nenhum byte, SYN ou FIN se repete em {span}, salvo em sondas, que repetem um byte de propósito.";
    pub(in crate::report) by_numbers(count;):
        "One, by its sequence numbers." | "{count}, by their sequence numbers.",
        "Uma, pelos números de sequência." | "{count}, pelos números de sequência.";
    pub(in crate::report) repeats_after(frame, of, time):
        "#{frame} repeats numbers of #{of}, {time} later.",
        "#{frame} repete números de #{of}, {time} depois.";
    pub(in crate::report) repeats_of(frame, of): "#{frame} repeats numbers of #{of}.",
        "#{frame} repete números de #{of}.";
    pub(in crate::report) repeats_long_ago(frame):
        "#{frame} repeats numbers that were captured too far back to name the frame.",
        "#{frame} repete números capturados longe demais para dizer em qual quadro.";
    pub(in crate::report) more(count;): "… and {count} more." | "… and {count} more.",
        "… e mais {count}." | "… e mais {count}.";
    /// In an answer.
    pub(in crate::report) twice(count;):
        "1 packet is in this capture twice (same IP identification and bytes); that is no retransmission." | "{count} packets are in this capture twice (same IP identification and bytes); these are no retransmissions.",
        "1 pacote está nesta captura duas vezes (mesma identificação IP e mesmos bytes); isso não é retransmissão." | "{count} pacotes estão nesta captura duas vezes (mesma identificação IP e mesmos bytes); isso não é retransmissão.";
    /// In a line of the summary.
    pub(in crate::report) captured_twice(count;):
        "1 packet captured twice" | "{count} packets captured twice",
        "1 pacote capturado duas vezes" | "{count} pacotes capturados duas vezes";
    pub(in crate::report) sent_again(count; bytes): "{bytes} sent again" | "{bytes} sent again",
        "{bytes} reenviado" | "{bytes} reenviados";
}

/// The sentence of a packet that is in the capture twice.
pub(in crate::report) fn twin(lang: Lang, twin: &Twin, at: Moment) -> String {
    let time = at.since(twin.of).map_or_else(String::new, |lasted| {
        later(lang, span(lasted, lang)).to_string()
    });
    let frame = twin.of.frame;
    let say = |it: &dyn Display| it.to_string();
    match twin.identified {
        true => say(&once_more(lang, frame, time)),
        false => say(&once_more_alike(lang, frame, time)),
    }
}
