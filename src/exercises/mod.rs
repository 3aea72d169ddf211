//! Servers and clients, one exercise a file: what a student reads. Start with [`echo`].
//!
//! An [`Exercise`] is a static value in its own file and one line in [`ALL`]. It is run like
//! this, on a tokio runtime of one thread with its drivers enabled:
//!
//! ```no_run
//! use std::sync::Arc;
//! use netlab::exercises::{self, Setting};
//! use netlab::exercises::journal::Entry;
//! use netlab::exercises::options::ServerOptions;
//! use netlab::exercises::stop::stopper;
//! use netlab::model::call::Party;
//! use netlab::text::Lang;
//!
//! # async fn run() -> Result<(), netlab::exercises::error::ExerciseError> {
//! let exercise = exercises::find("echo").expect("listed");
//! let (stopper, stop) = stopper(); // stopper.stop() on Ctrl-C: the server ends cleanly
//! let setting = Setting {
//!     lang: Lang::PtBr,
//!     party: Party::SERVER,
//!     sink: Arc::new(|entry| {
//!         if let Entry::Said { line, .. } = entry {
//!             println!("{line}");
//!         }
//!     }),
//! };
//! let served = exercise.serve(ServerOptions::default(), setting, stop).await?;
//! // exit code 1 where an error is returned (its `message` and `hint` say why),
//! // or where served.failed > 0 (the server has said why itself)
//! # drop(stopper);
//! # Ok(())
//! # }
//! ```
//!
//! A client is the same with [`Exercise::drive`], without a stop: Ctrl-C may simply end it.
//! Standard input as a message is `Message::Lines(Box::new(BufReader::new(tokio::io::stdin())))`;
//! a runtime that has read it must be ended with `shutdown_background`, or it waits for a line.
//!
//! Sockets are used through [`tcp`]: one method for each system call, which also notes it for
//! the table of a lab.

pub mod echo;
pub mod multi;
pub mod pinger;
pub mod ports;
pub mod sources;
mod support;
pub mod udp_echo;
pub mod web;

pub use support::{
    address, context, error, http, journal, options, owner, readable, stop, tcp, udp,
};

use std::pin::Pin;

use context::{ClientContext, Served, ServerContext};
use error::ExerciseError;
use journal::Sink;
use options::{ClientOptions, ServerOptions};
use stop::Stop;

use crate::model::call::Party;
use crate::text::{Lang, Text};

/// Every exercise, in the order of the course.
pub static ALL: &[&Exercise] = &[
    &echo::EXERCISE,
    &ports::EXERCISE,
    &multi::EXERCISE,
    &udp_echo::EXERCISE,
    &pinger::EXERCISE,
    &web::EXERCISE,
];

/// The exercise named `id`.
pub fn find(id: &str) -> Option<&'static Exercise> {
    ALL.iter().copied().find(|exercise| exercise.id == id)
}

/// A running server or client.
pub type Running<T> = Pin<Box<dyn Future<Output = Result<T, ExerciseError>> + Send>>;

/// Something to run and observe: a server and the client that calls it.
#[derive(Debug)]
pub struct Exercise {
    /// As typed after `netlab serve` and `netlab client`.
    pub id: &'static str,
    /// What it is.
    pub title: Text,
    /// What a student is to find out with it.
    pub goal: Text,
    /// The port unless another is asked for.
    pub default_port: u16,
    /// The options its server takes, beyond `host`, `port` and `reuse-addr`.
    pub server_options: &'static [&'static str],
    /// The options its client takes, beyond `host`, `port` and `timeout`.
    pub client_options: &'static [&'static str],
    /// Runs the server until it has served its clients or is asked to stop.
    pub serve: fn(ServerContext) -> Running<Served>,
    /// Runs the client to its end.
    pub drive: fn(ClientContext) -> Running<()>,
}

/// Who runs, in which language, and where it tells what happens.
#[derive(Clone)]
pub struct Setting {
    /// The language of what is said and of the default message.
    pub lang: Lang,
    /// Who runs.
    pub party: Party,
    /// Takes what is said and called, as it happens.
    pub sink: Sink,
}

impl Exercise {
    /// The server. It tells [`journal::Entry::Ready`] once a client can call.
    pub fn serve(&self, options: ServerOptions, setting: Setting, stop: Stop) -> Running<Served> {
        let Setting { lang, party, sink } = setting;
        let setting = (lang, party, sink);
        (self.serve)(ServerContext::new(
            options,
            setting,
            stop,
            self.default_port,
        ))
    }

    /// The client.
    pub fn drive(&self, options: ClientOptions, setting: Setting) -> Running<()> {
        let Setting { lang, party, sink } = setting;
        let setting = (lang, party, sink);
        (self.drive)(ClientContext::new(options, setting, self.default_port))
    }
}
