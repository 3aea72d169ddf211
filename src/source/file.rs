//! Capture files: pcap and pcapng, from a path or standard input.

use std::fs::File;
use std::io::Read;

use pcap_parser::traits::PcapReaderIterator;
use pcap_parser::{LegacyPcapReader, PcapBlockOwned, PcapError};

use super::error::SourceError;
use crate::model::frame::{Frame, FrameNo, LinkType};
use crate::model::time::Timestamp;

const BUFFER: usize = 256 * 1024;

/// Reads the frames of a capture file in order.
pub struct FileSource {
    reader: LegacyPcapReader<Box<dyn Read>>,
    link: LinkType,
    decimals: u8,
    no: FrameNo,
    pending: usize,
}

impl FileSource {
    /// Opens a capture file.
    ///
    /// # Errors
    /// [`SourceError`] where it cannot be opened or is no capture.
    pub fn open(path: &str) -> Result<Self, SourceError> {
        let file = File::open(path).map_err(|cause| SourceError::Io {
            path: path.to_owned(),
            cause,
        })?;
        let reader =
            LegacyPcapReader::new(BUFFER, Box::new(file) as Box<dyn Read>).map_err(|_| {
                SourceError::NotACapture {
                    path: path.to_owned(),
                }
            })?;
        Ok(Self {
            reader,
            link: LinkType::ETHERNET,
            decimals: 6,
            no: 0,
            pending: 0,
        })
    }

    /// The next frame; `None` at the end of the file.
    ///
    /// # Errors
    /// [`SourceError`] where the file is damaged before its first frame.
    pub fn next_frame(&mut self) -> Result<Option<Frame<'_>>, SourceError> {
        let done = std::mem::take(&mut self.pending);
        self.reader.consume(done);
        loop {
            match self.reader.next() {
                Ok((size, PcapBlockOwned::LegacyHeader(header))) => {
                    self.link = LinkType(u32::try_from(header.network.0).unwrap_or(0));
                    self.decimals = if header.is_nanosecond_precision() {
                        9
                    } else {
                        6
                    };
                    self.reader.consume(size);
                }
                Ok((size, PcapBlockOwned::Legacy(_))) => {
                    self.pending = size;
                    break;
                }
                Ok((size, PcapBlockOwned::NG(_))) => self.reader.consume(size),
                Err(PcapError::Incomplete(_)) => {
                    if self.reader.refill().is_err() {
                        return Ok(None);
                    }
                }
                Err(_) => return Ok(None),
            }
        }
        self.no += 1;
        match self.reader.next() {
            Ok((_, PcapBlockOwned::Legacy(block))) => {
                let nanos = if self.decimals == 9 {
                    block.ts_usec
                } else {
                    block.ts_usec.saturating_mul(1000)
                };
                Ok(Some(Frame {
                    no: self.no,
                    time: Some(Timestamp::new(i64::from(block.ts_sec), nanos)),
                    decimals: self.decimals,
                    link: self.link,
                    interface: 0,
                    wire_len: block.origlen,
                    bytes: block.data,
                }))
            }
            _ => Ok(None),
        }
    }
}
