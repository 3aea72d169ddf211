//! Waiting for frames without a thread: the capture's descriptor in the runtime's poll.

use std::io;
use std::os::fd::AsFd;
use std::os::fd::OwnedFd;

use tokio::io::Interest;
use tokio::io::unix::AsyncFd;

/// Waits for the descriptor of a capture.
#[derive(Debug)]
pub(super) struct Wait {
    /// Until the first wait, which has a runtime for it.
    fd: Option<OwnedFd>,
    polled: Option<AsyncFd<OwnedFd>>,
}

impl Wait {
    /// Will wait for `capture`.
    pub(super) fn new(capture: &impl AsFd) -> io::Result<Self> {
        let fd = capture.as_fd().try_clone_to_owned()?;
        Ok(Self {
            fd: Some(fd),
            polled: None,
        })
    }

    /// Returns when something can be read, an error of the interface included. Each announcement
    /// is told once, so everything has to be read after it.
    pub(super) async fn readable(&mut self) -> io::Result<()> {
        const INTEREST: Interest = Interest::READABLE.add(Interest::ERROR);
        if let Some(fd) = self.fd.take() {
            #[expect(
                unsafe_code,
                reason = "tokio cannot know that the descriptor stays open"
            )]
            // SAFETY: an OwnedFd is open, names the same file and is the same number until it is
            // dropped, and it is dropped by the AsyncFd that owns it.
            let polled = unsafe { AsyncFd::register_with_interest(fd, INTEREST) };
            self.polled = Some(polled.map_err(io::Error::from)?);
        }
        match &self.polled {
            Some(polled) => {
                polled.ready(INTEREST).await?.clear_ready();
                Ok(())
            }
            // The descriptor was refused by an earlier call, which said why.
            None => Err(io::ErrorKind::NotConnected.into()),
        }
    }
}
