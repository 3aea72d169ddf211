//! Work in a thread of its own.

use std::thread;

use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::context::Served;
use super::error::ExerciseError;

/// Starts a thread that does nothing but `work`, and returns what waits for its result. Each
/// call of the work blocks that thread alone.
///
/// # Errors
/// [`ExerciseError::Io`] where the system has no thread left.
pub(in crate::exercises) fn in_thread(
    work: impl Future<Output = Served> + Send + 'static,
) -> Result<impl Future<Output = Served> + Send, ExerciseError> {
    let runtime = Handle::current();
    let (result, outcome) = oneshot::channel();
    thread::Builder::new()
        .spawn(move || {
            // Nobody waits where the server was given up.
            let _ = result.send(runtime.block_on(work));
        })
        .map_err(|cause| ExerciseError::of("thread", None, cause))?;
    Ok(async move {
        outcome.await.unwrap_or(Served {
            clients: 1,
            failed: 1,
            ..Served::default()
        })
    })
}
