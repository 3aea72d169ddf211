//! Round trips, and how an end acknowledges, by Karn's rule: where a segment was sent more than
//! once, an acknowledgment alone does not say which copy it answers (RFC 6298, 3). The timestamp
//! that it echoes can (RFC 7323, 4.1).

use std::collections::VecDeque;

use super::sent::Sent;
use crate::analysis::moment::Moment;
use crate::model::frame::FrameNo;

/// How many segments may wait for their acknowledgment.
const WAITING: usize = 1024;
/// How many round trips are kept: the six that sheets ask for.
pub const SAMPLES: usize = 6;
/// How many copies of one segment are told apart.
const COPIES: usize = 8;
/// How many amounts of an acknowledgment are told apart.
const AMOUNTS: usize = 16;

/// A round trip.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The copy that is acknowledged.
    pub sent: Moment,
    /// Its first number, a place.
    pub start: i64,
    /// Its payload bytes.
    pub len: u32,
    /// The frame that acknowledges it first.
    pub ack: FrameNo,
    /// The time between them, in nanoseconds.
    pub rtt: i64,
}

/// A segment with payload that is not acknowledged.
#[derive(Clone, Debug)]
struct Waiting {
    sent: Sent,
    /// What sent its last number again, and with which timestamp.
    copies: Vec<(Moment, Option<u32>)>,
    /// Some of its numbers were sent before it, or its copies are too many to tell apart.
    unclear: bool,
}

impl Waiting {
    /// The copy that an acknowledgment answers, where that is known.
    fn answered(&self, echo: Option<u32>) -> Option<Moment> {
        if self.unclear {
            return None;
        }
        if self.copies.is_empty() {
            return Some(self.sent.at);
        }
        let echo = echo?;
        let first = [(self.sent.at, self.sent.stamp)];
        let copies = first.iter().chain(&self.copies);
        let mut named = copies.filter(|(_, stamp)| *stamp == Some(echo));
        let (at, _) = named.next()?;
        named.next().is_none().then_some(*at)
    }
}

/// What an acknowledgment covers first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Covered {
    /// How many segments.
    pub(super) segments: u64,
    /// The newest of them, or the copy of it that is answered; `None` where that is not known.
    pub(super) newest: Option<Moment>,
}

/// The round trips of one end's data.
#[derive(Clone, Debug, Default)]
pub struct Trips {
    waiting: VecDeque<Waiting>,
    /// Not every segment could wait.
    crowded: bool,
    /// Segments wait in another order than that of their numbers.
    disordered: bool,
    /// The first round trips.
    pub samples: Vec<Sample>,
    /// How many there are.
    pub count: u64,
}

impl Trips {
    /// Takes a segment with payload; `again` where some of its numbers were sent before.
    pub(super) fn send(&mut self, sent: &Sent, again: bool) {
        if again {
            let mut waits = false;
            let open = self.waiting.iter_mut();
            for open in open.filter(|it| it.sent.overlaps(sent.start, sent.end)) {
                waits = true;
                if sent.holds(open.sent.data_end() - 1) && open.copies.len() < COPIES {
                    open.copies.push((sent.at, sent.stamp));
                } else {
                    open.unclear = true;
                }
            }
            // A copy of what waits already is not one segment more.
            if waits {
                return;
            }
        }
        if self.waiting.len() == WAITING {
            self.waiting.pop_front();
            self.crowded = true;
        }
        let last = self.waiting.back();
        self.disordered |= last.is_some_and(|last| sent.start < last.sent.data_end());
        self.waiting.push_back(Waiting {
            sent: *sent,
            copies: Vec::new(),
            unclear: again,
        });
    }

    /// Forgets what waits.
    pub(super) fn restart(&mut self) {
        self.waiting.clear();
        self.disordered = false;
    }

    /// The latest segment that waits.
    pub(super) fn newest(&self) -> Option<&Sent> {
        self.waiting.back().map(|it| &it.sent)
    }

    /// Takes an acknowledgment of everything before `ack` that echoes a timestamp.
    pub(super) fn acknowledge(&mut self, ack: i64, echo: Option<u32>, at: Moment) -> Covered {
        let mut covered = Covered::default();
        let mut place = 0;
        while let Some(open) = self.waiting.get(place) {
            if open.sent.data_end() > ack {
                if !self.disordered {
                    break;
                }
                place += 1;
                continue;
            }
            let Some(open) = self.waiting.remove(place) else {
                break;
            };
            covered.segments += 1;
            covered.newest = open.answered(echo);
            self.sample(&open, covered.newest, at);
        }
        self.disordered &= !self.waiting.is_empty();
        match self.crowded {
            true => Covered::default(),
            false => covered,
        }
    }

    fn sample(&mut self, open: &Waiting, copy: Option<Moment>, ack: Moment) {
        let Some((sent, rtt)) = copy.and_then(|copy| Some((copy, ack.since(copy)?))) else {
            return;
        };
        self.count += 1;
        if self.samples.len() < SAMPLES {
            self.samples.push(Sample {
                sent,
                start: open.sent.start,
                len: open.sent.len,
                ack: ack.frame,
                rtt,
            });
        }
    }
}

/// A span between a segment and its acknowledgment.
#[derive(Clone, Copy, Debug)]
pub struct Delay {
    /// In nanoseconds.
    pub lasted: i64,
    /// The newest segment that is covered.
    pub data: FrameNo,
    /// What acknowledges it.
    pub ack: FrameNo,
}

/// The acknowledgments that an end sent for the other's data.
#[derive(Clone, Debug, Default)]
pub struct Acks {
    /// Those without anything else, that acknowledge data for the first time.
    pub pure: u64,
    /// The data segments that these cover.
    pub covered: u64,
    /// The most that one of them covers, and which.
    pub most: (u64, FrameNo),
    /// Data segments that were acknowledged by segments with data or FIN.
    pub carried: u64,
    /// How many of the delays are known.
    pub timed: u64,
    /// The shortest and the longest delay.
    pub shortest: Option<Delay>,
    /// See `shortest`.
    pub longest: Option<Delay>,
    /// How many bytes one of them acknowledges, how many of them do so, and the first of these.
    pub amounts: Vec<(u64, u64, FrameNo)>,
    /// There were more amounts than are told apart.
    pub more_amounts: bool,
}

impl Acks {
    /// Takes a segment that is the first to acknowledge some data, `bytes` of it.
    pub(super) fn note(&mut self, covered: Covered, bytes: u64, at: Moment, pure: bool) {
        if covered.segments == 0 {
            return;
        }
        if !pure {
            self.carried += covered.segments;
            return;
        }
        self.pure += 1;
        self.covered += covered.segments;
        if covered.segments > self.most.0 {
            self.most = (covered.segments, at.frame);
        }
        let room = self.amounts.len() < AMOUNTS;
        match self.amounts.iter_mut().find(|it| it.0 == bytes) {
            Some((_, count, _)) => *count += 1,
            None if room => self.amounts.push((bytes, 1, at.frame)),
            None => self.more_amounts = true,
        }
        let Some((newest, lasted)) = covered.newest.and_then(|it| Some((it, at.since(it)?))) else {
            return;
        };
        self.timed += 1;
        let delay = Delay {
            lasted,
            data: newest.frame,
            ack: at.frame,
        };
        if self.shortest.is_none_or(|it| lasted < it.lasted) {
            self.shortest = Some(delay);
        }
        if self.longest.is_none_or(|it| lasted > it.lasted) {
            self.longest = Some(delay);
        }
    }
}
