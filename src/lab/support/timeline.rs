//! Frames and calls in one order: that of the table of a lab.
//!
//! Frames keep the order of the capture. A call stands where the kernel did it: before the packets
//! it caused and after those that woke it. A connect waits for packets that it causes itself, so
//! it stands in two parts where packets lie between them. All times are of one clock, so no more
//! is needed than to compare them; where those of the capture are coarser, a packet within the
//! same microsecond as a call comes after the call that may have caused it, and before the one
//! that it may have woken.

use crate::model::call::{Call, SocketCall};
use crate::model::frame::Frame;
use crate::model::time::Timestamp;
use crate::report::call::{Moment, Part};

/// How many bytes of frames are held back for calls that may belong before them.
const LIMIT: usize = 16 * 1024 * 1024;

/// Holds frames and calls back until their order is known.
///
/// Its memory is bounded: once it [is full](Timeline::is_full) it should be emptied, and a call
/// that becomes known later stands no earlier than there.
#[derive(Debug, Default)]
pub struct Timeline {
    frames: Vec<Held>,
    bytes: Vec<u8>,
    calls: Vec<SocketCall>,
}

/// A frame, without its bytes.
#[derive(Clone, Copy, Debug)]
struct Held {
    frame: Frame<'static>,
    /// Where its bytes begin and end.
    bytes: (usize, usize),
}

/// One thing in the order.
#[derive(Clone, Copy, Debug)]
pub enum Entry<'a> {
    /// A frame.
    Frame(Frame<'a>),
    /// A call or a part of one.
    Call(Moment),
}

impl Timeline {
    /// Takes the next frame.
    pub fn frame(&mut self, frame: &Frame<'_>) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(frame.bytes);
        self.frames.push(Held {
            frame: Frame {
                bytes: &[],
                ..*frame
            },
            bytes: (start, self.bytes.len()),
        });
    }

    /// Takes a call that has returned.
    pub fn call(&mut self, call: SocketCall) {
        self.calls.push(call);
    }

    /// Whether enough is held back: [`Timeline::empty`] is due.
    pub fn is_full(&self) -> bool {
        let entries = self.frames.len() * size_of::<Held>();
        let calls = self.calls.len() * size_of::<SocketCall>();
        self.bytes.len() + entries + calls >= LIMIT
    }

    /// Whether nothing is held back.
    pub fn is_empty(&self) -> bool {
        self.frames.is_empty() && self.calls.is_empty()
    }

    /// Hands out what is held back, in order, until an error ends it. Nothing is left.
    ///
    /// # Errors
    /// That of `each`.
    pub fn empty<E>(&mut self, mut each: impl FnMut(Entry<'_>) -> Result<(), E>) -> Result<(), E> {
        let Self {
            frames,
            bytes,
            calls,
        } = std::mem::take(self);
        let mut frames = frames.iter().peekable();
        let lend = |held: &Held| {
            Entry::Frame(Frame {
                bytes: bytes.get(held.bytes.0..held.bytes.1).unwrap_or_default(),
                ..held.frame
            })
        };
        for moment in moments(&calls, frames.clone().map(|held| held.frame)) {
            while let Some(held) = frames.next_if(|held| comes_first(&held.frame, &moment)) {
                each(lend(held))?;
            }
            each(Entry::Call(moment))?;
        }
        frames.try_for_each(|held| each(lend(held)))
    }
}

/// Whether a frame belongs before a moment.
fn comes_first(frame: &Frame<'_>, moment: &Moment) -> bool {
    let Some(captured) = frame.time else {
        return true;
    };
    let time = cut(moment.time(), frame.decimals);
    captured < time || (captured == time && moment.after_packets())
}

/// A time with as many decimals as those of frames have.
fn cut(time: Timestamp, decimals: u8) -> Timestamp {
    let unit = 10_u32.pow(u32::from(9_u8.saturating_sub(decimals)));
    Timestamp {
        nanos: time.nanos - time.nanos % unit,
        ..time
    }
}

/// The moments of all calls, in the order of their times; those of the same time in the order in
/// which they returned.
fn moments<'a>(
    calls: &[SocketCall],
    frames: impl Iterator<Item = Frame<'a>> + Clone,
) -> Vec<Moment> {
    let mut moments = Vec::with_capacity(calls.len());
    for &call in calls {
        let whole = Moment {
            call,
            part: Part::Whole,
        };
        let [start, end] = [Part::Start, Part::Return].map(|part| Moment { call, part });
        let between = |frame: &Frame<'_>| !comes_first(frame, &start) && comes_first(frame, &end);
        if call.tcp && call.call == Call::Connect && frames.clone().any(|frame| between(&frame)) {
            moments.extend([start, end]);
        } else {
            moments.push(whole);
        }
    }
    moments.sort_by_key(Moment::time);
    moments
}
