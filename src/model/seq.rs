//! Sequence numbers on the circle of 2^32 (RFC 9293, 3.4).

/// A raw sequence or acknowledgment number. Arithmetic wraps; order is by signed distance, as
/// tshark decides it, so that at a distance of exactly 2^31 a number is both before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Seq(pub u32);

impl Seq {
    /// This number and `count` more.
    #[must_use]
    pub const fn plus(self, count: u32) -> Seq {
        Seq(self.0.wrapping_add(count))
    }

    /// This number less `count`.
    #[must_use]
    pub const fn minus(self, count: u32) -> Seq {
        Seq(self.0.wrapping_sub(count))
    }

    /// How far this number is past `base`, modulo 2^32: a relative number.
    pub const fn from_base(self, base: Seq) -> u32 {
        self.0.wrapping_sub(base.0)
    }

    /// Whether this number comes after `other`.
    pub const fn after(self, other: Seq) -> bool {
        other.0.wrapping_sub(self.0).cast_signed() < 0
    }

    /// Whether this number comes before `other`.
    pub const fn before(self, other: Seq) -> bool {
        self.0.wrapping_sub(other.0).cast_signed() < 0
    }

    /// Whether this number is `other` or comes before it.
    pub const fn at_or_before(self, other: Seq) -> bool {
        self.0.wrapping_sub(other.0).cast_signed() <= 0
    }
}

#[cfg(test)]
mod tests {
    use super::Seq;

    #[test]
    fn order_survives_the_wrap_and_is_not_a_negation_at_half_the_circle() {
        assert!(Seq(5).after(Seq(u32::MAX - 5)));
        assert!(Seq(u32::MAX - 5).before(Seq(5)));
        assert_eq!(Seq(4).from_base(Seq(u32::MAX)), 5);
        let far = Seq(1 << 31);
        assert!(far.after(Seq(0)) && far.before(Seq(0)) && far.at_or_before(Seq(0)));
    }
}
