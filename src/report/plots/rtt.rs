//! Round trips over time.

use super::Mark;
use super::thin::Thin;
use crate::model::time::Nanos;

/// The round trips of one end's data.
#[derive(Clone, Debug, Default)]
pub(super) struct RoundTrips {
    pub(super) points: Thin,
    shortest: Option<Nanos>,
    longest: Nanos,
    sum: i128,
}

impl RoundTrips {
    /// Takes a round trip that an acknowledgment at `x` ended.
    pub(super) fn push(&mut self, frame: u32, x: f64, rtt: Nanos) {
        let y = seconds(rtt);
        self.points.push(Mark {
            frame,
            x,
            low: y,
            high: y,
        });
        self.shortest = Some(self.shortest.map_or(rtt, |shortest| shortest.min(rtt)));
        self.longest = self.longest.max(rtt);
        self.sum += i128::from(rtt.0);
    }

    /// The shortest, the mean and the longest in seconds; `None` where there is none.
    pub(super) fn times(&self) -> Option<[f64; 3]> {
        let shortest = self.shortest?;
        let mean = self.sum / i128::from(self.points.count.max(1));
        let mean = Nanos(i64::try_from(mean).unwrap_or(i64::MAX));
        Some([shortest, mean, self.longest].map(seconds))
    }
}

/// A length of time in seconds; exact to the nanosecond for 100 days.
pub(super) fn seconds(time: Nanos) -> f64 {
    super::sequence::float(time.0) / 1e9
}
