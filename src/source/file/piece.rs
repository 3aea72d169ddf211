//! A file piece by piece, with everything that stands around its frames: for who writes it again.

use super::ng::Step;
use super::record::Record;
use super::{ByteOrder, FileSource, Reader};
use crate::model::frame::Frame;
use crate::source::error::SourceError;

/// A piece of a capture file.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// A frame, and how the file holds it.
    Frame(Frame<'a>, Stored<'a>),
    /// A block of a pcapng file that is no frame, the section header included.
    Block(Stored<'a>),
}

/// Bytes of a file as they are.
#[derive(Clone, Copy, Debug)]
pub enum Stored<'a> {
    /// A packet of a pcap file.
    Packet {
        /// Its bytes, with those in front that are about the packet and not of it.
        bytes: &'a [u8],
        /// How many there were of them before any were cut off.
        wire_len: u32,
    },
    /// A whole block of a pcapng file.
    Block {
        /// The byte order of its section.
        order: ByteOrder,
        /// Its bytes from its type to its second length.
        bytes: &'a [u8],
    },
}

impl FileSource {
    /// The next piece of the file; `None` at its end, see [`FileSource::ending`]. A piece that
    /// the file does not hold whole is none. Frames have the numbers of
    /// [`FileSource::next_frame`]; whoever asks for pieces asks for them from the start.
    ///
    /// # Errors
    /// As [`FileSource::next_frame`].
    pub fn next_piece(&mut self) -> Result<Option<Piece<'_>>, SourceError> {
        let opened = std::mem::replace(&mut self.opened, true);
        if let (false, Reader::Ng(reader)) = (opened, &self.reader) {
            // The section header was read to open the file, and is used up by the next call.
            let bytes = self.window.bytes().get(..self.current).unwrap_or_default();
            let order = reader.facts().byte_order;
            return Ok(Some(Piece::Block(Stored::Block { order, bytes })));
        }
        self.window.advance(std::mem::take(&mut self.current));
        if self.ended {
            return Ok(None);
        }
        let next = match &mut self.reader {
            Reader::Classic(reader, _) => reader
                .next(&mut self.window)
                .map(|record| record.map_or(Step::End, Step::Frame)),
            Reader::Ng(reader) => reader.step(&mut self.window, true),
        };
        match next {
            Ok(Step::Frame(record)) => {
                self.current = record.size;
                self.no = self.no.wrapping_add(1);
                self.backward.take(self.no, record.time);
                let frame = record.frame(self.no, &self.window);
                Ok(Some(Piece::Frame(frame, self.stored(record))))
            }
            Ok(Step::Block(size)) => {
                self.current = size;
                Ok(Some(Piece::Block(self.block(size))))
            }
            Ok(Step::End) => {
                self.ended = true;
                Ok(None)
            }
            Err(stop) => self.stop(stop).map(|()| None),
        }
    }

    fn stored(&self, record: Record) -> Stored<'_> {
        match &self.reader {
            Reader::Ng(_) => self.block(record.size),
            Reader::Classic(..) => Stored::Packet {
                bytes: record.whole(&self.window),
                wire_len: record.wire_len.wrapping_add(record.about),
            },
        }
    }

    fn block(&self, size: usize) -> Stored<'_> {
        Stored::Block {
            order: self.facts().byte_order,
            bytes: self.window.bytes().get(..size).unwrap_or_default(),
        }
    }
}
