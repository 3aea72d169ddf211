//! The words of segments with SYN, in the order of a handshake.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) asks(the, other): "{the} asks {other} for a connection (SYN)",
        "{the} pede uma conexão {other} (SYN)";
    pub(in crate::report) accepts(the): "{the} accepts the connection (SYN, ACK)", "{the} aceita a conexão (SYN, ACK)";
    pub(in crate::report) repeats(the, what, frame): "{the} repeats the {what} of #{frame}",
        "{the} repete o {what} de #{frame}";
    pub(in crate::report) later(time): "{time} later", "{time} depois";
    pub(in crate::report) unheard(of): "no segment {of} has been captured so far",
        "nenhum segmento {of} foi capturado até aqui";
    pub(in crate::report) initial(isn, shown, first):
        "its initial sequence number, {isn}, is shown as {shown} and counts 1, so its first byte of data will be number {first}",
        "seu número de sequência inicial, {isn}, é mostrado como {shown} e conta 1; por isso seu primeiro byte de dados será o de número {first}";
    pub(in crate::report) with_data(count): "it already carries {count} of data", "já traz {count} de dados";
    pub(in crate::report) with_fin():
        "it has FIN too, which counts 1: it would have nothing more to send, and no ordinary TCP begins so",
        "também tem FIN, que conta 1: não teria mais nada a enviar, e nenhum TCP comum começa assim";
    pub(in crate::report) acks_syn_fin(ack, frame, syn, len):
        "Ack={ack} acknowledges everything of #{frame}, its FIN too: {syn} + 1 + {len} = {ack}",
        "Ack={ack} reconhece tudo de #{frame}, também o FIN: {syn} + 1 + {len} = {ack}";
    pub(in crate::report) SYN_BEFORE:
        "the SYN that it answers is in the conversation before, from which Wireshark counts this one apart",
        "o SYN a que responde está na conversa anterior, que o Wireshark conta à parte";
    pub(in crate::report) goes_on(the, answers):
        "{the} goes on with the connection that these ports had before: its number is the one that #{answers} acknowledges; so the SYN did not replace that connection (a challenge ACK answers such a SYN, RFC 9293, 3.10.7.4)",
        "{the} continua a conexão que estas portas tinham antes: seu número é o que #{answers} reconhece; o SYN, portanto, não substituiu essa conexão (um challenge ACK responde a um SYN assim, RFC 9293, 3.10.7.4)";
    pub(in crate::report) acks_syn(ack, frame, syn): "Ack={ack} acknowledges the SYN of #{frame}: {syn} + 1 = {ack}",
        "Ack={ack} reconhece o SYN de #{frame}: {syn} + 1 = {ack}";
    pub(in crate::report) acks_syn_data(ack, frame, count, syn, len):
        "Ack={ack} acknowledges the SYN of #{frame} and {count} after it: {syn} + 1 + {len} = {ack}",
        "Ack={ack} reconhece o SYN de #{frame} e {count} depois dele: {syn} + 1 + {len} = {ack}";
    pub(in crate::report) acks_nothing(ack, frame): "its Ack={ack} does not fit the SYN of #{frame}",
        "seu Ack={ack} não corresponde ao SYN de #{frame}";
    pub(in crate::report) SYN_MISSING: "the SYN that it answers has not been captured so far",
        "o SYN a que responde não foi capturado até aqui";
    pub(in crate::report) early(frame):
        "#{frame}, captured before it, answers it already: the order of this capture is not the order of sending",
        "#{frame}, capturado antes, já responde a ele: a ordem desta captura não é a ordem de envio";
    pub(in crate::report) ITSELF_ASKS: "a socket asks its own port for a connection (SYN)",
        "um socket pede uma conexão à sua própria porta (SYN)";
    pub(in crate::report) ITSELF_ANSWERS:
        "the socket answers its own SYN (SYN, ACK): source and destination are the same, so this is a simultaneous open with itself (RFC 9293, 3.5, figure 7); no server listens on that port",
        "o socket responde ao seu próprio SYN (SYN, ACK): origem e destino são o mesmo; é uma abertura simultânea consigo mesmo (RFC 9293, 3.5, figura 7); nenhum servidor escuta nessa porta";
    pub(in crate::report) stray_captured(the, raw, other):
        "{the} sends a segment of the connection that these ports had before: it acknowledges raw number {raw}, which {other} has not sent in this one; {the} takes that one for open still, and {other}, if it has a new one, has to refuse this (RFC 9293, 3.5.1)",
        "{the} envia um segmento da conexão que estas portas tinham antes: reconhece o número bruto {raw}, que {other} não enviou nesta; {the} ainda considera aberta aquela, e {other}, se tem uma nova, deve recusar este segmento (RFC 9293, 3.5.1)";
    pub(in crate::report) stray(the, raw, other):
        "{the} sends a segment of another connection between the same ports, which this capture does not hold: it acknowledges raw number {raw}, which {other} has not sent in this one and has to refuse (RFC 9293, 3.10.7.3)",
        "{the} envia um segmento de outra conexão entre as mesmas portas, que não está nesta captura: reconhece o número bruto {raw}, que {other} não enviou nesta e deve recusar (RFC 9293, 3.10.7.3)";
    pub(in crate::report) both_call(frame): "it does not acknowledge the SYN of #{frame}: both ends ask at once",
        "não reconhece o SYN de #{frame}: as duas pontas pedem ao mesmo tempo";
    pub(in crate::report) mss(mss): "it takes segments of up to {mss} bytes of data (MSS)",
        "aceita segmentos de até {mss} bytes de dados (MSS)";
    pub(in crate::report) REUSED: "the same addresses and ports had an earlier conversation in this capture",
        "os mesmos endereços e portas já tiveram outra conversa nesta captura";
    pub(in crate::report) RENUMBERED:
        "this number is not the one that earlier segments had shown, so numbers count anew from here",
        "este número não é o que segmentos anteriores mostravam; por isso a contagem recomeça aqui";
    pub(in crate::report) three_way(syn, answer, frame):
        "this completes the three-way handshake (#{syn}, #{answer}, #{frame})",
        "isto completa a apresentação de três vias (#{syn}, #{answer}, #{frame})";
    pub(in crate::report) COMPLETE: "this completes the handshake", "isto completa a apresentação de três vias";
    pub(in crate::report) MISSING:
        "no handshake of this conversation comes before it in this capture, so numbers count from the first one seen",
        "nenhuma apresentação de três vias desta conversa aparece antes nesta captura; por isso os números contam a partir do primeiro visto";
    pub(in crate::report) ASSUMED: "which end is the client is an assumption, from the ports",
        "qual das pontas é o cliente é uma suposição, pelas portas";
}
