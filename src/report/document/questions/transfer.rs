//! What is sent: bytes and numbers, segments, windows, throughput, overhead.

use super::{Asked, capital, joined};
use crate::analysis::record::end::Data;
use crate::analysis::record::line::low;
use crate::analysis::record::totals::{Silence, Wait};
use crate::model::side::Side;
use crate::report::words::numbers::{number, range};
use crate::report::words::{silence, transfer, window};
use crate::text::quantity::{bytes, per_second, percent, rate_of, span};

pub(super) fn numbers(asked: &Asked<'_>) -> Option<String> {
    if !asked.record.sound() {
        return None;
    }
    let lang = asked.lang;
    let said = asked.sides().into_iter().filter_map(|side| {
        let end = asked.end(side);
        let (syn, next) = (end.syn?, end.next?);
        let first = syn.place;
        let fin = end.fin.as_ref().filter(|fin| fin.place + 1 == next);
        let used = u64::try_from(next - first).ok()?;
        // Where a byte is missing the sum does not hold.
        if end.unique() + 1 + u64::from(fin.is_some()) != used {
            return None;
        }
        let (the, unique) = (asked.who.the(side), end.unique());
        let (syn, count) = (number(first), bytes(lang, unique));
        let last = next - 1 - i64::from(fin.is_some());
        // Numbers that start again at 0 stand in no range.
        let data = match low(first + 1) <= low(last) && used <= 1 << 32 {
            true => range(first + 1, last),
            false if unique > 0 => return None,
            false => range(first, first),
        };
        let mut said = capital(&match (unique, fin) {
            (0, None) => transfer::grows_syn(lang, the, syn, number(next)).to_string(),
            (0, Some(_)) => transfer::grows_bare(lang, the, syn, number(next - 1)).to_string(),
            (_, None) => {
                transfer::grows_open(lang, the, syn, data, count, number(next)).to_string()
            }
            (_, Some(_)) => {
                transfer::grows(lang, the, syn, data, count, number(next - 1)).to_string()
            }
        });
        if let Some((frame, ack)) = fin.and_then(|fin| fin.ack) {
            said.push(' ');
            said.push_str(&transfer::all_acked(lang, ack, frame).to_string());
        }
        Some(said)
    });
    joined(said.collect())
}

pub(super) fn segments(asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let said = asked.sides().into_iter().filter_map(|side| {
        let data = &asked.end(side).data;
        let ((least, least_at), (most, most_at)) = (data.shortest?, data.longest?);
        let (the, all) = (asked.who.the(side), bytes(lang, data.bytes));
        let each = |len: u32| bytes(lang, len.into());
        let count = data.segments;
        let mut said = capital(&match count {
            1 => transfer::length_one(lang, the, all, most_at).to_string(),
            _ if count == data.lens.len() as u64 => {
                transfer::length_list(lang, the, count, all, list(data)).to_string()
            }
            _ if least == most => {
                transfer::length_same(lang, the, count, each(most), all).to_string()
            }
            _ => {
                let (least, most) = (each(least), each(most));
                transfer::lengths(lang, the, count, all, least, least_at, most, most_at).to_string()
            }
        });
        let joined = &data.joined;
        if joined.count > 0 {
            let (frame, len) = joined.first;
            let of = asked.who.of(side.other());
            let (mss, least) = (joined.mss, joined.least);
            said.push(' ');
            said.push_str(
                &transfer::joined(lang, joined.count, mss, of, each(len), frame, least).to_string(),
            );
        }
        Some(said)
    });
    joined(said.collect())
}

/// `55 bytes (#4)`
fn list(data: &Data) -> String {
    let parts = data.lens.iter();
    let parts = parts.map(|(frame, len)| format!("{len} (#{frame})"));
    parts.collect::<Vec<_>>().join(", ")
}

pub(super) fn messages(asked: &Asked<'_>) -> Option<String> {
    let any = asked.record.ends().iter().any(|end| end.data.segments > 0);
    let known = super::calls::lengths(asked).is_some();
    any.then(|| match known {
        true => transfer::see_table(asked.lang).to_string(),
        false => transfer::not_in_packets(asked.lang).to_string(),
    })
}

pub(super) fn offered(asked: &Asked<'_>) -> Option<String> {
    let (lang, unscaled) = (asked.lang, asked.record.totals().unscaled);
    let said = asked.sides().into_iter().filter_map(|side| {
        let (least, frame) = asked.end(side).windows.smallest?;
        let least = match unscaled {
            true => least.to_string(),
            false => bytes(lang, least.into()).to_string(),
        };
        let the = asked.who.the(side);
        Some(capital(
            &window::smallest(lang, the, least, frame).to_string(),
        ))
    });
    let mut said: Vec<String> = said.collect();
    if !said.is_empty() && unscaled {
        said.push(window::fields(lang).to_string());
    }
    joined(said)
}

pub(super) fn closed_window(asked: &Asked<'_>) -> Option<String> {
    let lang = asked.lang;
    let mut said = Vec::new();
    for side in asked.sides() {
        let windows = &asked.end(side).windows;
        let (the, other) = (asked.who.the(side), asked.who.the(side.other()));
        if let Some(longest) = windows.longest.filter(|_| windows.closed_count > 1)
            && let (Some(to), Some(lasted)) = (longest.to, longest.lasted())
        {
            let (total, lasted) = (span(windows.closed_time, lang), span(lasted, lang));
            let (from, to) = (longest.from.frame, to.frame);
            let count = windows.closed_count;
            said.push(window::shut_in_all(lang, count, total, lasted, from, to).to_string());
        }
        for it in &windows.closed {
            let from = it.from.frame;
            said.push(capital(&match it.to {
                None => window::stays_shut(lang, &the, from, &other).to_string(),
                Some(to) => {
                    let lasted = it.lasted().map_or_else(String::new, |lasted| {
                        window::for_time(lang, span(lasted, lang)).to_string()
                    });
                    window::shut(lang, &the, from, to.frame, lasted, &other).to_string()
                }
            }));
        }
        let more = windows.closed_count - windows.closed.len() as u64;
        if more > 0 {
            said.push(window::shut_more(lang, more).to_string());
        }
        let probes = asked.end(side.other()).probes;
        if windows.closed_count > 0 && probes.window > 0 {
            let asks = window::probed(lang, probes.window, other, probes.window_answered);
            said.push(capital(&asks.to_string()));
        }
    }
    joined(said)
}

pub(super) fn throttled(asked: &Asked<'_>) -> Option<String> {
    let totals = asked.record.totals();
    if totals.unscaled || !asked.record.sound() {
        return None;
    }
    let lang = asked.lang;
    let said = asked.sides().into_iter().filter_map(|side| {
        let (own, offered) = (asked.end(side), &asked.end(side.other()).windows);
        let flight = own.timing.as_ref()?.flight;
        let (the, of) = (asked.who.the(side), asked.who.of(side.other()));
        let (room, full_at) = flight.room?;
        let shut = offered.closed.first().map(|it| it.from.frame);
        if let Some(frame) = shut.filter(|_| own.probes.window > 0) {
            return Some(window::throttled_shut(lang, the, of, frame).to_string());
        }
        if room <= 0 {
            return Some(window::throttled(lang, the, of, full_at).to_string());
        }
        let settled = own.data.end_acked.filter(|_| own.fin.is_some());
        if let Some(frame) = shut.filter(|shut| settled.is_some_and(|at| at.frame <= *shut)) {
            return Some(window::shut_after_all(lang, the, of, frame).to_string());
        }
        if let Some(frame) = shut {
            return Some(window::perhaps_shut(lang, the, of, frame).to_string());
        }
        let longest = own.data.longest.map_or(0, |(len, _)| len.into());
        if room < longest {
            let room = bytes(lang, room.unsigned_abs());
            return Some(window::perhaps_little(lang, the, of, full_at, room).to_string());
        }
        let ((least, least_at), (most, most_at)) = (offered.smallest?, flight.most);
        let (least, most) = (bytes(lang, least.into()), bytes(lang, most));
        let said = window::not_throttled(lang, the, least, least_at, of, most, most_at);
        Some(said.to_string())
    });
    joined(said.collect())
}

pub(super) fn silent(asked: &Asked<'_>) -> Option<String> {
    let it = asked.record.totals().silence.filter(Silence::long)?;
    let lang = asked.lang;
    let (lasted, from, to) = (span(it.lasted, lang), it.from.frame, it.to.frame);
    let said = match it.wait {
        Wait::Both => silence::both(lang, lasted, from, to).to_string(),
        Wait::Answer(side) => {
            let of = asked.who.of(side.other());
            silence::no_answer(lang, of, lasted, from, to).to_string()
        }
        Wait::Unknown => return None,
    };
    Some(format!("{}.", capital(&said)))
}

pub(super) fn throughput(asked: &Asked<'_>) -> Option<String> {
    if !asked.record.sound() {
        return None;
    }
    let said = asked
        .sides()
        .into_iter()
        .filter_map(|side| one_way(asked, side));
    joined(said.collect())
}

fn one_way(asked: &Asked<'_>, side: Side) -> Option<String> {
    let (end, lang) = (asked.end(side), asked.lang);
    let first = end.data.first?;
    let last = end.data.end_acked.or(end.data.last)?;
    let lasted = last.since(first).filter(|lasted| *lasted > 0)?;
    let unique = end.unique();
    let lasted_nanos = lasted.unsigned_abs();
    let way = asked.who.way(side);
    let (from, to) = (first.frame, last.frame);
    let time = span(lasted, lang);
    let each = per_second(unique, lasted_nanos, lang);
    let bits = rate_of(unique, lasted_nanos, lang);
    let unique = bytes(lang, unique);
    Some(capital(&match (end.data.end_acked, end.data.segments) {
        (Some(_), 1) => {
            transfer::rate_one(lang, way, &unique, from, to, time, each, bits).to_string()
        }
        (Some(_), _) => transfer::rate(lang, way, &unique, from, to, time, each, bits).to_string(),
        (None, _) => {
            transfer::rate_unacked(lang, way, &unique, from, to, time, each, bits).to_string()
        }
    }))
}

pub(super) fn overhead(asked: &Asked<'_>) -> Option<String> {
    let totals = asked.record.totals();
    if totals.packets == 0 || totals.unread > 0 || totals.split {
        return None;
    }
    let copies = totals.copies;
    let wire = totals.wire.checked_sub(copies.wire)?;
    let payload = totals.payload.checked_sub(copies.payload)?;
    let headers = totals.headers.checked_sub(copies.headers)?;
    let rest = wire.checked_sub(payload + headers)?;
    let data = asked.record.ends().iter().map(|end| end.data.segments);
    let (data, lang) = (data.sum::<u64>(), asked.lang);
    let share = percent(payload, wire, lang);
    let packets = totals.packets.checked_sub(copies.packets)?;
    let said = transfer::cost(lang, packets, data, wire, payload, share, headers, rest);
    let twice = match copies.packets {
        0 => String::new(),
        count => format!(" {}", transfer::twice(lang, count)),
    };
    Some(format!("{said}{twice}"))
}
