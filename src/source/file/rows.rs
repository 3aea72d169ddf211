//! Rows of text in place of a capture file: a capture in memory, whose frames know that.

use super::record::Record;
use super::window::Window;
use super::{FileSource, Format, Reader};
use crate::model::frame::{FrameNo, LinkType};
use crate::source::error::SourceError;
use crate::source::rows::Rows;

impl FileSource {
    /// Reads what rows of text tell.
    pub(super) fn of_rows(path: &str, rows: Rows, size: Option<u64>) -> Result<Self, SourceError> {
        let pcap = std::io::Cursor::new(rows.pcap.clone());
        let mut source = Self::from_reader(path, Box::new(pcap), Some(0))?;
        if let Reader::Classic(_, facts) = &mut source.reader {
            facts.format = Format::Text;
            facts.size = size;
            facts.interfaces.clear();
            facts.interface_count = 0;
        }
        source.rows = Some(Box::new((rows, 0)));
        Ok(source)
    }
}

/// So many bytes tell what a file is that is neither capture nor text.
const FIRST: usize = 512;

/// The bytes of a text, as many as a window holds.
pub(super) fn all(window: &mut Window) -> std::io::Result<String> {
    // Bytes that no text has: a picture, a program. The first ones tell which.
    window.has(FIRST)?;
    if window.bytes().contains(&0) {
        return Ok(String::new());
    }
    while window.has(window.bytes().len() + 1)? {}
    Ok(String::from_utf8_lossy(window.bytes()).into_owned())
}

/// A packet with what its row says of it: its number, and whether it has a time.
#[cold]
pub(super) fn numbered(record: Record, rows: &mut (Rows, usize), no: &mut FrameNo) -> Record {
    let (row, timed) = rows.0.numbers.get(rows.1).copied().unwrap_or((*no, true));
    *no = row;
    rows.1 += 1;
    marked(record, timed, rows.0.decimals)
}

/// The packet with the number of that row, once more.
#[cold]
pub(super) fn numbered_again(record: Record, rows: &Rows, no: FrameNo) -> Record {
    let place = rows.numbers.binary_search_by_key(&no, |(row, _)| *row);
    let row = place.ok().and_then(|place| rows.numbers.get(place));
    marked(record, row.is_none_or(|(_, timed)| *timed), rows.decimals)
}

fn marked(mut record: Record, timed: bool, decimals: u8) -> Record {
    record.time = record.time.filter(|_| timed);
    record.decimals = decimals;
    record.link = LinkType::ROWS;
    record
}
