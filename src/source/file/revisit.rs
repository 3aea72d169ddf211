//! Frames of a capture file again, in any order, by where they stand in it. A file is read where it
//! lies; what came packed or through a pipe was copied on the way, to a file without a name.

use std::cell::Cell;
use std::fs::File;
use std::io::{Read, Result, Write};
use std::rc::Rc;
use std::sync::Arc;

use super::record::Record;
use super::rows::numbered_again;
use super::window::Window;
use super::{FileSource, Reader, of_file, standard_file};
use crate::model::frame::{Frame, FrameNo};
use crate::source::error::SourceError;
use crate::source::path;
use crate::source::rows::Rows;

/// How much is read first at another place, and at most: what follows is likely to be wanted only
/// where it was wanted before.
const FIRST: usize = 4 * 1024;
const MOST: usize = 256 * 1024;

/// The bytes of a capture file that is being read, to be read again.
#[derive(Clone)]
pub struct Kept {
    file: Arc<File>,
}

impl FileSource {
    /// Opens a capture file, or standard input for `-`, whose frames will be wanted again.
    ///
    /// # Errors
    /// As [`FileSource::open`], and where there is no room for a copy of a pipe.
    pub fn open_kept(path: &str) -> std::result::Result<(Self, Kept), SourceError> {
        let file = match path {
            super::STANDARD_INPUT => standard_file(),
            name => File::open(path::of(name)),
        };
        Self::kept_of(path, file.map_err(|cause| SourceError::io(path, cause))?)
    }

    /// The same of a file that is open; `path` is how messages call it.
    ///
    /// # Errors
    /// As [`FileSource::open_kept`].
    pub fn kept_of(path: &str, file: File) -> std::result::Result<(Self, Kept), SourceError> {
        let failed = |cause| SourceError::io(path, cause);
        let again = file.try_clone().map_err(failed)?;
        let input = of_file(path, file)?;
        let copy = tempfile::tempfile();
        let copied = copy.as_ref().ok().and_then(|copy| copy.try_clone().ok());
        let mut source = Self::read(path, input.bytes, input.size, copied)?;
        let packed = source.facts().compression != super::Compression::None;
        let file = match source.is_stream() || packed {
            true => copy.map_err(failed)?,
            false => again,
        };
        // Of rows of text the packets are read again, not the text.
        let file = match &source.rows {
            Some(rows) => in_file(&rows.0.pcap).map_err(failed)?,
            None => file,
        };
        if let Reader::Ng(reader) = &mut source.reader {
            reader.past = Some(Vec::new());
        }
        let file = Arc::new(file);
        Ok((source.stopped_by(input.stopped), Kept { file }))
    }

    /// The next frame, and where it stands, for [`Revisit::frame`].
    ///
    /// # Errors
    /// As [`FileSource::next_frame`].
    pub fn next_placed(&mut self) -> std::result::Result<Option<(Frame<'_>, u64)>, SourceError> {
        let record = self.next_record()?;
        let place = self.window.offset();
        Ok(record.map(|record| (record.frame(self.no, &self.window), place)))
    }

    /// Reads again what was read so far; `kept` is the same file.
    pub fn revisit(&self, kept: &Kept) -> Revisit {
        let at = Rc::new(Cell::new((0, FIRST)));
        let input = At {
            file: Arc::clone(&kept.file),
            at: Rc::clone(&at),
        };
        Revisit {
            window: Window::new(Box::new(input)),
            at,
            reader: self.reader.clone(),
            current: 0,
            rows: self.rows.as_ref().map(|rows| rows.0.clone()),
        }
    }
}

/// A file without a name that holds these bytes.
fn in_file(bytes: &[u8]) -> Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Reads frames again.
pub struct Revisit {
    window: Window,
    /// Where the window reads next, and how much.
    at: Rc<Cell<(u64, usize)>>,
    reader: Reader,
    current: usize,
    /// The rows of text that the frames are from.
    rows: Option<Rows>,
}

impl Revisit {
    /// The frame number `no`, which stands at `place`; `None` where it can no longer be read.
    pub fn frame(&mut self, no: FrameNo, place: u64) -> Option<Frame<'_>> {
        self.window.advance(std::mem::take(&mut self.current));
        let (here, end) = (self.window.offset(), self.window.offset_of_end());
        let mut record = None;
        if (here..end).contains(&place) {
            self.window.advance(usize::try_from(place - here).ok()?);
            record = self.record(place);
        }
        // Also where a file that grows ended within it.
        if record.is_none() {
            let (_, much) = self.at.get();
            self.at
                .set((place, if end == place { much } else { FIRST }));
            self.window.jump(place);
            record = self.record(place);
        }
        let record = match (record?, &self.rows) {
            (record, Some(rows)) => numbered_again(record, rows, no),
            (record, None) => record,
        };
        self.current = record.size;
        Some(record.frame(no, &self.window))
    }

    fn record(&mut self, place: u64) -> Option<Record> {
        let read = match &mut self.reader {
            Reader::Classic(reader, _) => reader.next(&mut self.window),
            Reader::Ng(reader) => {
                let past = reader.past.as_mut().and_then(|past| {
                    let at = past.partition_point(|(end, _)| *end <= place);
                    past.get_mut(at)
                });
                match past {
                    Some((_, past)) => past.next(&mut self.window),
                    None => reader.next(&mut self.window),
                }
            }
        };
        read.ok()?
    }
}

/// A file from any place on, more at a time the longer it goes on.
struct At {
    file: Arc<File>,
    at: Rc<Cell<(u64, usize)>>,
}

impl Read for At {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let (place, much) = self.at.get();
        let room = into.len().min(much);
        let count = read_at(&self.file, into.get_mut(..room).unwrap_or_default(), place)?;
        self.at.set((place + count as u64, MOST.min(much * 4)));
        Ok(count)
    }
}

/// A file without a name, to be read and to be written. Reading goes on from its start as writing
/// does from its end.
///
/// # Errors
/// Where there is no room for it.
pub fn nameless() -> Result<(File, File)> {
    let file = tempfile::NamedTempFile::new()?;
    Ok((file.reopen()?, file.into_file()))
}

/// What is read from `input`, copied to `copy`.
pub(super) fn copied(input: Box<dyn Read>, copy: File) -> Box<dyn Read> {
    Box::new(Copied { input, copy })
}

struct Copied {
    input: Box<dyn Read>,
    copy: File,
}

impl Read for Copied {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let count = self.input.read(into)?;
        self.copy.write_all(into.get(..count).unwrap_or_default())?;
        Ok(count)
    }
}

/// Reads from a place of a file, wherever it was read before.
#[cfg(unix)]
pub(in crate::source) fn read_at(file: &File, into: &mut [u8], offset: u64) -> Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, into, offset)
}

#[cfg(windows)]
pub(in crate::source) fn read_at(file: &File, into: &mut [u8], offset: u64) -> Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, into, offset)
}
