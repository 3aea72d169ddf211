//! What an acknowledgment says: which bytes it covers, whose, and where they were sent.

use super::{View, news};
use crate::analysis::facts::ack::{Cover, News};
use crate::analysis::tcp::Scale;
use crate::analysis::tcp::marks::Marks;
use crate::model::frame::FrameNo;
use crate::report::explain::phrase::{Clauses, and_also, frame_list};
use crate::report::words::numbers::{bytes, number, range};
use crate::report::words::{ack, window};
use crate::text::{Lang, quantity};

/// What is acknowledged, as the object of a sentence.
fn object(view: &View<'_>, cover: &Cover, lang: Lang) -> String {
    let of = view.other_of();
    let mut list = String::new();
    if let Some(frame) = cover.syn {
        list = ack::syn(lang, &of, frame).to_string();
    }
    if cover.bytes() > 0 {
        list = and_also(list, data(cover, &of, lang), lang);
    }
    if let Some(frame) = cover.fin {
        list = and_also(list, ack::fin(lang, &of, frame).to_string(), lang);
    }
    if let Some(from) = cover.unseen {
        return and_also(list, unseen(view, from, lang), lang);
    }
    if list.is_empty() {
        return before(view, lang);
    }
    match cover.open {
        true => and_also(list, ack::and_before(lang).to_string(), lang),
        false => list,
    }
}

/// The number of the acknowledgment, on the line of the receiver.
fn acked(view: &View<'_>) -> i64 {
    view.latest.ack.unwrap_or_default()
}

fn before(view: &View<'_>, lang: Lang) -> String {
    ack::before(lang, view.other_of(), number(acked(view))).to_string()
}

fn data(cover: &Cover, of: &str, lang: Lang) -> String {
    let object = format!("{} {of}", bytes(lang, cover.data.0, cover.data.1 - 1));
    let held = &cover.held;
    let frames = frame_list(&held.frames(), lang);
    let count = cover.bytes();
    match held.bytes {
        bytes if bytes == count => {
            let again: Vec<FrameNo> = cover.again.iter().map(|it| it.at.frame).collect();
            let mut said = ack::sent_in(lang, count, object, frames).to_string();
            if !again.is_empty() {
                let again = frame_list(&again, lang);
                said.push_str(&ack::again_in(lang, again).to_string());
            }
            said
        }
        _ if !held.certain => object,
        0 => ack::not_captured(lang, count, object).to_string(),
        bytes => ack::partly_sent_in(lang, bytes, object, frames).to_string(),
    }
}

fn unheard(view: &View<'_>, from: Option<i64>, lang: Lang) -> String {
    match from.filter(|_| !view.other.heard) {
        Some(from) => unseen(view, from, lang),
        None if view.other.heard => before(view, lang),
        None => ack::before_unheard(lang, view.other_of(), number(acked(view))).to_string(),
    }
}

/// The numbers from `from` on, which no segment brought.
fn unseen(view: &View<'_>, from: i64, lang: Lang) -> String {
    let to = acked(view);
    let count = u64::try_from(to - from).unwrap_or(0);
    let of = view.other_of();
    if let Some((frame, first, end)) = view.receiver().rst_text
        && first <= from
        && to <= end
    {
        return ack::rst_text(lang, count, range(from, to - 1), of, frame).to_string();
    }
    match from {
        ..0 => ack::unseen_before(lang, count, of).to_string(),
        _ => ack::unseen(lang, count, range(from, to - 1), of).to_string(),
    }
}

/// The sentence of a segment that only acknowledges.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let (the, lang) = (view.the(), said.lang);
    let expects = number(acked(view));
    let update = view.latest.before.window;
    let update = update.filter(|_| view.marked(Marks::WINDOW_UPDATE));
    let duplicate = view.tcp.duplicate;
    let duplicate = duplicate.filter(|it| view.marked(Marks::DUP_ACK) && it.of != 0);
    match (news(view), duplicate, update) {
        (None, ..) => {}
        (Some(News::New(cover)), ..) => {
            said.clause(ack::acknowledges(lang, the, object(view, &cover, lang)));
            copy(&cover, said);
            match cover.fin.is_some() || cover.unseen.is_some() {
                true => said.clause(ack::next_number(lang, expects)),
                false => said.clause(ack::next_byte(lang, expects)),
            }
        }
        (Some(News::Unheard(from)), ..) => {
            said.clause(ack::acknowledges(lang, the, unheard(view, from, lang)));
        }
        (Some(News::Same(_)), Some(it), _) => {
            said.clause(ack::duplicate(lang, the, expects, it.of, it.number));
            let sent = view.receiver().log.before(view.frame);
            let mut later = sent.filter(|it| it.len > 0 && it.data > acked(view));
            if let Some(later) = later.next_back() {
                said.comma(ack::later_sent(lang, view.other_the(), later.at.frame));
            }
        }
        (Some(News::Same(_)), None, Some((old, frame))) => {
            let new = view.tcp.window;
            match view.tcp.scale {
                Scale::Unknown => {
                    let unit = window::UNIT_UNKNOWN.get(lang);
                    said.clause(window::update_unscaled(
                        lang, the, old, frame, new, expects, unit,
                    ));
                }
                _ => {
                    let new = quantity::bytes(lang, new.into());
                    said.clause(window::update(lang, the, old, frame, new, expects));
                }
            }
        }
        (Some(News::Same(frame)), None, None) => {
            said.clause(ack::nothing_new(lang, the, expects, frame));
        }
        (Some(News::Older(highest, frame)), ..) => {
            said.clause(ack::older(lang, the, expects, number(highest), frame));
        }
    }
}

/// Which of several copies is answered.
fn copy(cover: &Cover, said: &mut Clauses) {
    if !cover.several || cover.bytes() == 0 || cover.held.bytes != cover.bytes() {
        return;
    }
    match cover.answers {
        Some(at) => said.clause(ack::answers(said.lang, at.frame)),
        None => said.clause(ack::which_copy(said.lang)),
    }
}

/// The clause of a segment that does something else too.
pub(super) fn also(view: &View<'_>, said: &mut Clauses) {
    let lang = said.lang;
    let object = match news(view) {
        Some(News::New(cover)) => object(view, &cover, lang),
        Some(News::Unheard(from)) => unheard(view, from, lang),
        _ => return,
    };
    said.clause(ack::also(lang, object, number(acked(view))));
}
