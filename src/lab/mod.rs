//! Experiments: an exercise beside a capture, and the answer to a question.
//!
//! A [`Lab`] is a static value in its own file and one line in [`ALL`]. [`run`] runs it, on a
//! tokio runtime of one thread with its drivers enabled. A plain user calls
//! [`sandbox::enter`](crate::sandbox::enter) before that runtime, or any thread, exists.
//!
//! ```no_run
//! use netlab::lab::{self, Event, LabOptions};
//! use netlab::exercises::stop::stopper;
//! use netlab::text::Lang;
//!
//! # async fn show() -> Result<(), netlab::lab::LabError> {
//! let lab = lab::find("echo").expect("listed");
//! let (stopper, stop) = stopper(); // stopper.stop() on Ctrl-C: ends the lab, keeps its frames
//! let done = lab::run(lab, LabOptions::default(), stop, |event| match event {
//!     Event::Capturing { .. } => {}
//!     Event::Said { party, line } => println!("{:?} │ {line}", party.role),
//!     Event::Called(call) => println!("{call}"),
//!     Event::Frame(frame) => println!("frame {}", frame.no),
//!     // Idle: no frame waits, so show what was held back.
//!     _ => {}
//! })
//! .await?;
//! let answer = lab::answer(lab, &done.evidence, Lang::En); // sentences with frame numbers
//! // exit code 1 where !answer.shown
//! # drop((stopper, answer));
//! # Ok(())
//! # }
//! ```
//!
//! The answer to a file comes from the same function: a [`Collector`] reads its frames.
//!
//! The order of a run is a contract:
//! 1. The capture is opened and activated; it holds whatever is sent from then on.
//! 2. The server is started: socket, bind, listen. Its address is known.
//! 3. The client runs to its end; then the server is waited for, and stopped if need be.
//! 4. Every frame that was sent until then is read. Reading goes on until every TCP conversation
//!    is closed at both ends, or no frame came for 300 ms, and never longer than 2 s.

pub mod backlog;
pub mod broken_pipe;
pub mod close_wait;
mod conclusions;
pub mod crossing;
pub mod echo;
pub mod half_close;
pub mod ipv6;
pub mod keep_alive;
pub mod low_port;
pub mod multi;
pub mod pinger;
pub mod port_in_use;
pub mod ports;
pub mod recorded;
pub mod refused;
pub mod reset;
pub mod retransmission;
pub mod scan;
pub mod slow_reader;
pub mod small_buffer;
mod support;
pub mod time_wait;
pub mod two_clients;
pub mod udp_closed_port;
pub mod udp_echo;
pub mod unread_data;
pub mod web;
pub mod web_clients;

pub use conclusions::{CALLS, PACKETS, SHOWN, conclusions, ledger};
pub use support::answer::Answer;
pub use support::collect::{Collector, Rows};
pub use support::error::LabError;
pub use support::evidence::{Evidence, PacketKind, Seen, Talk};
pub use support::run::{Event, LabRun, answer, run};
pub use support::stage::{LabOptions, Server, Stage};
pub use support::timeline::{Entry, Timeline};

use support::answer::frames;
use support::stage::{both, listen, program};

use std::pin::Pin;

use crate::exercises::Exercise;
use crate::text::{Lang, Text};

/// Every lab, in the order of the course.
pub static ALL: &[&Lab] = &[
    &echo::LAB,
    &ports::LAB,
    &multi::LAB,
    &two_clients::LAB,
    &small_buffer::LAB,
    &unread_data::LAB,
    &half_close::LAB,
    &close_wait::LAB,
    &crossing::LAB,
    &reset::LAB,
    &broken_pipe::LAB,
    &refused::LAB,
    &scan::LAB,
    &port_in_use::LAB,
    &low_port::LAB,
    &backlog::LAB,
    &slow_reader::LAB,
    &time_wait::LAB,
    &udp_echo::LAB,
    &udp_closed_port::LAB,
    &pinger::LAB,
    &web::LAB,
    &keep_alive::LAB,
    &web_clients::LAB,
    &retransmission::LAB,
    &ipv6::LAB,
];

/// The lab named `id`.
pub fn find(id: &str) -> Option<&'static Lab> {
    ALL.iter().copied().find(|lab| lab.id == id)
}

/// Whether a capture shows what `lab` is about; else what is missing.
///
/// # Errors
///
/// What the capture does not hold, in words.
pub fn shows(lab: &Lab, evidence: &Evidence) -> Result<(), Text> {
    let answer = answer(lab, evidence, Lang::En);
    answer.missing.map_or(Ok(()), Err)
}

/// A running experiment.
pub type Running = Pin<Box<dyn Future<Output = Result<(), LabError>> + Send>>;

/// Which places in a lab the user's own programs can take. Its question is answered by what was
/// captured, whoever ran.
#[derive(Clone, Copy, Debug)]
pub enum Yours {
    /// The server's, the client's, or both. Netlab's own program beside one has what the lab asks of
    /// the programs of its exercise, beside what the user said.
    Either(fn(&mut LabOptions)),
    /// The client's, beside netlab's own server or the user's.
    Client,
    /// Both: the experiment is more than the two programs of its exercise. So many clients run.
    Both {
        /// How many times the user's client runs.
        clients: u32,
    },
    /// The client's, without any server, or both.
    Alone,
    /// None: the experiment does what no program can.
    Nobody,
}

/// An experiment that answers a question.
#[derive(Debug)]
pub struct Lab {
    /// As typed after `netlab lab`.
    pub id: &'static str,
    /// The question.
    pub question: Text,
    /// The exercise that runs; the lab takes the options of its server and its client.
    pub exercise: &'static Exercise,
    /// The port, where it is not that of the exercise.
    pub port: Option<u16>,
    /// How many ports from that one on are captured.
    pub ports: u16,
    /// Options that only the lab takes, as typed without the dashes.
    pub options: &'static [&'static str],
    /// Which places in it the user's own programs can take.
    pub yours: Yours,
    /// Runs the programs to their end.
    pub experiment: fn(Stage) -> Running,
    /// Answers the question from what was captured.
    pub answer: fn(&Evidence, &mut Answer),
}
