//! Panels out of what was collected.

use super::facts;
use super::followed::{Data, Followed};
use super::rtt::{RoundTrips, seconds};
use super::sequence::Direction;
use super::throughput::Bins;
use super::{Mark, Panel, Plot, PlotKind, Series, Unit, What};
use crate::analysis::conversation::Conversation;
use crate::analysis::record::end::End;
use crate::model::side::Side;
use crate::model::time::Nanos;
use crate::report::ladder::{Lane, LaneRole};

/// The window line is drawn as long as the axis need not be more than this many times longer.
const WORTHWHILE: f64 = 3.0;

/// The plot of a conversation.
pub(super) fn plot(kind: PlotKind, followed: Followed, conversation: &Conversation) -> Plot {
    // Data is collected by who sent the first packet; the client stands first in the plot.
    let client = conversation.lifecycle.roles().client();
    let turned = client == Some(Side::Second);
    let length = followed.end.since_clamped(followed.begin);
    let x = [0.0, seconds(length).max(1e-6)];
    let panels = match followed.data {
        Data::Sequence(directions) => {
            let mut directions = *directions;
            directions.iter_mut().for_each(|it| it.end(x[1]));
            let [a, b] = ordered(directions, turned);
            let ends = conversation.record().map(|record| {
                let [a, b] = record.ends();
                ordered([a, b], turned)
            });
            [(0, a), (1, b)]
                .into_iter()
                .filter(|(_, direction)| !direction.is_empty())
                .map(|(from, direction)| {
                    let ends = ends.map(|ends| ordered(ends, from == 1));
                    sequence(from, &direction, ends, x)
                })
                .collect()
        }
        Data::Rtt(ends) => {
            let known = conversation.record().map(|it| it.sent_again() > 0);
            let again = known.unwrap_or(conversation.retransmissions > 0);
            round_trips(&ordered(*ends, turned), x, again)
        }
        Data::Throughput(bins) => throughput(bins, length, turned, x),
    };
    let drawn = |panel: &Panel| panel.series.iter().map(|it| it.marks.len()).sum::<usize>();
    let drawn: usize = panels.iter().map(|(panel, _)| drawn(panel)).sum();
    let counted: u64 = panels.iter().map(|(_, counted)| counted).sum();
    let drawn = u64::try_from(drawn).unwrap_or(u64::MAX);
    Plot {
        kind,
        protocol: conversation.protocol,
        stream: conversation.stream,
        ends: ends(conversation, turned),
        begin: followed.begin,
        panels: panels.into_iter().map(|(panel, _)| panel).collect(),
        points: [counted.max(drawn), drawn],
    }
}

fn ordered<T>([a, b]: [T; 2], turned: bool) -> [T; 2] {
    match turned {
        true => [b, a],
        false => [a, b],
    }
}

/// The two ends with their roles.
fn ends(conversation: &Conversation, turned: bool) -> [Lane; 2] {
    let roles = conversation.lifecycle.roles();
    let assumed = roles.assumed();
    let [first, second] = ordered(conversation.ends(), turned);
    let role = |client: bool| match (roles.client(), client) {
        (None, _) => LaneRole::Unknown,
        (Some(_), true) => LaneRole::Client {
            number: None,
            assumed,
        },
        (Some(_), false) => LaneRole::Server { assumed },
    };
    [
        Lane {
            end: first,
            role: role(true),
        },
        Lane {
            end: second,
            role: role(false),
        },
    ]
}

/// A panel, and how many points it stands for.
type Counted = (Panel, u64);

fn sequence(from: usize, direction: &Direction, ends: Option<[&End; 2]>, x: [f64; 2]) -> Counted {
    let mut series = Vec::new();
    let mut counted = 0;
    let mut add = |what, thin: &super::thin::Thin| {
        if thin.count > 0 {
            counted += thin.count;
            series.push(Series {
                what,
                marks: thin.marks(),
            });
        }
    };
    add(What::Acked, &direction.acked);
    add(What::Segment, &direction.segments);
    add(What::Probe, &direction.probes.points);
    add(What::Sack, &direction.sacks.points);
    add(What::OutOfOrder, &direction.out_of_order.points);
    add(What::Again, &direction.again.points);
    let mut y = range(&series);
    for flag in direction.flags.iter().filter(|flag| flag.name != "RST") {
        y = [y[0].min(flag.y), y[1].max(flag.y)];
    }
    let above = direction.windows.filter(|_| {
        let window = direction.window.marks();
        let top = window.iter().map(|mark| mark.high).fold(y[1], f64::max);
        let near = top - y[0] <= WORTHWHILE * (y[1] - y[0]).max(1.0);
        if near {
            y[1] = top;
            counted += direction.window.count;
            series.insert(
                0,
                Series {
                    what: What::Window,
                    marks: window,
                },
            );
        }
        !near
    });
    let panel = Panel {
        from: Some(from),
        x,
        y: airy(y),
        unit: Unit::Bytes,
        series,
        zero_windows: direction.zero.clone(),
        flags: direction.flags.clone(),
        facts: facts::sequence(from, direction, ends, above),
    };
    (panel, counted)
}

fn round_trips(ends: &[RoundTrips; 2], x: [f64; 2], again: bool) -> Vec<Counted> {
    let series: Vec<Series> = ends
        .iter()
        .enumerate()
        .filter(|(_, end)| end.points.count > 0)
        .map(|(from, end)| Series {
            what: What::Of(from),
            marks: end.points.marks(),
        })
        .collect();
    if series.is_empty() {
        return Vec::new();
    }
    let top = range(&series)[1];
    let panel = Panel {
        from: None,
        x,
        y: airy([0.0, top.max(1e-9)]),
        unit: Unit::Seconds,
        series,
        zero_windows: Vec::new(),
        flags: Vec::new(),
        facts: facts::round_trips(ends, again),
    };
    vec![(panel, ends.iter().map(|end| end.points.count).sum())]
}

fn throughput(bins: Bins, length: Nanos, turned: bool, x: [f64; 2]) -> Vec<Counted> {
    let (step, bytes) = bins.finish(length);
    let sums = [0, 1].map(|end| bytes.iter().map(|bin| bin[end]).sum::<u64>());
    // A rate needs a length of time: one packet has none.
    if sums == [0, 0] || length.0 <= 0 {
        return Vec::new();
    }
    let width = seconds(step);
    let rate = |bytes: u64, time: f64| {
        let bytes = super::sequence::float(i64::try_from(bytes).unwrap_or(i64::MAX));
        8.0 * bytes / time
    };
    let places = ordered([0, 1], turned);
    let series: Vec<Series> = [0, 1]
        .into_iter()
        .filter(|end| sums[places[*end]] > 0)
        .map(|end| {
            let mut x = 0.0;
            let marks = bytes.iter().map(|bin| {
                let y = rate(bin[places[end]], width);
                let mark = Mark {
                    frame: 0,
                    x,
                    low: y,
                    high: y,
                };
                x += width;
                mark
            });
            Series {
                what: What::Of(end),
                marks: marks.collect(),
            }
        })
        .collect();
    let averages = places.map(|end| rate(sums[end], x[1]));
    let drawn: usize = series.iter().map(|it| it.marks.len()).sum();
    let panel = Panel {
        from: None,
        x: [0.0, x[1].max(width)],
        y: airy([0.0, range(&series)[1]]),
        unit: Unit::BitsPerSecond,
        series,
        zero_windows: Vec::new(),
        flags: Vec::new(),
        facts: facts::throughput(width, averages),
    };
    vec![(panel, u64::try_from(drawn).unwrap_or(u64::MAX))]
}

/// The least and the greatest of all values.
fn range(series: &[Series]) -> [f64; 2] {
    let marks = || series.iter().flat_map(|series| &series.marks);
    let low = marks().map(|mark| mark.low).fold(f64::INFINITY, f64::min);
    let high = marks()
        .map(|mark| mark.high)
        .fold(f64::NEG_INFINITY, f64::max);
    match low <= high {
        true => [low, high],
        false => [0.0, 1.0],
    }
}

/// A range with some air above it.
fn airy([low, high]: [f64; 2]) -> [f64; 2] {
    let span = high - low;
    match span > 0.0 {
        true => [low, high + span * 0.06],
        false => [low, low + 1.0],
    }
}
