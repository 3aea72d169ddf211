//! Times as captures hold them.

use std::cmp::Ordering;

/// A point in time: seconds since 1970-01-01 00:00:00 UTC and nanoseconds into that second.
///
/// Range: every signed 64-bit second, so that no pcapng time stamp overflows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timestamp {
    /// Whole seconds since 1970, rounded down.
    pub secs: i64,
    /// Nanoseconds into the second, 0 to 999,999,999.
    pub nanos: u32,
    /// How many of the whole seconds a damaged file claims within the fraction, -3 to 2; 0 in any
    /// other. Only [`Timestamp::parts`] looks at it.
    pub within: i8,
}

/// The same point in time, however a file claims it.
impl PartialEq for Timestamp {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        (self.secs, self.nanos) == (other.secs, other.nanos)
    }
}

impl Eq for Timestamp {}

impl PartialOrd for Timestamp {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        (self.secs, self.nanos).cmp(&(other.secs, other.nanos))
    }
}

impl Timestamp {
    /// A time from seconds and nanoseconds. Nanoseconds of a second or more carry over, as they
    /// do where a damaged file claims them.
    pub fn new(secs: i64, nanos: u32) -> Self {
        let carry = nanos / 1_000_000_000;
        Self {
            secs: secs.saturating_add(i64::from(carry)),
            nanos: nanos % 1_000_000_000,
            within: 0,
        }
    }

    /// A time from seconds and a fraction that may be of a second or more, or negative, as tshark
    /// holds those of damaged files; it is remembered which seconds the fraction brought along.
    pub fn claimed(secs: i64, nanos: i32) -> Self {
        let within = nanos.div_euclid(1_000_000_000);
        Self {
            secs: secs.saturating_add(i64::from(within)),
            nanos: nanos.rem_euclid(1_000_000_000).cast_unsigned(),
            within: i8::try_from(within).unwrap_or_default(),
        }
    }

    /// Seconds and nanoseconds as the file claims them.
    pub fn parts(self) -> (i64, i32) {
        let within = i32::from(self.within);
        let nanos = self.nanos.cast_signed();
        (
            self.secs.saturating_sub(i64::from(within)),
            nanos.wrapping_add(within.wrapping_mul(1_000_000_000)),
        )
    }

    /// The time that passed from `earlier` to this one, as seconds and nanoseconds the way tshark
    /// subtracts them: one second is carried at most, so that where a damaged file claims a fraction
    /// of a second or more, the result has one, too. Otherwise both have the same sign.
    pub fn parts_since(self, earlier: Timestamp) -> (i64, i32) {
        let ((now, nanos), (then, before)) = (self.parts(), earlier.parts());
        let (secs, nanos) = (now.saturating_sub(then), nanos.wrapping_sub(before));
        if secs > 0 && nanos < 0 {
            (secs - 1, nanos.wrapping_add(1_000_000_000))
        } else if secs < 0 && nanos > 0 {
            (secs + 1, nanos.wrapping_sub(1_000_000_000))
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
    /// `earlier`; tshark counts the times within a stream in as many bits.
    #[inline]
    pub const fn since_wrapped(self, earlier: Timestamp) -> Nanos {
        let secs = self.secs.wrapping_sub(earlier.secs);
        let nanos = self.nanos as i64 - earlier.nanos as i64;
        Nanos(secs.wrapping_mul(1_000_000_000).wrapping_add(nanos))
    }

    /// Nanoseconds since 1970, clamped to what 64 bits hold (the years 1677 to 2262).
    pub fn nanos_clamped(self) -> i64 {
        self.secs
            .saturating_mul(1_000_000_000)
            .saturating_add(i64::from(self.nanos))
    }

    fn total_nanos(self) -> i128 {
        i128::from(self.secs) * 1_000_000_000 + i128::from(self.nanos)
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
