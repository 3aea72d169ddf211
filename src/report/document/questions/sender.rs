//! What one end of a TCP conversation has sent, as far as the answers need it. Every list has its
//! limit, so that a conversation of any length takes the same room.

use std::collections::VecDeque;

use super::acks::Acks;
use super::ranges::Ranges;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::tcp::TcpFlags;

/// How many segments are remembered to find what another one repeats.
const KEPT: usize = 256;
/// How many segments may wait for their acknowledgment.
const WAITING: usize = 1024;
/// How many round trips stand in the table: the six that sheets ask for.
pub(super) const SAMPLES: usize = 6;
/// How many copies of one segment are told apart.
pub(super) const COPIES: usize = 16;
/// How many repetitions are named.
const NAMED: usize = 8;
/// How many spans of a closed window are named.
const SPANS: usize = 8;

/// A frame and its time since the first frame, in nanoseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Moment {
    pub(super) frame: FrameNo,
    pub(super) time: Option<i64>,
}

impl Moment {
    /// How long after `earlier`, in nanoseconds; `None` where the times do not say.
    pub(super) fn since(self, earlier: Moment) -> Option<i64> {
        let span = self.time?.checked_sub(earlier.time?)?;
        (span >= 0).then_some(span)
    }
}

/// The first SYN or SYN-ACK of an end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syn {
    pub(super) frame: FrameNo,
    /// As it stands in the header, and as shown.
    pub(super) isn: Seq,
    pub(super) seq: u32,
    /// The acknowledgment number as shown and as it stands; counts where there is the flag.
    pub(super) ack: u32,
    pub(super) raw_ack: Seq,
    pub(super) flags: TcpFlags,
    pub(super) mss: Option<u16>,
    /// The options were read to their end, so that one that is not there was not sent.
    pub(super) complete: bool,
}

/// The first FIN of an end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fin {
    pub(super) frame: FrameNo,
    /// The number of its first byte as shown, and how many bytes stand before the FIN.
    pub(super) seq: u32,
    pub(super) len: u32,
    /// The number that the FIN itself takes.
    pub(super) at: Seq,
    /// The first segment that acknowledges it, and its acknowledgment number as shown.
    pub(super) ack: Option<(FrameNo, u32)>,
}

/// A segment that takes sequence numbers.
#[derive(Clone, Debug)]
pub(super) struct Sent {
    pub(super) at: Moment,
    pub(super) start: Seq,
    pub(super) end: Seq,
    /// The number of its first payload byte.
    data: Seq,
    /// The number of its start as shown.
    pub(super) seq: u32,
    pub(super) len: u32,
    /// Some of its numbers were in an earlier segment.
    again: bool,
}

/// A round trip.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub(super) sent: Sent,
    pub(super) ack: FrameNo,
    pub(super) rtt: i64,
}

/// A segment that repeats what an earlier one held.
#[derive(Clone, Copy, Debug)]
pub(super) struct Repeat {
    pub(super) at: Moment,
    /// The frame that held the first of its numbers; `None` where that is not in the capture or
    /// too long ago.
    pub(super) of: Option<Moment>,
}

/// A span in which an end offered no window.
#[derive(Clone, Copy, Debug)]
pub(super) struct Closed {
    pub(super) from: Moment,
    pub(super) to: Option<Moment>,
}

/// One end.
#[derive(Debug, Default)]
pub(super) struct Sender {
    /// Its first packet that can be read.
    pub(super) first: Option<Moment>,
    pub(super) syn: Option<Syn>,
    /// Every copy of its first SYN, the first ones in detail.
    pub(super) calls: Vec<Moment>,
    pub(super) fin: Option<Fin>,
    /// Segments with payload, their bytes, and each byte once.
    pub(super) segments: u64,
    pub(super) bytes: u64,
    pub(super) unique: u64,
    pub(super) longest: Option<(u32, FrameNo)>,
    pub(super) shortest: Option<(u32, FrameNo)>,
    pub(super) first_data: Option<Moment>,
    pub(super) last_data: Option<Moment>,
    /// The first segments with payload, with their lengths.
    pub(super) lens: Vec<(FrameNo, u32)>,
    /// The number after the highest payload byte, and the first segment that acknowledges it.
    pub(super) end: Option<Seq>,
    pub(super) end_acked: Option<Moment>,
    /// The number after the highest one in use, as shown, and as it stands.
    pub(super) next: Option<(Seq, u32)>,
    /// The smallest window it offered as shown, and where.
    pub(super) window: Option<(u32, FrameNo)>,
    /// When it offered no window, the first times in detail.
    pub(super) closed: Vec<Closed>,
    pub(super) closed_count: u64,
    shut: bool,
    /// Keep-alives that carry a byte, which was sent before.
    pub(super) keep_alives: u64,
    pub(super) repeats: Vec<Repeat>,
    pub(super) repeat_count: u64,
    /// Copies of the segment that was sent most often.
    pub(super) copies: Vec<Moment>,
    pub(super) samples: Vec<Sample>,
    pub(super) sample_count: u64,
    pub(super) acks: Acks,
    /// A small segment, sent while an earlier small one had no acknowledgment: both.
    pub(super) eager: Option<(FrameNo, FrameNo)>,
    /// There were numbers too far from the others to belong to them.
    pub(super) strange: bool,
    held: Ranges,
    sent: VecDeque<Sent>,
    waiting: VecDeque<Sent>,
    /// Some had no room to wait.
    crowded: bool,
    /// Something came late or again; each segment is compared with the ones before it then.
    disordered: bool,
}

/// How far numbers of one connection lie apart at most (RFC 7323, 2.3).
const REACH: u32 = 1 << 30;

impl Sender {
    /// Notes a window that was offered.
    pub(super) fn offers(&mut self, window: u32, at: Moment) {
        if self.window.is_none_or(|(least, _)| window < least) {
            self.window = Some((window, at.frame));
        }
        let room = self.closed.len() < SPANS;
        let open = self.closed.last_mut().filter(|span| span.to.is_none());
        match (open, window) {
            (Some(_), 0) => {}
            (Some(span), _) => span.to = Some(at),
            (None, 0) if room => self.closed.push(Closed { from: at, to: None }),
            (None, _) => {}
        }
        self.closed_count += u64::from(window == 0 && !self.shut);
        self.shut = window == 0;
    }

    /// Notes numbers that a segment takes: SYN, payload, FIN. `marked` where it is marked as sent
    /// again, `probe` where it is a keep-alive; `mss` is the other end's.
    pub(super) fn takes(&mut self, mut sent: Sent, marked: bool, probe: bool, mss: Option<u16>) {
        let far = |next: Seq| sent.start.from_base(next).wrapping_add(REACH) > 2 * REACH;
        self.strange |= self.next.is_some_and(|(next, _)| far(next));
        let shown_end = sent.seq.wrapping_add(sent.end.from_base(sent.start));
        if self.next.is_none_or(|(next, _)| sent.end.after(next)) {
            self.next = Some((sent.end, shown_end));
        }
        if probe {
            self.keep_alives += u64::from(sent.len > 0);
            return;
        }
        let of = self.earlier(&sent);
        sent.again = marked || of.is_some();
        if sent.again {
            self.repeat_count += 1;
            if self.repeats.len() < NAMED {
                self.repeats.push(Repeat { at: sent.at, of });
            }
            self.copy(&sent);
            for open in &mut self.waiting {
                open.again |= open.overlaps(&sent);
            }
        }
        if sent.len > 0 {
            self.payload(&sent, mss);
        }
        if self.sent.len() == KEPT {
            self.sent.pop_front();
        }
        self.sent.push_back(sent);
    }

    /// The remembered segment that held some of these numbers first.
    fn earlier(&mut self, sent: &Sent) -> Option<Moment> {
        // Most segments begin where the highest one ended.
        let last = self.sent.back()?;
        let highest = self
            .next
            .is_none_or(|(next, _)| last.end == next || sent.end == next);
        if highest && !last.end.after(sent.start) && !self.disordered {
            return None;
        }
        self.disordered = true;
        let found = self.sent.iter().find(|it| it.overlaps(sent));
        found.map(|it| it.at)
    }

    /// Keeps the copies of the segment that was sent most often.
    fn copy(&mut self, sent: &Sent) {
        let same = |it: &&Sent| it.start == sent.start;
        let copies = self.sent.iter().filter(same).map(|it| it.at);
        let copies: Vec<Moment> = copies.chain([sent.at]).take(COPIES).collect();
        if copies.len() > self.copies.len() {
            self.copies = copies;
        }
    }

    fn payload(&mut self, sent: &Sent, mss: Option<u16>) {
        self.segments += 1;
        self.bytes += u64::from(sent.len);
        self.unique += u64::from(self.held.add(sent.data, sent.len));
        if self.longest.is_none_or(|(most, _)| sent.len > most) {
            self.longest = Some((sent.len, sent.at.frame));
        }
        if self.shortest.is_none_or(|(least, _)| sent.len < least) {
            self.shortest = Some((sent.len, sent.at.frame));
        }
        if self.lens.len() < NAMED {
            self.lens.push((sent.at.frame, sent.len));
        }
        self.first_data.get_or_insert(sent.at);
        self.last_data = Some(sent.at);
        let end = sent.data.plus(sent.len);
        if self.end.is_none_or(|highest| end.after(highest)) {
            self.end = Some(end);
            self.end_acked = None;
        }
        // A FIN does not wait.
        let plain = sent.end == sent.data.plus(sent.len);
        if plain && !sent.again && self.eager.is_none() {
            // What options take of a full segment is at most 40 bytes.
            let small =
                |it: &&Sent| mss.is_some_and(|mss| it.len.saturating_add(40) < u32::from(mss));
            let open = self.waiting.back().filter(|it| it.end == sent.start);
            let open = open.filter(small).filter(|_| small(&sent));
            self.eager = open.map(|it| (it.at.frame, sent.at.frame));
        }
        // A copy of what waits already is not one segment more.
        if sent.again && self.waiting.iter().any(|open| open.overlaps(sent)) {
            return;
        }
        if self.waiting.len() == WAITING {
            self.waiting.pop_front();
            self.crowded = true;
        }
        self.waiting.push_back(sent.clone());
    }

    /// Whether its numbers belong together, and each of its bytes counts once.
    pub(super) fn sound(&self) -> bool {
        !self.strange && !self.held.crowded
    }

    /// Takes an acknowledgment of what it sent; returns how many data segments it is the first to
    /// cover, and the newest of them.
    pub(super) fn acknowledged(
        &mut self,
        ack: Seq,
        shown: u32,
        at: Moment,
    ) -> (u64, Option<Moment>) {
        if let Some(fin) = &mut self.fin
            && fin.ack.is_none()
            && ack == fin.at.plus(1)
        {
            fin.ack = Some((at.frame, shown));
        }
        if self.end_acked.is_none() && self.end.is_some_and(|end| !ack.before(end)) {
            self.end_acked = Some(at);
        }
        let mut covered = 0;
        let mut newest = None;
        while let Some(open) = self.waiting.front() {
            if open.data.plus(open.len).after(ack) {
                break;
            }
            let Some(open) = self.waiting.pop_front() else {
                break;
            };
            covered += 1;
            newest = Some(open.at);
            self.sample(open, at);
        }
        if self.crowded {
            (0, None)
        } else {
            (covered, newest)
        }
    }

    /// A round trip; of a segment that was sent again it would not be known which copy it belongs
    /// to (Karn's algorithm, RFC 6298, 3).
    fn sample(&mut self, sent: Sent, ack: Moment) {
        if sent.again {
            return;
        }
        let Some(rtt) = ack.since(sent.at) else {
            return;
        };
        self.sample_count += 1;
        if self.samples.len() < SAMPLES {
            self.samples.push(Sample {
                sent,
                ack: ack.frame,
                rtt,
            });
        }
    }
}

impl Sent {
    /// A segment with `len` bytes of payload, and with SYN or FIN where these are 1.
    pub(super) fn new(at: Moment, start: Seq, seq: u32, len: u32, (syn, fin): (u32, u32)) -> Self {
        Self {
            at,
            start,
            end: start.plus(syn).plus(len).plus(fin),
            data: start.plus(syn),
            seq,
            len,
            again: false,
        }
    }

    fn overlaps(&self, other: &Sent) -> bool {
        self.start.before(other.end) && other.start.before(self.end)
    }
}
