//! The words of acknowledgments.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) acknowledges(the, object): "{the} acknowledges {object}",
        "{the} reconhece {object}";
    pub(in crate::report) also(object, ack): "it also acknowledges {object} (Ack={ack})",
        "também reconhece {object} (Ack={ack})";
    pub(in crate::report) next_byte(ack): "the next byte it expects is number {ack}",
        "o próximo byte que espera é o de número {ack}";
    pub(in crate::report) next_number(ack): "the next number it expects is {ack}",
        "o próximo número que espera é {ack}";
    pub(in crate::report) sent_in(count; object, frames):
        "{object}, sent in {frames}" | "{object}, sent in {frames}",
        "{object}, enviado em {frames}" | "{object}, enviados em {frames}";
    pub(in crate::report) again_in(frames): " and again in {frames}", " e de novo em {frames}";
    pub(in crate::report) answers(frame):
        "its timestamp names #{frame} as the copy that it answers",
        "o seu timestamp indica #{frame} como a cópia à qual responde";
    /// The reasoning behind that.
    pub(in crate::report) answers_copy(echo, frame, time):
        "TSecr = {echo} is the TSval of #{frame}: it answers that copy, {time} after it, which is a round trip as seen where the capture was made",
        "TSecr = {echo} é o TSval de #{frame}: responde a essa cópia, {time} depois dela, o que é um tempo de ida e volta visto de onde a captura foi feita";
    pub(in crate::report) which_copy(): "which copy it answers is not shown",
        "a qual cópia responde não se vê";
    pub(in crate::report) partly_sent_in(count; object, frames):
        "{object}, of which this capture holds 1 before this segment (in {frames})" | "{object}, of which this capture holds {count} before this segment (in {frames})",
        "{object}, dos quais esta captura tem 1 antes deste segmento (em {frames})" | "{object}, dos quais esta captura tem {count} antes deste segmento (em {frames})";
    pub(in crate::report) not_captured(count; object):
        "{object}, which is in no segment captured before" | "{object}, which are in no segment captured before",
        "{object}, que não está em nenhum segmento capturado antes" | "{object}, que não estão em nenhum segmento capturado antes";
    pub(in crate::report) syn(of, frame): "the SYN {of} (#{frame}), which counts 1",
        "o SYN {of} (#{frame}), que conta 1";
    pub(in crate::report) fin(of, frame): "the FIN {of} (#{frame}), which counts 1",
        "o FIN {of} (#{frame}), que conta 1";
    pub(in crate::report) unseen(count; range, of):
        "number {range} {of}, which is in no segment captured before" | "the numbers {range} {of}, which are in no segment captured before",
        "o número {range} {of}, que não está em nenhum segmento capturado antes" | "os números {range} {of}, que não estão em nenhum segmento capturado antes";
    pub(in crate::report) rst_text(count; range, of, frame):
        "number {range} {of}, the text of its RST in #{frame}" | "the numbers {range} {of}, the text of its RST in #{frame}",
        "o número {range} {of}, o texto do seu RST em #{frame}" | "os números {range} {of}, o texto do seu RST em #{frame}";
    /// The same where the numbers lie before the first one.
    pub(in crate::report) unseen_before(count; of):
        "1 number {of} that is in no segment captured before" | "{count} numbers {of} that are in no segment captured before",
        "1 número {of} que não está em nenhum segmento capturado antes" | "{count} números {of} que não estão em nenhum segmento capturado antes";
    pub(in crate::report) before(of, to): "everything {of} before number {to}",
        "tudo {of} antes do número {to}";
    pub(in crate::report) before_unheard(of, to):
        "everything {of} before number {to}, none of which has been captured so far",
        "tudo {of} antes do número {to} (nada disso foi capturado até aqui)";
    pub(in crate::report) and_before(): "what came before", "o que veio antes";
    pub(in crate::report) nothing_new(the, ack, frame):
        "{the} acknowledges nothing new: it still expects number {ack}, as in #{frame}",
        "{the} não reconhece nada de novo: continua esperando o número {ack}, como em #{frame}";
    pub(in crate::report) older(the, ack, highest, frame):
        "{the} acknowledges only up to number {ack}, less than {highest} in #{frame}, so it says nothing new",
        "{the} reconhece só até o número {ack}, menos que {highest} em #{frame}; por isso não diz nada de novo";
    pub(in crate::report) duplicate(the, ack, of, number):
        "{the} repeats Ack={ack} of #{of} (duplicate ACK number {number}): it still expects number {ack}",
        "{the} repete o Ack={ack} de #{of} (ACK duplicado número {number}): continua esperando o número {ack}";
    pub(in crate::report) later_sent(other, frame):
        "though {other} has sent later bytes, in #{frame}",
        "embora {other} tenha enviado bytes posteriores, em #{frame}";
    /// How an end acknowledges: one ACK.
    pub(in crate::report) one(covered; the, ack, delay):
        "{the} sends one ACK without data for data received: #{ack}{delay}." | "{the} sends one ACK without data for data received: #{ack}, for {covered} segments{delay}.",
        "{the} envia um ACK sem dados para dados recebidos: #{ack}{delay}." | "{the} envia um ACK sem dados para dados recebidos: #{ack}, para {covered} segmentos{delay}.";
    /// How an end acknowledges: several ACKs.
    pub(in crate::report) several(most; the, count, covered, frame, delays):
        "{the} sends {count} ACKs without data, each for one segment{delays}." | "{the} sends {count} ACKs without data for {covered} segments, up to {most} at once (#{frame}){delays}.",
        "{the} envia {count} ACKs sem dados, cada um para um segmento{delays}." | "{the} envia {count} ACKs sem dados para {covered} segmentos, até {most} de uma vez (#{frame}){delays}.";
    pub(in crate::report) after(delay, data): ", {delay} after #{data}",
        ", {delay} depois de #{data}";
    pub(in crate::report) after_last(delay, data): ", {delay} after the last of them (#{data})",
        ", {delay} depois do último deles (#{data})";
    pub(in crate::report) copy_unknown():
        ", after data that was sent more than once, so that its delay is not known (Karn's rule)",
        ", depois de dados enviados mais de uma vez; por isso o seu atraso não é conhecido (regra de Karn)";
    pub(in crate::report) delay_most(longest, data, ack):
        ", at most {longest} after the data (#{data} to #{ack})",
        ", no máximo {longest} depois dos dados (de #{data} a #{ack})";
    pub(in crate::report) delays(shortest, longest, data, ack):
        ", after {shortest} to {longest} (longest: #{data} to #{ack})",
        ", depois de {shortest} a {longest} (o maior: de #{data} a #{ack})";
    pub(in crate::report) delayed(trip):
        "That is longer than the handshake took ({trip}); a delayed ACK may wait for up to 500 ms (RFC 9293, 3.8.6.3).",
        "É mais do que a apresentação levou ({trip}); um ACK atrasado pode esperar até 500 ms (RFC 9293, 3.8.6.3).";
    pub(in crate::report) cumulative():
        "An ACK is cumulative, and need not come for each segment (RFC 9293, 3.8.6.3).",
        "Um ACK é cumulativo e não precisa vir para cada segmento (RFC 9293, 3.8.6.3).";
    pub(in crate::report) carried(count; the):
        "{the} acknowledges one segment together with data or a FIN of its own." | "{the} acknowledges {count} segments together with data or a FIN of its own.",
        "{the} reconhece um segmento junto com dados ou um FIN seus." | "{the} reconhece {count} segmentos junto com dados ou um FIN seus.";
    /// How many bytes an ACK acknowledges.
    pub(in crate::report) amount_of_one(the, bytes, frame): "{the}: {bytes}, in #{frame}.",
        "{the}: {bytes}, em #{frame}.";
    pub(in crate::report) amount_same(the, bytes, count): "{the}: {bytes} in each of {count} ACKs.",
        "{the}: {bytes} em cada um de {count} ACKs.";
    /// No amount is more frequent than every other.
    pub(in crate::report) amounts_alike(the, count, least, least_at, most, most_at):
        "{the}: from {least} (#{least_at}) to {most} (#{most_at}) in {count} ACKs, no amount more often than every other.",
        "{the}: de {least} (#{least_at}) a {most} (#{most_at}) em {count} ACKs, nenhum valor com mais frequência que todos os outros.";
    pub(in crate::report) amounts(the, bytes, times, count, least, least_at, most, most_at):
        "{the}: {bytes} most often ({times} of {count}), from {least} (#{least_at}) to {most} (#{most_at}).",
        "{the}: {bytes} com mais frequência ({times} de {count}), de {least} (#{least_at}) a {most} (#{most_at}).";
}
