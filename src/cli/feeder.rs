//! The way from what goes on to the view that is open beside it.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use super::fail::Failure;
use crate::model::frame::{Frame, LinkType};
use crate::report::moment::Moment;

/// How many things wait for the view; who makes more of them waits.
const QUEUE: usize = 1024;

/// What goes to a view.
pub(super) enum Sent {
    Begin(LinkType, u8),
    Frame(Frame<'static>, Vec<u8>),
    Call(Moment),
    Told(String),
    /// What the kernel's sockets have become.
    State(String),
    /// Everything was shown.
    End,
}

/// The way to a view that is open.
#[derive(Clone, Debug)]
pub(super) struct Feeder {
    sender: SyncSender<Sent>,
    /// The user has left.
    left: Left,
}

/// Whether the user has left the view.
#[derive(Clone, Debug, Default)]
pub(super) struct Left(Arc<(Mutex<bool>, Condvar)>);

impl Left {
    /// The user has left.
    pub(super) fn set(&self) {
        let (left, changed) = &*self.0;
        *left.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
    }

    fn is_set(&self) -> bool {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self) {
        let (left, changed) = &*self.0;
        let left = left.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(left, |left| !*left));
    }
}

impl Feeder {
    /// A way to a view, what the view hears from it, and what it says when its user leaves.
    pub(super) fn open() -> (Self, Receiver<Sent>, Left) {
        let (sender, receiver) = sync_channel(QUEUE);
        let left = Left::default();
        let feeder = Self {
            sender,
            left: left.clone(),
        };
        (feeder, receiver, left)
    }

    fn send(&self, sent: Sent) -> Result<(), Failure> {
        self.sender.send(sent).map_err(|_| Failure::BrokenPipe)
    }

    /// A capture is open.
    pub(super) fn begin(&self, link: LinkType, decimals: u8) -> Result<(), Failure> {
        self.send(Sent::Begin(link, decimals))
    }

    /// Shows a frame.
    pub(super) fn frame(&self, frame: &Frame<'_>) -> Result<(), Failure> {
        let bare = Frame {
            bytes: &[],
            ..*frame
        };
        self.send(Sent::Frame(bare, frame.bytes.to_vec()))
    }

    /// Shows a call behind the latest frame.
    pub(super) fn call(&self, moment: &Moment) -> Result<(), Failure> {
        self.send(Sent::Call(*moment))
    }

    /// Shows how a socket of the kernel has changed behind the latest frame.
    #[cfg(target_os = "linux")]
    pub(super) fn state(&self, line: &str) -> Result<(), Failure> {
        self.send(Sent::State(line.to_owned()))
    }

    /// Tells something; says whether anybody is there to read it.
    pub(super) fn tell(&self, text: &str) -> bool {
        // Nothing is locked while a full queue makes the sender wait: the user could not leave.
        !self.left.is_set() && self.send(Sent::Told(text.to_owned())).is_ok()
    }

    /// Waits until the user has left: everything was shown.
    pub(super) fn end(&self) {
        let _ = self.send(Sent::End);
        self.left.wait();
    }
}
