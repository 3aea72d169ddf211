//! Servers and clients on real sockets, against each other and against Python's.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a helper of tests fails as a test does"
)]

mod datagrams;
mod echo;
mod errors;
mod load;
mod multi;
mod options;
mod ports;
mod web;
mod web_limits;

use std::net::SocketAddr;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use netlab::exercises::context::Served;
use netlab::exercises::error::ExerciseError;
use netlab::exercises::journal::Entry;
use netlab::exercises::options::{ClientOptions, ServerOptions};
use netlab::exercises::stop::{Stopper, stopper};
use netlab::exercises::{Setting, find};
use netlab::model::call::{Party, SocketCall};
use netlab::text::Lang;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// What one program told.
#[derive(Clone, Default)]
pub(crate) struct Told(Arc<Mutex<Vec<Entry>>>);

impl Told {
    pub(crate) fn lines(&self) -> Vec<String> {
        let entries = self.0.lock().unwrap();
        let lines = entries.iter().filter_map(|entry| match entry {
            Entry::Said { line, .. } => Some(line.clone()),
            _ => None,
        });
        lines.collect()
    }

    pub(crate) fn calls(&self) -> Vec<SocketCall> {
        let entries = self.0.lock().unwrap();
        let calls = entries.iter().filter_map(|entry| match entry {
            Entry::Called(call) => Some(*call),
            _ => None,
        });
        calls.collect()
    }

    pub(crate) fn shown_calls(&self) -> Vec<String> {
        self.calls().iter().map(ToString::to_string).collect()
    }

    pub(crate) fn says(&self, words: &str) -> bool {
        self.lines().iter().any(|line| line.contains(words))
    }
}

/// A server that listens at a free port.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) told: Told,
    pub(crate) stopper: Stopper,
    task: JoinHandle<Result<Served, ExerciseError>>,
    entries: mpsc::UnboundedReceiver<Entry>,
}

impl Server {
    /// Starts the server of `id` and waits until clients can call.
    pub(crate) async fn start(id: &str, options: ServerOptions) -> Server {
        let (sender, mut entries) = mpsc::unbounded_channel();
        let told = Told::default();
        let kept = told.clone();
        let setting = Setting {
            lang: Lang::En,
            party: Party::SERVER,
            sink: Arc::new(move |entry: Entry| {
                kept.0.lock().unwrap().push(entry.clone());
                let _ = sender.send(entry);
            }),
        };
        let options = ServerOptions {
            port: options.port.or(Some(0)),
            ..options
        };
        let (stopper, stop) = stopper();
        let task = tokio::spawn(find(id).unwrap().serve(options, setting, stop));
        let address = loop {
            match entries.recv().await.expect("the server ended early") {
                Entry::Ready(address) => break address,
                _ => continue,
            }
        };
        Server {
            address,
            told,
            stopper,
            task,
            entries,
        }
    }

    /// Waits until it has said a line with `words`.
    pub(crate) async fn said(&mut self, words: &str) {
        loop {
            match self.entries.recv().await.expect("the server ended early") {
                Entry::Said { line, .. } if line.contains(words) => return,
                _ => continue,
            }
        }
    }

    /// Waits for its end.
    pub(crate) async fn end(self) -> Result<Served, ExerciseError> {
        self.task.await.expect("the server panicked")
    }
}

/// Runs the client of `id` against `server`.
pub(crate) async fn client(
    id: &str,
    server: SocketAddr,
    options: ClientOptions,
) -> (Told, Result<(), ExerciseError>) {
    let told = Told::default();
    let kept = told.clone();
    let setting = Setting {
        lang: Lang::En,
        party: Party::CLIENT,
        sink: Arc::new(move |entry| kept.0.lock().unwrap().push(entry)),
    };
    let options = ClientOptions {
        host: server.ip().to_string(),
        port: Some(server.port()),
        ..options
    };
    let result = find(id).unwrap().drive(options, setting).await;
    (told, result)
}

/// Runs `work` on the kind of runtime the program uses; a test that hangs fails.
pub(crate) fn run(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(async {
            tokio::time::timeout(Duration::from_secs(20), work)
                .await
                .expect("the test hangs");
        });
}

/// Runs a Python program beside the test.
pub(crate) async fn python(program: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new("python3");
    command.arg("-c").arg(program).args(arguments);
    tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .expect("python3 starts")
}
