//! The questions that lab sheets ask, each answered in a sentence with the frames that prove it.
//!
//! A question is a line of [`TCP`] or [`UDP`] and a function in the file of its topic, whose answer
//! is `None` where the capture does not hold what it is about; where the capture begins or ends
//! in the middle of it, the answer says what is missing.

mod calls;
mod closing;
mod column;
mod datagrams;
mod lasting;
mod opening;
mod study;
mod tables;
mod timing;
mod transfer;
mod whole;

pub(super) use study::Study;
pub(super) use whole::Whole;

use super::table::Cell;
use super::{Fact, Part, Section};
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::record::Record;
use crate::analysis::record::end::End;
use crate::model::call::SocketCall;
use crate::model::side::Side;
use crate::report::who::Who;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

/// A question.
struct Question {
    /// Its key in JSON and CSV; never translated.
    id: &'static str,
    /// As a sheet asks it.
    asks: Text,
    /// What the packets answer.
    answer: fn(&Asked<'_>) -> Option<String>,
}

/// A list of questions: the key, who answers, and the words in both languages.
macro_rules! questions {
    ($($id:literal => $answer:path: $en:literal, $pt_br:literal;)*) => {
        &[$(Question { id: $id, asks: Text::new($en, $pt_br), answer: $answer }),*]
    };
}

/// Questions about a TCP conversation, in the order of its life.
static TCP: &[Question] = questions! {
    "ends" => opening::ends: "Which IP addresses and ports have client and server?",
        "Quais são os endereços IP e as portas do cliente e do servidor?";
    "client_port" => opening::port: "Why does the client need a port?",
        "Por que o cliente precisa de uma porta?";
    "handshake" => opening::handshake:
        "Which packets are the three-way handshake, and how many are there?",
        "Quais pacotes são a apresentação de três vias (three-way handshake), e quantas há?";
    "syn_flags" => opening::flags: "What marks a segment as SYN or as SYN, ACK?",
        "O que marca um segmento como SYN ou como SYN, ACK?";
    "isn" => opening::isn: "What is the initial sequence number (ISN) of each side?",
        "Qual é o número de sequência inicial (ISN) de cada lado?";
    "syn_ack" => opening::syn_ack:
        "What are Seq and Ack of the SYN, ACK, and how was Ack computed?",
        "Quais são Seq e Ack do SYN, ACK, e como o Ack foi calculado?";
    "mss" => opening::mss: "Which maximum segment size (MSS) does each side announce?",
        "Qual tamanho máximo de segmento (MSS) cada lado anuncia?";
    "syn_retransmissions" => timing::calls:
        "When is the SYN sent again, and how do the intervals grow?",
        "Quando o SYN é reenviado, e como crescem os intervalos?";
    "numbers" => transfer::numbers: "How do Seq and Ack grow with the bytes sent?",
        "Como Seq e Ack crescem com os bytes enviados?";
    "segments" => transfer::segments: "How long are the segments with data?",
        "Qual é o tamanho dos segmentos com dados?";
    "messages" => transfer::messages: "Is a segment one send, or one recv?",
        "Um segmento é um send, ou um recv?";
    "window" => transfer::offered: "What is the smallest window offered, and when?",
        "Qual é a menor janela oferecida, e quando?";
    "zero_window" => transfer::closed_window: "Does a slow receiver stop the sender (zero window)?",
        "Um receptor lento faz o emissor parar (janela zero)?";
    "throttled" => transfer::throttled:
        "Does the receiver's buffer space ever throttle the sender?",
        "O espaço no buffer do receptor chega a limitar o emissor?";
    "silence" => transfer::silent: "Who waits for whom, and how long?",
        "Quem espera por quem, e quanto tempo?";
    "rtt" => timing::rtt: "What is the round-trip time (RTT) of the first segments?",
        "Qual é o tempo de ida e volta (RTT) dos primeiros segmentos?";
    "retransmissions" => timing::repeated: "Are there retransmissions, and how can one tell?",
        "Há retransmissões, e como se sabe?";
    "intervals" => timing::intervals: "How does the time between retransmissions grow?",
        "Como cresce o tempo entre as retransmissões?";
    "acks" => timing::acks:
        "How long do ACKs wait, and how many segments does each cover (delayed ACK)?",
        "Quanto os ACKs esperam, e quantos segmentos cada um cobre (ACK atrasado)?";
    "bytes_per_ack" => timing::amounts: "How much data does one ACK typically acknowledge?",
        "Quantos dados um ACK tipicamente reconhece?";
    "nagle" => timing::nagle: "Does Nagle's algorithm hold small segments back?",
        "O algoritmo de Nagle retém segmentos pequenos?";
    "throughput" => transfer::throughput: "What is the throughput, and how is it computed?",
        "Qual é a vazão, e como ela é calculada?";
    "overhead" => transfer::overhead: "How many packets and header bytes does it take?",
        "Quantos pacotes e bytes de cabeçalho são necessários?";
    "close" => closing::close: "Which packets close the connection?",
        "Quais pacotes encerram a conexão?";
    "closed_by" => closing::started: "Who started the close, and how can one tell?",
        "Quem iniciou o encerramento, e como se sabe?";
    "fin" => closing::fin: "Does a FIN use a sequence number?",
        "Um FIN usa um número de sequência?";
    "half_close" => closing::half: "Why must both sides close (half-close)?",
        "Por que os dois lados precisam fechar (fechamento parcial)?";
    "reset" => closing::reset: "Why is there a RST?", "Por que há um RST?";
    "time_wait" => closing::time_wait: "Who is in TIME-WAIT, why, and for how long?",
        "Quem fica em TIME-WAIT, por quê e por quanto tempo?";
    "states" => lasting::states: "Which states are transient, which persistent?",
        "Quais estados são transitórios, quais são persistentes?";
    "states_left" => lasting::left: "Does an end stay in CLOSE-WAIT or FIN-WAIT-2?",
        "Algum lado permanece em CLOSE-WAIT ou FIN-WAIT-2?";
};

/// Questions about a UDP conversation.
static UDP: &[Question] = questions! {
    "ends" => opening::ends: "Which IP addresses and ports have client and server?",
        "Quais são os endereços IP e as portas do cliente e do servidor?";
    "client_port" => datagrams::port: "Why does the client need a port?",
        "Por que o cliente precisa de uma porta?";
    "udp_packets" => datagrams::packets: "How does UDP differ from TCP in the packets?",
        "Em que o UDP difere do TCP nos pacotes?";
    "udp_states" => datagrams::states: "Which states does UDP have?", "Quais estados o UDP tem?";
    "pings" => datagrams::pings:
        "How many requests are answered, how many lost, and what is the RTT?",
        "Quantas requisições são respondidas, quantas se perdem, e qual é o RTT?";
    "udp_refused" => datagrams::refused: "The server is off: is the datagram lost or refused?",
        "O servidor está desligado: o datagrama se perde ou é recusado?";
};

/// What is asked about.
struct Asked<'a> {
    conversation: &'a Conversation,
    record: &'a Record,
    calls: &'a [SocketCall],
    who: Who<'a>,
    lang: Lang,
}

impl Asked<'_> {
    /// The sides, the client's first where there is one.
    fn sides(&self) -> [Side; 2] {
        self.who.sides()
    }

    fn end(&self, side: Side) -> &End {
        self.record.end(side)
    }

    /// The frames of its segments: `#1–#11`; `#1` where there is one.
    fn span(&self) -> String {
        let totals = self.record.totals();
        match (totals.first, totals.last) {
            (Some(first), Some(last)) if first != last.frame => format!("#{first}–#{}", last.frame),
            (Some(first), _) => format!("#{first}"),
            _ => String::new(),
        }
    }

    /// A sentence from a phrase.
    fn say(&self, phrase: impl std::fmt::Display) -> String {
        capital(&phrase.to_string())
    }
}

/// Sentences after one another; `None` where there is none.
fn joined(sentences: Vec<String>) -> Option<String> {
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The sentence with a capital, unless it begins with an address.
fn capital(sentence: &str) -> String {
    let word = sentence.split(' ').next().unwrap_or_default();
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) if !word.contains(':') => first.to_uppercase().chain(characters).collect(),
        _ => sentence.to_owned(),
    }
}

/// The questions about one conversation with their answers, and the tables behind them.
pub(super) fn section(
    id: &str,
    conversation: &Conversation,
    study: &Study,
    calls: &[SocketCall],
    lang: Lang,
) -> Option<Section> {
    let section = |parts| {
        let id = format!("{id}-questions");
        Section::plain(id, "questions", TITLE.get(lang), parts)
    };
    if !study.whole(conversation) {
        return Some(section(vec![Part::Text(PARTLY.get(lang).to_owned())]));
    }
    let asked = Asked {
        conversation,
        record: conversation.record()?,
        calls,
        who: Who::new(conversation, lang),
        lang,
    };
    let questions = match conversation.protocol {
        Protocol::Tcp => TCP,
        Protocol::Udp => UDP,
    };
    let answered = questions.iter().filter_map(|question| {
        let answer = (question.answer)(&asked)?;
        Some(Fact::new(
            question.id,
            question.asks.get(lang),
            Cell::text(answer),
        ))
    });
    let facts: Vec<Fact> = answered.collect();
    if facts.is_empty() {
        return None;
    }
    let mut parts = vec![Part::Facts(facts)];
    parts.extend(tables::of(&asked).into_iter().map(Part::Table));
    Some(section(parts))
}

phrase! {
    PARTLY:
        "The filter leaves out packets of this conversation, and answers need all of them: filter by address and port, or choose it with --stream.",
        "O filtro deixa de fora pacotes desta conversa, e as respostas precisam de todos: filtre por endereço e porta, ou escolha-a com --stream.";
    TITLE: "What a lab sheet asks about it", "O que um roteiro de laboratório pergunta sobre ela";
}
