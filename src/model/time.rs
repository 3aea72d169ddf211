//! Times as captures hold them.

use std::cmp::Ordering;
use std::time::Duration;

/// A point in time: seconds since 1970-01-01 00:00:00 UTC and a fraction of a second.
///
/// Range: every signed 64-bit second, so that no pcapng time stamp overflows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timestamp {
    secs: i64,
    /// Of a second or more, or negative, where a damaged file claims that.
    nanos: i32,
}

const SECOND: i32 = 1_000_000_000;

impl Timestamp {
    /// A time from seconds and nanoseconds. Nanoseconds of a second or more carry over.
    pub fn new(secs: i64, nanos: u32) -> Self {
        let second = SECOND.unsigned_abs();
        Self {
            secs: secs.saturating_add(i64::from(nanos / second)),
            nanos: (nanos % second).cast_signed(),
        }
    }

    /// A time with the fraction that a file claims, however damaged, as tshark holds it.
    #[inline]
    pub const fn claimed(secs: i64, nanos: i32) -> Self {
        Self { secs, nanos }
    }

    /// Whole seconds since 1970, rounded down.
    pub fn secs(self) -> i64 {
        let carry = self.nanos.div_euclid(SECOND);
        self.secs.saturating_add(i64::from(carry))
    }

    /// Nanoseconds into that second, 0 to 999,999,999.
    pub fn nanos(self) -> u32 {
        self.nanos.rem_euclid(SECOND).unsigned_abs()
    }

    /// Whether both parts are zero, which tshark takes for "no time".
    #[inline]
    pub const fn is_zero(self) -> bool {
        self.secs == 0 && self.nanos == 0
    }

    /// Seconds and fraction as the file claims them; `None` where they are sound.
    pub fn damaged_parts(self) -> Option<(i64, i32)> {
        let sound = (0..SECOND).contains(&self.nanos);
        (!sound).then_some((self.secs, self.nanos))
    }

    /// The time that passed from `earlier` to this one, as seconds and nanoseconds of the same sign
    /// or zero. They are subtracted as tshark does, with one second carried at most: where a
    /// damaged file claims a fraction of a second or more, the result may have one, too.
    #[inline]
    pub fn parts_since(self, earlier: Timestamp) -> (i64, i32) {
        let secs = self.secs.saturating_sub(earlier.secs);
        let nanos = self.nanos.wrapping_sub(earlier.nanos);
        if secs > 0 && nanos < 0 {
            (secs - 1, nanos.wrapping_add(SECOND))
        } else if secs < 0 && nanos > 0 {
            (secs + 1, nanos.wrapping_sub(SECOND))
        } else {
            (secs, nanos)
        }
    }

    /// The time that passed from `earlier` to this one; negative where this one is earlier.
    pub fn since(self, earlier: Timestamp) -> Span {
        Span(self.total_nanos() - earlier.total_nanos())
    }

    /// The same in 64 bits of nanoseconds, modulo 2^64 of them (584 years). Of two such times that
    /// lie within 292 years of each other, [`Nanos::since`] is exact, however far both lie from
    /// `earlier`.
    #[inline]
    pub const fn since_wrapped(self, earlier: Timestamp) -> Nanos {
        let secs = self.secs.wrapping_sub(earlier.secs);
        let nanos = self.nanos as i64 - earlier.nanos as i64;
        Nanos(secs.wrapping_mul(1_000_000_000).wrapping_add(nanos))
    }

    /// Which era around `earlier` this is in: 0 is 146 years either way, the others follow on both
    /// sides up to each multiple of 2^63 nanoseconds (292 years). What [`Timestamp::since_wrapped`]
    /// says of two times in the same era keeps their order and their difference; of others it may
    /// not.
    #[inline]
    pub fn era_since(self, earlier: Timestamp) -> i32 {
        const NEAR: u64 = (1 << 62) / 1_000_000_000;
        match self.secs.abs_diff(earlier.secs) < NEAR {
            true => 0,
            false => self.far_era(earlier),
        }
    }

    #[cold]
    fn far_era(self, earlier: Timestamp) -> i32 {
        let multiple = self.since(earlier).0 >> 63;
        let era = multiple + i128::from(multiple >= 0);
        // Seconds of 64 bits lie within 2,000,000,000 multiples of each other.
        i32::try_from(era).unwrap_or(i32::MAX)
    }

    /// Nanoseconds since 1970, clamped to what 64 bits hold (the years 1677 to 2262).
    pub fn nanos_clamped(self) -> i64 {
        self.secs
            .saturating_mul(1_000_000_000)
            .saturating_add(i64::from(self.nanos))
    }

    /// So many nanoseconds after 1970 began.
    pub fn from_nanos(nanos: i64) -> Self {
        Self {
            secs: nanos.div_euclid(SECOND.into()),
            // Less than a second.
            nanos: i32::try_from(nanos.rem_euclid(SECOND.into())).unwrap_or(0),
        }
    }

    /// Nanoseconds since 1970.
    pub fn total_nanos(self) -> i128 {
        i128::from(self.secs) * 1_000_000_000 + i128::from(self.nanos)
    }
}

/// A time by how long it is after 1970 began.
impl From<Duration> for Timestamp {
    fn from(since: Duration) -> Self {
        let secs = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        Timestamp::new(secs, since.subsec_nanos())
    }
}

/// The same point in time, however a file claims it.
impl PartialEq for Timestamp {
    fn eq(&self, other: &Self) -> bool {
        self.total_nanos() == other.total_nanos()
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let sound = |time: &Self| (0..SECOND).contains(&time.nanos);
        match sound(self) && sound(other) {
            // Nearly always, and without multiplying.
            true => (self.secs, self.nanos).cmp(&(other.secs, other.nanos)),
            false => self.total_nanos().cmp(&other.total_nanos()),
        }
    }
}

/// A signed length of time in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span(pub i128);

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);

    /// In nanoseconds, clamped to what 64 bits hold (292 years either way).
    pub fn nanos_clamped(self) -> i64 {
        i64::try_from(self.0).unwrap_or(if self.0 < 0 { i64::MIN } else { i64::MAX })
    }
}

/// A signed length of time in nanoseconds, 292 years either way: what conversations keep, where a
/// [`Span`] would double their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Nanos(pub i64);

impl Nanos {
    /// No time at all.
    pub const ZERO: Nanos = Nanos(0);

    /// The time that passed from `earlier` to this one; negative where this one is earlier. Modulo
    /// 2^64, as [`Timestamp::since_wrapped`] makes them.
    #[must_use]
    pub const fn since(self, earlier: Nanos) -> Nanos {
        Nanos(self.0.wrapping_sub(earlier.0))
    }

    /// The same of times that were clamped, not wrapped.
    #[must_use]
    pub const fn since_clamped(self, earlier: Nanos) -> Nanos {
        Nanos(self.0.saturating_sub(earlier.0))
    }

    /// As a [`Span`].
    pub const fn span(self) -> Span {
        Span(self.0 as i128)
    }
}
