//! How a conversation ended, in a sentence.

use super::answer::{Answer, frames};
use super::evidence::Talk;
use crate::model::frame::FrameNo;
use crate::model::side::Side;
use crate::report::words;
use crate::text::ui;

/// The frames of a close: each FIN and the segment that acknowledges it.
pub(in crate::lab) fn close_frames(talk: &Talk) -> Vec<FrameNo> {
    let close = &talk.close;
    let mut all: Vec<FrameNo> = close.fins.into_iter().chain(close.acks).flatten().collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The name of an end: client or server.
pub(in crate::lab) fn who(talk: &Talk, side: Side, answer: &Answer) -> &'static str {
    let role = if side == talk.client_side {
        &ui::CLIENT
    } else {
        &ui::SERVER
    };
    role.get(answer.lang)
}

/// Says the shape of a close, who started it, and who is left in TIME-WAIT.
pub(in crate::lab) fn say_close(answer: &mut Answer, talk: &Talk) {
    let close = &talk.close;
    let who_started = close.started_by.map_or("?", |side| who(talk, side, answer));
    let list = match close.cut() {
        Some(reset) => vec![reset.frame],
        None => close_frames(talk),
    };
    if list.is_empty() {
        return;
    }
    let list = frames(list);
    let line = words::close::framed(close, who_started, &list, answer.lang);
    answer.lines.push(line);
    say_time_wait(answer, talk);
}

/// Says who is left in TIME-WAIT.
pub(in crate::lab) fn say_time_wait(answer: &mut Answer, talk: &Talk) {
    let name = |side| who(talk, side, answer);
    let left = words::time_wait::framed(&talk.close, name, answer.lang);
    answer.lines.extend(left);
}
