//! What a ladder says in words: its heading, its notes, and a sentence for each arrow.

use std::fmt::Write;

use super::{Arrow, Gap, Ladder, Ladders, Lane, LaneRole, Note, Omitted, Travel};
use crate::analysis::lifecycle::phase::Phase;
use crate::model::time::Nanos;
use crate::report::columns::time;
use crate::report::phase;
use crate::report::{text_address, who, words};
use crate::text::Lang;
use crate::text::phrase::phrase;
use crate::text::quantity;
use crate::text::ui::{CLIENT, SERVER};

phrase! {
    clients_of(count, server): "{count} clients of {server}", "{count} clientes de {server}";
    the_role(role): "the {role}", "o {role}";
    later(time): "{time} later", "{time} depois";
    silence(time): "{time} of silence", "{time} de silêncio";
    not_drawn(count; first, last):
        "1 packet not drawn (frame {first})" | "{count} packets not drawn (frames {first} to {last})",
        "1 pacote não desenhado (quadro {first})" | "{count} pacotes não desenhados (quadros {first} a {last})";
    WITHIN: "Level arrows: both ends are on one machine, a packet arrives as it is sent.",
        "Setas horizontais: as duas pontas estão na mesma máquina, o pacote chega quando é enviado.";
    BETWEEN: "Slanted arrows: packets travel between machines; the capture has one time for each.",
        "Setas inclinadas: os pacotes viajam entre máquinas; a captura tem um só tempo para cada um.";
    one_way(time): "One way takes about {time}, half of the handshake's round trip (an estimate).",
        "A ida leva cerca de {time}, metade do tempo de ida e volta da apresentação (estimativa).";
    more(count;):
        "… and 1 more conversation, not drawn here" | "… and {count} more conversations, not drawn here",
        "… e mais 1 conversa, não desenhada aqui" | "… e mais {count} conversas, não desenhadas aqui";
    frame(no, from, to, label): "Frame {no}, {from} → {to}: {label}.",
        "Quadro {no}, {from} → {to}: {label}.";
    in_phase(phase): " Phase: {phase}.", " Fase: {phase}.";
    states(left, left_state, right, right_state):
        " Afterwards {left} is in {left_state}, {right} in {right_state}.",
        " Depois dele, {left} está em {left_state}, {right} em {right_state}.";
    state(left, left_state): " Afterwards {left} is in {left_state}.",
        " Depois dele, {left} está em {left_state}.";
}

/// The heading: which conversation, between whom, how many packets.
pub fn heading(ladder: &Ladder, lang: Lang) -> String {
    let name = words::conversation::names(ladder.protocol, &ladder.streams, lang);
    let ends = match &ladder.lanes[..] {
        [left, right] => format!("{} ↔ {}", lane(left, lang), lane(right, lang)),
        [clients @ .., server] => {
            let server = text_address::end(server.end);
            clients_of(lang, clients.len(), server).to_string()
        }
        [] => String::new(),
    };
    format!(
        "{name} · {ends} · {}",
        quantity::packets(lang, ladder.packets)
    )
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
        true => who::assumed(lang, name).to_string(),
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
        Some(role) => the_role(lang, role).to_string(),
        None => text_address::end(lane.end),
    }
}

/// The name of a band.
pub fn band(name: Phase, lang: Lang) -> &'static str {
    phase::word(name).get(lang)
}

/// A gap: `14.6 ms later`.
pub fn gap(gap: &Gap, lang: Lang) -> String {
    let time = quantity::span(gap.time.0, lang);
    match gap.silence {
        true => silence(lang, time).to_string(),
        false => later(lang, time).to_string(),
    }
}

/// What is not drawn.
pub fn omitted(omitted: &Omitted, lang: Lang) -> String {
    not_drawn(lang, omitted.count, omitted.first, omitted.last).to_string()
}

/// What the slant of the arrows means, and how long a packet travels.
pub fn travel(travel: Travel, lang: Lang) -> String {
    match travel {
        Travel::Within => WITHIN.get(lang).to_owned(),
        Travel::Between { one_way: None } => BETWEEN.get(lang).to_owned(),
        Travel::Between {
            one_way: Some(time),
        } => {
            let estimate = one_way(lang, quantity::span(time.0, lang)).to_string();
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
    (ladders.others > 0).then(|| more(lang, ladders.others).to_string())
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
    // The time as the Time column has it.
    let no = match arrow.time {
        Some(time) => format!("{}, {} s", arrow.frame, seconds(time, ladder.decimals)),
        None => arrow.frame.to_string(),
    };
    let mut text = frame(lang, no, from, to, label).to_string();
    if let Some(phase) = arrow.phase {
        let _ = write!(text, "{}", in_phase(lang, phase::word(phase).get(lang)));
    }
    let [left, right] = arrow.lanes.map(|place| {
        let lane = ladder.lanes.get(place);
        lane.map_or_else(String::new, |lane| the(lane, lang))
    });
    let _ = match arrow.states {
        [Some(a), Some(b)] => write!(text, "{}", states(lang, left, a.name(), right, b.name())),
        [Some(a), None] => write!(text, "{}", state(lang, left, a.name())),
        [None, Some(b)] => write!(text, "{}", state(lang, right, b.name())),
        [None, None] => Ok(()),
    };
    text
}

/// Seconds as the Time column shows them.
pub fn seconds(time: Nanos, decimals: u8) -> String {
    let mut out = Vec::new();
    time::seconds(time.span(), decimals, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}
