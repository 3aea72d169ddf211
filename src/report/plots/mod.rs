//! Plots of a conversation over time: sequence numbers, round trips, throughput.
//!
//! Rows go into a [`PlotBuilder`] one by one. What is kept of a conversation is bounded:
//! of a long one, points are dropped evenly and the extremes stay, which [`Plot`] tells.
//! A plot is plain data in the end: panels of series, the same for every way of drawing.

mod collect;
mod facts;
mod followed;
mod panels;
mod rtt;
mod sequence;
mod thin;
mod throughput;
pub mod words;

pub use collect::PlotBuilder;

use crate::analysis::conversation::Protocol;
use crate::model::frame::FrameNo;
use crate::model::time::Nanos;
use crate::report::ladder::{Choice, Lane};

/// What is plotted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlotKind {
    /// Sequence numbers: segments, acknowledgments and the window. TCP only.
    Sequence,
    /// Round trips: from a segment to the acknowledgment of exactly its end. TCP only.
    Rtt,
    /// Payload per time.
    Throughput,
}

impl PlotKind {
    /// Every kind.
    pub const ALL: [PlotKind; 3] = [PlotKind::Sequence, PlotKind::Rtt, PlotKind::Throughput];

    /// Its name in `--kind`, never translated.
    pub const fn id(self) -> &'static str {
        match self {
            PlotKind::Sequence => "sequence",
            PlotKind::Rtt => "rtt",
            PlotKind::Throughput => "throughput",
        }
    }
}

/// What is plotted, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlotOptions {
    /// What.
    pub kind: PlotKind,
    /// Of which conversations. Those that the kind does not fit (UDP) have no plot.
    pub choice: Choice,
    /// How many conversations at most; the others are counted.
    pub conversations: usize,
}

/// The plots of a capture.
#[derive(Clone, Debug, Default)]
pub struct Plots {
    /// In the order of the conversations' first packets.
    pub plots: Vec<Plot>,
    /// Conversations of the choice that are not plotted because there are more than
    /// [`PlotOptions::conversations`].
    pub others: u64,
}

/// One conversation.
#[derive(Clone, Debug)]
pub struct Plot {
    /// What is plotted.
    pub kind: PlotKind,
    /// TCP or UDP.
    pub protocol: Protocol,
    /// tshark's stream number.
    pub stream: u32,
    /// Its two ends, the client first, or the sender of the first packet.
    pub ends: [Lane; 2],
    /// When its first packet was captured, since the first frame: where the time axis begins.
    pub begin: Nanos,
    /// One above the other; none where there is nothing to plot.
    pub panels: Vec<Panel>,
    /// How many points there are, and how many are drawn. Where these are fewer, of each run of
    /// points the first, the last, the lowest and the highest are drawn.
    pub points: [u64; 2],
}

/// One pair of axes.
#[derive(Clone, Debug)]
pub struct Panel {
    /// Whose bytes it is about, as an index into [`Plot::ends`]; `None` for both.
    pub from: Option<usize>,
    /// The range of the time axis in seconds since [`Plot::begin`].
    pub x: [f64; 2],
    /// The range of the other axis, in the unit of [`Panel::unit`].
    pub y: [f64; 2],
    /// What the other axis counts.
    pub unit: Unit,
    /// From back to front.
    pub series: Vec<Series>,
    /// Spans of time in which the receiver's window was zero.
    pub zero_windows: Vec<[f64; 2]>,
    /// SYN, FIN and RST at their places.
    pub flags: Vec<Flag>,
    /// What the panel shows, in numbers.
    pub facts: Vec<Fact>,
}

/// What an axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Relative sequence numbers: bytes.
    Bytes,
    /// Seconds.
    Seconds,
    /// Bits in a second.
    BitsPerSecond,
}

/// Points of one kind.
#[derive(Clone, Debug)]
pub struct Series {
    /// What they are.
    pub what: What,
    /// In the order of the capture.
    pub marks: Vec<Mark>,
}

/// What the points of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum What {
    /// A segment with new data: a bar over its sequence numbers.
    Segment,
    /// A segment that was sent again (any of tshark's three marks).
    Again,
    /// A segment that tshark takes for out of order.
    OutOfOrder,
    /// A keep-alive or a probe of a zero window.
    Probe,
    /// What is acknowledged: a line of steps.
    Acked,
    /// The end of the window: acknowledgment and window together.
    Window,
    /// A block that a SACK option tells of.
    Sack,
    /// Data of the end of this index: its round trips, or how much of it there was.
    Of(usize),
}

/// A point, or a bar from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Mark {
    /// The frame.
    pub frame: FrameNo,
    /// Seconds since [`Plot::begin`].
    pub x: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end; of a point, the same.
    pub high: f64,
}

/// A flag at its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flag {
    /// Seconds since [`Plot::begin`].
    pub x: f64,
    /// Its sequence number.
    pub y: f64,
    /// `SYN`, `FIN` or `RST`.
    pub name: &'static str,
}

/// What a panel shows, in numbers.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fact {
    /// So many segments carried so many bytes, sent again or not.
    Data {
        /// Whose.
        from: usize,
        /// Segments with payload.
        segments: u64,
        /// Their payload.
        bytes: u64,
    },
    /// So many points of this series.
    Marked {
        /// Which.
        what: What,
        /// How many.
        count: u64,
        /// The first of their frames.
        frames: Vec<FrameNo>,
    },
    /// The window was zero so often, for so long together.
    ZeroWindow {
        /// How many times.
        count: u64,
        /// How long.
        together: Nanos,
    },
    /// The window was zero from this frame on until the end of the capture.
    ZeroToTheEnd(FrameNo),
    /// The window lies above what is plotted; in bytes, its least and its greatest.
    WindowAbove([u64; 2]),
    /// The window is not plotted, because the handshake that tells its scale was not captured.
    ScaleUnknown,
    /// Round trips: how many, the shortest, their mean and the longest, in seconds.
    RoundTrips {
        /// Whose data.
        from: usize,
        /// How many.
        count: u64,
        /// The shortest, the mean and the longest.
        times: [f64; 3],
    },
    /// Data was sent more than once. As tshark counts, its round trip begins with its first
    /// sending, although the acknowledgment may answer a later one (RFC 6298, 3: Karn).
    FromFirst,
    /// Each step of the line is so long, in seconds.
    Step(f64),
    /// On average so many bits in a second from the first packet to the last.
    Average {
        /// Whose.
        from: usize,
        /// Bits in a second.
        rate: f64,
    },
}
