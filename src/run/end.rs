//! How programs ended.

use std::time::Duration;

use crate::analysis::conversation::Protocol;
use crate::kernel::Diag;
use crate::lab::Evidence;
use crate::model::address::Endpoint;
use crate::model::call::Party;
use crate::model::kernel::KernelSocket;
use crate::trace::End;

/// Why a run stopped its programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The clients were done and the server was not.
    Done,
    /// The user asked.
    Asked,
    /// The time that the user allowed was over.
    TimeLimit,
    /// Nothing happened for so long.
    Idle(Duration),
    /// The server did not come to wait for clients in so long.
    NotReady(Duration),
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

/// The client and the server of a connection, each with its end and what the kernel has of it.
pub type LastStates = [(Endpoint, Option<KernelSocket>); 2];

/// What the kernel has of both ends of each TCP connection.
pub(super) fn last_states(evidence: &Evidence) -> Vec<LastStates> {
    let Ok(diag) = Diag::open() else {
        return Vec::new();
    };
    let tcp = evidence
        .talks
        .iter()
        .filter(|it| it.protocol == Protocol::Tcp);
    let ends = tcp.map(|it| [(it.client, it.server), (it.server, it.client)]);
    let state = |(local, peer)| (local, diag.one(local, Some(peer)).ok().flatten());
    ends.map(|it| it.map(state)).collect()
}
