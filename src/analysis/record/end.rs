//! What one end of a TCP conversation has sent. Every list has its limit, so that a conversation of
//! any length takes the same room.

use super::latest::Latest;
use super::line::Line;
use super::ranges::Ranges;
use super::sent::{Log, Sent};
use super::timing::Timing;
use super::trips::Covered;
use super::windows::Windows;
use crate::analysis::moment::Moment;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::tcp::TcpFlags;

/// A segment that comes after a later one within this time was more likely overtaken than sent
/// again, as Wireshark takes it too; in nanoseconds.
const OVERTAKEN: i64 = 3_000_000;
/// How many copies of one segment are told apart.
pub const COPIES: usize = 16;
/// How many repetitions, and how many segments, are named.
const NAMED: usize = 8;

/// The first SYN or SYN-ACK of an end.
#[derive(Clone, Copy, Debug)]
pub struct Syn {
    /// Its frame.
    pub frame: FrameNo,
    /// Its time since the first frame, in nanoseconds.
    pub time: Option<i64>,
    /// Its sequence number as it stands in the header.
    pub isn: Seq,
    /// The same as a place, which stays its own when the numbers go round.
    pub place: i64,
    /// The same as shown.
    pub seq: u32,
    /// The acknowledgment number as shown; counts where there is the flag.
    pub ack: u32,
    /// The same as it stands in the header.
    pub raw_ack: Seq,
    /// Its flags.
    pub flags: TcpFlags,
    /// The largest segment that it takes.
    pub mss: Option<u16>,
    /// The options were read to their end, so that one that is not there was not sent.
    pub complete: bool,
    /// A row of text tells of it: of the header's own numbers nothing is known.
    pub from_text: bool,
}

/// The first FIN of an end.
#[derive(Clone, Copy, Debug)]
pub struct Fin {
    /// Its frame and time.
    pub at: Moment,
    /// The number of its first byte as shown.
    pub seq: u32,
    /// How many bytes stand before the FIN.
    pub len: u32,
    /// The number that the FIN itself takes, as it stands.
    pub number: Seq,
    /// The same as a place.
    pub place: i64,
    /// The first segment that acknowledges it, and its acknowledgment number as shown.
    pub ack: Option<(FrameNo, u32)>,
}

/// A segment that repeats what an earlier one held.
#[derive(Clone, Copy, Debug)]
pub struct Repeat {
    /// Its frame and time.
    pub at: Moment,
    /// The segment that held the first of its numbers; `None` where that is not in the capture or
    /// too long ago.
    pub of: Option<Moment>,
}

/// What an end sent again.
#[derive(Clone, Debug, Default)]
pub struct Again {
    /// The first repetitions.
    pub repeats: Vec<Repeat>,
    /// How many there are.
    pub count: u64,
    /// The copies of the segment that was sent most often.
    pub copies: Vec<Moment>,
}

/// Segments that are larger than the other end's MSS: joined before the capture by the sender's
/// system or network card (TSO) or by the receiver's (GRO), several on the wire (RFC 9293, 3.7.1).
#[derive(Clone, Copy, Debug, Default)]
pub struct Joined {
    /// How many.
    pub count: u64,
    /// The first of them, and its payload bytes.
    pub first: (FrameNo, u32),
    /// How many segments all of them were at least.
    pub least: u64,
    /// What they are larger than.
    pub mss: u16,
}

/// The payload of an end.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Segments with payload.
    pub segments: u64,
    /// Their bytes, each as often as it was sent.
    pub bytes: u64,
    /// The longest of them.
    pub longest: Option<(u32, FrameNo)>,
    /// The shortest of them.
    pub shortest: Option<(u32, FrameNo)>,
    /// The first of them.
    pub first: Option<Moment>,
    /// The last of them.
    pub last: Option<Moment>,
    /// The first of them with their lengths.
    pub lens: Vec<(FrameNo, u32)>,
    /// The number after the highest byte, a place.
    pub end: Option<i64>,
    /// The first segment that acknowledges everything before `end`.
    pub end_acked: Option<Moment>,
    /// Those that are larger than a segment can be.
    pub joined: Joined,
}

/// The probes of an end: keep-alives and window probes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Probes {
    /// How many.
    pub count: u64,
    /// How many of them ask for the window.
    pub window: u64,
    /// How many of these the other end answered.
    pub window_answered: u64,
    /// The latest of them.
    pub latest: Option<FrameNo>,
    /// How many of them had a byte, which was sent before.
    pub with_byte: u64,
}

/// One end.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// Something of it was captured, whether or not it can be read.
    pub heard: bool,
    /// Its first segment that can be read.
    pub first: Option<Moment>,
    /// Its first SYN or SYN-ACK.
    pub syn: Option<Syn>,
    /// Every copy of that, the first ones in detail.
    pub calls: Vec<Moment>,
    /// Its latest SYN or SYN-ACK.
    pub asked: Option<FrameNo>,
    /// Its first FIN.
    pub fin: Option<Fin>,
    /// Its first RST.
    pub rst: Option<FrameNo>,
    /// The first of its RSTs that carries a text, and the numbers of that text, from the first to the
    /// one after the last.
    pub rst_text: Option<(FrameNo, i64, i64)>,
    /// Its sequence numbers.
    pub line: Line,
    /// The number after the highest one so far.
    pub next: Option<i64>,
    /// The lowest number so far.
    pub lowest: Option<i64>,
    /// The highest acknowledgment it has sent, and the frame that brought it first.
    pub highest_ack: Option<(i64, FrameNo)>,
    /// Its latest duplicate ACK: the number, how many, the frame.
    pub duplicate: Option<(i64, u32, FrameNo)>,
    /// The windows it offered.
    pub windows: Windows,
    /// Its probes.
    pub probes: Probes,
    /// Its latest segments that took numbers.
    pub log: Log,
    /// Which bytes of it were captured.
    pub held: Ranges,
    /// Its payload.
    pub data: Data,
    /// What it sent again.
    pub again: Again,
    /// How its data went over time; `None` where only packets are explained.
    pub timing: Option<Box<Timing>>,
    /// Its packets that are in the capture once more.
    pub twice: u64,
    /// There were numbers too far from the others to belong to them.
    pub strange: bool,
}

impl End {
    /// One of which nothing is known yet; `timed` where it will be told how its data went over time.
    pub(super) fn new(timed: bool) -> End {
        End {
            timing: timed.then(Box::default),
            ..End::default()
        }
    }

    /// How many bytes of payload were captured, each counted once.
    pub fn unique(&self) -> u64 {
        self.held.total()
    }

    /// The segment whose first number is `seq`, where exactly one of the remembered ones is it.
    pub fn only(&self, seq: Seq) -> Option<FrameNo> {
        let place = self.line.place(seq)?;
        let mut found = self.log.iter().filter(|it| it.start == place);
        let one = found.next()?;
        found.next().is_none().then_some(one.at.frame)
    }

    /// Whether its numbers belong together, and each of its bytes counts once.
    pub fn sound(&self) -> bool {
        !self.strange && !self.held.crowded
    }

    /// Takes a segment with numbers; `peer` is the other end. Returns how many bytes are new.
    pub(super) fn send(&mut self, sent: &Sent, fin: bool, marked: bool, peer: &End) -> u64 {
        let fresh = self.held.add(sent.data, sent.data_end());
        let highest = self.next.is_none_or(|next| sent.start >= next);
        let again = fresh < u64::from(sent.len) || (!highest && self.sent_before(sent));
        if again {
            self.repeat(sent);
        }
        if sent.len > 0 {
            self.payload(sent, again || marked, fin, peer);
        }
        self.log.push(*sent);
        self.extend(sent.start);
        self.next = self.next.max(Some(sent.end));
        self.line.advance(sent.end);
        fresh
    }

    /// Takes a RST.
    pub(super) fn reset(&mut self, latest: &Latest) {
        let frame = latest.at.frame;
        self.rst = self.rst.or(Some(frame));
        let text = (latest.len > 0).then_some((frame, latest.data, latest.data_end()));
        self.rst_text = self.rst_text.or(text);
    }

    /// The frame of its SYN, where that has this number.
    pub(super) fn syn_at(&self, place: i64) -> Option<FrameNo> {
        let syn = self.syn?;
        (syn.place == place).then_some(syn.frame)
    }

    /// Whether a segment at this time comes right behind the one before it.
    pub(super) fn overtakes(&self, at: Moment) -> bool {
        let before = self.log.iter().next_back();
        let since = before.and_then(|before| at.since(before.at));
        since.is_some_and(|since| since < OVERTAKEN)
    }

    /// Begins another connection, with a number and how it is shown. What was counted stays.
    pub(super) fn restart(&mut self, seq: Seq, shown: u32) {
        self.line.restart(seq, shown);
        (self.next, self.lowest) = (None, None);
        (self.syn, self.asked, self.fin, self.rst) = (None, None, None, None);
        self.calls.clear();
        self.log = Log::default();
        if let Some(timing) = &mut self.timing {
            timing.trips.restart();
        }
    }

    /// Notes that the numbers before `start` are used.
    pub(super) fn extend(&mut self, start: i64) {
        self.next = self.next.max(Some(start));
        self.lowest = Some(self.lowest.map_or(start, |it| it.min(start)));
        self.line.advance(start);
    }

    /// Whether an earlier segment had a number of it.
    fn sent_before(&self, sent: &Sent) -> bool {
        let mut log = self.log.iter().rev();
        log.any(|it| it.precedes(sent))
    }

    fn repeat(&mut self, sent: &Sent) {
        let again = &mut self.again;
        again.count += 1;
        let mut log = self.log.iter();
        let of = log.find(|it| it.precedes(sent));
        if again.repeats.len() < NAMED {
            again.repeats.push(Repeat {
                at: sent.at,
                of: of.map(|it| it.at),
            });
        }
        let same = self.log.iter();
        let same = same.filter(|it| it.start == sent.start && it.precedes(sent));
        let copies = same.map(|it| it.at).chain([sent.at]).take(COPIES);
        let copies: Vec<Moment> = copies.collect();
        if copies.len() > again.copies.len() {
            again.copies = copies;
        }
    }

    fn payload(&mut self, sent: &Sent, again: bool, fin: bool, peer: &End) {
        let data = &mut self.data;
        data.segments += 1;
        data.bytes = data.bytes.saturating_add(sent.len.into());
        if data.longest.is_none_or(|(most, _)| sent.len > most) {
            data.longest = Some((sent.len, sent.at.frame));
        }
        if data.shortest.is_none_or(|(least, _)| sent.len < least) {
            data.shortest = Some((sent.len, sent.at.frame));
        }
        if data.lens.len() < NAMED {
            data.lens.push((sent.at.frame, sent.len));
        }
        data.first.get_or_insert(sent.at);
        data.last = Some(sent.at);
        if data.end.is_none_or(|end| sent.data_end() > end) {
            data.end = Some(sent.data_end());
            data.end_acked = None;
        }
        let mss = peer.syn.and_then(|syn| syn.mss).filter(|mss| *mss > 0);
        if let Some(mss) = mss.filter(|mss| sent.len > u32::from(*mss) && !sent.split) {
            let joined = &mut data.joined;
            if joined.count == 0 {
                joined.first = (sent.at.frame, sent.len);
            }
            joined.count += 1;
            joined.mss = mss;
            joined.least += u64::from(sent.len.div_ceil(mss.into()));
        }
        if let Some(timing) = &mut self.timing {
            timing.send(sent, (again, fin), mss, peer);
        }
    }

    /// Takes an acknowledgment of what it sent, of the first segment to say so; returns what that
    /// covers. `shown` is its number as shown, `echo` the timestamp that it returns.
    pub(super) fn acknowledged(
        &mut self,
        (ack, shown): (i64, u32),
        echo: Option<u32>,
        at: Moment,
        pure: bool,
    ) -> Covered {
        if let Some(fin) = &mut self.fin
            && fin.ack.is_none()
            && ack == fin.place + 1
        {
            fin.ack = Some((at.frame, shown));
        }
        let data = &mut self.data;
        if data.end_acked.is_none() && data.end.is_some_and(|end| ack >= end) {
            data.end_acked = Some(at);
        }
        let timing = self.timing.as_mut();
        timing.map_or_else(Covered::default, |timing| {
            timing.acknowledged(ack, echo, at, pure)
        })
    }
}
