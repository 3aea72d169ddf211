//! Who talks to whom, and how the connection was opened.

use std::net::IpAddr;

use super::{Asked, Question, datagrams, joined};
use crate::analysis::conversation::Protocol;
use crate::analysis::lifecycle::roles::Evidence;
use crate::analysis::record::end::Syn;
use crate::model::side::Side;
use crate::report::info::flags::bits;
use crate::report::text_address;
use crate::report::words;
use crate::text::Text;

pub(super) static ENDS: Question = Question {
    id: "ends",
    asks: Text {
        en: "Which IP addresses and ports have client and server?",
        pt_br: "Quais são os endereços IP e as portas do cliente e do servidor?",
    },
    answer: ends,
};
pub(super) static PORT: Question = Question {
    id: "client_port",
    asks: Text {
        en: "Why does the client need a port?",
        pt_br: "Por que o cliente precisa de uma porta?",
    },
    answer: port,
};
pub(super) static HANDSHAKE: Question = Question {
    id: "handshake",
    asks: Text {
        en: "Which packets are the three-way handshake, and how many are there?",
        pt_br: "Quais pacotes são a apresentação de três vias (three-way handshake), e quantas há?",
    },
    answer: handshake,
};
pub(super) static FLAGS: Question = Question {
    id: "syn_flags",
    asks: Text {
        en: "What marks a segment as SYN or as SYN, ACK?",
        pt_br: "O que marca um segmento como SYN ou como SYN, ACK?",
    },
    answer: flags,
};
pub(super) static ISN: Question = Question {
    id: "isn",
    asks: Text {
        en: "What is the initial sequence number (ISN) of each side?",
        pt_br: "Qual é o número de sequência inicial (ISN) de cada lado?",
    },
    answer: isn,
};
pub(super) static SYN_ACK: Question = Question {
    id: "syn_ack",
    asks: Text {
        en: "What are Seq and Ack of the SYN, ACK, and how was Ack computed?",
        pt_br: "Quais são Seq e Ack do SYN, ACK, e como o Ack foi calculado?",
    },
    answer: syn_ack,
};
pub(super) static MSS: Question = Question {
    id: "mss",
    asks: Text {
        en: "Which maximum segment size (MSS) does each side announce?",
        pt_br: "Qual tamanho máximo de segmento (MSS) cada lado anuncia?",
    },
    answer: mss,
};

fn ends(asked: &Asked<'_>) -> Option<String> {
    let [client, server] = asked.sides();
    let ends = asked.conversation.ends;
    let [a, b] = [ends[client.index()], ends[server.index()]];
    let syns = asked.conversation.lifecycle.syns();
    let frame = |side: Side| syns[side.index()].unwrap_or_default();
    let shown = |side: Side| syns[side.index()].is_some();
    if asked.conversation.protocol == Protocol::Udp {
        return datagrams::ends(asked);
    }
    let phrase = match asked.conversation.lifecycle.roles().evidence() {
        Evidence::Syn if !shown(client) => &ENDS_PLAIN,
        Evidence::SynAck if !shown(server) => &ENDS_PLAIN,
        Evidence::None | Evidence::FirstDatagram | Evidence::OtherPort => &ENDS_UNKNOWN,
        Evidence::Ports => &ENDS_ASSUMED,
        Evidence::SynAck => &ENDS_SYN_ACK,
        Evidence::Syn => &ENDS_SYN,
    };
    let values: &[(&str, &dyn std::fmt::Display)] = &[
        ("client", &text_address::end(a)),
        ("server", &text_address::end(b)),
        ("syn", &frame(client)),
        ("answer", &frame(server)),
    ];
    let mut said = vec![asked.say(phrase, values)];
    if a.ip.is_loopback() && b.ip.is_loopback() {
        said.push(LOOPBACK.get(asked.lang).to_owned());
    }
    joined(said)
}

fn port(asked: &Asked<'_>) -> Option<String> {
    let client = asked.conversation.lifecycle.roles().client()?;
    let answer = asked.end(client.other()).first?.frame;
    let end = asked.conversation.ends[client.index()];
    Some(asked.say(
        &NOWHERE,
        &[
            ("port", &end.port),
            ("frame", &answer),
            ("end", &text_address::end(end)),
        ],
    ))
}

fn handshake(asked: &Asked<'_>) -> Option<String> {
    let opening = asked.conversation.lifecycle.opening();
    let ends = asked.record.ends().iter();
    let messages = ends.map(|end| end.data.segments).sum();
    words::opening::answer(&opening, messages, asked.record.totals().first, asked.lang)
}

/// The SYN of the client and the SYN, ACK of the server, as far as they are there.
fn pair(asked: &Asked<'_>) -> [Option<Syn>; 2] {
    let [client, server] = asked.sides();
    let call = asked.end(client).syn.filter(|syn| !syn.flags.ack());
    let answer = asked.end(server).syn.filter(|syn| syn.flags.ack());
    [call, answer]
}

fn flags(asked: &Asked<'_>) -> Option<String> {
    let said = pair(asked).into_iter().flatten().map(|syn| {
        let phrase = if syn.flags.ack() {
            &BOTH_BITS
        } else {
            &ONE_BIT
        };
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("frame", &syn.frame),
            ("value", &format!("0x{:03x}", syn.flags.0)),
            ("bits", &bits(syn.flags)),
        ];
        asked.say(phrase, values)
    });
    joined(said.collect())
}

fn isn(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let syn = asked.end(side).syn?;
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("of", &asked.who.of(side)),
            ("isn", &syn.isn.0),
            ("frame", &syn.frame),
            ("shown", &syn.seq),
        ];
        Some(asked.say(&ISN_OF, values))
    });
    let mut said: Vec<String> = said.collect();
    if said.is_empty() {
        return Some(ISN_UNSEEN.get(asked.lang).to_owned());
    }
    said.push(RELATIVE.get(asked.lang).to_owned());
    joined(said)
}

fn syn_ack(asked: &Asked<'_>) -> Option<String> {
    let [Some(call), Some(answer)] = pair(asked) else {
        return None;
    };
    // A SYN that carries data (RFC 7413) counts more, and an old answer fits no SYN.
    if answer.raw_ack != call.isn.plus(1) {
        return None;
    }
    let modulo = if call.isn.0 == u32::MAX {
        " (mod 2^32)"
    } else {
        ""
    };
    Some(asked.say(
        &COMPUTED,
        &[
            ("frame", &answer.frame),
            ("seq", &answer.seq),
            ("ack", &answer.ack),
            ("isn", &call.isn.0),
            ("raw", &format!("{}{modulo}", answer.raw_ack.0)),
            ("raw_seq", &answer.isn.0),
            ("syn", &call.frame),
        ],
    ))
}

fn mss(asked: &Asked<'_>) -> Option<String> {
    let mut said = Vec::new();
    let mut announced = Vec::new();
    for side in asked.sides() {
        let Some(syn) = asked
            .end(side)
            .syn
            .filter(|syn| syn.complete || syn.mss.is_some())
        else {
            continue;
        };
        let the = asked.who.the(side);
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("the", &the),
            ("frame", &syn.frame),
            ("mss", &syn.mss.unwrap_or_default()),
        ];
        match syn.mss {
            Some(mss) => {
                said.push(asked.say(&ANNOUNCES, values));
                announced.push(mss);
            }
            None => said.push(asked.say(&ANNOUNCES_NONE, values)),
        }
    }
    announced.dedup();
    let v4 = matches!(asked.conversation.ends[0].ip, IpAddr::V4(_));
    for mss in announced {
        let headers: u32 = if v4 { 40 } else { 60 };
        let whole = u32::from(mss) + headers;
        let size = match (whole, v4) {
            (65_535, true) => &LARGEST,
            (65_536, false) => &LOOPBACK_MTU,
            (1500, _) => &ETHERNET_MTU,
            _ => &PACKET,
        };
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("mss", &mss),
            ("whole", &whole),
            ("headers", &headers),
            ("ip", &(headers - 20)),
            ("size", &size.get(asked.lang)),
        ];
        said.push(asked.say(&LEFT_FOR_DATA, values));
    }
    joined(said)
}

static ENDS_UNKNOWN: Text = Text {
    en: "{client} and {server}; who is the client the packets do not show.",
    pt_br: "{client} e {server}; os pacotes não mostram quem é o cliente.",
};
static ENDS_PLAIN: Text = Text {
    en: "The client is {client}, the server {server}.",
    pt_br: "O cliente é {client}, o servidor {server}.",
};
static ENDS_ASSUMED: Text = Text {
    en: "The client is {client}, the server {server}: assumed from the ports, since this capture shows no SYN.",
    pt_br: "O cliente é {client}, o servidor {server}: suposto pelas portas, porque esta captura não mostra nenhum SYN.",
};
static ENDS_SYN: Text = Text {
    en: "The client is {client}, the server {server}: whoever sends the first SYN (#{syn}) is the client.",
    pt_br: "O cliente é {client}, o servidor {server}: quem envia o primeiro SYN (#{syn}) é o cliente.",
};
static ENDS_SYN_ACK: Text = Text {
    en: "The client is {client}, the server {server}: whoever sends the SYN, ACK (#{answer}) is the server.",
    pt_br: "O cliente é {client}, o servidor {server}: quem envia o SYN, ACK (#{answer}) é o servidor.",
};
pub(super) static LOOPBACK: Text = Text {
    en: "Both addresses are loopback addresses: no other machine can reach them.",
    pt_br: "Os dois endereços são de loopback: nenhuma outra máquina consegue alcançá-los.",
};
static NOWHERE: Text = Text {
    en: "To be found again: #{frame} goes to {end}. Without port {port} the server would have nowhere to send it, and the four values (both addresses, both ports) would not tell this conversation from others.",
    pt_br: "Para ser encontrado de volta: #{frame} vai para {end}. Sem a porta {port} o servidor não teria para onde enviá-lo, e os quatro valores (dois endereços, duas portas) não distinguiriam esta conversa de outras.",
};
static ONE_BIT: Text = Text {
    en: "#{frame} is the SYN: its flags are {value} ({bits}), SYN without ACK.",
    pt_br: "#{frame} é o SYN: suas flags são {value} ({bits}), SYN sem ACK.",
};
static BOTH_BITS: Text = Text {
    en: "#{frame} is the SYN, ACK: its flags are {value} ({bits}), both bits set.",
    pt_br: "#{frame} é o SYN, ACK: suas flags são {value} ({bits}), os dois bits ligados.",
};
static ISN_OF: Text = Text {
    en: "The one {of} is {isn} in #{frame}, shown as {shown}.",
    pt_br: "O {of} é {isn} em #{frame}, mostrado como {shown}.",
};
static RELATIVE: Text = Text {
    en: "The numbers shown are relative: the raw number minus the ISN of its sender.",
    pt_br: "Os números mostrados são relativos: o número bruto menos o ISN de quem envia.",
};
static ISN_UNSEEN: Text = Text {
    en: "Not in this capture: the ISN stands in the SYN, and there is none.",
    pt_br: "Não está nesta captura: o ISN vem no SYN, e não há nenhum.",
};
static COMPUTED: Text = Text {
    en: "#{frame}: Seq={seq} is the server's own ISN ({raw_seq}), Ack={ack} is the client's ISN from #{syn} plus 1 for the SYN: {isn} + 1 = {raw}.",
    pt_br: "#{frame}: Seq={seq} é o ISN do próprio servidor ({raw_seq}); Ack={ack} é o ISN do cliente, de #{syn}, mais 1 pelo SYN: {isn} + 1 = {raw}.",
};
static ANNOUNCES: Text = Text {
    en: "{the} announces {mss} in #{frame}.",
    pt_br: "{the} anuncia {mss} em #{frame}.",
};
static ANNOUNCES_NONE: Text = Text {
    en: "{the} announces none in #{frame}.",
    pt_br: "{the} não anuncia nenhum em #{frame}.",
};
static LEFT_FOR_DATA: Text = Text {
    en: "{mss} = {whole} − {headers}: {size}, less {ip} bytes of IP header and 20 of TCP header.",
    pt_br: "{mss} = {whole} − {headers}: {size}, menos {ip} bytes de cabeçalho IP e 20 de cabeçalho TCP.",
};
static LARGEST: Text = Text {
    en: "the largest IPv4 packet (65535 bytes), as on Linux's loopback",
    pt_br: "o maior pacote IPv4 (65535 bytes), como no loopback do Linux",
};
static LOOPBACK_MTU: Text = Text {
    en: "the MTU of Linux's loopback (65536 bytes)",
    pt_br: "a MTU do loopback do Linux (65536 bytes)",
};
static ETHERNET_MTU: Text = Text {
    en: "the MTU of Ethernet (1500 bytes)",
    pt_br: "a MTU da Ethernet (1500 bytes)",
};
static PACKET: Text = Text {
    en: "the packet size that it stands for",
    pt_br: "o tamanho de pacote a que ele corresponde",
};
