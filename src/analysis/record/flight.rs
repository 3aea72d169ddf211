//! How much of an end's data was under way at once, and whether small segments waited for their
//! acknowledgment.

use super::sent::Sent;
use crate::analysis::moment::Moment;
use crate::model::frame::FrameNo;

/// Data under way, as far as the acknowledgments captured before show.
#[derive(Clone, Copy, Debug, Default)]
pub struct Flight {
    /// The most bytes that were not acknowledged at once, and the segment with the last of them.
    pub most: (u64, FrameNo),
    /// The least room that was left in the other end's window, and the segment that left it.
    pub room: Option<(i64, FrameNo)>,
}

impl Flight {
    /// Takes a segment with new bytes; up to `acked` the other end has acknowledged before, and from
    /// there on it takes `window` bytes.
    pub(super) fn send(&mut self, sent: &Sent, acked: Option<i64>, window: Option<u32>) {
        let Some(acked) = acked else {
            return;
        };
        let under_way = u64::try_from(sent.data_end() - acked).unwrap_or(0);
        if under_way > self.most.0 {
            self.most = (under_way, sent.at.frame);
        }
        if let Some(window) = window {
            let room = acked + i64::from(window) - sent.data_end();
            if self.room.is_none_or(|(least, _)| room < least) {
                self.room = Some((room, sent.at.frame));
            }
        }
    }
}

/// How much longer than the time between an ACK and the next segment the wait for the ACK is at
/// least, where the segment seems to have been held for it.
const TIMES: i64 = 8;
/// The shortest such wait, in nanoseconds.
const WAIT: i64 = 1_000_000;
/// What options take of a full segment at most.
const OPTIONS: u32 = 40;

/// What shows whether Nagle's algorithm holds small segments back (RFC 1122, 4.2.3.4).
#[derive(Clone, Copy, Debug, Default)]
pub struct Nagle {
    /// A small segment, sent while an earlier small one had no acknowledgment: both.
    pub eager: Option<(FrameNo, FrameNo)>,
    /// The small segment that left right after an acknowledgment that was long awaited.
    pub held: Option<Hold>,
    /// The latest pure ACK that left nothing under way, and the small segment it answers.
    awaited: Option<(Moment, Moment)>,
}

/// A small segment that seems to have waited.
#[derive(Clone, Copy, Debug)]
pub struct Hold {
    /// The segment that was under way.
    pub open: Moment,
    /// Its acknowledgment.
    pub ack: Moment,
    /// The segment that left after it.
    pub sent: Moment,
    /// The time from `open` to `ack`, in nanoseconds.
    pub waited: i64,
    /// The time from `ack` to `sent`, in nanoseconds.
    pub after: i64,
}

impl Nagle {
    /// Takes a segment with new bytes only; `open` is the latest one that has no acknowledgment.
    pub(super) fn send(&mut self, sent: &Sent, open: Option<&Sent>, mss: Option<u16>) {
        let small = |len: u32| mss.is_some_and(|mss| len.saturating_add(OPTIONS) < mss.into());
        let awaited = self.awaited.take();
        if !small(sent.len) {
            return;
        }
        let open = open.filter(|it| small(it.len) && it.end == sent.start);
        if self.eager.is_none() {
            self.eager = open.map(|it| (it.at.frame, sent.at.frame));
        }
        let Some((before, ack)) = awaited.filter(|_| self.held.is_none()) else {
            return;
        };
        if let (Some(waited), Some(after)) = (ack.since(before), sent.at.since(ack))
            && waited >= WAIT
            && after.saturating_mul(TIMES) <= waited
        {
            self.held = Some(Hold {
                open: before,
                ack,
                sent: sent.at,
                waited,
                after,
            });
        }
    }

    /// Takes a pure ACK after which nothing is under way; `open` was the latest segment.
    pub(super) fn acknowledged(&mut self, open: Option<Sent>, at: Moment) {
        self.awaited = open.map(|open| (open.at, at));
    }

    /// Takes data of the other end: what follows answers that.
    pub(super) fn interrupted(&mut self) {
        self.awaited = None;
    }
}
