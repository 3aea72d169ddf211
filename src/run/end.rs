//! How programs ended.

use crate::model::call::Party;
use crate::trace::End;

/// Why a run stopped its programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The clients were done and the server was not.
    Done,
    /// The user asked.
    Asked,
    /// The time that the user allowed was over.
    TimeLimit,
    /// Nothing happened for ten seconds.
    Idle,
    /// The server did not come to wait for clients.
    NotReady,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// Which.
    pub party: Party,
    /// Its exit code or the signal that ended it; `None` where it lives still.
    pub end: Option<End>,
    /// netlab had asked it to end by then.
    pub stopped: bool,
    /// The last line that it wrote to standard error, of its own.
    pub last_error: Option<String>,
    /// It was waiting for a line from the keyboard when it was stopped.
    pub reads_keyboard: bool,
    /// How many of its lines were not told, being too many.
    pub untold: u64,
}

impl Ended {
    /// Whether it failed by itself.
    pub fn failed(&self) -> bool {
        !self.stopped && self.end != Some(End::Code(0))
    }
}
