//! Capture files: pcap and pcapng, packed or not, from a path or standard input.
//!
//! Bytes are read in order into one buffer and frames borrow from it; nothing is mapped, so that
//! a pipe serves as well as a file. Every file that tshark 4.0 reads as pcap or pcapng is read
//! here, with the same frames up to the same byte.

mod classic;
mod damage;
mod ending;
mod facts;
mod fingerprint;
mod links;
mod ng;
mod order;
mod piece;
mod record;
mod unpack;
mod upcoming;
mod window;

pub use self::classic::Unsupported;
pub use self::damage::Damage;
pub use self::ending::Ending;
pub use self::facts::{Compression, FileFacts, Format, InterfaceFacts};
pub use self::fingerprint::Fingerprint;
pub use self::order::ByteOrder;
pub use self::piece::{Piece, Stored};
pub use self::upcoming::Upcoming;

use std::fs::File;
use std::io::{ErrorKind, Read};

use self::classic::{Classic, Magic, Refusal};
use self::ng::Ng;
use self::record::{Record, Stop};
use self::window::Window;
use super::error::SourceError;
use crate::model::frame::{Frame, FrameNo};

/// The path that means standard input.
pub const STANDARD_INPUT: &str = "-";

/// Reads the frames of a capture file in order.
pub struct FileSource {
    path: String,
    window: Window,
    reader: Reader,
    no: FrameNo,
    /// How many bytes what was handed out last takes; before that, a pcapng file's first block.
    lent: usize,
    ended: bool,
    ending: Ending,
    /// A piece was handed out.
    opened: bool,
}

enum Reader {
    Classic(Classic, FileFacts),
    Ng(Ng),
}

impl FileSource {
    /// Opens a capture file, or standard input for `-`.
    ///
    /// # Errors
    /// [`SourceError`] where it cannot be opened, is no capture, or is damaged at its start.
    pub fn open(path: &str) -> Result<Self, SourceError> {
        let (input, size) = input(path)?;
        Self::from_reader(path, input, size)
    }

    /// Reads a capture from anywhere. `path` is how messages call it; `size` is known for a file
    /// that lies there whole, and `None` for a pipe, where nothing may wait for bytes that are
    /// not needed yet.
    ///
    /// # Errors
    /// As [`FileSource::open`].
    pub fn from_reader(
        path: &str,
        input: Box<dyn Read>,
        size: Option<u64>,
    ) -> Result<Self, SourceError> {
        let stop = |stop| stopped_at_start(path, stop);
        let (input, compression) =
            unpack::unpack(input).map_err(|cause| SourceError::io(path, cause))?;
        let mut window = Window::new(input);
        let known = window.has(4).map_err(|error| stop(error.into()))?;
        if window.bytes().is_empty() && compression == Compression::None {
            return Err(SourceError::Empty {
                path: path.to_owned(),
            });
        }
        if !known && window.torn() {
            return Err(stop(Stop::Cut));
        }
        let mut lent = 0;
        let mut reader = if let Some(magic) = Magic::of(window.bytes()) {
            match Classic::open(magic, &mut window, size.is_some()) {
                Ok((reader, facts)) => Reader::Classic(reader, facts),
                Err(Refusal::Stop(reason)) => return Err(stop(reason)),
                Err(Refusal::Unsupported(what)) => {
                    return Err(SourceError::Unsupported {
                        path: path.to_owned(),
                        what,
                    });
                }
            }
        } else if ByteOrder::Little.u32(window.bytes(), 0) == ng::SECTION {
            match Ng::open(&mut window) {
                Ok((reader, size)) => {
                    lent = size;
                    Reader::Ng(reader)
                }
                // The four bytes alone may begin a text.
                Err(Stop::Damaged(Damage::ByteOrder { .. })) => {
                    return Err(SourceError::NotACapture {
                        path: path.to_owned(),
                    });
                }
                Err(reason) => return Err(stop(reason)),
            }
        } else {
            return Err(SourceError::NotACapture {
                path: path.to_owned(),
            });
        };
        let facts = match &mut reader {
            Reader::Classic(_, facts) => facts,
            Reader::Ng(reader) => reader.facts_mut(),
        };
        facts.compression = compression;
        facts.size = size;
        Ok(Self {
            path: path.to_owned(),
            window,
            reader,
            no: 0,
            lent,
            ended: false,
            ending: Ending::Complete,
            opened: false,
        })
    }

    /// The next frame; `None` at the end of the file, see [`FileSource::ending`].
    ///
    /// # Errors
    /// [`SourceError`] where the file is damaged before its first frame, or the system cannot
    /// read any further.
    #[inline(always)]
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, SourceError> {
        let record = self.next_record()?;
        Ok(record.map(|record| record.frame(self.no, &self.window)))
    }

    /// The next frame as [`FileSource::next_frame`] gives it, and its bytes with those in front
    /// that are about the packet and not of it, as the file holds them: for who writes it again.
    ///
    /// # Errors
    /// As [`FileSource::next_frame`].
    #[inline(always)]
    pub fn next_whole(&mut self) -> Result<Option<(Frame<'_>, &[u8])>, SourceError> {
        let record = self.next_record()?;
        let window = &self.window;
        Ok(record.map(|record| (record.frame(self.no, window), record.whole(window))))
    }

    // Every packet of every file comes through here; inlined, it is not copied from hand to hand.
    #[inline(always)]
    fn next_record(&mut self) -> Result<Option<Record>, SourceError> {
        self.window.advance(std::mem::take(&mut self.lent));
        if self.ended {
            return Ok(None);
        }
        let next = match &mut self.reader {
            Reader::Classic(reader, _) => reader.next(&mut self.window),
            Reader::Ng(reader) => reader.next(&mut self.window),
        };
        match next {
            Ok(Some(record)) => {
                self.lent = record.size;
                self.no = self.no.wrapping_add(1);
                Ok(Some(record))
            }
            Ok(None) => {
                self.ended = true;
                Ok(None)
            }
            Err(stop) => self.stop(stop).map(|()| None),
        }
    }

    #[cold]
    fn stop(&mut self, stop: Stop) -> Result<(), SourceError> {
        self.ended = true;
        match stop {
            Stop::Cut => {
                self.ending = Ending::CutAt {
                    offset: self.window.offset_of_end(),
                };
                Ok(())
            }
            Stop::Damaged(what) => self.damaged(self.window.offset(), what),
            Stop::Io(error) if is_unpacking(&error) => {
                self.damaged(self.window.offset_of_end(), Damage::Compressed)
            }
            Stop::Io(cause) => Err(SourceError::io(&self.path, cause)),
        }
    }

    fn damaged(&mut self, offset: u64, what: Damage) -> Result<(), SourceError> {
        self.ending = Ending::DamagedAt { offset, what };
        if self.no == 0 {
            return Err(SourceError::Damaged {
                path: self.path.clone(),
                offset,
                what,
            });
        }
        Ok(())
    }

    /// How many frames were handed out.
    pub fn frames(&self) -> u64 {
        self.no.into()
    }

    /// How messages call the file.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// How the file ended; [`Ending::Complete`] while it has not.
    pub fn ending(&self) -> Ending {
        self.ending
    }

    /// What the file says about itself, as far as it was read.
    pub fn facts(&self) -> &FileFacts {
        match &self.reader {
            Reader::Classic(_, facts) => facts,
            Reader::Ng(reader) => reader.facts(),
        }
    }

    /// What a program that has shown the frames should still end with: that the link type of a
    /// pcap file is one that tshark 4.0 refuses. Its frames can be read, and have no addresses.
    pub fn complaint(&self) -> Option<SourceError> {
        let Reader::Classic(reader, _) = &self.reader else {
            return None;
        };
        let link = reader.link();
        (!links::is_known(link.0)).then(|| SourceError::UnknownLinkType {
            path: self.path.clone(),
            link,
        })
    }
}

/// The bytes of a file with its size, or standard input for `-`.
fn input(path: &str) -> Result<(Box<dyn Read + Send>, Option<u64>), SourceError> {
    if path == STANDARD_INPUT {
        return standard_input();
    }
    let file = File::open(path).map_err(|cause| SourceError::io(path, cause))?;
    of_file(path, file)
}

/// Standard input, past the buffer that the standard library puts in front of it.
#[cfg(unix)]
fn standard_input() -> Result<(Box<dyn Read + Send>, Option<u64>), SourceError> {
    use std::os::fd::AsFd;
    let input = std::io::stdin().as_fd().try_clone_to_owned();
    let input = input.map_err(|cause| SourceError::io(STANDARD_INPUT, cause))?;
    of_file(STANDARD_INPUT, File::from(input))
}

#[cfg(not(unix))]
fn standard_input() -> Result<(Box<dyn Read + Send>, Option<u64>), SourceError> {
    Ok((Box::new(std::io::stdin()), None))
}

fn of_file(path: &str, file: File) -> Result<(Box<dyn Read + Send>, Option<u64>), SourceError> {
    let metadata = file
        .metadata()
        .map_err(|cause| SourceError::io(path, cause))?;
    if metadata.is_dir() {
        return Err(SourceError::Directory {
            path: path.to_owned(),
        });
    }
    let size = metadata.is_file().then_some(metadata.len());
    Ok((Box::new(file), size))
}

/// Whether it is the unpacker that cannot go on, not the system.
fn is_unpacking(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::InvalidData | ErrorKind::InvalidInput
    )
}

fn stopped_at_start(path: &str, stop: Stop) -> SourceError {
    let path = path.to_owned();
    match stop {
        Stop::Cut => SourceError::CutHeader { path },
        Stop::Damaged(what) => SourceError::Damaged {
            path,
            offset: 0,
            what,
        },
        Stop::Io(error) if is_unpacking(&error) => SourceError::Damaged {
            path,
            offset: 0,
            what: Damage::Compressed,
        },
        Stop::Io(cause) => SourceError::io(&path, cause),
    }
}
