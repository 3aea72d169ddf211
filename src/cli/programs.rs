//! What the verbs that run exercises have in common: the runtime, where programs tell what
//! happens, and how their errors end the process.

use std::io::Write;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use super::exit::FAILED;
use super::fail::Failure;
use super::world::World;
use crate::exercises::Setting;
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::Entry;
use crate::model::call::Party;

/// A program that runs alone and tells what happens on standard output.
pub(super) fn alone(party: Party, world: &World) -> Setting {
    let sink = Arc::new(|entry: Entry| {
        if let Entry::Said { line, .. } = entry {
            // A reader that has left does not end a server.
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "{line}").and_then(|()| out.flush());
        }
    });
    Setting {
        lang: world.lang,
        party,
        sink,
    }
}

/// A runtime of one thread.
pub(super) fn runtime(_: &World) -> Result<Runtime, Failure> {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| system(&cause))
}

/// A failure of the system's own.
pub(super) fn system(cause: &std::io::Error) -> Failure {
    Failure::new(FAILED, cause.to_string(), String::new())
}

/// An exercise's error as the end of the process.
pub(super) fn failure(error: &ExerciseError, world: &World) -> Failure {
    Failure::new(FAILED, error.message(world.lang), error.hint(world.lang))
}
