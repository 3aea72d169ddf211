//! Capture files: reading each kind, cut and damaged ones, writing, filters.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of a test fails the test"
)]

mod build;
mod copy;
mod corpus;
mod cut;
mod filter;
mod formats;
mod malformed;
mod packed;
mod pcapng;
mod prefetch;
mod save;
mod statistics;

use std::io::Cursor;

use netlab::model::frame::LinkType;
use netlab::model::time::Timestamp;
use netlab::source::error::SourceError;
use netlab::source::file::{Ending, FileSource};

use crate::support::{corpus, shared};

/// A frame that outlives the reader's buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) no: u32,
    pub(super) time: Option<Timestamp>,
    pub(super) decimals: u8,
    pub(super) link: LinkType,
    pub(super) interface: u32,
    pub(super) wire_len: u32,
    pub(super) bytes: Vec<u8>,
}

/// Opens `bytes` as a file that lies there whole.
pub(super) fn open(bytes: &[u8]) -> Result<FileSource, SourceError> {
    let size = Some(bytes.len() as u64);
    FileSource::from_reader("test", Box::new(Cursor::new(bytes.to_vec())), size)
}

/// All frames of a source, and how it ended.
pub(super) fn drain(source: &mut FileSource) -> Result<(Vec<Kept>, Ending), SourceError> {
    let mut frames = Vec::new();
    while let Some(frame) = source.next_frame()? {
        frames.push(Kept {
            no: frame.no,
            time: frame.time,
            decimals: frame.decimals,
            link: frame.link,
            interface: frame.interface,
            wire_len: frame.wire_len,
            bytes: frame.bytes.to_vec(),
        });
    }
    assert!(source.next_frame()?.is_none(), "the end stays the end");
    Ok((frames, source.ending()))
}

/// All frames of a file, which must open.
pub(super) fn read(bytes: &[u8]) -> (Vec<Kept>, Ending) {
    drain(&mut open(bytes).expect("a capture")).expect("frames")
}

/// The frames of a file that must end well.
pub(super) fn whole(bytes: &[u8]) -> Vec<Kept> {
    let (frames, ending) = read(bytes);
    assert_eq!(ending, Ending::Complete);
    frames
}
