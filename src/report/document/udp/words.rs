//! The words of UDP exchanges.

use crate::text::Text;

pub(super) static TITLE: Text = Text {
    en: "Requests and replies",
    pt_br: "Requisições e respostas",
};
pub(super) static REQUEST: Text = Text {
    en: "Request",
    pt_br: "Requisição",
};
pub(super) static TIME: Text = Text {
    en: "Time",
    pt_br: "Tempo",
};
pub(super) static LEN: Text = Text {
    en: "Bytes",
    pt_br: "Bytes",
};
pub(super) static TEXT: Text = Text {
    en: "Payload",
    pt_br: "Dados",
};
pub(super) static RESULT: Text = Text {
    en: "Result",
    pt_br: "Resultado",
};
pub(super) static ANSWER: Text = Text {
    en: "Answer",
    pt_br: "Resposta",
};
pub(super) static RTT: Text = Text {
    en: "RTT (s)",
    pt_br: "RTT (s)",
};
pub(super) static REPLY: Text = Text {
    en: "reply",
    pt_br: "respondida",
};
pub(super) static NO_REPLY: Text = Text {
    en: "no reply in this capture",
    pt_br: "sem resposta nesta captura",
};
pub(super) static REFUSED: Text = Text {
    en: "refused (ICMP)",
    pt_br: "recusada (ICMP)",
};
pub(super) static REQUESTS: Text = Text {
    en: "Requests",
    pt_br: "Requisições",
};
pub(super) static ANSWERED: Text = Text {
    en: "Answered",
    pt_br: "Respondidas",
};
pub(super) static REFUSED_COUNT: Text = Text {
    en: "Refused",
    pt_br: "Recusadas",
};
pub(super) static UNANSWERED: Text = Text {
    en: "Without a reply",
    pt_br: "Sem resposta",
};
pub(super) static PERCENT: Text = Text {
    en: "Without a reply, in per cent",
    pt_br: "Sem resposta, em porcentagem",
};
pub(super) static RTT_MIN: Text = Text {
    en: "Shortest RTT in seconds",
    pt_br: "Menor RTT em segundos",
};
pub(super) static RTT_AVG: Text = Text {
    en: "Mean RTT in seconds",
    pt_br: "RTT médio em segundos",
};
pub(super) static RTT_MAX: Text = Text {
    en: "Longest RTT in seconds",
    pt_br: "Maior RTT em segundos",
};
pub(super) static STRAY: Text = Text {
    en: "Datagrams to the client that the packets put to no single request",
    pt_br: "Datagramas para o cliente que os pacotes não atribuem a uma única requisição",
};
pub(super) static LEFT_OUT: Text = Text {
    en: "… and {count} more requests, counted below",
    pt_br: "… e mais {count} requisições, contadas abaixo",
};
pub(super) static GUESS: Text = Text {
    en: "reply (a guess)",
    pt_br: "respondida (suposição)",
};
pub(super) static ELSEWHERE: Text = Text {
    en: "reply from another port",
    pt_br: "respondida de outra porta",
};
pub(super) static NOT_PLACED: Text = Text {
    en: "no reply put to it",
    pt_br: "nenhuma resposta atribuída",
};
pub(super) static UNTOLD: Text = Text {
    en: "Unclear whether answered",
    pt_br: "Sem como dizer se respondidas",
};
pub(super) static GUESSED: Text = Text {
    en: "Replies that fit several requests (the latest open one is taken)",
    pt_br: "Respostas que servem para várias requisições (vale a mais recente em aberto)",
};
pub(super) static HEARD: Text = Text {
    en: "Answered from another port",
    pt_br: "Respondidas de outra porta",
};
pub(super) static AGAIN: Text = Text {
    en: "Requests with the bytes of an open one (sent again)",
    pt_br: "Requisições com os bytes de outra em aberto (reenviadas)",
};
pub(super) static DOUBLED: Text = Text {
    en: "Doubled replies",
    pt_br: "Respostas duplicadas",
};
pub(super) static LATE: Text = Text {
    en: "Late replies (a later request was sent in between)",
    pt_br: "Respostas atrasadas (outra requisição foi enviada nesse meio-tempo)",
};
pub(super) static REORDERED: Text = Text {
    en: "Replies out of order",
    pt_br: "Respostas fora de ordem",
};
