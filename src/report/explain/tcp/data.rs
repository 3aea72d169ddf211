//! Segments with payload: new bytes, bytes sent again, bytes that come late.

use super::{View, ack, close};
use crate::analysis::facts;
use crate::analysis::facts::data::{News, Payload};
use crate::analysis::tcp::marks::Marks;
use crate::model::tcp::TcpFlags;
use crate::report::explain::phrase::{Clauses, frame_list};
use crate::report::words::numbers::{bytes, number, range};
use crate::report::words::{again, data, window};
use crate::text::quantity;
use crate::text::quantity::span;

/// The sentence of a segment with payload, a FIN, or both.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let fin = view.header.flags.fin();
    let Some(it) = facts::data::of(view.record) else {
        if fin {
            close::say(view, said);
            gap(view, said);
        }
        return ack::also(view, said);
    };
    payload(view, &it, said);
    joined(view, said);
    gap(view, said);
    sent_again(view, &it, said);
    let offered = view.receiver().windows.latest;
    if let Some((_, frame)) = offered.filter(|_| view.marked(Marks::WINDOW_FULL)) {
        said.clause(window::full(said.lang, view.other_the(), frame));
    }
    if view.header.flags.any(TcpFlags::PSH) {
        said.clause(data::push(said.lang));
    }
    if fin {
        close::say(view, said);
    }
    ack::also(view, said);
}

/// The main clause.
fn payload(view: &View<'_>, it: &Payload, said: &mut Clauses) {
    let lang = said.lang;
    let count = u64::from(view.len);
    let size = quantity::bytes(lang, count);
    let numbers = bytes(lang, it.start, it.end - 1);
    let frames = frame_list(&it.held.frames(), lang);
    let the = view.the();
    match it.news {
        News::Again => said.clause(again::repeats(lang, count, the, numbers, size, &frames)),
        _ if it.start < 0 => said.clause(data::sends_counted(lang, the, numbers)),
        News::Partly(_) => said.clause(data::sends_counted(lang, the, numbers)),
        _ => said.clause(data::sends(lang, the, numbers, size)),
    }
    match it.news {
        News::Again => {
            if let [first] = &it.held.by[..]
                && let Some(lasted) = view.latest.at.since(first.at)
            {
                said.comma(again::before(lang, span(lasted, lang)));
            }
        }
        News::Partly(count) => said.comma(data::partly(lang, count, frames)),
        News::Late(frame) => said.comma(data::late(lang, frame)),
        News::Uncertain => said.comma(data::uncertain(lang)),
        News::OnSyn => {
            let frame = view.latest.on_syn.unwrap_or_default();
            said.comma(data::on_syn(lang, frame));
        }
        News::New => {}
    }
    if let Some(other) = it.differs {
        said.comma(again::differs(lang, other.at.frame));
        said.step("RFC 9293, 3.4", differing(view, &other, lang));
    }
}

/// The first bytes of both copies.
fn differing(
    view: &View<'_>,
    other: &crate::analysis::record::sent::Sent,
    lang: crate::text::Lang,
) -> String {
    let hex = |bytes: &[u8], len: u32| {
        let shown = usize::try_from(len).unwrap_or(usize::MAX).min(bytes.len());
        let digits = bytes[..shown].iter().map(|byte| format!("{byte:02x}"));
        digits.collect::<Vec<_>>().join(" ")
    };
    let (before, now) = (
        hex(&other.head, other.len),
        hex(&view.latest.head, view.len),
    );
    again::both(lang, other.at.frame, before, view.frame, now).to_string()
}

/// That a segment is larger than the other end takes.
fn joined(view: &View<'_>, said: &mut Clauses) {
    let mss = view.receiver().syn.and_then(|syn| syn.mss);
    let mss = mss.filter(|_| !view.latest.split);
    if let Some(mss) = mss.filter(|mss| *mss > 0 && view.len > u32::from(*mss)) {
        let least = view.len.div_ceil(mss.into());
        said.clause(data::joined(said.lang, mss, view.other_of(), least));
    }
}

/// Why the bytes come again, as far as it is shown.
fn sent_again(view: &View<'_>, it: &Payload, said: &mut Clauses) {
    let lang = said.lang;
    let acknowledged = view.receiver().highest_ack;
    if let [first] = &it.held.by[..]
        && first.refused
        && it.news == News::Again
        && let Some(answer) = view.receiver().syn
    {
        return said.clause(again::refused(lang, first.at.frame, answer.frame));
    }
    if view.marked(Marks::SPURIOUS_RETRANSMISSION) {
        let Some((up_to, frame)) = acknowledged.filter(|(up_to, _)| *up_to >= it.end) else {
            return;
        };
        let other = view.other_the();
        match it.news {
            News::Again => said.clause(again::already(lang, other, number(up_to), frame)),
            _ => said.clause(again::already_unseen(lang, other, number(up_to), frame)),
        }
    } else if view.marked(Marks::FAST_RETRANSMISSION) {
        let asked = view.receiver().duplicate;
        if let Some((_, _, frame)) = asked.filter(|(ack, ..)| *ack == view.latest.start) {
            let seq = number(view.latest.start);
            said.clause(again::fast(lang, view.other_the(), seq, frame));
        }
    } else if it.held.bytes == 0 && view.latest.below && view.latest.soon {
        said.clause(again::overtaken(lang));
    } else if view.marked(Marks::RETRANSMISSION)
        && it.news == News::Again
        && acknowledged.is_none_or(|(up_to, _)| up_to <= it.start)
    {
        said.clause(again::unacknowledged(lang));
    }
}

/// What is missing in front of it.
pub(super) fn gap(view: &View<'_>, said: &mut Clauses) {
    let Some((from, to)) = facts::data::gap(view.record) else {
        return;
    };
    let count = u64::try_from(to - from).unwrap_or(0);
    let of = view.who.of(view.side);
    match from {
        ..0 => said.clause(data::gap_before(said.lang, count, of)),
        _ => said.clause(data::gap(said.lang, count, range(from, to - 1), of)),
    }
}
