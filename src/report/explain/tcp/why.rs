//! The arithmetic behind a sentence, with relative and raw numbers.

use std::fmt::Write;

use super::{View, news};
use crate::analysis::facts::ack::News;
use crate::analysis::record::line::low;
use crate::analysis::tcp::{Scale, rules};
use crate::report::explain::phrase::{Clauses, frame_list};
use crate::report::info::flags::bits;
use crate::report::words::ack::answers_copy as answers;
use crate::report::words::arithmetic;
use crate::report::words::numbers::number;
use crate::text::quantity::span;

/// Adds the steps.
pub(super) fn say(view: &View<'_>, said: &mut Clauses) {
    let flags = view.header.flags;
    if flags.syn() {
        let value = format!("0x{:03x}", flags.0);
        said.step(
            "RFC 9293, 3.1",
            arithmetic::bits(said.lang, &value, bits(flags)),
        );
    }
    if !view.from_text {
        sequence(view, said);
    }
    let ones = u32::from(flags.syn()) + u32::from(flags.fin());
    let counted = view.len.wrapping_add(ones);
    if counted > 0 && !flags.rst() {
        let mut sum = view.tcp.seq.to_string();
        part(&mut sum, u32::from(flags.syn()), " (SYN)");
        part(&mut sum, view.len, "");
        part(&mut sum, u32::from(flags.fin()), " (FIN)");
        let next = view.tcp.seq.wrapping_add(counted);
        said.step("RFC 9293, 3.4", arithmetic::next(said.lang, &sum, &next));
    }
    if flags.ack() && !view.from_text {
        acknowledgment(view, said);
    }
    if let Scale::Shift(_) = view.tcp.scale
        && !flags.syn()
        && !view.from_text
    {
        let (raw, factor) = (view.header.window, view.tcp.scale.factor());
        said.step(
            "RFC 7323, 2.2",
            arithmetic::window(said.lang, &raw, &factor, &view.tcp.window),
        );
    }
    round_trip(view, said);
    for rule in view.tcp.marks.iter().filter_map(rules::of) {
        let name = rule.name.get(said.lang);
        let source = rule.fields.first().copied().unwrap_or_default();
        said.step(source, arithmetic::mark(said.lang, name));
    }
}

fn sequence(view: &View<'_>, said: &mut Clauses) {
    let base = view.header.seq.minus(view.tcp.seq);
    let wrap = |wrapped: bool| {
        if wrapped {
            arithmetic::WRAP.get(said.lang)
        } else {
            ""
        }
    };
    let wrapped = wrap(view.header.seq.0 < base.0);
    said.step(
        "RFC 9293, 3.4",
        arithmetic::seq(
            said.lang,
            &view.header.seq.0,
            &base.0,
            format!("{}{wrapped}", view.tcp.seq),
        ),
    );
}

/// The time since the segment that is acknowledged, where it is known which one that is.
fn round_trip(view: &View<'_>, said: &mut Clauses) {
    let (Some(frame), Some(rtt)) = (view.tcp.acks_frame, view.tcp.ack_rtt) else {
        return;
    };
    let lang = said.lang;
    if let Some(News::New(cover)) = news(view)
        && let Some(copy) = cover.answers
        && let Some(lasted) = view.latest.at.since(copy)
        && let Some(echo) = view.latest.echo
    {
        let time = span(lasted, lang);
        return said.step("RFC 7323, 4.1", answers(lang, echo, copy.frame, time));
    }
    if rtt.0 < 0 {
        return;
    }
    let time = span(rtt.0, lang).to_string();
    let last = view.latest.ack.unwrap_or_default() - 1;
    let copies = view.receiver().log.copies(last, view.frame);
    let copies: Vec<_> = copies
        .map(|it| it.at.frame)
        .filter(|it| *it > frame)
        .collect();
    let list = frame_list(&copies, lang);
    match u64::try_from(copies.len()) {
        Ok(0) => said.step("tcp.analysis.ack_rtt", arithmetic::rtt(lang, time, frame)),
        count => {
            let count = count.unwrap_or(u64::MAX);
            said.step(
                "RFC 6298, 3",
                arithmetic::copied(lang, count, time, frame, list),
            );
        }
    }
}

fn acknowledgment(view: &View<'_>, said: &mut Clauses) {
    let (ack, raw) = (view.tcp.ack, view.header.ack.0);
    match news(view) {
        Some(News::New(cover)) if !view.header.flags.rst() => {
            let whole = low(view.latest.ack.unwrap_or_default() - cover.from);
            let from = view.header.ack.minus(whole);
            let mut sum = number(cover.from).to_string();
            let mut raw_sum = from.0.to_string();
            let ones = u32::from(cover.syn.is_some()) + u32::from(cover.fin.is_some());
            for sum in [&mut sum, &mut raw_sum] {
                part(sum, u32::from(cover.syn.is_some()), " (SYN)");
                part(sum, whole.wrapping_sub(ones), "");
                part(sum, u32::from(cover.fin.is_some()), " (FIN)");
            }
            let wrapped = if raw < from.0 {
                arithmetic::WRAP.get(said.lang)
            } else {
                ""
            };
            said.step(
                "RFC 9293, 3.4",
                arithmetic::ack(said.lang, &sum, &ack, &raw_sum, format!("{raw}{wrapped}")),
            );
        }
        Some(News::Same(_)) => said.step("RFC 9293, 3.4", arithmetic::same(said.lang, &ack, &raw)),
        _ => {}
    }
}

fn part(sum: &mut String, count: u32, note: &str) {
    if count > 0 {
        let _ = write!(sum, " + {count}{note}");
    }
}
