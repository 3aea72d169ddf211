//! Which states the two ends go through, and for how long.

use super::study::{Spell, Until};
use super::{Asked, Question, joined};
use crate::model::side::Side;
use crate::model::tcp::TcpState;
use crate::report::explain::phrase;
use crate::text::Text;

pub(super) static STATES: Question = Question {
    id: "states",
    asks: Text {
        en: "Which states are transient, which persistent?",
        pt_br: "Quais estados são transitórios, quais são persistentes?",
    },
    answer: states,
};
pub(super) static LEFT: Question = Question {
    id: "states_left",
    asks: Text {
        en: "Does an end stay in CLOSE-WAIT or FIN-WAIT-2?",
        pt_br: "Algum lado permanece em CLOSE-WAIT ou FIN-WAIT-2?",
    },
    answer: left,
};

/// Whether a state ends by what the other end's system does, without its program.
fn transient(state: TcpState) -> bool {
    matches!(
        state,
        TcpState::SynSent
            | TcpState::SynReceived
            | TcpState::FinWait1
            | TcpState::Closing
            | TcpState::LastAck
    )
}

fn states(asked: &Asked<'_>) -> Option<String> {
    let study = asked.study;
    if study.more_spells {
        return None;
    }
    let [client, server] = asked.sides().map(|side| asked.who.name(side));
    let name = |spell: &Spell| [&client, &server][spell.place.min(1)].clone();
    let lasted = |spell: &Spell| {
        let Until::Packet(to) = spell.to else {
            return None;
        };
        let time = phrase::time(to.since(spell.from)?, asked.lang)?;
        let state = spell.state.name();
        Some(format!(
            "{state} ({}, #{}–#{}: {time})",
            name(spell),
            spell.from.frame,
            to.frame
        ))
    };
    let list = |wanted: &dyn Fn(TcpState) -> bool| {
        let spells = study.spells.iter().filter(|spell| wanted(spell.state));
        spells.filter_map(lasted).collect::<Vec<_>>().join(", ")
    };
    // A program keeps none of these; what ends TIME-WAIT is a timer.
    let idle = [TcpState::Closed, TcpState::Listen, TcpState::TimeWait];
    let short = list(&transient);
    let long = list(&|state| !transient(state) && !idle.contains(&state));
    let mut said = Vec::new();
    if !short.is_empty() {
        said.push(asked.say(&TRANSIENT, &[("list", &short)]));
    }
    if !long.is_empty() {
        said.push(asked.say(&PERSISTENT, &[("list", &long)]));
    }
    if said.is_empty() {
        return None;
    }
    let left = study.spells.iter().filter(|spell| spell.to == Until::End);
    let left: Vec<String> = left
        .map(|spell| format!("{} ({})", spell.state.name(), name(spell)))
        .collect();
    if !left.is_empty() {
        said.push(asked.say(&AT_END, &[("list", &left.join(", "))]));
    }
    joined(said)
}

fn left(asked: &Asked<'_>) -> Option<String> {
    let waits = [TcpState::CloseWait, TcpState::FinWait2];
    let spells = asked.study.spells.iter();
    let left = spells.filter(|spell| spell.to == Until::End && waits.contains(&spell.state));
    let sides = asked.sides();
    let said = left.map(|spell| {
        let side: Side = sides[spell.place.min(1)];
        let values: &[(&str, &dyn std::fmt::Display)] = &[
            ("the", &asked.who.the(side)),
            ("other", &asked.who.the(side.other())),
            ("frame", &spell.from.frame),
        ];
        match spell.state {
            TcpState::CloseWait => asked.say(&LEFT_CLOSE_WAIT, values),
            _ => asked.say(&LEFT_FIN_WAIT, values),
        }
    });
    joined(said.collect())
}

static TRANSIENT: Text = Text {
    en: "Transient, left as soon as the other end's system answers: {list}.",
    pt_br: "Transitórios, deixados assim que o sistema do outro lado responde: {list}.",
};
static PERSISTENT: Text = Text {
    en: "Persistent, as long as the programs keep them: {list}.",
    pt_br: "Persistentes, enquanto os programas os mantêm: {list}.",
};
static AT_END: Text = Text {
    en: "At the end of the capture: {list}.",
    pt_br: "No fim da captura: {list}.",
};
static LEFT_CLOSE_WAIT: Text = Text {
    en: "{the} stays in CLOSE-WAIT from #{frame} on: it received a FIN and does not close its own direction in this capture.",
    pt_br: "{the} permanece em CLOSE-WAIT desde #{frame}: recebeu um FIN e não fecha o seu sentido nesta captura.",
};
static LEFT_FIN_WAIT: Text = Text {
    en: "{the} stays in FIN-WAIT-2 from #{frame} on: its FIN is acknowledged, and {other} sends none in this capture.",
    pt_br: "{the} permanece em FIN-WAIT-2 desde #{frame}: seu FIN foi reconhecido, e {other} não envia nenhum nesta captura.",
};
