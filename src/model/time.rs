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

    /// The same, clamped to what 64 bits hold (292 years either way).
    #[inline]
    pub fn since_clamped(self, earlier: Timestamp) -> Nanos {
        // Within 200 years nothing can overflow.
        const NEAR: u64 = 200 * 366 * 86_400;
        match self.secs.checked_sub(earlier.secs) {
            Some(secs) if secs.unsigned_abs() <= NEAR => {
                Nanos(secs * 1_000_000_000 + i64::from(self.nanos) - i64::from(earlier.nanos))
            }
            _ => Nanos(self.since(earlier).nanos_clamped()),
        }
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

/// A signed length of time in nanoseconds, within 292 years either way: what conversations keep,
/// where a [`Span`] would double their size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Nanos(pub i64);

impl Nanos {
    /// No time at all.
    pub const ZERO: Nanos = Nanos(0);

    /// The time that passed from `earlier` to this one; negative where this one is earlier.
    #[must_use]
    pub const fn since(self, earlier: Nanos) -> Nanos {
        Nanos(self.0.saturating_sub(earlier.0))
    }

    /// As a [`Span`].
    pub const fn span(self) -> Span {
        Span(self.0 as i128)
    }
}
