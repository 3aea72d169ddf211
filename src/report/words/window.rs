//! The words of flow control: windows, and the probes that ask about them or about their end.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) update(the, old, frame, new, ack):
        "{the} changes only its window, from {old} in #{frame} to {new}; it still expects number {ack}",
        "{the} muda só a sua janela, de {old} em #{frame} para {new}; continua esperando o número {ack}";
    pub(in crate::report) update_unscaled(the, old, frame, new, ack, unit):
        "{the} changes only its window field, from {old} in #{frame} to {new} ({unit}); it still expects number {ack}",
        "{the} muda só o campo de janela, de {old} em #{frame} para {new} ({unit}); continua esperando o número {ack}";
    /// Why it is not known what a unit of the window field means.
    pub(in crate::report) UNIT_UNKNOWN:
        "what a unit of it means was said in the handshake, which this capture does not hold",
        "quanto vale cada unidade foi dito na apresentação de três vias, que não está nesta captura";
    /// A window whose unit is not known.
    pub(in crate::report) field(raw, unit):
        "{raw} in its window field ({unit})",
        "{raw} no campo de janela ({unit})";
    pub(in crate::report) full(other, frame):
        "this fills the window that {other} offered last, in #{frame}",
        "isto enche a janela que {other} ofereceu por último, em #{frame}";
    pub(in crate::report) zero(other): "its window is 0: {other} may send no data until it opens",
        "sua janela é 0: {other} não pode enviar dados até que ela abra";
    pub(in crate::report) keep_alive(the, other, number):
        "{the} asks whether {other} is still there (keep-alive): it sends number {number}, which was used before, so that {other} has to answer",
        "{the} pergunta se {other} ainda está ativo (keep-alive): envia o número {number}, já usado antes, de modo que {other} tem de responder";
    pub(in crate::report) keep_alive_answer(the, frame, ack):
        "{the} answers the keep-alive of #{frame}: it is still there, and still expects number {ack}",
        "{the} responde ao keep-alive de #{frame}: continua ativo, e continua esperando o número {ack}";
    /// A probe as RFC 9293 has it.
    pub(in crate::report) probe(the, number, of, frame):
        "{the} sends 1 byte (number {number}) although the window {of} was 0 in #{frame}, to learn whether it has opened (zero-window probe)",
        "{the} envia 1 byte (número {number}) embora a janela {of} fosse 0 em #{frame}, para saber se ela abriu (sonda de janela zero)";
    /// A probe as Linux sends it.
    pub(in crate::report) probe_before(the, of, frame, number, other):
        "{the} asks whether the window {of}, 0 in #{frame}, has opened (zero-window probe): it sends number {number}, which was acknowledged before, so that {other} has to answer",
        "{the} pergunta se a janela {of}, 0 em #{frame}, já abriu (sonda de janela zero): envia o número {number}, já reconhecido antes, de modo que {other} tem de responder";
    pub(in crate::report) called_keep_alive(): "Wireshark calls this a keep-alive",
        "o Wireshark chama isso de keep-alive";
    /// A probe as RFC 9293 has it, with a byte that an earlier one had.
    pub(in crate::report) probe_again(the, number, frame, of, other):
        "{the} asks once more whether the window {of}, 0 in #{frame}, has opened (zero-window probe): it sends number {number} again, which {other} has not acknowledged",
        "{the} pergunta mais uma vez se a janela {of}, 0 em #{frame}, já abriu (sonda de janela zero): envia de novo o número {number}, que {other} não reconheceu";
    pub(in crate::report) probe_answer(the, frame, ack):
        "{the} answers the probe of #{frame}: its window is still 0, and it still expects number {ack}",
        "{the} responde à sonda de #{frame}: sua janela continua 0, e continua esperando o número {ack}";
    pub(in crate::report) probe_answer_open(the, frame, window, ack):
        "{the} answers the probe of #{frame}: its window has opened, to {window}, and it still expects number {ack}",
        "{the} responde à sonda de #{frame}: sua janela abriu, para {window}, e continua esperando o número {ack}";
    pub(in crate::report) answers_probe(the, frame): "{the} answers the probe of #{frame}",
        "{the} responde à sonda de #{frame}";
    pub(in crate::report) changes(old, frame, new):
        "its window changes from {old} in #{frame} to {new}",
        "sua janela muda de {old} em #{frame} para {new}";
    /// The windows of 0 in a line of the summary: how many, and the first.
    pub(in crate::report) zero_windows(count; first):
        "zero window in #{first}" | "{count} zero windows, the first in #{first}",
        "janela zero em #{first}" | "{count} janelas zero, a primeira em #{first}";
    /// When the last of them ended.
    pub(in crate::report) reopened(count; frame):
        ", open again in #{frame}" | ", the last opening in #{frame}",
        ", aberta de novo em #{frame}" | ", a última abertura em #{frame}";
    pub(in crate::report) probes(count;): "1 zero-window probe" | "{count} zero-window probes",
        "1 sonda de janela zero" | "{count} sondas de janela zero";
    pub(in crate::report) each_answered(count;): ", answered" | ", each answered",
        ", respondida" | ", cada uma respondida";
    pub(in crate::report) answered(count;): ", 1 answered" | ", {count} answered",
        ", 1 respondida" | ", {count} respondidas";
    /// In an answer, as the following ones.
    pub(in crate::report) smallest(the, window, frame): "{the}: {window}, in #{frame}.",
        "{the}: {window}, em #{frame}.";
    pub(in crate::report) fields():
        "These are the fields as they stand: without the handshake the factor they are multiplied with is not known.",
        "São os campos como estão: sem a apresentação não se conhece o fator que os multiplica.";
    pub(in crate::report) shut(the, from, to, time, other):
        "{the} offers no window from #{from} to #{to}{time}: {other} may send nothing but probes.",
        "{the} não oferece janela de #{from} a #{to}{time}: {other} só pode enviar sondas.";
    pub(in crate::report) for_time(time): ", for {time}", ", por {time}";
    pub(in crate::report) stays_shut(the, from, other):
        "{the} offers no window from #{from} on, up to the end of this capture: {other} may send nothing but probes.",
        "{the} não oferece janela a partir de #{from}, até o fim desta captura: {other} só pode enviar sondas.";
    pub(in crate::report) shut_in_all(count; total, longest, from, to):
        "Once." | "{count} times, {total} in all; the longest, {longest}, from #{from} to #{to}.",
        "Uma vez." | "{count} vezes, {total} ao todo; a mais longa, {longest}, de #{from} a #{to}.";
    pub(in crate::report) shut_more(count;): "… and 1 more time." | "… and {count} more times.",
        "… e mais 1 vez." | "… e mais {count} vezes.";
    pub(in crate::report) probed(count; the, answered):
        "{the} asks with 1 probe, {answered} answered." | "{the} asks with {count} probes, {answered} answered.",
        "{the} pergunta com 1 sonda, {answered} respondida." | "{the} pergunta com {count} sondas, {answered} respondidas.";
    pub(in crate::report) throttled(the, of, frame):
        "Yes: #{frame} fills the window {of}, so {the} has to wait until that opens.",
        "Sim: #{frame} enche a janela {of}, então {the} tem de esperar até que ela abra.";
    /// Probes show that there is something to send.
    pub(in crate::report) throttled_shut(the, of, frame):
        "Yes: the window {of} is 0 from #{frame} on, and {the} asks with probes when it opens, so it has data that waits.",
        "Sim: a janela {of} é 0 a partir de #{frame}, e {the} pergunta com sondas quando ela abre; tem, portanto, dados à espera.";
    pub(in crate::report) shut_after_all(the, of, frame):
        "No, not {the}: the window {of} is 0 only from #{frame} on, when everything {the} sends is acknowledged.",
        "Não, {the} não: a janela {of} só é 0 a partir de #{frame}, quando tudo o que {the} envia já está reconhecido.";
    pub(in crate::report) perhaps_shut(the, of, frame):
        "Perhaps: the window {of} is 0 in #{frame}; whether {the} had more to send then, the packets do not show.",
        "Talvez: a janela {of} é 0 em #{frame}; se {the} tinha mais a enviar nesse momento, os pacotes não mostram.";
    pub(in crate::report) perhaps_little(the, of, frame, room):
        "Perhaps: after #{frame} only {room} of the window {of} are left, less than the longest segment {the} sends; whether more waited, the packets do not show.",
        "Talvez: depois de #{frame} restam só {room} da janela {of}, menos que o maior segmento que {the} envia; se havia mais à espera, os pacotes não mostram.";
    pub(in crate::report) not_throttled(the, window, window_at, of, most, most_at):
        "No, not {the}: the smallest window {of} is {window} (#{window_at}), and at most {most} are not acknowledged at once (#{most_at}).",
        "Não, {the} não: a menor janela {of} é de {window} (#{window_at}), e no máximo {most} ficam sem reconhecimento ao mesmo tempo (#{most_at}).";
}
