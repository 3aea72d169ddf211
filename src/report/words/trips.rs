//! The words of round trips, and of small segments that wait for an acknowledgment.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) handshake(time, syn, ack):
        "The handshake took {time} (#{syn} to #{ack}).",
        "A apresentação levou {time} (de #{syn} a #{ack}).";
    pub(in crate::report) see_table():
        "The table below has the segments with data, each up to the first ACK that covers it, measured where the capture was made.",
        "A tabela abaixo tem os segmentos com dados, cada um até o primeiro ACK que o cobre, medidos onde a captura foi feita.";
    pub(in crate::report) no_sample():
        "No segment with data has an acknowledgment in this capture that shows its RTT.",
        "Nenhum segmento com dados tem nesta captura um reconhecimento que mostre seu RTT.";
    pub(in crate::report) table():
        "Round trips of the first segments with data; EstimatedRTT = 7/8 of the last one + 1/8 of SampleRTT (RFC 6298)",
        "Tempos de ida e volta dos primeiros segmentos com dados; EstimatedRTT = 7/8 do anterior + 1/8 de SampleRTT (RFC 6298)";
    pub(in crate::report) more(count, shown):
        "… and {count} more: the first {shown} of each way are shown",
        "… e mais {count}: são mostrados os primeiros {shown} de cada sentido";
    /// Nagle's algorithm is off.
    pub(in crate::report) eager(second, of, first):
        "Not here: #{second} {of} follows #{first}, both small, while #{first} has no acknowledgment; the algorithm would have waited.",
        "Não aqui: #{second} {of} segue #{first}, ambos pequenos, enquanto #{first} não tem reconhecimento; o algoritmo teria esperado.";
    /// Nagle's algorithm seems to be on.
    pub(in crate::report) held(sent, of, after, ack, waited, open):
        "It looks so: #{sent} {of}, a small one, left {after} after the ACK #{ack}, which came {waited} after #{open}. A segment that the algorithm holds leaves when the acknowledgment comes; that the program wrote it only then is not excluded.",
        "Parece que sim: #{sent} {of}, pequeno, saiu {after} depois do ACK #{ack}, que veio {waited} depois de #{open}. Um segmento retido pelo algoritmo sai quando o reconhecimento chega; não se exclui que o programa só então o tenha escrito.";
}
