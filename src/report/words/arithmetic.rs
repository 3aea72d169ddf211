//! The arithmetic behind a sentence, with relative and raw numbers.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) seq(raw, base, seq): "Seq = {raw} − {base} = {seq}: the raw number less the one shown as 0",
        "Seq = {raw} − {base} = {seq}: o número bruto menos o que é mostrado como 0";
    pub(in crate::report) bits(value, bits): "flags = {value} = {bits}", "flags = {value} = {bits}";
    pub(in crate::report) next(sum, next): "{sum} = {next}: the number after this segment",
        "{sum} = {next}: o número depois deste segmento";
    pub(in crate::report) ack(sum, ack, raw_sum, raw):
        "Ack = {sum} = {ack}: the number after the last one acknowledged, and the next expected (raw: {raw_sum} = {raw})",
        "Ack = {sum} = {ack}: o número depois do último reconhecido, e o próximo esperado (bruto: {raw_sum} = {raw})";
    pub(in crate::report) same(ack, raw):
        "Ack = {ack} as before: no number was acknowledged that was not before (raw: {raw})",
        "Ack = {ack} como antes: nenhum número foi reconhecido que já não o fosse (bruto: {raw})";
    pub(in crate::report) WRAP: ", modulo 2^32", ", módulo 2^32";
    pub(in crate::report) window(raw, factor, window): "window = {raw} × {factor} = {window} bytes",
        "janela = {raw} × {factor} = {window} bytes";
    pub(in crate::report) rtt(time, frame):
        "{time} after #{frame}, whose last number it acknowledges: a round trip as seen where the capture was made",
        "{time} depois de #{frame}, cujo último número reconhece: um tempo de ida e volta visto de onde a captura foi feita";
    pub(in crate::report) copied(count; time, frame, copies):
        "{time} after #{frame}, whose last number it acknowledges; but {copies} sent that number again, and the Ack alone does not tell which copy was acknowledged: this is no sample of a round trip (Karn's rule; where there are timestamps, TSecr can tell)" | "{time} after #{frame}, whose last number it acknowledges; but {copies} sent that number again, and the Ack alone does not tell which copy was acknowledged: this is no sample of a round trip (Karn's rule; where there are timestamps, TSecr can tell)",
        "{time} depois de #{frame}, cujo último número reconhece; mas {copies} enviou esse número de novo, e só pelo Ack não se sabe qual cópia foi reconhecida: isto não serve como medida de ida e volta (regra de Karn; onde há timestamps, TSecr pode dizer)" | "{time} depois de #{frame}, cujo último número reconhece; mas {copies} enviaram esse número de novo, e só pelo Ack não se sabe qual cópia foi reconhecida: isto não serve como medida de ida e volta (regra de Karn; onde há timestamps, TSecr pode dizer)";
    pub(in crate::report) mark(name): "Wireshark's label: {name}", "rótulo do Wireshark: {name}";
}
