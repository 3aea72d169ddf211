//! Capture files: pcap and pcapng, packed or not, from a path or standard input.
//!
//! Bytes are read in order into one buffer and frames borrow from it; nothing is mapped, so that
//! a pipe serves as well as a file. Every file that tshark 4.0 reads as pcap or pcapng is read
//! here, with the same frames up to the same byte.

mod classic;
mod ending;
mod facts;
mod fingerprint;
mod links;
mod ng;
mod order;
mod piece;
mod record;
mod revisit;
mod rows;
mod stopped;
#[cfg(unix)]
mod stream;
mod times;
mod unpack;
mod upcoming;
mod window;

pub use self::ending::Ending;
pub use self::facts::{Compression, FileFacts, Format, InterfaceFacts};
pub use self::fingerprint::Fingerprint;
pub use self::order::ByteOrder;
pub use self::piece::{Piece, Stored};
pub(in crate::source) use self::revisit::read_at;
pub use self::revisit::{Kept, Revisit, nameless};
pub use self::upcoming::Upcoming;

use std::fs::File;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use self::classic::{Classic, Magic, Refusal};
use self::ng::Ng;
use self::record::{Record, Stop};
use self::stopped::{at_start, is_unpacking};
use self::times::Backward;
use self::window::Window;
use super::STANDARD_INPUT;
use super::error::SourceError;
use super::rows::Rows;
use crate::model::frame::{Frame, FrameNo};
use crate::source::damage::Damage;
use crate::source::path;
use crate::text::Lang;

/// Reads the frames of a capture file in order.
pub struct FileSource {
    path: String,
    window: Window,
    reader: Reader,
    no: FrameNo,
    /// How many bytes what was handed out last takes; before that, a pcapng file's first block.
    current: usize,
    ended: bool,
    ending: Ending,
    backward: Backward,
    /// The rows of text that the frames are from, and how many of them were handed out.
    rows: Option<Box<(Rows, usize)>>,
    /// A piece was handed out.
    opened: bool,
    /// A pipe was ended by the user, see [`Stream`](self::stream).
    stopped: Arc<AtomicBool>,
}

#[derive(Clone)]
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
        let input = input(path)?;
        let source = Self::from_reader(path, input.bytes, input.size)?;
        Ok(source.stopped_by(input.stopped))
    }

    /// Is ended where `stopped` says so.
    fn stopped_by(mut self, stopped: Arc<AtomicBool>) -> Self {
        self.stopped = stopped;
        self
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
        Self::read(path, input, size, None)
    }

    /// Reads a capture; what cannot be read twice is copied to `copy` on the way.
    fn read(
        path: &str,
        input: Box<dyn Read>,
        size: Option<u64>,
        copy: Option<File>,
    ) -> Result<Self, SourceError> {
        let stop = |stop| at_start(path, stop);
        let (mut input, compression) =
            unpack::unpack(input).map_err(|cause| SourceError::io(path, cause))?;
        if let Some(copy) = copy.filter(|_| size.is_none() || compression != Compression::None) {
            input = revisit::copied(input, copy);
        }
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
        let mut current = 0;
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
                    current = size;
                    Reader::Ng(reader)
                }
                // The four bytes alone may begin a text.
                Err(Stop::Damaged(Damage::ByteOrder { .. })) => {
                    return Err(SourceError::not_a_capture(path, &[]));
                }
                Err(reason) => return Err(stop(reason)),
            }
        } else {
            let text = rows::all(&mut window).map_err(|error| stop(error.into()))?;
            let rows = Rows::read(&text)
                .ok_or_else(|| SourceError::not_a_capture(path, window.bytes()))?;
            return Self::of_rows(path, rows, size);
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
            current,
            ended: false,
            ending: Ending::Complete,
            backward: Backward::default(),
            rows: None,
            opened: false,
            stopped: Arc::default(),
        })
    }

    /// Whether the bytes come when whoever writes them has them: a pipe, not a file.
    pub fn is_stream(&self) -> bool {
        self.facts().size.is_none()
    }

    /// Whether the next frame is here already, so that nobody has to be waited for. Where blocks
    /// without a frame lie before it, the answer may be no.
    pub fn holds_next(&self) -> bool {
        let bytes = self.window.bytes().get(self.current..).unwrap_or_default();
        match &self.reader {
            Reader::Classic(reader, _) => reader.holds(bytes),
            Reader::Ng(reader) => reader.holds(bytes),
        }
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
        self.window.advance(std::mem::take(&mut self.current));
        if self.ended {
            return Ok(None);
        }
        let next = match &mut self.reader {
            Reader::Classic(reader, _) => reader.next(&mut self.window),
            Reader::Ng(reader) => reader.next(&mut self.window),
        };
        match next {
            Ok(Some(record)) => {
                self.current = record.size;
                self.no = self.no.wrapping_add(1);
                let record = match &mut self.rows {
                    None => record,
                    Some(rows) => rows::numbered(record, rows, &mut self.no),
                };
                self.backward.take(self.no, record.time);
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
            // What comes behind is not missing, it was not wanted.
            Stop::Cut if self.stopped.load(Ordering::Relaxed) => Ok(()),
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

    /// Sentences for whoever reads the file, once no frame is left: that it ended before its proper
    /// end, that its times go back.
    pub fn warnings(&self, lang: Lang) -> impl Iterator<Item = String> {
        let ending = self.ending.warning(lang);
        let all = ending.into_iter().chain(self.backward.warning(lang));
        let rows = self.rows.as_ref().map(|rows| rows.0.warnings(lang));
        all.chain(rows.unwrap_or_default())
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

/// Whether what is read there comes as whoever writes it has it: a pipe, not a file.
pub fn is_stream(path: &str) -> bool {
    let known = match path {
        STANDARD_INPUT => standard_file().and_then(|file| file.metadata()),
        name => std::fs::metadata(path::of(name)),
    };
    known.is_ok_and(|known| !known.is_file() && !known.is_dir())
}

/// Where the bytes of a capture come from.
struct Input {
    bytes: Box<dyn Read + Send>,
    /// How many there are, of a file.
    size: Option<u64>,
    /// They were ended by the user.
    stopped: Arc<AtomicBool>,
}

/// The bytes of a file, or standard input for `-`.
fn input(path: &str) -> Result<Input, SourceError> {
    if path == STANDARD_INPUT {
        return standard_input();
    }
    let file = File::open(path::of(path)).map_err(|cause| SourceError::io(path, cause))?;
    of_file(path, file)
}

fn standard_input() -> Result<Input, SourceError> {
    let file = standard_file().map_err(|cause| SourceError::io(STANDARD_INPUT, cause))?;
    of_file(STANDARD_INPUT, file)
}

/// Standard input, past the buffer that the standard library puts in front of it.
fn standard_file() -> std::io::Result<File> {
    #[cfg(unix)]
    let input = std::os::fd::AsFd::as_fd(&std::io::stdin()).try_clone_to_owned();
    #[cfg(windows)]
    let input = std::os::windows::io::AsHandle::as_handle(&std::io::stdin()).try_clone_to_owned();
    input.map(File::from)
}

fn of_file(path: &str, file: File) -> Result<Input, SourceError> {
    let metadata = file
        .metadata()
        .map_err(|cause| SourceError::io(path, cause))?;
    if metadata.is_dir() {
        return Err(SourceError::Directory {
            path: path.to_owned(),
        });
    }
    let stopped = Arc::default();
    let size = metadata.is_file().then_some(metadata.len());
    let bytes: Box<dyn Read + Send> = match size {
        #[cfg(unix)]
        None => Box::new(stream::Stream::new(file, Arc::clone(&stopped))),
        _ => Box::new(file),
    };
    Ok(Input {
        bytes,
        size,
        stopped,
    })
}
