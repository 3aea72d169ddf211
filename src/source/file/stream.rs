//! Standard input and pipes, which bring their bytes when they have them, and for which a request
//! to end (Ctrl-C) is the end: whoever reads them finishes as at the end of a file.

use std::fs::File;
use std::io::{Read, Result};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};

use crate::source::live::signals;

/// After a request to end, what whoever writes to the pipe still sends is read: until nothing
/// came for this long,
const QUIET: Duration = Duration::from_millis(200);
/// and for no longer than this.
const LIMIT: Duration = Duration::from_secs(2);

/// A pipe.
pub(super) struct Stream {
    file: File,
    /// Can be read once the user asked to end; none where the system has no room for it.
    asked: Option<UnixStream>,
    /// When that was.
    since: Option<Instant>,
    /// It was ended before its own end.
    ended: Arc<AtomicBool>,
}

impl Stream {
    /// Reads from `file`, and notes in `ended` when that was ended.
    pub(super) fn new(file: File, ended: Arc<AtomicBool>) -> Self {
        Self {
            file,
            asked: signals::asked().ok(),
            since: None,
            ended,
        }
    }

    /// Waits until there is something to read; false where the stream is to end.
    fn wait(&mut self) -> Result<bool> {
        loop {
            let timeout = match self.since {
                Some(since) if since.elapsed() > LIMIT => return Ok(false),
                Some(_) => PollTimeout::try_from(QUIET).unwrap_or(PollTimeout::ZERO),
                None => PollTimeout::NONE,
            };
            let mut waited = vec![PollFd::new(self.file.as_fd(), PollFlags::POLLIN)];
            if let (Some(asked), None) = (&self.asked, self.since) {
                waited.push(PollFd::new(asked.as_fd(), PollFlags::POLLIN));
            }
            match poll(&mut waited, timeout) {
                Ok(0) => return Ok(false),
                Ok(_) => {}
                Err(Errno::EINTR) => continue,
                Err(cause) => return Err(cause.into()),
            }
            let [readable, asked] = [0, 1].map(|at| waited.get(at).and_then(PollFd::any));
            if asked == Some(true) {
                self.since = Some(now());
            } else if readable == Some(true) {
                return Ok(true);
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> Result<usize> {
        let ended = self.ended.load(Ordering::Relaxed);
        if into.is_empty() || ended || !self.wait()? {
            self.ended.store(!into.is_empty(), Ordering::Relaxed);
            return Ok(0);
        }
        self.file.read(into)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "how long the user waits is no time of the capture"
)]
fn now() -> Instant {
    Instant::now()
}
