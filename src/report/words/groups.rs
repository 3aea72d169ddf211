//! The words of the lines of a summary between handshake and close.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) acknowledged(count;): ", acknowledged" | ", acknowledged", ", reconhecido" | ", reconhecidos";
    pub(in crate::report) acknowledged_by(count; frame): ", acknowledged (by #{frame})" | ", acknowledged (by #{frame})",
        ", reconhecido (pelo #{frame})" | ", reconhecidos (pelo #{frame})";
    pub(in crate::report) partly(frame): ", acknowledged in part (by #{frame})",
        ", reconhecidos em parte (pelo #{frame})";
    pub(in crate::report) unacknowledged(count;):
        ", not acknowledged in this capture" | ", not acknowledged in this capture",
        ", não reconhecido nesta captura" | ", não reconhecidos nesta captura";
    pub(in crate::report) missing(count;):
        "1 byte between them is not in this capture" | "{count} bytes between them are not in this capture",
        "1 byte no meio não está nesta captura" | "{count} bytes no meio não estão nesta captura";
    pub(in crate::report) retransmissions(count;): "1 retransmission" | "{count} retransmissions",
        "1 retransmissão" | "{count} retransmissões";
    pub(in crate::report) late(count;): "1 segment that fills a gap, late" | "{count} segments that fill gaps, late",
        "1 segmento que preenche uma lacuna, atrasado" | "{count} segmentos que preenchem lacunas, atrasados";
    pub(in crate::report) out_of_order(count;): "1 segment out of order" | "{count} segments out of order",
        "1 segmento fora de ordem" | "{count} segmentos fora de ordem";
    pub(in crate::report) stray(count;):
        "1 segment of another connection between these ports" | "{count} segments of another connection between these ports",
        "1 segmento de outra conexão entre estas portas" | "{count} segmentos de outra conexão entre estas portas";
    pub(in crate::report) duplicate_acks(count;): "1 duplicate ACK" | "{count} duplicate ACKs",
        "1 ACK duplicado" | "{count} ACKs duplicados";
    pub(in crate::report) window_updates(count;): "1 window update" | "{count} window updates",
        "1 atualização de janela" | "{count} atualizações de janela";
    pub(in crate::report) acks(count; of):
        "ACK {of}, of no data captured before" | "ACKs {of}, of no data captured before",
        "ACK {of} que não reconhece nenhum dado capturado antes" | "ACKs {of} que não reconhecem nenhum dado capturado antes";
    /// The same where the data was captured after them.
    pub(in crate::report) acks_before(count; of, frame):
        "ACK {of}, of data captured after it, in #{frame}" | "ACKs {of}, of data captured after them, from #{frame} on",
        "ACK {of} de dados capturados depois dele, em #{frame}" | "ACKs {of} de dados capturados depois deles, a partir de #{frame}";
    pub(in crate::report) keep_alive(by, sent, back): "keep-alive {by}: {sent}, {back}",
        "keep-alive {by}: {sent}, {back}";
    pub(in crate::report) keep_alive_probes(count;): "1 probe" | "{count} probes", "1 sonda" | "{count} sondas";
    pub(in crate::report) answers(count;): "1 answer" | "{count} answers", "1 resposta" | "{count} respostas";
    pub(in crate::report) window(by): "flow control {by}", "controle de fluxo {by}";
    pub(in crate::report) unknown(way): "{way}: segments without SYN, ACK and RST", "{way}: segmentos sem SYN, ACK e RST";
    pub(in crate::report) unread(count; of):
        "1 segment {of} whose header cannot be read" | "{count} segments {of} whose headers cannot be read",
        "1 segmento {of} cujo cabeçalho não pode ser lido" | "{count} segmentos {of} cujo cabeçalho não pode ser lido";
    /// Where some segments cannot be read, which may hold them.
    pub(in crate::report) missing_or_unread(count;):
        "1 byte between them is in no segment that can be read" | "{count} bytes between them are in no segment that can be read",
        "1 byte no meio não está em nenhum segmento legível" | "{count} bytes no meio não estão em nenhum segmento legível";
    pub(in crate::report) icmp_errors(count; of): "ICMP error about a packet {of}" | "ICMP errors about packets {of}",
        "erro ICMP sobre um pacote {of}" | "erros ICMP sobre pacotes {of}";
    pub(in crate::report) datagrams(count;): "1 datagram" | "{count} datagrams", "1 datagrama" | "{count} datagramas";
    pub(in crate::report) refused_by(frame): "refused: ICMP port unreachable in #{frame}",
        "recusado: ICMP port unreachable no #{frame}";
    pub(in crate::report) icmp_error_in(frame): "ICMP error in #{frame}", "erro ICMP no #{frame}";
    pub(in crate::report) rest(count;): "1 more exchange, not listed" | "{count} more exchanges, not listed",
        "mais 1 troca, não listada" | "mais {count} trocas, não listadas";
    pub(in crate::report) fins_again(count;): "1 FIN sent again" | "{count} FINs sent again",
        "1 FIN reenviado" | "{count} FIN reenviados";
    pub(in crate::report) resets(count;): "1 RST" | "{count} RSTs in all", "1 RST" | "{count} RST ao todo";
}
