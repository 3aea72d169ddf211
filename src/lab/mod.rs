//! Experiments: an exercise beside a capture, and the answer to a question.
//!
//! A [`Lab`] is a static value in its own file and one line in [`ALL`]. [`run`] runs it, on a
//! tokio runtime of one thread with its drivers enabled. A plain user calls
//! [`sandbox::enter`](crate::sandbox::enter) before that runtime, or any thread, exists.
//!
//! ```no_run
//! use netlab::lab::{self, Event, LabOptions};
//! use netlab::exercises::stop::stopper;
//!
//! # async fn show() -> Result<(), netlab::lab::LabError> {
//! let lab = lab::find("echo").expect("listed");
//! let (stopper, stop) = stopper(); // stopper.stop() on Ctrl-C: ends the lab, keeps its frames
//! let done = lab::run(lab, LabOptions::default(), stop, |event| match event {
//!     Event::Said { party, line } => println!("{:?} │ {line}", party.role),
//!     Event::Called(call) => println!("{call}"),
//!     Event::Frame(frame) => println!("frame {}", frame.no),
//!     Event::Idle => {} // no frame waits: show what was held back
//! })
//! .await?;
//! # drop(stopper);
//! # Ok(())
//! # }
//! ```
//!
//! The order of a run is a contract:
//! 1. The capture is opened and activated; it holds whatever is sent from then on.
//! 2. The server is started: socket, bind, listen. Its address is known.
//! 3. The client runs to its end; then the server is waited for, and stopped if need be.
//! 4. Every frame that was sent until then is read. Reading goes on until every TCP conversation
//!    is closed at both ends, or no frame came for 300 ms, and never longer than 2 s.

pub mod echo;
mod support;

pub use support::error::LabError;
pub use support::run::{Event, LabRun, run};
pub use support::stage::{LabOptions, Stage};

use std::pin::Pin;

use crate::exercises::Exercise;
use crate::text::Text;

/// Every lab, in the order of the course.
pub static ALL: &[&Lab] = &[&echo::LAB];

/// The lab named `id`.
pub fn find(id: &str) -> Option<&'static Lab> {
    ALL.iter().copied().find(|lab| lab.id == id)
}

/// A running experiment.
pub type Running = Pin<Box<dyn Future<Output = Result<(), LabError>> + Send>>;

/// An experiment that answers a question.
#[derive(Debug)]
pub struct Lab {
    /// As typed after `netlab lab`.
    pub id: &'static str,
    /// The question.
    pub question: Text,
    /// The exercise that runs; the lab takes the options of its server and its client.
    pub exercise: &'static Exercise,
    /// Options that only the lab takes, as typed without the dashes.
    pub options: &'static [&'static str],
    /// Runs the programs to their end.
    pub experiment: fn(Stage) -> Running,
}
