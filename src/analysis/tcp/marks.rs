//! The set of analysis marks of a segment.

/// tshark's analysis marks as a set of bits, lowest bit first in the order in which tshark prints
/// them in front of Info.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub struct Marks(pub u16);

impl Marks {
    /// `[TCP ZeroWindowProbeAck]`
    pub const ZERO_WINDOW_PROBE_ACK: Marks = Marks(1 << 0);
    /// `[TCP ZeroWindow]`
    pub const ZERO_WINDOW: Marks = Marks(1 << 1);
    /// `[TCP ZeroWindowProbe]`
    pub const ZERO_WINDOW_PROBE: Marks = Marks(1 << 2);
    /// `[TCP Dup ACK n#m]`
    pub const DUP_ACK: Marks = Marks(1 << 3);
    /// `[TCP Keep-Alive ACK]`
    pub const KEEP_ALIVE_ACK: Marks = Marks(1 << 4);
    /// `[TCP Keep-Alive]`
    pub const KEEP_ALIVE: Marks = Marks(1 << 5);
    /// `[TCP Window Full]`
    pub const WINDOW_FULL: Marks = Marks(1 << 6);
    /// `[TCP Window Update]`
    pub const WINDOW_UPDATE: Marks = Marks(1 << 7);
    /// `[TCP ACKed unseen segment]`
    pub const ACKED_UNSEEN: Marks = Marks(1 << 8);
    /// `[TCP Previous segment not captured]`
    pub const LOST_SEGMENT: Marks = Marks(1 << 9);
    /// `[TCP Out-Of-Order]`
    pub const OUT_OF_ORDER: Marks = Marks(1 << 10);
    /// `[TCP Spurious Retransmission]`
    pub const SPURIOUS_RETRANSMISSION: Marks = Marks(1 << 11);
    /// `[TCP Fast Retransmission]`
    pub const FAST_RETRANSMISSION: Marks = Marks(1 << 12);
    /// `[TCP Retransmission]`
    pub const RETRANSMISSION: Marks = Marks(1 << 13);
    /// `[TCP Port numbers reused]`
    pub const PORT_REUSED: Marks = Marks(1 << 14);
    /// The three kinds of retransmission.
    pub const SENT_AGAIN: Marks = Marks(
        Self::SPURIOUS_RETRANSMISSION.0 | Self::FAST_RETRANSMISSION.0 | Self::RETRANSMISSION.0,
    );
    /// No mark.
    pub const NONE: Marks = Marks(0);

    /// Both sets together.
    #[must_use]
    pub const fn with(self, other: Marks) -> Marks {
        Marks(self.0 | other.0)
    }

    /// This set less `other`'s marks.
    #[must_use]
    pub const fn without(self, other: Marks) -> Marks {
        Marks(self.0 & !other.0)
    }

    /// Whether any of `other`'s marks is in this set.
    pub const fn any(self, other: Marks) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether this set holds all of `other`'s marks.
    pub const fn has(self, other: Marks) -> bool {
        self.0 & other.0 == other.0
    }

    /// The marks of this set one by one, in the order in which tshark prints them.
    pub fn iter(self) -> impl Iterator<Item = Marks> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let mark = rest & rest.wrapping_neg();
            rest ^= mark;
            (mark != 0).then_some(Marks(mark))
        })
    }

    /// Whether there is no mark.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
