//! Which states the two ends go through, and for how long.

use super::{Asked, Question, capital, joined};
use crate::report::words;
use crate::text::Text;

pub(super) static STATES: Question = Question {
    id: "states",
    asks: Text::new(
        "Which states are transient, which persistent?",
        "Quais estados são transitórios, quais são persistentes?",
    ),
    answer: states,
};
pub(super) static LEFT: Question = Question {
    id: "states_left",
    asks: Text::new(
        "Does an end stay in CLOSE-WAIT or FIN-WAIT-2?",
        "Algum lado permanece em CLOSE-WAIT ou FIN-WAIT-2?",
    ),
    answer: left,
};

fn states(asked: &Asked<'_>) -> Option<String> {
    let spells = asked.conversation.record()?.spells();
    if spells.more() > 0 {
        return None;
    }
    words::states::over_time(spells.list(), &asked.who, asked.lang)
}

fn left(asked: &Asked<'_>) -> Option<String> {
    let spells = asked.conversation.record()?.spells();
    let said = words::states::stays(spells.list(), &asked.who, asked.lang);
    joined(said.iter().map(|it| capital(it)).collect())
}
