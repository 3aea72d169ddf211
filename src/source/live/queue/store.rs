//! Packets that wait in a capture file, and are read back as a capture of their own: the head of
//! the file, then the stretch in which they lie.

use std::fs::File;
use std::io::{Read, Result};
use std::sync::Arc;

use crate::model::frame::FrameNo;
use crate::source::file::read_at;

/// A capture file that grows.
pub(super) struct Store {
    file: File,
    /// What stands before its first packet.
    head: Vec<u8>,
}

impl Store {
    /// A store in `file`, of which `head` bytes stand before the first packet.
    pub(super) fn new(file: File, head: u64) -> Result<Self> {
        let mut bytes = vec![0; usize::try_from(head).unwrap_or(0)];
        let mut at = 0;
        while let Some(room) = bytes.get_mut(at..).filter(|room| !room.is_empty()) {
            match read_at(&file, room, at as u64)? {
                0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                count => at += count,
            }
        }
        Ok(Self { file, head: bytes })
    }
}

/// Packets that lie one after another in a file.
#[derive(Clone)]
pub(super) struct Stretch {
    pub(super) store: Arc<Store>,
    /// Where they begin and end there.
    pub(super) from: u64,
    pub(super) to: u64,
    /// The number of the first one, and how many they are.
    pub(super) first: FrameNo,
    pub(super) count: u32,
}

impl Stretch {
    /// Whether `after` follows at once in the same file.
    pub(super) fn goes_on_in(&self, after: &Self) -> bool {
        Arc::ptr_eq(&self.store, &after.store) && self.to == after.from
    }

    pub(super) fn extend(&mut self, after: &Self) {
        self.to = after.to;
        self.count = self.count.saturating_add(after.count);
    }

    /// Its bytes as a capture file.
    pub(super) fn capture(&self) -> Bytes {
        Bytes {
            stretch: self.clone(),
            head: 0,
        }
    }
}

/// The bytes of a capture file with a stretch of another one.
pub(super) struct Bytes {
    stretch: Stretch,
    /// How much of the head was read.
    head: usize,
}

impl Read for Bytes {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let Stretch {
            store, from, to, ..
        } = &mut self.stretch;
        let head = store.head.get(self.head..).unwrap_or_default();
        if !head.is_empty() {
            let count = Read::read(&mut &*head, into)?;
            self.head += count;
            return Ok(count);
        }
        let left = usize::try_from(*to - *from).unwrap_or(usize::MAX);
        let room = left.min(into.len());
        let count = read_at(&store.file, into.get_mut(..room).unwrap_or_default(), *from)?;
        *from += count as u64;
        Ok(count)
    }
}
