//! What a panel shows, in numbers: read where the picture is not seen, and below it where it is.

use super::rtt::RoundTrips;
use super::sequence::{Direction, Marked};
use super::{Fact, What};

/// The facts of a direction; `above` is its window where that is not plotted.
pub(super) fn sequence(from: usize, direction: &Direction, above: Option<[u32; 2]>) -> Vec<Fact> {
    let mut facts = vec![Fact::Data {
        from,
        segments: direction.data,
        bytes: direction.bytes,
    }];
    let kinds: [(What, &Marked); 4] = [
        (What::Again, &direction.again),
        (What::OutOfOrder, &direction.out_of_order),
        (What::Sack, &direction.sacks),
        (What::Probe, &direction.probes),
    ];
    for (what, marked) in kinds {
        if marked.points.count > 0 {
            facts.push(Fact::Marked {
                what,
                count: marked.points.count,
                frames: marked.frames.clone(),
            });
        }
    }
    if direction.zero_count > 0 {
        facts.push(Fact::ZeroWindow {
            count: direction.zero_count,
            together: direction.zero_time,
        });
    }
    if let Some(window) = above {
        facts.push(Fact::WindowAbove(window.map(u64::from)));
    }
    if direction.scale_unknown {
        facts.push(Fact::ScaleUnknown);
    }
    facts
}

/// The round trips of both ends; `again` where data was sent more than once.
pub(super) fn round_trips(ends: &[RoundTrips; 2], again: bool) -> Vec<Fact> {
    let fact = |(from, end): (usize, &RoundTrips)| {
        Some(Fact::RoundTrips {
            from,
            count: end.points.count,
            times: end.times()?,
        })
    };
    let note = again.then_some(Fact::FromFirst);
    let facts = ends.iter().enumerate().filter_map(fact);
    facts.chain(note).collect()
}

/// How long a step is, and how much both ends sent on average.
pub(super) fn throughput(step: f64, averages: [f64; 2]) -> Vec<Fact> {
    let mut facts = vec![Fact::Step(step)];
    for (from, rate) in averages.into_iter().enumerate() {
        if rate > 0.0 {
            facts.push(Fact::Average { from, rate });
        }
    }
    facts
}
