//! The SHA-256 of a capture file, taken while it is read.

use std::fmt::Write as _;
use std::io::{ErrorKind, Read};
use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};

use sha2::{Digest, Sha256};

use super::FileSource;
use crate::source::error::SourceError;

/// How much is read at once of what nobody asked for.
const CHUNK: usize = 64 * 1024;
/// From how many bytes on a thread of its own takes the SHA-256: of a small file it would cost more.
const LARGE: u64 = 4 << 20;
/// How many pieces wait for that thread at most.
const PIECES: usize = 4;

/// The bytes of a file as they pass by.
#[derive(Clone)]
pub struct Fingerprint(Arc<Mutex<Passing>>);

struct Passing {
    input: Box<dyn Read + Send>,
    hash: Hash,
    bytes: u64,
}

/// Where the SHA-256 is taken.
enum Hash {
    Here(Sha256),
    Beside(Beside, JoinHandle<Sha256>),
}

/// The way to a thread that takes the SHA-256.
struct Beside {
    pieces: SyncSender<Vec<u8>>,
    /// Pieces that it has taken, whose room serves for the next.
    taken: Receiver<Vec<u8>>,
}

impl Hash {
    fn update(&mut self, bytes: &[u8]) {
        match self {
            Hash::Here(hash) => hash.update(bytes),
            Hash::Beside(beside, _) => {
                let mut piece = beside.taken.try_recv().unwrap_or_default();
                piece.clear();
                piece.extend_from_slice(bytes);
                // It takes all that it is sent.
                drop(beside.pieces.send(piece));
            }
        }
    }

    /// Goes on beside the reading, where the system lets a thread begin.
    fn move_beside(&mut self) {
        let Hash::Here(hash) = self else {
            return;
        };
        let mut hash = hash.clone();
        let (pieces, sent) = sync_channel::<Vec<u8>>(PIECES);
        let (back, taken) = channel();
        let thread = Builder::new().spawn(move || {
            for piece in sent {
                hash.update(&piece);
                // Nobody needs it behind the last one.
                let _ = back.send(piece);
            }
            hash
        });
        if let Ok(thread) = thread {
            *self = Hash::Beside(Beside { pieces, taken }, thread);
        }
    }

    fn finish(self) -> std::io::Result<Sha256> {
        match self {
            Hash::Here(hash) => Ok(hash),
            Hash::Beside(beside, thread) => {
                drop(beside);
                thread.join().map_err(|_| ErrorKind::Other.into())
            }
        }
    }
}

impl FileSource {
    /// Opens a capture file, or standard input for `-`, so that its SHA-256 is known at the end.
    ///
    /// # Errors
    /// As [`FileSource::open`].
    pub fn open_hashed(path: &str) -> Result<(Self, Fingerprint), SourceError> {
        let input = super::input(path)?;
        let passing = Fingerprint(Arc::new(Mutex::new(Passing {
            input: input.bytes,
            hash: Hash::Here(Sha256::new()),
            bytes: 0,
        })));
        let source = Self::from_reader(path, Box::new(passing.clone()), input.size)?;
        Ok((source.stopped_by(input.stopped), passing))
    }
}

impl Fingerprint {
    /// How many bytes have passed. Less than the size of the file while it is read.
    pub fn bytes(&self) -> u64 {
        self.passing().bytes
    }

    /// Reads to the end of the file, and says its SHA-256 in hexadecimal and its size in bytes.
    ///
    /// # Errors
    /// What the system says where the rest cannot be read.
    pub fn finish(&self) -> std::io::Result<(String, u64)> {
        let mut chunk = vec![0; CHUNK];
        let mut passing = self.passing();
        loop {
            match passing.take(&mut chunk) {
                Ok(0) => break,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let mut text = String::new();
        let hash = std::mem::replace(&mut passing.hash, Hash::Here(Sha256::new())).finish()?;
        passing.hash = Hash::Here(hash.clone());
        for byte in hash.finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        Ok((text, passing.bytes))
    }

    fn passing(&self) -> MutexGuard<'_, Passing> {
        // Whoever panicked while reading left whole bytes behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Passing {
    fn take(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.input.read(into)?;
        self.hash.update(into.get(..count).unwrap_or_default());
        self.bytes += u64::try_from(count).unwrap_or_default();
        if self.bytes >= LARGE {
            self.hash.move_beside();
        }
        Ok(count)
    }
}

impl Read for Fingerprint {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        self.passing().take(into)
    }
}
