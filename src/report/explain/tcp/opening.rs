//! SYN, SYN-ACK, the ACK that completes a handshake, and conversations without one.

use super::View;
use crate::analysis::lifecycle::Stray;
use crate::analysis::lifecycle::opening::OpeningShape;
use crate::model::tcp_options::TcpOption;
use crate::report::explain::phrase::{Clauses, count};
use crate::text::Text;
use crate::text::phrase::phrase;

static ASKS: Text = Text::new(
    "{the} asks {other} for a connection (SYN)",
    "{the} pede uma conexão {other} (SYN)",
);
static ACCEPTS: Text = Text::new(
    "{the} accepts the connection (SYN, ACK)",
    "{the} aceita a conexão (SYN, ACK)",
);
static REPEATS: [Text; 2] = [
    Text::new(
        "{the} repeats the SYN of #{frame}",
        "{the} repete o SYN de #{frame}",
    ),
    Text::new(
        "{the} repeats the SYN, ACK of #{frame}",
        "{the} repete o SYN, ACK de #{frame}",
    ),
];
static LATER: Text = Text::new("{time} later", "{time} depois");
static UNHEARD: Text = Text::new(
    "no segment {of} has been captured so far",
    "nenhum segmento {of} foi capturado até aqui",
);
static INITIAL: Text = Text::new(
    "its initial sequence number, {isn}, is shown as {shown} and counts 1, so its first byte of data will be number {first}",
    "seu número de sequência inicial, {isn}, é mostrado como {shown} e conta 1; por isso seu primeiro byte de dados será o de número {first}",
);
static WITH_DATA: Text = Text::new(
    "it already carries {count} of data",
    "já traz {count} de dados",
);
static ACKS_SYN: Text = Text::new(
    "Ack={ack} acknowledges the SYN of #{frame}: {syn} + 1 = {ack}",
    "Ack={ack} reconhece o SYN de #{frame}: {syn} + 1 = {ack}",
);
static ACKS_SYN_DATA: Text = Text::new(
    "Ack={ack} acknowledges the SYN of #{frame} and {count} after it: {syn} + 1 + {len} = {ack}",
    "Ack={ack} reconhece o SYN de #{frame} e {count} depois dele: {syn} + 1 + {len} = {ack}",
);
static ACKS_NOTHING: Text = Text::new(
    "its Ack={ack} does not fit the SYN of #{frame}",
    "seu Ack={ack} não corresponde ao SYN de #{frame}",
);
phrase! {
    SYN_MISSING: "the SYN that it answers has not been captured so far",
        "o SYN a que responde não foi capturado até aqui";
}
static EARLY: Text = Text::new(
    "#{frame}, captured before it, answers it already: the order of this capture is not the order of sending",
    "#{frame}, capturado antes, já responde a ele: a ordem desta captura não é a ordem de envio",
);
phrase! {
    ITSELF_ASKS: "a socket asks its own port for a connection (SYN)",
        "um socket pede uma conexão à sua própria porta (SYN)";
    ITSELF_ANSWERS:
        "the socket answers its own SYN (SYN, ACK): source and destination are the same, so this is a simultaneous open with itself (RFC 9293, 3.5, figure 7); no server listens on that port",
        "o socket responde ao seu próprio SYN (SYN, ACK): origem e destino são o mesmo; é uma abertura simultânea consigo mesmo (RFC 9293, 3.5, figura 7); nenhum servidor escuta nessa porta";
}
static STRAY_CAPTURED: Text = Text::new(
    "{the} sends a segment of the connection that these ports had before: it acknowledges raw number {raw}, which {other} has not sent in this one; {the} does not know of the new connection, and {other} has to refuse this (RFC 9293, 3.5.1)",
    "{the} envia um segmento da conexão que estas portas tinham antes: reconhece o número bruto {raw}, que {other} não enviou nesta; {the} não sabe da nova conexão, e {other} deve recusar este segmento (RFC 9293, 3.5.1)",
);
static STRAY: Text = Text::new(
    "{the} sends a segment of another connection between the same ports, which this capture does not hold: it acknowledges raw number {raw}, which {other} has not sent in this one and has to refuse (RFC 9293, 3.10.7.3)",
    "{the} envia um segmento de outra conexão entre as mesmas portas, que não está nesta captura: reconhece o número bruto {raw}, que {other} não enviou nesta e deve recusar (RFC 9293, 3.10.7.3)",
);
static BOTH_CALL: Text = Text::new(
    "it does not acknowledge the SYN of #{frame}: both ends ask at once",
    "não reconhece o SYN de #{frame}: as duas pontas pedem ao mesmo tempo",
);
static MSS: Text = Text::new(
    "it takes segments of up to {mss} bytes of data (MSS)",
    "aceita segmentos de até {mss} bytes de dados (MSS)",
);
phrase! {
    REUSED: "the same addresses and ports had an earlier conversation in this capture",
        "os mesmos endereços e portas já tiveram outra conversa nesta captura";
    RENUMBERED:
        "this number is not the one that earlier segments had shown, so numbers count anew from here",
        "este número não é o que segmentos anteriores mostravam; por isso a contagem recomeça aqui";
}
static THREE_WAY: Text = Text::new(
    "this completes the three-way handshake (#{syn}, #{answer}, #{frame})",
    "isto completa a apresentação de três vias (#{syn}, #{answer}, #{frame})",
);
phrase! {
    COMPLETE: "this completes the handshake", "isto completa a apresentação de três vias";
    MISSING:
        "no handshake of this conversation comes before it in this capture, so numbers count from the first one seen",
        "nenhuma apresentação de três vias desta conversa aparece antes nesta captura; por isso os números contam a partir do primeiro visto";
    ASSUMED: "which end is the client is an assumption, from the ports",
        "qual das pontas é o cliente é uma suposição, pelas portas";
}

/// A segment of another connection between the same ports.
pub(super) fn stray(view: &View<'_>, said: &mut Clauses) {
    let news = view.conversation.lifecycle.news(view.frame);
    let phrase = match news.and_then(|news| news.stray) {
        None => return,
        Some(Stray::Captured) => &STRAY_CAPTURED,
        Some(Stray::NotCaptured) => &STRAY,
    };
    let (the, other, raw) = (view.the(), view.other_the(), view.header.ack.0);
    said.say(phrase, &[("the", &the), ("other", &other), ("raw", &raw)]);
}

/// A segment with SYN.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let answers = view.header.flags.ack();
    if view.conversation.lifecycle.itself() && view.own.syn.is_none_or(|it| it.answers != answers) {
        let phrase = if answers {
            &ITSELF_ANSWERS
        } else {
            &ITSELF_ASKS
        };
        said.say(phrase, &[]);
        return;
    }
    let again = view
        .own
        .syn
        .filter(|syn| syn.seq == view.header.seq && syn.answers == answers);
    let the = view.the();
    if let Some(syn) = again {
        let phrase = &REPEATS[usize::from(answers)];
        said.say(phrase, &[("the", &the), ("frame", &syn.frame)]);
        if let Some(time) = view.since(syn.time, said.lang) {
            said.add(&LATER, &[("time", &time)]);
        }
        if !view.other.heard {
            said.say(&UNHEARD, &[("of", &view.other_of())]);
        }
    } else if answers {
        said.say(&ACCEPTS, &[("the", &the)]);
    } else {
        let other = match said.lang {
            crate::text::Lang::En => view.other_the(),
            crate::text::Lang::PtBr => view.who.to(view.side.other()),
        };
        said.say(&ASKS, &[("the", &the), ("other", &other)]);
    }
    let news = view.conversation.lifecycle.news(view.frame);
    if answers {
        acknowledged(view, said);
    } else if let Some(frame) = news.and_then(|news| news.early) {
        said.say(&EARLY, &[("frame", &frame)]);
    } else if let Some(syn) = view.other.syn.filter(|syn| !syn.answers && again.is_none()) {
        said.say(&BOTH_CALL, &[("frame", &syn.frame)]);
    }
    if again.is_none() {
        let shown = view.tcp.seq;
        said.say(
            &INITIAL,
            &[
                ("isn", &view.header.seq.0),
                ("shown", &shown),
                ("first", &shown.wrapping_add(1)),
            ],
        );
    }
    if view.len > 0 {
        said.say(&WITH_DATA, &[("count", &count(view.len))]);
    }
    if again.is_none() {
        size(view, said);
    }
    if view.marked(crate::analysis::tcp::marks::Marks::PORT_REUSED) {
        said.say(if answers { &RENUMBERED } else { &REUSED }, &[]);
    }
}

/// What a SYN-ACK acknowledges.
fn acknowledged(view: &View<'_>, said: &mut Clauses) {
    let ack = view.tcp.ack;
    let Some(syn) = view.other.syn else {
        said.say(&SYN_MISSING, &[]);
        return;
    };
    let shown = view.shown_other(syn.seq);
    let len = view.header.ack.minus(1).from_base(syn.seq);
    let sent = view
        .other
        .next
        .map_or(0, |next| next.minus(1).from_base(syn.seq));
    if len == 0 {
        said.say(
            &ACKS_SYN,
            &[("ack", &ack), ("frame", &syn.frame), ("syn", &shown)],
        );
    } else if len <= sent {
        said.say(
            &ACKS_SYN_DATA,
            &[
                ("ack", &ack),
                ("frame", &syn.frame),
                ("syn", &shown),
                ("count", &count(len)),
                ("len", &len),
            ],
        );
    } else {
        said.say(&ACKS_NOTHING, &[("ack", &ack), ("frame", &syn.frame)]);
    }
}

fn size(view: &View<'_>, said: &mut Clauses) {
    let mut mss = None;
    let _ = view.segment.read_options(view.tcp.options, |option| {
        if let TcpOption::MaximumSegmentSize(size) = option {
            mss = Some(size);
        }
    });
    if let Some(mss) = mss {
        said.say(&MSS, &[("mss", &mss)]);
    }
}

/// The clause of the segment that completes the handshake.
pub(super) fn completes(view: &View<'_>, said: &mut Clauses) {
    if view.conversation.lifecycle.handshake_ack() != Some(view.frame) {
        return;
    }
    let opening = view.conversation.lifecycle.opening();
    match (opening.shape, opening.frames) {
        (OpeningShape::ThreeWay, [Some(syn), Some(answer), Some(frame)]) => said.say(
            &THREE_WAY,
            &[("syn", &syn), ("answer", &answer), ("frame", &frame)],
        ),
        _ => said.say(&COMPLETE, &[]),
    }
}

/// What is not known of a conversation that does not begin with a SYN.
pub(super) fn missing(view: &View<'_>, said: &mut Clauses) {
    said.say(&MISSING, &[]);
    if view.conversation.lifecycle.roles().assumed() {
        said.say(&ASSUMED, &[]);
    }
}
