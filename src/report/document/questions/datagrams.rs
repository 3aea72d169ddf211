//! UDP: what there is instead of a connection, and what became of each request.

use super::{Asked, Question, joined};
use crate::report::document::udp::Outcome;
use crate::report::explain::phrase;
use crate::report::text_address;
use crate::text::Text;

pub(super) static PORT: Question = Question {
    id: "client_port",
    asks: Text {
        en: "Why does the client need a port?",
        pt_br: "Por que o cliente precisa de uma porta?",
    },
    answer: port,
};
pub(super) static PACKETS: Question = Question {
    id: "udp_packets",
    asks: Text {
        en: "How does UDP differ from TCP in the packets?",
        pt_br: "Em que o UDP difere do TCP nos pacotes?",
    },
    answer: packets,
};
pub(super) static STATES: Question = Question {
    id: "udp_states",
    asks: Text {
        en: "Which states does UDP have?",
        pt_br: "Quais estados o UDP tem?",
    },
    answer: states,
};
pub(super) static PINGS: Question = Question {
    id: "pings",
    asks: Text {
        en: "How many requests are answered, how many lost, and what is the RTT?",
        pt_br: "Quantas requisições são respondidas, quantas se perdem, e qual é o RTT?",
    },
    answer: pings,
};
pub(super) static REFUSED: Question = Question {
    id: "udp_refused",
    asks: Text {
        en: "The server is off: is the datagram lost or refused?",
        pt_br: "O servidor está desligado: o datagrama se perde ou é recusado?",
    },
    answer: refused,
};

fn port(asked: &Asked<'_>) -> Option<String> {
    let client = asked.conversation.lifecycle.roles().client()?;
    let end = asked.conversation.ends[client.index()];
    let reply = asked.exchanges.outcome().first_reply?;
    Some(asked.say(
        &BACK,
        &[
            ("frame", &reply),
            ("end", &text_address::end(end)),
            ("port", &end.port),
        ],
    ))
}

fn packets(asked: &Asked<'_>) -> Option<String> {
    let traffic = &asked.conversation.traffic;
    let count: u64 = traffic.packets.map(u64::from).iter().sum();
    let phrase = if count == 1 { &DATAGRAM } else { &DATAGRAMS };
    let bytes: u64 = traffic.bytes.iter().sum();
    (count > 0).then(|| asked.say(phrase, &[("count", &count), ("bytes", &bytes)]))
}

fn states(asked: &Asked<'_>) -> Option<String> {
    Some(NO_STATES.get(asked.lang).to_owned())
}

fn pings(asked: &Asked<'_>) -> Option<String> {
    let Outcome {
        requests,
        answered,
        refused,
        percent,
        rtt,
        unanswered,
        ..
    } = asked.exchanges.outcome();
    let open = requests - answered - refused;
    if requests == 0 || requests == refused {
        return None;
    }
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("requests", &requests),
        ("answered", &answered),
        ("refused", &refused),
        ("open", &open),
        ("percent", &asked.lang.decimal(percent)),
    ];
    let mut said = vec![asked.say(&PINGED, values)];
    if open > 0 {
        let frames: Vec<String> = unanswered.iter().map(|frame| format!("#{frame}")).collect();
        let more = if unanswered.len() as u64 == open {
            ""
        } else {
            ", …"
        };
        let list = format!("{}{more}", frames.join(", "));
        said.push(asked.say(&UNANSWERED, &[("list", &list)]));
    }
    if let Some([least, mean, most]) = rtt {
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("least", &phrase::time(least, asked.lang)?),
            ("mean", &phrase::time(mean, asked.lang)?),
            ("most", &phrase::time(most, asked.lang)?),
        ];
        let phrase = if answered == 1 { &RTT_ONE } else { &RTT };
        said.push(asked.say(phrase, values));
    }
    joined(said)
}

fn refused(asked: &Asked<'_>) -> Option<String> {
    let outcome = asked.exchanges.outcome();
    let (request, error) = outcome.first_refused?;
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("count", &outcome.refused),
        ("requests", &outcome.requests),
        ("request", &request),
        ("error", &error),
    ];
    Some(asked.say(&NOT_LOST, values))
}

static BACK: Text = Text {
    en: "To be found again: #{frame} goes to {end}. Without port {port} the server would have nowhere to send it.",
    pt_br: "Para ser encontrado de volta: #{frame} vai para {end}. Sem a porta {port} o servidor não teria para onde enviá-lo.",
};
static DATAGRAM: Text = Text {
    en: "1 datagram ({bytes} bytes on the wire), which carries the message: no handshake, no acknowledgment, no close.",
    pt_br: "1 datagrama ({bytes} bytes na rede), que leva a mensagem: sem apresentação, sem reconhecimento, sem encerramento.",
};
static DATAGRAMS: Text = Text {
    en: "{count} datagrams ({bytes} bytes on the wire), each of which carries a message: no handshake, no acknowledgments, no close.",
    pt_br: "{count} datagramas ({bytes} bytes na rede), cada um dos quais leva uma mensagem: sem apresentação, sem reconhecimentos, sem encerramento.",
};
static NO_STATES: Text = Text {
    en: "None: no packet opens or closes anything (RFC 768), so no state is claimed here.",
    pt_br: "Nenhum: nenhum pacote abre ou encerra nada (RFC 768); por isso nenhum estado é afirmado aqui.",
};
static PINGED: Text = Text {
    en: "Requests: {requests}; answered: {answered}, refused: {refused}, without a reply: {open} ({percent} %).",
    pt_br: "Requisições: {requests}; respondidas: {answered}, recusadas: {refused}, sem resposta: {open} ({percent} %).",
};
static UNANSWERED: Text = Text {
    en: "Without a reply: {list}; whether the request or its reply was lost, or the server kept silent, the packets do not show.",
    pt_br: "Sem resposta: {list}; se o que se perdeu foi a requisição ou a resposta, ou se o servidor não respondeu, os pacotes não mostram.",
};
static RTT: Text = Text {
    en: "RTT: shortest {least}, mean {mean}, longest {most}.",
    pt_br: "RTT: mínimo {least}, médio {mean}, máximo {most}.",
};
static RTT_ONE: Text = Text {
    en: "RTT: {least}.",
    pt_br: "RTT: {least}.",
};
static NOT_LOST: Text = Text {
    en: "Refused, not lost: #{error} (ICMP port unreachable, which quotes #{request}) says that nobody receives on that port. Refused: {count} of {requests} requests.",
    pt_br: "Recusado, não perdido: #{error} (ICMP port unreachable, que cita #{request}) diz que ninguém recebe nessa porta. Recusadas: {count} de {requests} requisições.",
};
