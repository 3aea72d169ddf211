//! What is counted of a TCP conversation, both ends together.

use crate::analysis::moment::Moment;
use crate::model::frame::FrameNo;

/// The counts of a conversation.
#[derive(Clone, Copy, Debug, Default)]
pub struct Totals {
    /// Its first segment.
    pub first: Option<FrameNo>,
    /// Its latest segment.
    pub last: Option<Moment>,
    /// The time of the first frame of the capture, in nanoseconds since 1970.
    pub origin: Option<i64>,
    /// The packet that completed the handshake.
    pub opened: Option<Moment>,
    /// The first FIN or RST.
    pub closing: Option<FrameNo>,
    /// Segments whose header or length cannot be read.
    pub unread: u64,
    /// Of the segments that can be read: how many.
    pub packets: u64,
    /// Their bytes on the wire.
    pub wire: u64,
    /// The bytes of their TCP headers.
    pub headers: u64,
    /// The bytes of their payload, each as often as it was sent.
    pub payload: u64,
    /// Of all these, the copies of packets that are in the capture twice.
    pub copies: Copies,
    /// A segment came in several frames (IP fragments): its bytes on the wire are not those of
    /// its own frame.
    pub split: bool,
    /// A window is shown as it stands in the header: the scale is not known.
    pub unscaled: bool,
    /// Segments of another connection between the same ports may be among these.
    pub mixed: bool,
    /// The longest time without data.
    pub silence: Option<Silence>,
    /// What the latest segment leaves open.
    pub(super) quiet: Quiet,
}

/// Packets that are in the capture once more.
#[derive(Clone, Copy, Debug, Default)]
pub struct Copies {
    /// How many.
    pub packets: u64,
    /// Their bytes on the wire.
    pub wire: u64,
    /// The bytes of their TCP headers.
    pub headers: u64,
    /// The bytes of their payload.
    pub payload: u64,
}

impl Copies {
    /// Takes one, with a header of so many words of 4 bytes.
    pub(super) fn take(&mut self, wire: u32, words: u8, payload: u32) {
        self.packets += 1;
        self.wire += u64::from(wire);
        self.headers += 4 * u64::from(words);
        self.payload += u64::from(payload);
    }
}

/// What a conversation waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Wait {
    /// Something else, or it is not shown.
    #[default]
    Unknown,
    /// Each end for data of the other one: none was sent yet.
    Both,
    /// The end that sent data, all of which the other end's system has acknowledged.
    Answer(crate::model::side::Side),
}

/// A time in which no segment came.
#[derive(Clone, Copy, Debug)]
pub struct Silence {
    /// The segment before it.
    pub from: Moment,
    /// The segment that ended it.
    pub to: Moment,
    /// Its length in nanoseconds.
    pub lasted: i64,
    /// What was waited for.
    pub wait: Wait,
}

/// The shortest silence that is told, in nanoseconds: diagrams break there too.
const LONG: i64 = 500_000_000;

impl Silence {
    /// Whether it is long enough to be told.
    pub fn long(&self) -> bool {
        self.lasted >= LONG
    }
}

/// What the segments so far leave open.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quiet {
    /// The latest segment.
    pub(super) at: Option<Moment>,
    /// What is waited for after it.
    pub(super) wait: Wait,
}
