//! The latest segments of one end that took numbers, to say where a number was sent.

use std::collections::VecDeque;

use super::ranges::Ranges;
use crate::analysis::moment::Moment;
use crate::analysis::twin::Print;
use crate::model::frame::FrameNo;

/// How many segments of an end are remembered; the oldest is forgotten first.
const KEPT: usize = 256;

/// How many bytes of a payload are kept, to show two copies side by side.
pub const SHOWN: usize = 16;

/// How a payload begins.
pub(super) fn head(payload: &[u8]) -> [u8; SHOWN] {
    let mut head = [0; SHOWN];
    for (to, from) in head.iter_mut().zip(payload) {
        *to = *from;
    }
    head
}

/// A segment that took sequence numbers: SYN, payload, FIN. Numbers are places on the
/// [`Line`](super::line::Line) of its end.
#[derive(Clone, Copy, Debug)]
pub struct Sent {
    /// Its frame and time.
    pub at: Moment,
    /// Its first number.
    pub start: i64,
    /// The number of its first payload byte.
    pub data: i64,
    /// Payload bytes.
    pub len: u32,
    /// The number after its last one.
    pub end: i64,
    /// It came in several frames: IP fragments.
    pub split: bool,
    /// The value of its timestamp option (RFC 7323, 3.2).
    pub stamp: Option<u32>,
    /// Its payload was refused: the other end answered and acknowledged only its SYN.
    pub refused: bool,
    /// Tells payloads apart; `None` where the payload is not all in the capture.
    pub(crate) print: Option<Print>,
    /// How its payload begins.
    pub head: [u8; SHOWN],
}

impl Sent {
    /// The number after its payload.
    pub fn data_end(&self) -> i64 {
        self.data + i64::from(self.len)
    }

    /// Whether it has a number of the range.
    pub fn overlaps(&self, start: i64, end: i64) -> bool {
        self.start < end && start < self.end
    }

    /// Whether it had a number of `later`, which comes after it. Data that is counted from the number
    /// of a bare SYN repeats nothing of that.
    pub(super) fn precedes(&self, later: &Sent) -> bool {
        let bare_syn = self.data > self.start && self.len == 0;
        let is_syn = later.data > later.start;
        self.overlaps(later.start, later.end) && (is_syn || !bare_syn)
    }

    /// Whether it has the number.
    pub fn holds(&self, place: i64) -> bool {
        (self.start..self.end).contains(&place)
    }
}

/// Which segments brought a range of numbers.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// How many of the numbers were in segments that are remembered.
    pub bytes: u64,
    /// The segments that brought them first.
    pub by: Vec<Sent>,
    /// No segment with numbers of the range can have been forgotten.
    pub certain: bool,
}

impl Held {
    /// The frames of `by`.
    pub fn frames(&self) -> Vec<FrameNo> {
        self.by.iter().map(|sent| sent.at.frame).collect()
    }
}

/// The latest segments, in the order of the capture.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// Each with the highest end up to it: what lies before a number is passed over by that.
    list: VecDeque<(Sent, i64)>,
    /// The highest end of what was forgotten.
    forgotten: Option<i64>,
}

impl Log {
    /// Remembers a segment.
    pub(super) fn push(&mut self, sent: Sent) {
        if self.list.len() == KEPT
            && let Some((oldest, _)) = self.list.pop_front()
        {
            self.forgotten = self.forgotten.max(Some(oldest.end));
        }
        let reach = self.list.back().map_or(sent.end, |(_, reach)| *reach);
        self.list.push_back((sent, reach.max(sent.end)));
    }

    /// The segments, the oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Sent> {
        self.list.iter().map(|(sent, _)| sent)
    }

    /// Which segments before `frame` held the payload numbers from `start` up to but without
    /// `end`. A payload that was refused does not count where it was sent again.
    pub fn held(&self, start: i64, end: i64, frame: FrameNo) -> Held {
        let mut held = Held {
            certain: self.forgotten.is_none_or(|to| to <= start),
            ..Held::default()
        };
        let mut covered = Ranges::default();
        let known = || self.behind(start, frame);
        let accepted = known().filter(|it| !it.refused);
        for sent in accepted.chain(known().filter(|it| it.refused)) {
            let from = sent.data.max(start);
            let to = sent.data_end().min(end);
            if covered.add(from, to) > 0 {
                held.by.push(*sent);
            }
        }
        held.bytes = covered.total();
        held.by.sort_by_key(|sent| sent.at.frame);
        held
    }

    /// The segments before `frame`, the oldest first.
    pub fn before(&self, frame: FrameNo) -> impl DoubleEndedIterator<Item = &Sent> {
        self.iter().filter(move |it| it.at.frame < frame)
    }

    /// Those of them that end behind `place`.
    pub fn behind(&self, place: i64, frame: FrameNo) -> impl DoubleEndedIterator<Item = &Sent> {
        let first = self.list.partition_point(|(_, reach)| *reach <= place);
        let some = self.list.range(first..).map(|(sent, _)| sent);
        some.filter(move |it| it.end > place && it.at.frame < frame)
    }

    /// The segments before `frame` that sent a number, the oldest first.
    pub fn copies(&self, place: i64, frame: FrameNo) -> impl Iterator<Item = &Sent> {
        self.behind(place, frame).filter(move |it| it.holds(place))
    }

    /// Marks the payload of the SYN at `start` as refused.
    pub(super) fn refuse(&mut self, start: i64) {
        for (sent, _) in &mut self.list {
            sent.refused |= sent.start == start && sent.data > start && sent.len > 0;
        }
    }
}
