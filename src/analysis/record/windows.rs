//! The windows that one end offered.

use crate::analysis::moment::Moment;
use crate::model::frame::FrameNo;

/// How many spans of a closed window are named.
const SPANS: usize = 8;

/// A span in which an end offered no window.
#[derive(Clone, Copy, Debug)]
pub struct Closed {
    /// The segment that closed it.
    pub from: Moment,
    /// The segment that opened it again.
    pub to: Option<Moment>,
}

impl Closed {
    /// How long it lasted, in nanoseconds; `None` where it did not end or the times do not say.
    pub fn lasted(&self) -> Option<i64> {
        self.to?.since(self.from)
    }
}

/// The windows of one end, as shown: in bytes where the scale is known.
#[derive(Clone, Debug, Default)]
pub struct Windows {
    /// The latest one, and its frame.
    pub latest: Option<(u32, FrameNo)>,
    /// The smallest one, and the first frame with it.
    pub smallest: Option<(u32, FrameNo)>,
    /// Whether it changed.
    pub vary: bool,
    /// When it was 0, the first times in detail.
    pub closed: Vec<Closed>,
    /// How many such times there were.
    pub closed_count: u64,
    /// How long these lasted together, in nanoseconds, as far as they ended.
    pub closed_time: i64,
    /// The longest of them.
    pub longest: Option<Closed>,
    /// The current one.
    shut: Option<Closed>,
}

impl Windows {
    /// Takes a window that was offered.
    pub(super) fn offer(&mut self, window: u32, at: Moment) {
        self.vary |= self.latest.is_some_and(|(latest, _)| latest != window);
        self.latest = Some((window, at.frame));
        if self.smallest.is_none_or(|(least, _)| window < least) {
            self.smallest = Some((window, at.frame));
        }
        match (&mut self.shut, window) {
            (None, 0) => {
                let closed = Closed { from: at, to: None };
                self.shut = Some(closed);
                self.closed_count += 1;
                if self.closed.len() < SPANS {
                    self.closed.push(closed);
                }
            }
            (Some(_), 0) | (None, _) => {}
            (Some(closed), _) => {
                closed.to = Some(at);
                let closed = *closed;
                self.shut = None;
                self.open(closed);
            }
        }
    }

    fn open(&mut self, closed: Closed) {
        let listed = self.closed.iter_mut().rev();
        for it in listed.filter(|it| it.from == closed.from) {
            it.to = closed.to;
        }
        let Some(lasted) = closed.lasted() else {
            return;
        };
        self.closed_time = self.closed_time.saturating_add(lasted);
        let longest = self.longest.and_then(|it| it.lasted());
        if longest.is_none_or(|longest| lasted > longest) {
            self.longest = Some(closed);
        }
    }

    /// The segment that closed it, where it is closed now.
    pub fn shut(&self) -> Option<Moment> {
        self.shut.map(|closed| closed.from)
    }
}
