//! Which states the two ends go through, and for how long.

use super::{Asked, capital, joined};
use crate::report::words;

pub(super) fn states(asked: &Asked<'_>) -> Option<String> {
    let spells = asked.conversation.record()?.spells()?;
    if spells.more() > 0 {
        return None;
    }
    words::states::over_time(asked.conversation, &asked.who, asked.lang)
}

pub(super) fn left(asked: &Asked<'_>) -> Option<String> {
    let said = words::states::stays(asked.conversation, &asked.who, asked.lang);
    joined(said.iter().map(|it| capital(it)).collect())
}
