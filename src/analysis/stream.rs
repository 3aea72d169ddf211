//! The bytes that one end sent, in the order of their sequence numbers.
//!
//! Segments that come early wait for what lies before them, up to a number of bytes; beyond that
//! what is missing counts as a gap.

use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::time::Nanos;

/// How many bytes wait for those before them, unless [`Stream::holding`] says another number.
const HELD: usize = 64 * 1024;
/// How many bytes a segment that waits has at least, on an average.
const SHORTEST: usize = 64;

/// Where bytes stand in the capture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    /// The frame that holds them.
    pub frame: FrameNo,
    /// Since the first frame of the capture.
    pub now: Nanos,
    /// The number of the first byte.
    pub seq: Seq,
    /// What the segment acknowledges.
    pub ack: Seq,
}

/// What comes next in the stream.
#[derive(Clone, Debug)]
pub enum Piece {
    /// Bytes.
    Bytes(Box<[u8]>, At),
    /// So many bytes that the capture does not hold.
    Gap(u64),
    /// So many bytes that an earlier segment had.
    Again(u32, At),
    /// The end: a FIN.
    End(At),
}

/// The stream of one end.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The next number; `None` before the first segment.
    next: Option<Seq>,
    /// What came early, by its numbers.
    early: Vec<Early>,
    held: usize,
    /// How many bytes may wait.
    most: usize,
    /// Data was taken.
    data: bool,
}

impl Default for Stream {
    fn default() -> Self {
        Self::holding(HELD)
    }
}

#[derive(Clone, Debug)]
struct Early {
    bytes: Box<[u8]>,
    /// On the wire; more than `bytes` where the capture cut the segment.
    len: u32,
    fin: bool,
    at: At,
}

impl Stream {
    /// A stream in which up to `most` bytes wait for those before them.
    pub fn holding(most: usize) -> Self {
        Self {
            next: None,
            early: Vec::new(),
            held: 0,
            most,
            data: false,
        }
    }

    /// Notes a SYN: the first byte has the number after it.
    pub fn start(&mut self, next: Seq) {
        if !self.data {
            self.next = Some(next);
        }
    }

    /// Whether it is known with which number it begins.
    pub fn begun(&self) -> bool {
        self.next.is_some()
    }

    /// Takes a segment that is whole and comes just behind those before it; whether it does.
    pub fn goes_on(&mut self, bytes: &[u8], (len, fin): (u32, bool), at: &At) -> bool {
        let whole = usize::try_from(len).is_ok_and(|len| len == bytes.len());
        let goes_on = self.next == Some(at.seq) && self.early.is_empty() && whole && !fin;
        if goes_on {
            self.next = Some(at.seq.plus(len));
            self.data = true;
        }
        goes_on
    }

    /// Takes a segment of `len` payload bytes, of which `bytes` were kept, and says what that adds
    /// to the stream.
    pub fn take(&mut self, bytes: &[u8], (len, fin): (u32, bool), at: At, out: &mut Vec<Piece>) {
        let next = *self.next.get_or_insert(at.seq);
        self.data = true;
        if !at.seq.after(next) {
            self.add(bytes, (len, fin), at, out);
            self.drain(out);
            return;
        }
        self.held += bytes.len();
        let place = (self.early).partition_point(|early| early.at.seq.at_or_before(at.seq));
        let bytes = bytes.into();
        let early = Early {
            bytes,
            len,
            fin,
            at,
        };
        self.early.insert(place, early);
        while self.held > self.most || self.early.len() > self.most / SHORTEST {
            self.skip(out);
        }
    }

    /// Gives up what is missing.
    pub fn finish(&mut self, out: &mut Vec<Piece>) {
        while !self.early.is_empty() {
            self.skip(out);
        }
    }

    /// Takes the gap before the first of those that came early for one.
    fn skip(&mut self, out: &mut Vec<Piece>) {
        let (Some(next), Some(first)) = (self.next, self.early.first()) else {
            return;
        };
        if first.at.seq.after(next) {
            out.push(Piece::Gap(first.at.seq.from_base(next).into()));
            self.next = Some(first.at.seq);
        }
        self.drain(out);
    }

    fn drain(&mut self, out: &mut Vec<Piece>) {
        while let (Some(next), Some(first)) = (self.next, self.early.first())
            && !first.at.seq.after(next)
        {
            let early = self.early.remove(0);
            self.held -= early.bytes.len();
            self.add(&early.bytes, (early.len, early.fin), early.at, out);
        }
    }

    /// Adds what a segment that begins at or before the next number has of new bytes.
    fn add(&mut self, bytes: &[u8], (len, fin): (u32, bool), at: At, out: &mut Vec<Piece>) {
        let Some(next) = self.next else { return };
        let old = next.from_base(at.seq);
        if old > 0 && len > 0 {
            out.push(Piece::Again(old.min(len), at));
        }
        if old < len || (old == len && fin) {
            let new = usize::try_from(old).ok().and_then(|old| bytes.get(old..));
            let new = new.unwrap_or_default();
            let kept = u64::try_from(new.len()).unwrap_or_default();
            if kept > 0 {
                out.push(Piece::Bytes(new.into(), At { seq: next, ..at }));
            }
            let cut = u64::from(len - old).saturating_sub(kept);
            if cut > 0 {
                out.push(Piece::Gap(cut));
            }
            self.next = Some(at.seq.plus(len));
            if fin {
                out.push(Piece::End(at));
            }
        }
    }
}
