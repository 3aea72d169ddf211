//! What is remembered of one direction of a connection.

use super::DuplicateAck;
use super::marks::Marks;
use super::sacks::Sacks;
use super::unacked::Unacked;
use crate::model::dialect::Dialect;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::time::Nanos;

/// The number that stands for "not known" in [`Flow::next`], [`Flow::contiguous`] and
/// [`Flow::ack`]. tshark takes it so, and a connection whose numbers pass through 0 is judged
/// oddly for a moment.
pub(super) const UNKNOWN: Seq = Seq(0);

/// What a window has to be multiplied with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scale {
    /// The handshake was not seen.
    #[default]
    Unknown,
    /// The handshake was seen and one side did not offer scaling (RFC 7323, 2.2).
    Off,
    /// By 2 to this power, 0 to 14.
    Shift(u8),
}

impl Scale {
    /// As tshark's field `tcp.window_size_scalefactor` has it: the factor, -1 where it is not
    /// known, -2 where scaling is off.
    pub const fn factor(self) -> i32 {
        match self {
            Scale::Unknown => -1,
            Scale::Off => -2,
            Scale::Shift(shift) => 1 << shift,
        }
    }

    /// A raw window in bytes.
    pub(super) const fn apply(self, window: u32) -> u32 {
        match self {
            Scale::Unknown | Scale::Off => window,
            Scale::Shift(shift) => window << shift,
        }
    }
}

/// How many duplicate acknowledgments a direction has sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Duplicates(u32);

impl Duplicates {
    /// Of 4.0, after an acknowledgment of something unseen: more than any count, until the direction
    /// acknowledges something else.
    const POISONED: u32 = u32::MAX;

    pub(super) const fn none(self) -> bool {
        self.0 == 0
    }

    /// Enough of them to make a sender retransmit (RFC 5681, 3.2, where it takes three segments
    /// with the same number: the first and two copies).
    pub(super) const fn enough(self) -> bool {
        self.0 >= 2
    }

    /// Counts one more and says how many there are.
    pub(super) fn count(&mut self) -> u32 {
        self.0 = self.0.wrapping_add(1).max(1);
        self.0
    }

    pub(super) fn poison(&mut self) {
        self.0 = Self::POISONED;
    }

    pub(super) fn reset(&mut self) {
        self.0 = 0;
    }
}

/// One direction of a connection, before the packet that is being judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Flow {
    /// The number that is shown as 0; counts once `based`.
    base: Seq,
    /// The highest end of anything seen; SYN and FIN count 1.
    pub(super) next: Seq,
    /// The frame that set `next`.
    pub(super) next_frame: FrameNo,
    /// When it came.
    pub(super) next_time: Nanos,
    /// The highest end without a known hole.
    pub(super) contiguous: Seq,
    /// The acknowledgment field of the last packet, whether or not it counted.
    pub(super) ack: Seq,
    /// The frame in which `ack` last changed.
    pub(super) ack_frame: FrameNo,
    /// When the last packet came; 1970 before the first.
    pub(super) time: Nanos,
    pub(super) duplicates: Duplicates,
    /// The raw window of the last packet; beyond 16 bits before the first.
    pub(super) window: u32,
    /// Bytes since the last PSH.
    pub(super) push_bytes: u32,
    /// The SACK blocks of the last packet.
    pub(super) sacks: Sacks,
    pub(super) unacked: Unacked,
    /// The number that is shown as 0 is known.
    based: bool,
    /// The marks of the last packet.
    pub(super) marks: Marks,
    pub(super) scale: Scale,
    /// The payload bytes of the packet that last moved `next`, of which tshark keeps the low eight
    /// bits.
    pub(super) newest_len: u8,
    /// The Multipath TCP subtypes of the connection when this direction was last judged.
    pub(super) multipath: u16,
    /// A SYN was sent and no plain acknowledgment yet: the window is not scaled.
    pub(super) awaits_ack: bool,
    /// Nothing is known to be missing, so bytes in flight can be told.
    pub(super) flight_known: bool,
    /// The last data packet had PSH.
    pub(super) pushed: bool,
    /// A plain SCPS option was sent.
    pub(super) scps: bool,
}

impl Flow {
    /// A direction in which nothing was sent yet. `scale` is what the other one has shown of it, and
    /// `epoch` 1970, counted from the first frame.
    pub(super) fn new(dialect: Dialect, scale: Scale, epoch: Nanos) -> Self {
        Self {
            base: Seq(0),
            based: false,
            next: UNKNOWN,
            next_frame: 0,
            next_time: Nanos::ZERO,
            contiguous: UNKNOWN,
            ack: UNKNOWN,
            ack_frame: 0,
            time: epoch,
            duplicates: Duplicates::default(),
            window: u32::MAX,
            push_bytes: 0,
            sacks: Sacks::default(),
            unacked: Unacked::default(),
            marks: Marks::NONE,
            scale,
            newest_len: 0,
            multipath: 0,
            awaits_ack: false,
            flight_known: dialect.flight_known_at_first(),
            pushed: false,
            scps: false,
        }
    }

    /// The number that is shown as 0, where it is known.
    #[inline]
    pub(super) fn base(&self) -> Option<Seq> {
        self.based.then_some(self.base)
    }

    /// The same, or 0.
    #[inline]
    pub(super) fn origin(&self) -> Seq {
        self.base
    }

    /// Makes `base` the number that is shown as 0.
    #[inline]
    pub(super) fn set_base(&mut self, base: Seq) {
        self.base = base;
        self.based = true;
    }

    /// Counts one more duplicate of its last acknowledgment, and says which that is.
    pub(super) fn repeat_ack(&mut self) -> DuplicateAck {
        DuplicateAck {
            of: self.ack_frame,
            number: self.duplicates.count(),
        }
    }

    /// Takes notice that the byte of a zero window probe was accepted: everything before `ack` was
    /// seen.
    pub(super) fn take_probe(&mut self, ack: Seq) {
        self.next = ack;
        self.contiguous = ack;
    }

    /// A number of this direction as it is shown.
    pub(super) fn relative(&self, seq: Seq) -> u32 {
        seq.from_base(self.base)
    }

    /// Whether `ack` acknowledges bytes of this direction that were not seen.
    pub(super) fn unseen_before(&self, ack: Seq) -> bool {
        self.contiguous != UNKNOWN && ack.after(self.contiguous)
    }

    /// Whether a hole in this direction is known.
    pub(super) fn has_hole(&self) -> bool {
        self.contiguous.before(self.next)
    }
}
