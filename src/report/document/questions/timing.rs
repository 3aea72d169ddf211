//! Times: round trips, what was sent again and when, how acknowledgments wait.

use super::{Asked, capital, joined};
use crate::analysis::moment::Moment;
use crate::analysis::record::end::Repeat;
use crate::analysis::record::trips::{Acks, Delay};
use crate::model::side::Side;
use crate::report::words::{ack, again, trips};
use crate::text::Lang;
use crate::text::quantity::{bytes, span};

/// How much longer than a round trip an ACK waits at least before it is called delayed, and at
/// most (RFC 9293, 3.8.6.3), in nanoseconds.
const DELAYED: (i64, i64) = (10_000_000, 500_000_000);

pub(super) fn calls(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let calls = &asked.end(side).calls;
        (calls.len() > 1).then(|| growth(asked, side, calls))?
    });
    joined(said.collect())
}

pub(super) fn intervals(asked: &Asked<'_>) -> Option<String> {
    let said = asked.sides().into_iter().filter_map(|side| {
        let end = asked.end(side);
        let copies = &end.again.copies;
        // Those of the SYN have a question of their own.
        let syn = copies.first() == end.calls.first();
        // One interval alone shows no growth.
        let shown = copies.len() > 2 && !(syn && end.calls.len() > 1);
        shown.then(|| growth(asked, side, copies))?
    });
    joined(said.collect())
}

/// The copies of one segment, the times between them, and how these grow.
fn growth(asked: &Asked<'_>, side: Side, copies: &[Moment]) -> Option<String> {
    let pairs = copies.iter().zip(copies.get(1..)?);
    let spans: Option<Vec<i64>> = pairs.map(|(a, b)| b.since(*a)).collect();
    let (spans, lang) = (spans?, asked.lang);
    let frames: Vec<String> = copies.iter().map(|at| format!("#{}", at.frame)).collect();
    let times: Vec<String> = spans.iter().map(|it| span(*it, lang).to_string()).collect();
    let the = asked.who.the(side);
    let (frames, times) = (frames.join(", "), times.join(", "));
    let said = match verdict(&spans) {
        Growth::One => {
            again::copies(lang, the, frames, times, again::one_interval(lang)).to_string()
        }
        Growth::Linear => again::copies(lang, the, frames, times, again::linear(lang)).to_string(),
        Growth::Doubling => {
            again::copies(lang, the, frames, times, again::doubling(lang)).to_string()
        }
        Growth::Neither => {
            again::copies(lang, the, frames, times, again::neither(lang)).to_string()
        }
    };
    Some(capital(&said))
}

/// How times between copies grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Growth {
    One,
    Linear,
    Doubling,
    Neither,
}

/// How times between copies grow, from these times alone.
fn verdict(spans: &[i64]) -> Growth {
    let ratios = || {
        spans
            .windows(2)
            .map(|pair| pair[1] as f64 / pair[0].max(1) as f64)
    };
    let all = |low: f64, high: f64| ratios().all(|ratio| (low..=high).contains(&ratio));
    match spans.len() {
        0 | 1 => Growth::One,
        _ if all(0.85, 1.15) => Growth::Linear,
        _ if all(1.7, 2.3) => Growth::Doubling,
        _ => Growth::Neither,
    }
}

pub(super) fn rtt(asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let mut said = Vec::new();
    if let Some(rtt) = asked.conversation.initial_rtt().filter(|rtt| rtt.0 >= 0) {
        let life = &asked.conversation.lifecycle;
        let [client, _] = asked.sides();
        if let (Some(syn), Some(ack)) = (life.syns()[client.index()], life.handshake_ack()) {
            said.push(trips::handshake(lang, span(rtt.0, lang), syn, ack).to_string());
        }
    }
    let ends = asked.record.ends();
    let mut timings = ends.iter().filter_map(|end| end.timing.as_ref());
    if timings.any(|it| !it.trips.samples.is_empty()) {
        said.push(trips::see_table(lang).to_string());
    } else if ends.iter().any(|end| end.data.segments > 0) {
        said.push(trips::no_sample(lang).to_string());
    }
    joined(said)
}

pub(super) fn repeated(asked: &Asked<'_>) -> Option<String> {
    let (ends, lang) = (asked.record.ends(), asked.lang);
    let count: u64 = ends.iter().map(|end| end.again.count).sum();
    let twice: u64 = ends.iter().map(|end| end.twice).sum();
    let mut said = Vec::new();
    if count == 0 {
        let whole = asked.record.sound() && ends.iter().all(|it| it.unique() == it.data.bytes);
        if !whole {
            return None;
        }
        let probed = ends.iter().any(|end| end.probes.with_byte > 0);
        said.push(match probed {
            true => again::none_but_probes(lang, asked.span()).to_string(),
            false => again::none(lang, asked.span()).to_string(),
        });
    } else {
        said.push(again::by_numbers(lang, count).to_string());
        let mut named = 0;
        for side in asked.sides() {
            for Repeat { at, of } in &asked.end(side).again.repeats {
                named += 1;
                let gap = of.and_then(|of| at.since(of));
                said.push(match (of, gap) {
                    (None, _) => again::repeats_long_ago(lang, at.frame).to_string(),
                    (Some(of), None) => again::repeats_of(lang, at.frame, of.frame).to_string(),
                    (Some(of), Some(gap)) => {
                        let gap = span(gap, lang);
                        again::repeats_after(lang, at.frame, of.frame, gap).to_string()
                    }
                });
            }
        }
        if count > named {
            said.push(again::more(lang, count - named).to_string());
        }
    }
    if twice > 0 {
        said.push(again::twice(lang, twice).to_string());
    }
    joined(said)
}

pub(super) fn acks(asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let mut said = Vec::new();
    for side in asked.sides() {
        let Some(timing) = &asked.end(side).timing else {
            continue;
        };
        let acks = &timing.acks;
        let the = asked.who.the(side);
        if acks.pure > 0 {
            said.push(capital(&waits(acks, &the, lang)));
            let trip = asked.conversation.initial_rtt().map(|rtt| rtt.0);
            let least = trip.map(|trip| trip.saturating_add(DELAYED.0));
            let waited = acks.longest.zip(least);
            let delayed =
                waited.is_some_and(|(it, least)| (least..=DELAYED.1).contains(&it.lasted));
            if let Some(trip) = trip.filter(|_| delayed) {
                said.push(ack::delayed(lang, span(trip, lang)).to_string());
            }
        }
        if acks.carried > 0 {
            said.push(capital(&ack::carried(lang, acks.carried, the).to_string()));
        }
    }
    let ends = asked.record.ends().iter();
    let mut timings = ends.filter_map(|end| end.timing.as_ref());
    if timings.any(|it| it.acks.most.0 > 1) {
        said.push(ack::cumulative(lang).to_string());
    }
    joined(said)
}

/// How many ACKs an end sent, for how much, and how long they waited.
fn waits(acks: &Acks, the: &str, lang: Lang) -> String {
    let Acks {
        pure,
        covered,
        most,
        ..
    } = *acks;
    let delay = match (acks.shortest, acks.longest) {
        (_, None) | (None, _) if pure == 1 => ack::copy_unknown(lang).to_string(),
        (_, None) | (None, _) => String::new(),
        (_, Some(Delay { lasted, data, .. })) if pure == 1 && covered > 1 => {
            ack::after_last(lang, span(lasted, lang), data).to_string()
        }
        (_, Some(Delay { lasted, data, .. })) if pure == 1 => {
            ack::after(lang, span(lasted, lang), data).to_string()
        }
        (Some(least), Some(it)) => {
            let (shortest, longest) = (span(least.lasted, lang), span(it.lasted, lang));
            match least.lasted == it.lasted {
                true => ack::delay_most(lang, longest, it.data, it.ack).to_string(),
                false => ack::delays(lang, shortest, longest, it.data, it.ack).to_string(),
            }
        }
    };
    match pure {
        1 => ack::one(lang, covered, the, most.1, delay).to_string(),
        _ => ack::several(lang, most.0, the, pure, covered, most.1, delay).to_string(),
    }
}

pub(super) fn amounts(asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let said = asked.sides().into_iter().filter_map(|side| {
        let acks = &asked.end(side).timing.as_ref()?.acks;
        let the = asked.who.the(side);
        let sure = asked.end(side.other()).sound() && !acks.more_amounts;
        let often = acks.amounts.iter().max_by_key(|it| it.1).filter(|_| sure)?;
        let least = acks.amounts.iter().min_by_key(|it| it.0)?;
        let most = acks.amounts.iter().max_by_key(|it| it.0)?;
        let size = |it: &(u64, u64, u32)| bytes(lang, it.0).to_string();
        let said = match (acks.pure, acks.amounts.len()) {
            (1, _) => ack::amount_of_one(lang, the, size(often), often.2).to_string(),
            (count, 1) => ack::amount_same(lang, the, size(often), count).to_string(),
            (count, _) => {
                let (low, high) = (size(least), size(most));
                let as_often = acks.amounts.iter().filter(|it| it.1 == often.1);
                match as_often.count() {
                    1 => {
                        let (often, times) = (size(often), often.1);
                        ack::amounts(lang, the, often, times, count, low, least.2, high, most.2)
                            .to_string()
                    }
                    _ => {
                        ack::amounts_alike(lang, the, count, low, least.2, high, most.2).to_string()
                    }
                }
            }
        };
        Some(capital(&said))
    });
    joined(said.collect())
}

pub(super) fn nagle(asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let said = asked.sides().into_iter().filter_map(|side| {
        let nagle = &asked.end(side).timing.as_ref()?.nagle;
        let of = asked.who.of(side);
        match (nagle.eager, nagle.held) {
            (Some((first, second)), _) => Some(trips::eager(lang, second, of, first).to_string()),
            (None, Some(it)) => {
                let (after, waited) = (span(it.after, lang), span(it.waited, lang));
                let (sent, ack, open) = (it.sent.frame, it.ack.frame, it.open.frame);
                Some(trips::held(lang, sent, of, after, ack, waited, open).to_string())
            }
            (None, None) => None,
        }
    });
    joined(said.collect())
}

#[cfg(test)]
mod tests {
    use super::{Growth, verdict};

    #[test]
    fn growth_is_called_what_the_intervals_say() {
        let ms = |times: &[i64]| times.iter().map(|ms| ms * 1_000_000).collect::<Vec<_>>();
        assert_eq!(verdict(&ms(&[1007])), Growth::One);
        assert_eq!(verdict(&ms(&[1007, 1023, 1024])), Growth::Linear);
        assert_eq!(verdict(&ms(&[1000, 2010, 4100, 8000])), Growth::Doubling);
        assert_eq!(verdict(&ms(&[203, 208, 436])), Growth::Neither);
        assert_eq!(verdict(&ms(&[0, 0])), Growth::Neither);
    }
}
