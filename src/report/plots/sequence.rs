//! What the time–sequence plot shows of one direction: its segments, and the acknowledgments and
//! windows that come back.

use super::thin::Thin;
use super::{Flag, Mark};
use crate::analysis::tcp::marks::Marks;
use crate::analysis::tcp::{Scale, TcpAnalysis};
use crate::model::frame::FrameNo;
use crate::model::tcp::{Segment, TcpFlags};
use crate::model::tcp_options::TcpOption;

/// Frames that are named of those of one kind.
pub(super) const NAMED: usize = 8;
/// Spans and flags that are kept.
const KEPT: usize = 200;

/// Points of one kind, with the first of their frames.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    pub(super) points: Thin,
    pub(super) frames: Vec<FrameNo>,
}

impl Marked {
    fn push(&mut self, mark: Mark) {
        if self.frames.len() < NAMED && self.frames.last() != Some(&mark.frame) {
            self.frames.push(mark.frame);
        }
        self.points.push(mark);
    }
}

/// One direction.
#[derive(Clone, Debug, Default)]
pub(super) struct Direction {
    pub(super) segments: Thin,
    pub(super) again: Marked,
    pub(super) out_of_order: Marked,
    pub(super) probes: Marked,
    pub(super) sacks: Marked,
    pub(super) acked: Thin,
    pub(super) window: Thin,
    pub(super) flags: Vec<Flag>,
    /// Since when, until when.
    pub(super) zero: Vec<[f64; 2]>,
    pub(super) zero_since: Option<f64>,
    /// The least and the greatest window in bytes.
    pub(super) windows: Option<[u32; 2]>,
    pub(super) scale_unknown: bool,
    carries: bool,
    numbers: Unwrap,
}

/// Numbers modulo 2^32 on a line, each next to the one before it.
#[derive(Clone, Debug, Default)]
struct Unwrap {
    last: Option<(u32, i64)>,
}

impl Unwrap {
    fn place(&mut self, number: u32) -> f64 {
        let place = match self.last {
            None => i64::from(number.cast_signed()),
            Some((before, place)) => {
                place.saturating_add(i64::from(number.wrapping_sub(before).cast_signed()))
            }
        };
        self.last = Some((number, place));
        float(place)
    }
}

/// A number of bytes or of a place among them; exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "a pixel is far wider")]
pub(super) fn float(number: i64) -> f64 {
    number as f64
}

impl Direction {
    /// Takes a segment that goes this way.
    pub(super) fn sent(&mut self, frame: FrameNo, x: f64, flags: TcpFlags, tcp: &TcpAnalysis) {
        let len = tcp.len.unwrap_or(0);
        let low = self.numbers.place(tcp.seq);
        let high = low + f64::from(len);
        let mark = Mark {
            frame,
            x,
            low,
            high,
        };
        let name = match (flags.rst(), flags.syn(), flags.fin()) {
            (true, _, _) => Some("RST"),
            (_, true, _) => Some("SYN"),
            (_, _, true) => Some("FIN"),
            _ => None,
        };
        if let Some(name) = name
            && self.flags.len() < KEPT
        {
            self.flags.push(Flag { x, y: high, name });
        }
        self.carries |= len > 0;
        let probe = Marks::KEEP_ALIVE.with(Marks::ZERO_WINDOW_PROBE);
        if tcp.marks.any(Marks::SENT_AGAIN) {
            self.again.push(mark);
        } else if tcp.marks.any(Marks::OUT_OF_ORDER) {
            self.out_of_order.push(mark);
        } else if tcp.marks.any(probe) {
            self.probes.push(mark);
        } else if len > 0 {
            self.segments.push(mark);
        }
    }

    /// Takes what a segment of the other way says of this one.
    pub(super) fn answered(
        &mut self,
        frame: FrameNo,
        x: f64,
        segment: &Segment<'_>,
        flags: TcpFlags,
        tcp: &TcpAnalysis,
    ) {
        // A RST's acknowledgment and window tell nothing of what the receiver can take.
        if !flags.ack() || flags.rst() {
            return;
        }
        let acked = self.numbers.place(tcp.ack);
        let point = |y| Mark {
            frame,
            x,
            low: y,
            high: y,
        };
        self.acked.push(point(acked));
        // The window of a SYN is never scaled, and shown as it is.
        let known = tcp.scale != Scale::Unknown || flags.syn();
        if known {
            self.window.push(point(acked + f64::from(tcp.window)));
            let [least, most] = self.windows.unwrap_or([tcp.window; 2]);
            self.windows = Some([least.min(tcp.window), most.max(tcp.window)]);
        } else {
            self.scale_unknown = true;
        }
        if !flags.syn() {
            self.window_seen(x, tcp.window == 0);
        }
        let base = tcp.options.sack_base;
        let numbers = &mut self.numbers;
        let sacks = &mut self.sacks;
        let _ = segment.read_options(tcp.options, |option| {
            if let TcpOption::SackBlock(left, right) = option {
                // Blocks do not move the line on which numbers are placed.
                let mut placed = numbers.clone();
                sacks.push(Mark {
                    frame,
                    x,
                    low: placed.place(left.from_base(base)),
                    high: placed.place(right.from_base(base)),
                });
            }
        });
    }

    fn window_seen(&mut self, x: f64, zero: bool) {
        match (self.zero_since, zero) {
            (None, true) => {
                self.zero_since = Some(x);
            }
            (Some(since), false) => {
                self.zero_since = None;
                self.zero_span(since, x);
            }
            _ => {}
        }
    }

    /// A window that is still zero when the capture ends.
    pub(super) fn end(&mut self, x: f64) {
        if let Some(since) = self.zero_since.take() {
            self.zero_span(since, x);
        }
    }

    fn zero_span(&mut self, since: f64, until: f64) {
        if self.zero.len() < KEPT {
            self.zero.push([since, until]);
        }
    }

    /// Whether there is anything to see.
    pub(super) fn is_empty(&self) -> bool {
        !self.carries && self.sacks.points.count == 0
    }
}
