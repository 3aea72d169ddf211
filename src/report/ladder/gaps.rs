//! Where time passes that a reader should see.

use super::{Gap, Item};
use crate::model::time::Nanos;

/// From here on nothing happens for long enough to break the diagram.
const SILENCE: Nanos = Nanos(500_000_000);
/// From here on a gap is told whatever the others are like.
const LONG: Nanos = Nanos(100_000_000);
/// Below this no gap is told.
const SHORT: Nanos = Nanos(1_000_000);
/// How many times longer than usual a gap has to be.
const UNUSUAL: i64 = 10;

/// The gaps worth telling between things that happened at these times, in order: the place of the
/// later one, and the gap before it. Without a time there is no gap.
pub(super) fn between(times: &[Option<Nanos>]) -> Vec<(usize, Gap)> {
    let spans: Vec<(usize, Nanos)> = times
        .windows(2)
        .enumerate()
        .filter_map(|(place, pair)| match pair {
            [Some(before), Some(after)] => Some((place + 1, after.since_clamped(*before))),
            _ => None,
        })
        .collect();
    let usual = median(spans.iter().map(|(_, span)| *span).collect());
    let unusual = Nanos(usual.0.saturating_mul(UNUSUAL)).max(SHORT).min(LONG);
    spans
        .into_iter()
        .filter(|(_, span)| *span >= unusual)
        .map(|(place, time)| {
            let silence = time >= SILENCE;
            (place, Gap { time, silence })
        })
        .collect()
}

fn median(mut spans: Vec<Nanos>) -> Nanos {
    spans.sort_unstable();
    spans.get(spans.len() / 2).copied().unwrap_or_default()
}

/// Puts the gaps between the items whose times are given.
pub(super) fn insert(items: Vec<(Option<Nanos>, Item)>) -> Vec<Item> {
    let times: Vec<Option<Nanos>> = items.iter().map(|(time, _)| *time).collect();
    let mut gaps = between(&times).into_iter().peekable();
    let mut all = Vec::with_capacity(items.len());
    for (place, (_, item)) in items.into_iter().enumerate() {
        if let Some((_, gap)) = gaps.next_if(|(at, _)| *at == place) {
            all.push(Item::Gap(gap));
        }
        all.push(item);
    }
    all
}
