//! What a ladder says in words: its heading, its notes, and a sentence for each arrow.

use super::{Arrow, Gap, Ladder, Ladders, Lane, LaneRole, Note, Omitted, Travel};
use crate::analysis::conversation::Protocol;
use crate::analysis::lifecycle::phase::Phase;
use crate::model::time::Nanos;
use crate::report::columns::time;
use crate::report::phase;
use crate::report::text_address;
use crate::text::phrase::phrase;
use crate::text::quantity;
use crate::text::ui::{CLIENT, SERVER};
use crate::text::{Lang, Text};

static CONVERSATION: Text = Text::new("Conversation {stream}", "Conversa {stream}");
static CONVERSATION_UDP: Text = Text::new("UDP conversation {stream}", "Conversa UDP {stream}");
static CONVERSATIONS: Text = Text::new("Conversations {stream}", "Conversas {stream}");
static CONVERSATIONS_UDP: Text = Text::new("UDP conversations {stream}", "Conversas UDP {stream}");
static CLIENTS_OF: Text = Text::new(
    "{count} clients of {server}",
    "{count} clientes de {server}",
);
phrase! {
    PACKET: "1 packet", "1 pacote";
}
static PACKETS: Text = Text::new("{count} packets", "{count} pacotes");
static THE: Text = Text::new("the {role}", "o {role}");
static ASSUMED: Text = Text::new("{role}, assumed", "{role}, presumido");
static LATER: Text = Text::new("{time} later", "{time} depois");
static SILENCE: Text = Text::new("{time} of silence", "{time} de silêncio");
static OMITTED: Text = Text::new(
    "{count} packets not drawn (frames {first} to {last})",
    "{count} pacotes não desenhados (quadros {first} a {last})",
);
static OMITTED_ONE: Text = Text::new(
    "1 packet not drawn (frame {first})",
    "1 pacote não desenhado (quadro {first})",
);
phrase! {
    WITHIN: "Level arrows: both ends are on one machine, a packet arrives as it is sent.",
        "Setas horizontais: as duas pontas estão na mesma máquina, o pacote chega quando é enviado.";
    BETWEEN: "Slanted arrows: packets travel between machines; the capture has one time for each.",
        "Setas inclinadas: os pacotes viajam entre máquinas; a captura tem um só tempo para cada um.";
}
static ONE_WAY: Text = Text::new(
    "One way takes about {time}, half of the handshake's round trip (an estimate).",
    "A ida leva cerca de {time}, metade do tempo de ida e volta do handshake (estimativa).",
);
static OTHERS: Text = Text::new(
    "… and {count} more conversations, not drawn here",
    "… e mais {count} conversas, não desenhadas aqui",
);
phrase! {
    OTHERS_ONE: "… and 1 more conversation, not drawn here",
        "… e mais 1 conversa, não desenhada aqui";
}
static FRAME: Text = Text::new(
    "Frame {frame}, {time} s, {from} → {to}: {label}",
    "Quadro {frame}, {time} s, {from} → {to}: {label}",
);
static FRAME_TIMELESS: Text = Text::new(
    "Frame {frame}, {from} → {to}: {label}",
    "Quadro {frame}, {from} → {to}: {label}",
);
static PHASE: Text = Text::new("Phase: {phase}.", "Fase: {phase}.");
static STATES: Text = Text::new(
    "Afterwards {left} is in {left_state}, {right} in {right_state}.",
    "Depois dele, {left} está em {left_state}, {right} em {right_state}.",
);
static STATE: Text = Text::new(
    "Afterwards {left} is in {left_state}.",
    "Depois dele, {left} está em {left_state}.",
);

/// The heading: which conversation, between whom, how many packets.
pub fn heading(ladder: &Ladder, lang: Lang) -> String {
    let several = ladder.streams.len() > 1;
    let text = match (ladder.protocol, several) {
        (Protocol::Tcp, false) => &CONVERSATION,
        (Protocol::Tcp, true) => &CONVERSATIONS,
        (Protocol::Udp, false) => &CONVERSATION_UDP,
        (Protocol::Udp, true) => &CONVERSATIONS_UDP,
    };
    let streams: Vec<String> = ladder.streams.iter().map(u32::to_string).collect();
    let name = text.fill(lang, &[("stream", &streams.join(", "))]);
    let ends = match &ladder.lanes[..] {
        [left, right] => format!("{} ↔ {}", lane(left, lang), lane(right, lang)),
        [clients @ .., server] => {
            let server = text_address::end(server.end);
            CLIENTS_OF.fill(lang, &[("count", &clients.len()), ("server", &server)])
        }
        [] => String::new(),
    };
    let packets = match ladder.packets {
        1 => PACKET.get(lang).to_owned(),
        count => PACKETS.fill(lang, &[("count", &count)]),
    };
    format!("{name} · {ends} · {packets}")
}

/// An end with its role: `127.0.0.1:5050 (server)`.
pub fn lane(lane: &Lane, lang: Lang) -> String {
    let end = text_address::end(lane.end);
    match role(lane, lang) {
        Some(role) => format!("{end} ({role})"),
        None => end,
    }
}

/// The role of an end: `client`, `client 2`, `server, assumed`.
pub fn role(lane: &Lane, lang: Lang) -> Option<String> {
    let name = plain_role(lane, lang)?;
    let assumed = match lane.role {
        LaneRole::Client { assumed, .. } | LaneRole::Server { assumed } => assumed,
        LaneRole::Unknown => false,
    };
    Some(match assumed {
        true => ASSUMED.fill(lang, &[("role", &name)]),
        false => name,
    })
}

/// The role of an end, assumed or not.
fn plain_role(lane: &Lane, lang: Lang) -> Option<String> {
    match lane.role {
        LaneRole::Unknown => None,
        LaneRole::Server { .. } => Some(SERVER.get(lang).to_owned()),
        LaneRole::Client { number: None, .. } => Some(CLIENT.get(lang).to_owned()),
        LaneRole::Client {
            number: Some(number),
            ..
        } => Some(format!("{} {number}", CLIENT.get(lang))),
    }
}

/// The name of an end: its role, or its address.
pub fn name(lane: &Lane, lang: Lang) -> String {
    plain_role(lane, lang).unwrap_or_else(|| text_address::end(lane.end))
}

/// An end in a sentence: `the client`, or its address.
fn the(lane: &Lane, lang: Lang) -> String {
    match plain_role(lane, lang) {
        Some(role) => THE.fill(lang, &[("role", &role)]),
        None => text_address::end(lane.end),
    }
}

/// The name of a band.
pub fn band(name: Phase, lang: Lang) -> &'static str {
    phase::word(name).get(lang)
}

/// A gap: `14.6 ms later`.
pub fn gap(gap: &Gap, lang: Lang) -> String {
    let text = match gap.silence {
        true => &SILENCE,
        false => &LATER,
    };
    text.fill(lang, &[("time", &quantity::span(gap.time.0, lang))])
}

/// What is not drawn.
pub fn omitted(omitted: &Omitted, lang: Lang) -> String {
    let text = match omitted.count {
        1 => &OMITTED_ONE,
        _ => &OMITTED,
    };
    text.fill(
        lang,
        &[
            ("count", &omitted.count),
            ("first", &omitted.first),
            ("last", &omitted.last),
        ],
    )
}

/// What the slant of the arrows means, and how long a packet travels.
pub fn travel(travel: Travel, lang: Lang) -> String {
    match travel {
        Travel::Within => WITHIN.get(lang).to_owned(),
        Travel::Between { one_way: None } => BETWEEN.get(lang).to_owned(),
        Travel::Between {
            one_way: Some(time),
        } => {
            let estimate = ONE_WAY.fill(lang, &[("time", &quantity::span(time.0, lang))]);
            format!("{} {estimate}", BETWEEN.get(lang))
        }
    }
}

phrase! {
    answers(frame):
        "(answers #{frame})",
        "(responde a #{frame})";
    may_answer(frame):
        "(may answer #{frame})",
        "(pode responder a #{frame})";
    same_bytes(frame):
        "(same bytes as #{frame})",
        "(mesmos bytes de #{frame})";
    same_reply(frame):
        "(#{frame} doubled)",
        "(#{frame} duplicado)";
    twin(frame):
        "(#{frame} captured twice)",
        "(#{frame} capturado duas vezes)";
}

/// What a packet has to do with an earlier one.
pub(super) fn note(note: Note, lang: Lang) -> String {
    match note {
        Note::Answers {
            request,
            certain: true,
        } => answers(lang, request).to_string(),
        Note::Answers { request, .. } => may_answer(lang, request).to_string(),
        Note::Again(frame) => same_bytes(lang, frame).to_string(),
        Note::Doubled(frame) => same_reply(lang, frame).to_string(),
        Note::Twin(frame) => twin(lang, frame).to_string(),
    }
}

/// The conversations that have no ladder; `None` where there are none.
pub fn others(ladders: &Ladders, lang: Lang) -> Option<String> {
    match ladders.others {
        0 => None,
        1 => Some(OTHERS_ONE.get(lang).to_owned()),
        count => Some(OTHERS.fill(lang, &[("count", &count)])),
    }
}

/// An arrow as a sentence, for those who do not see it.
pub fn sentence(ladder: &Ladder, arrow: &Arrow, lang: Lang) -> String {
    let named = |place: usize| {
        ladder
            .lanes
            .get(place)
            .map_or_else(String::new, |lane| name(lane, lang))
    };
    let label = arrow.label.words(lang);
    let (from, to) = (named(arrow.from), named(arrow.to));
    let mut values: Vec<(&str, &dyn std::fmt::Display)> = vec![
        ("frame", &arrow.frame),
        ("from", &from),
        ("to", &to),
        ("label", &label),
    ];
    let shown = arrow.time.map(|it| seconds(it, ladder.decimals));
    let mut text = match &shown {
        Some(shown) => {
            values.push(("time", shown));
            FRAME.fill(lang, &values)
        }
        None => FRAME_TIMELESS.fill(lang, &values),
    };
    text.push('.');
    if let Some(phase) = arrow.phase {
        let word = phase::word(phase).get(lang);
        text.push(' ');
        text.push_str(&PHASE.fill(lang, &[("phase", &word)]));
    }
    let [left, right] = arrow.lanes.map(|place| {
        let lane = ladder.lanes.get(place);
        lane.map_or_else(String::new, |lane| the(lane, lang))
    });
    let states = match arrow.states {
        [Some(a), Some(b)] => STATES.fill(
            lang,
            &[
                ("left", &left),
                ("left_state", &a.name()),
                ("right", &right),
                ("right_state", &b.name()),
            ],
        ),
        [Some(a), None] => STATE.fill(lang, &[("left", &left), ("left_state", &a.name())]),
        [None, Some(b)] => STATE.fill(lang, &[("left", &right), ("left_state", &b.name())]),
        [None, None] => return text,
    };
    text.push(' ');
    text.push_str(&states);
    text
}

/// Seconds as the Time column shows them.
pub fn seconds(time: Nanos, decimals: u8) -> String {
    let mut out = Vec::new();
    time::seconds(time.span(), decimals, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
