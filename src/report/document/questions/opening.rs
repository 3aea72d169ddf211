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
use crate::text::phrase::phrase;

pub(super) static ENDS: Question = Question {
    id: "ends",
    asks: Text::new(
        "Which IP addresses and ports have client and server?",
        "Quais são os endereços IP e as portas do cliente e do servidor?",
    ),
    answer: ends,
};
pub(super) static PORT: Question = Question {
    id: "client_port",
    asks: Text::new(
        "Why does the client need a port?",
        "Por que o cliente precisa de uma porta?",
    ),
    answer: port,
};
pub(super) static HANDSHAKE: Question = Question {
    id: "handshake",
    asks: Text::new(
        "Which packets are the three-way handshake, and how many are there?",
        "Quais pacotes são a apresentação de três vias (three-way handshake), e quantas há?",
    ),
    answer: handshake,
};
pub(super) static FLAGS: Question = Question {
    id: "syn_flags",
    asks: Text::new(
        "What marks a segment as SYN or as SYN, ACK?",
        "O que marca um segmento como SYN ou como SYN, ACK?",
    ),
    answer: flags,
};
pub(super) static ISN: Question = Question {
    id: "isn",
    asks: Text::new(
        "What is the initial sequence number (ISN) of each side?",
        "Qual é o número de sequência inicial (ISN) de cada lado?",
    ),
    answer: isn,
};
pub(super) static SYN_ACK: Question = Question {
    id: "syn_ack",
    asks: Text::new(
        "What are Seq and Ack of the SYN, ACK, and how was Ack computed?",
        "Quais são Seq e Ack do SYN, ACK, e como o Ack foi calculado?",
    ),
    answer: syn_ack,
};
pub(super) static MSS: Question = Question {
    id: "mss",
    asks: Text::new(
        "Which maximum segment size (MSS) does each side announce?",
        "Qual tamanho máximo de segmento (MSS) cada lado anuncia?",
    ),
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

static ENDS_UNKNOWN: Text = Text::new(
    "{client} and {server}; who is the client the packets do not show.",
    "{client} e {server}; os pacotes não mostram quem é o cliente.",
);
static ENDS_PLAIN: Text = Text::new(
    "The client is {client}, the server {server}.",
    "O cliente é {client}, o servidor {server}.",
);
static ENDS_ASSUMED: Text = Text::new(
    "The client is {client}, the server {server}: assumed from the ports, since this capture shows no SYN.",
    "O cliente é {client}, o servidor {server}: suposto pelas portas, porque esta captura não mostra nenhum SYN.",
);
static ENDS_SYN: Text = Text::new(
    "The client is {client}, the server {server}: whoever sends the first SYN (#{syn}) is the client.",
    "O cliente é {client}, o servidor {server}: quem envia o primeiro SYN (#{syn}) é o cliente.",
);
static ENDS_SYN_ACK: Text = Text::new(
    "The client is {client}, the server {server}: whoever sends the SYN, ACK (#{answer}) is the server.",
    "O cliente é {client}, o servidor {server}: quem envia o SYN, ACK (#{answer}) é o servidor.",
);
phrase! {
    pub(super) LOOPBACK: "Both addresses are loopback addresses: no other machine can reach them.",
        "Os dois endereços são de loopback: nenhuma outra máquina consegue alcançá-los.";
}
static NOWHERE: Text = Text::new(
    "To be found again: #{frame} goes to {end}. Without port {port} the server would have nowhere to send it, and the four values (both addresses, both ports) would not tell this conversation from others.",
    "Para ser encontrado de volta: #{frame} vai para {end}. Sem a porta {port} o servidor não teria para onde enviá-lo, e os quatro valores (dois endereços, duas portas) não distinguiriam esta conversa de outras.",
);
static ONE_BIT: Text = Text::new(
    "#{frame} is the SYN: its flags are {value} ({bits}), SYN without ACK.",
    "#{frame} é o SYN: suas flags são {value} ({bits}), SYN sem ACK.",
);
static BOTH_BITS: Text = Text::new(
    "#{frame} is the SYN, ACK: its flags are {value} ({bits}), both bits set.",
    "#{frame} é o SYN, ACK: suas flags são {value} ({bits}), os dois bits ligados.",
);
static ISN_OF: Text = Text::new(
    "The one {of} is {isn} in #{frame}, shown as {shown}.",
    "O {of} é {isn} em #{frame}, mostrado como {shown}.",
);
phrase! {
    RELATIVE: "The numbers shown are relative: the raw number minus the ISN of its sender.",
        "Os números mostrados são relativos: o número bruto menos o ISN de quem envia.";
    ISN_UNSEEN: "Not in this capture: the ISN stands in the SYN, and there is none.",
        "Não está nesta captura: o ISN vem no SYN, e não há nenhum.";
}
static COMPUTED: Text = Text::new(
    "#{frame}: Seq={seq} is the server's own ISN ({raw_seq}), Ack={ack} is the client's ISN from #{syn} plus 1 for the SYN: {isn} + 1 = {raw}.",
    "#{frame}: Seq={seq} é o ISN do próprio servidor ({raw_seq}); Ack={ack} é o ISN do cliente, de #{syn}, mais 1 pelo SYN: {isn} + 1 = {raw}.",
);
static ANNOUNCES: Text = Text::new(
    "{the} announces {mss} in #{frame}.",
    "{the} anuncia {mss} em #{frame}.",
);
static ANNOUNCES_NONE: Text = Text::new(
    "{the} announces none in #{frame}.",
    "{the} não anuncia nenhum em #{frame}.",
);
static LEFT_FOR_DATA: Text = Text::new(
    "{mss} = {whole} − {headers}: {size}, less {ip} bytes of IP header and 20 of TCP header.",
    "{mss} = {whole} − {headers}: {size}, menos {ip} bytes de cabeçalho IP e 20 de cabeçalho TCP.",
);
phrase! {
    LARGEST: "the largest IPv4 packet (65535 bytes), as on Linux's loopback",
        "o maior pacote IPv4 (65535 bytes), como no loopback do Linux";
    LOOPBACK_MTU: "the MTU of Linux's loopback (65536 bytes)",
        "a MTU do loopback do Linux (65536 bytes)";
    ETHERNET_MTU: "the MTU of Ethernet (1500 bytes)", "a MTU da Ethernet (1500 bytes)";
    PACKET: "the packet size that it stands for", "o tamanho de pacote a que ele corresponde";
}
