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
use crate::sandbox::{self, Keep};
use crate::text::phrase::phrase;
use crate::text::system;

/// A program that runs alone and tells what happens on standard output.
pub(super) fn alone(party: Party, world: &World) -> Setting {
    let sink = Arc::new(|entry: Entry| match entry {
        Entry::Said { line, .. } => {
            // A reader that has left does not end a server.
            let mut out = std::io::stdout().lock();
            let _ = writeln!(out, "{line}").and_then(|()| out.flush());
        }
        // It has its port.
        Entry::Ready(_) => sandbox::give_up(Keep::default()),
        Entry::Called(_) => {}
    });
    Setting {
        lang: world.lang,
        party,
        sink,
    }
}

/// What a run opens beside the sockets of its programs, at most: signals, the capture, files.
const OPEN_FILES: u64 = 24;

phrase! {
    few_files(needed, limit, free):
        "this may need {needed} open files, and the limit of {limit} leaves room for {free}",
        "isto pode precisar de {needed} arquivos abertos, e o limite de {limit} só deixa {free}";
    more_files(wanted): "raise the limit first: ulimit -n {wanted}",
        "aumente antes o limite: ulimit -n {wanted}";
}

/// A runtime of one thread, for programs that have so many sockets open at a time.
pub(super) fn runtime(sockets: u64, world: &World) -> Result<Runtime, Failure> {
    enough_files(OPEN_FILES.saturating_add(sockets), world)?;
    Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|cause| system(&cause, world))
}

/// Refuses to begin what would be left without descriptors on the way, where nothing could be
/// said any more. The limit is raised as far as the user may.
#[cfg(unix)]
fn enough_files(needed: u64, world: &World) -> Result<(), Failure> {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};

    let Ok((limit, most)) = getrlimit(Resource::RLIMIT_NOFILE) else {
        return Ok(());
    };
    let open = std::fs::read_dir("/dev/fd")
        .map_or(limit, |files| u64::try_from(files.count()).unwrap_or(limit));
    let wanted = open.saturating_add(needed);
    let raised = || setrlimit(Resource::RLIMIT_NOFILE, wanted, most).is_ok();
    if wanted <= limit || (wanted <= most && raised()) {
        return Ok(());
    }
    let free = limit.saturating_sub(open);
    Err(Failure::new(
        FAILED,
        few_files(world.lang, needed, limit, free).to_string(),
        more_files(world.lang, &wanted).to_string(),
    ))
}

#[cfg(not(unix))]
fn enough_files(_: u64, _: &World) -> Result<(), Failure> {
    Ok(())
}

/// A failure of the system's own.
pub(super) fn system(cause: &std::io::Error, world: &World) -> Failure {
    Failure::new(FAILED, system::cause(cause, world.lang), String::new())
}

/// An exercise's error as the end of the process.
pub(super) fn failure(error: &ExerciseError, world: &World) -> Failure {
    Failure::new(FAILED, error.message(world.lang), error.hint(world.lang))
}
