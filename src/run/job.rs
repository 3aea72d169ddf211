//! What is to be run.

use std::ffi::OsString;
use std::time::Duration;

use super::streams::Input;
use super::words::words;
use crate::model::call::{Party, Role};

/// A word of a client's that stands for the port at which the server waits.
pub const PORT: &str = "{port}";

/// A program to be run.
#[derive(Clone, Debug)]
pub struct Job {
    /// Who it is.
    pub party: Party,
    /// Its name and its arguments.
    pub words: Vec<OsString>,
    /// What it reads.
    pub input: Input,
}

impl Job {
    /// A command as typed; a shell runs what only a shell understands.
    pub fn new(party: Party, command: &str, input: Input) -> Self {
        Self {
            party,
            words: words(command),
            input,
        }
    }
}

/// What is to be run.
#[derive(Clone, Debug)]
pub struct RunOptions {
    /// The server, which starts first.
    pub server: Option<Job>,
    /// Those that start once the server waits for them.
    pub clients: Vec<Job>,
    /// How long the clients wait then.
    pub delay: Duration,
    /// The port at which the server is waited for; any, where `None`.
    pub port: Option<u16>,
    /// How long the run may take.
    pub limit: Option<Duration>,
    /// Whether calls are watched.
    pub calls: bool,
    /// Whether all packets here are the programs'.
    pub own_network: bool,
    /// Whether somebody types what the programs read.
    pub keyboard: bool,
    /// Variables of the programs' environment beside the user's own.
    pub env: Vec<(&'static str, OsString)>,
}

impl RunOptions {
    /// Whether a program is apart from the terminal: a server is, since Ctrl-C is for its client,
    /// unless it has nobody beside it.
    pub(super) fn is_apart(&self, party: Party) -> bool {
        party.role == Role::Server && !self.clients.is_empty()
    }
}
