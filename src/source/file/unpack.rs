//! Compressed capture files: what their first bytes look like, and a reader that unpacks them.
//! gzip, Zstandard and LZ4 are what tshark 4.0 reads.

use std::io::{BufRead, BufReader, Error, ErrorKind, Read, Result};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::facts::Compression;

const PACKED_BUFFER: usize = 64 * 1024;

/// How a file that begins with `head` is packed.
fn recognize(head: &[u8]) -> Compression {
    match head {
        [0x1f, 0x8b, ..] => Compression::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression::Zstd,
        [0x04, 0x22, 0x4d, 0x18, ..] => Compression::Lz4,
        _ => Compression::None,
    }
}

/// A reader of the capture inside `input`, and how it was packed.
pub(super) fn unpack(mut input: Box<dyn Read>) -> Result<(Box<dyn Read>, Compression)> {
    let mut head = [0; 4];
    let mut len = 0;
    while let Some(room) = head.get_mut(len..).filter(|room| !room.is_empty()) {
        match input.read(room) {
            Ok(0) => break,
            Ok(count) => len += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    let read = head.get(..len).unwrap_or_default();
    let compression = recognize(read);
    let whole = std::io::Cursor::new(read.to_vec()).chain(input);
    let packed = |input| Packed {
        input: BufReader::with_capacity(PACKED_BUFFER, input),
        ran_dry: false,
    };
    let unpacked: Box<dyn Read> = match compression {
        Compression::None => Box::new(whole),
        Compression::Gzip => Box::new(MultiGzDecoder::new(BufReader::with_capacity(
            PACKED_BUFFER,
            whole,
        ))),
        Compression::Zstd => Box::new(Zstd {
            input: packed(whole),
            frame: FrameDecoder::new(),
            inside: false,
        }),
        Compression::Lz4 => Box::new(Lz4(lz4_flex::frame::FrameDecoder::new(packed(whole)))),
    };
    Ok((unpacked, compression))
}

/// Packed bytes. Remembers whether the decoder asked for bytes past their end: that is how a cut
/// file is told from one with wrong bytes.
struct Packed<R> {
    input: BufReader<R>,
    ran_dry: bool,
}

impl<R: Read> Packed<R> {
    fn is_empty(&mut self) -> Result<bool> {
        Ok(self.input.fill_buf()?.is_empty())
    }

    fn explain(&self, error: impl std::fmt::Display) -> Error {
        let kind = if self.ran_dry {
            ErrorKind::UnexpectedEof
        } else {
            ErrorKind::InvalidData
        };
        Error::new(kind, error.to_string())
    }
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let count = self.input.read(buffer)?;
        self.ran_dry |= count == 0 && !buffer.is_empty();
        Ok(count)
    }
}

/// Zstandard frames one after another (RFC 8878, 3.1).
struct Zstd<R> {
    input: Packed<R>,
    frame: FrameDecoder,
    inside: bool,
}

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            if self.inside {
                let count = self.frame.read(buffer)?;
                if count > 0 || buffer.is_empty() {
                    return Ok(count);
                }
                if self.frame.is_finished() {
                    self.inside = false;
                } else if let Err(error) = self
                    .frame
                    .decode_blocks(&mut self.input, BlockDecodingStrategy::UptoBlocks(1))
                {
                    return Err(self.input.explain(error));
                }
                continue;
            }
            if self.input.is_empty()? {
                return Ok(0);
            }
            match self.frame.reset(&mut self.input) {
                Ok(()) => self.inside = true,
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    std::io::copy(
                        &mut Read::by_ref(&mut self.input).take(u64::from(length)),
                        &mut std::io::sink(),
                    )?;
                }
                Err(error) => return Err(self.input.explain(error)),
            }
        }
    }
}

/// LZ4 frames one after another.
struct Lz4<R: Read>(lz4_flex::frame::FrameDecoder<Packed<R>>);

impl<R: Read> Read for Lz4<R> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            match self.0.read(buffer) {
                Ok(0) if !buffer.is_empty() => {
                    if self.0.get_ref().ran_dry {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                    if self.0.get_mut().is_empty()? {
                        return Ok(0);
                    }
                }
                Ok(count) => return Ok(count),
                Err(error) => return Err(self.0.get_ref().explain(error)),
            }
        }
    }
}
