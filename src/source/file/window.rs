//! A stretch of the file in memory: bytes come in at its end and are used up from its start.

use std::io::{ErrorKind, Read, Result};

/// How much is asked of the system at a time. Measured: 64 KiB and 1 MiB are no faster.
const USUAL: usize = 256 * 1024;

/// How much at first: of a thousand small files the memory of all the rest would be cleared in vain.
const FIRST: usize = 16 * 1024;

/// The most a window grows to: the largest block that tshark 4.0 accepts, a packet of 128 MiB
/// with 128 KiB of options. A window grows with the bytes that arrive, never with a length that
/// a file only claims.
pub(super) const LIMIT: usize = 134_348_832;

/// Bytes of a file, read in order, without seeking, so that a pipe will do.
pub(super) struct Window {
    input: Box<dyn Read>,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    used: u64,
    ended: bool,
    torn: bool,
}

impl Window {
    /// A window at the start of `input`.
    pub(super) fn new(input: Box<dyn Read>) -> Self {
        Self {
            input,
            buffer: vec![0; FIRST],
            start: 0,
            end: 0,
            used: 0,
            ended: false,
            torn: false,
        }
    }

    /// The bytes that are here.
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// The `len` bytes from `start` on, of those that are here. One check instead of two: every
    /// packet is taken out of the window by this.
    #[inline]
    pub(super) fn part(&self, start: usize, len: usize) -> &[u8] {
        let start = self.start + start;
        debug_assert!(start + len <= self.end);
        self.buffer.get(start..start + len).unwrap_or_default()
    }

    /// Whether `count` bytes are here or could be read. False at the end of the file, and where
    /// `count` is more than [`LIMIT`].
    #[inline]
    pub(super) fn has(&mut self, count: usize) -> Result<bool> {
        if self.end - self.start >= count {
            return Ok(true);
        }
        self.fill(count)
    }

    #[cold]
    fn fill(&mut self, count: usize) -> Result<bool> {
        if count > LIMIT {
            return Ok(false);
        }
        let full = self.end == self.buffer.len();
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if full && self.buffer.len() < USUAL {
            self.buffer.resize(USUAL, 0);
        }
        while self.end < count && !self.ended {
            if self.end == self.buffer.len() {
                let grown = self.buffer.len().saturating_mul(2).min(LIMIT);
                self.buffer.resize(grown, 0);
            }
            let Some(room) = self.buffer.get_mut(self.end..) else {
                break;
            };
            match self.input.read(room) {
                Ok(0) => self.ended = true,
                Ok(count) => self.end = (self.end + count).min(self.buffer.len()),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if error.kind() == ErrorKind::UnexpectedEof => {
                    self.ended = true;
                    self.torn = true;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(self.end >= count)
    }

    /// Uses up `count` bytes of those that are here.
    #[inline]
    pub(super) fn advance(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.used += count as u64;
    }

    /// Uses up `count` bytes without keeping them; false where the file ends before.
    pub(super) fn skip(&mut self, count: usize) -> Result<bool> {
        let mut left = count;
        loop {
            let here = left.min(self.end - self.start);
            self.advance(here);
            left -= here;
            if left == 0 {
                return Ok(true);
            }
            if !self.has(1)? {
                return Ok(false);
            }
        }
    }

    /// Goes on at another offset, to which the input has been set.
    pub(super) fn jump(&mut self, offset: u64) {
        (self.start, self.end, self.used) = (0, 0, offset);
        (self.ended, self.torn) = (false, false);
    }

    /// How many bytes of the file were used up: the offset of the next one.
    pub(super) fn offset(&self) -> u64 {
        self.used
    }

    /// The offset of the first byte that has not been read yet.
    pub(super) fn offset_of_end(&self) -> u64 {
        self.used + (self.end - self.start) as u64
    }

    /// Whether a compressed file ended before its own end mark.
    pub(super) fn torn(&self) -> bool {
        self.torn
    }
}
