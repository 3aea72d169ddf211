//! Times as captures hold them.

/// A point in time: seconds since 1970-01-01 00:00:00 UTC and nanoseconds into that second.
///
/// Range: every signed 64-bit second, so that no pcapng time stamp overflows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp {
    /// Whole seconds since 1970, rounded down.
    pub secs: i64,
    /// Nanoseconds into the second, 0 to 999,999,999.
    pub nanos: u32,
}

impl Timestamp {
    /// A time from seconds and nanoseconds. Nanoseconds of a second or more carry over, as they
    /// do where a damaged file claims them.
    pub fn new(secs: i64, nanos: u32) -> Self {
        let carry = nanos / 1_000_000_000;
        Self {
            secs: secs.saturating_add(i64::from(carry)),
            nanos: nanos % 1_000_000_000,
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
