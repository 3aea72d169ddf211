//! The words of UDP exchanges.

use crate::text::phrase::phrase;

phrase! {
    pub(super) TITLE: "Requests and replies", "Requisições e respostas";
    pub(super) REQUEST: "Request", "Requisição";
    pub(super) TIME: "Time", "Tempo";
    pub(super) LEN: "Bytes", "Bytes";
    pub(super) TEXT: "Payload", "Dados";
    pub(super) RESULT: "Result", "Resultado";
    pub(super) ANSWER: "Answer", "Resposta";
    pub(super) RTT: "RTT", "RTT";
    pub(super) REPLY: "reply", "respondida";
    pub(super) NO_REPLY: "no reply in this capture", "sem resposta nesta captura";
    pub(super) REFUSED: "refused (ICMP)", "recusada (ICMP)";
    pub(super) NOT_DELIVERED: "not delivered (ICMP)", "não entregue (ICMP)";
    pub(super) NOT_DELIVERED_COUNT: "Of these, dropped on the way (ICMP)",
        "Destas, descartadas no caminho (ICMP)";
    pub(super) REQUESTS: "Requests", "Requisições";
    pub(super) ANSWERED: "Answered", "Respondidas";
    pub(super) REFUSED_COUNT: "Refused", "Recusadas";
    pub(super) UNANSWERED: "Without a reply", "Sem resposta";
    pub(super) PERCENT: "Without a reply, in per cent", "Sem resposta, em porcentagem";
    pub(super) RTT_MIN: "Shortest RTT", "Menor RTT";
    pub(super) RTT_AVG: "Mean RTT", "RTT médio";
    pub(super) RTT_MAX: "Longest RTT", "Maior RTT";
    pub(super) STRAY: "Datagrams to the client that the packets put to no single request",
        "Datagramas para o cliente que os pacotes não atribuem a uma única requisição";
    pub(super) left_out(count;):
        "… and 1 more request, counted below" | "… and {count} more requests, counted below",
        "… e mais 1 requisição, contada abaixo" | "… e mais {count} requisições, contadas abaixo";
    pub(super) GUESS: "reply (a guess)", "respondida (suposição)";
    pub(super) ELSEWHERE: "reply from another port", "respondida de outra porta";
    pub(super) NOT_PLACED: "no reply put to it", "nenhuma resposta atribuída";
    pub(super) UNTOLD: "Unclear whether answered", "Sem como dizer se respondidas";
    pub(super) GUESSED: "Replies that fit several requests (the latest open one is taken)",
        "Respostas que servem para várias requisições (vale a mais recente em aberto)";
    pub(super) HEARD: "Answered from another port", "Respondidas de outra porta";
    pub(super) AGAIN: "Requests with the bytes of an open one (sent again)",
        "Requisições com os bytes de outra em aberto (reenviadas)";
    pub(super) DOUBLED: "Doubled replies", "Respostas duplicadas";
    pub(super) LATE: "Late replies (a later request was sent in between)",
        "Respostas atrasadas (outra requisição foi enviada nesse meio-tempo)";
    pub(super) REORDERED: "Replies out of order", "Respostas fora de ordem";
}
