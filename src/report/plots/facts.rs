//! What a panel shows, in numbers: read where the picture is not seen, and below it where it is.

use super::rtt::RoundTrips;
use super::sequence::{Direction, Marked};
use super::{Fact, What};
use crate::analysis::record::end::End;
use crate::model::time::Nanos;

/// The facts of a direction; `ends` are its sender and its receiver, `above` is the window where
/// that is not plotted.
pub(super) fn sequence(
    from: usize,
    direction: &Direction,
    ends: Option<[&End; 2]>,
    above: Option<[u32; 2]>,
) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some([sender, _]) = ends {
        facts.push(Fact::Data {
            from,
            segments: sender.data.segments,
            bytes: sender.data.bytes,
        });
    }
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
    if let Some([_, receiver]) = ends {
        let windows = &receiver.windows;
        let shut = windows.shut();
        let count = windows.closed_count - u64::from(shut.is_some());
        let together = Nanos(windows.closed_time);
        facts.extend((count > 0).then_some(Fact::ZeroWindow { count, together }));
        facts.extend(shut.map(|at| Fact::ZeroToTheEnd(at.frame)));
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
