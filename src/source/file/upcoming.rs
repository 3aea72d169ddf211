//! The frames that follow and are in memory already, for the look-ahead of `pipeline/prefetch.rs`.

use super::classic::Classic;
use super::{FileSource, Reader};
use crate::model::frame::Frame;

/// The frames behind the one that was handed out last, as far as they are in memory and easily
/// read; their numbers are 0. They are only looked at: [`FileSource::next_frame`] goes on as if
/// nobody had.
pub struct Upcoming<'a> {
    reader: Option<&'a Classic>,
    bytes: &'a [u8],
}

impl FileSource {
    /// The frames that follow, as far as they are in memory.
    #[inline]
    pub fn upcoming(&self) -> Upcoming<'_> {
        Upcoming {
            reader: match &self.reader {
                Reader::Classic(reader, _) => Some(reader),
                Reader::Ng(_) => None,
            },
            bytes: self.window.bytes().get(self.current..).unwrap_or_default(),
        }
    }
}

impl<'a> Iterator for Upcoming<'a> {
    type Item = Frame<'a>;

    #[inline]
    fn next(&mut self) -> Option<Frame<'a>> {
        let record = self.reader?.usual(self.bytes)?;
        let (whole, rest) = self.bytes.split_at_checked(record.size)?;
        self.bytes = rest;
        Some(record.frame_of(0, whole.get(record.start..)?))
    }
}
