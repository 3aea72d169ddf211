//! Where the programs of a lab run: beside the capture, their entries handed on as they happen.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::error::LabError;
use crate::exercises::context::Served;
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::{Entry, Sink};
use crate::exercises::options::{ClientOptions, ServerOptions};
use crate::exercises::stop::{Stopper, stopper};
use crate::exercises::{Exercise, Setting};
use crate::model::call::{Party, Role};
use crate::text::Lang;

/// How a lab is to run.
#[derive(Debug, Default)]
pub struct LabOptions {
    /// The language of what the programs say.
    pub lang: Lang,
    /// The server's options; the port is that of the exercise unless given, 0 is any free one.
    pub server: ServerOptions,
    /// The client's options; its host and port are taken from the server.
    pub client: ClientOptions,
    /// `eager-close`: the server closes as soon as the client has.
    pub eager_close: bool,
}

/// Where the programs of a lab run.
#[derive(Debug)]
pub struct Stage {
    exercise: &'static Exercise,
    options: LabOptions,
    entries: mpsc::UnboundedSender<Entry>,
    server: Option<SocketAddr>,
}

impl Stage {
    pub(super) fn new(
        exercise: &'static Exercise,
        options: LabOptions,
        entries: mpsc::UnboundedSender<Entry>,
    ) -> Self {
        Self {
            exercise,
            options,
            entries,
            server: None,
        }
    }

    /// Takes the options that the user gave for the server and the client.
    pub fn options(&mut self) -> (ServerOptions, ClientOptions) {
        let client = std::mem::take(&mut self.options.client);
        (self.options.server.clone(), client)
    }

    /// Whether the user wants the server to close at once.
    pub fn eager_close(&self) -> bool {
        self.options.eager_close
    }

    /// Starts the server; returns once it can be called.
    ///
    /// # Errors
    /// [`LabError::Program`] where it ends before that.
    pub async fn serve(&mut self, options: ServerOptions) -> Result<Server, LabError> {
        let (ready, mut is_ready) = mpsc::unbounded_channel();
        let entries = self.entries.clone();
        let setting = self.setting(
            Party::SERVER,
            Arc::new(move |entry| {
                if let Entry::Ready(address) = entry {
                    // It counts only while someone waits for it.
                    let _ = ready.send(address);
                }
                let _ = entries.send(entry);
            }),
        );
        let (stopper, stop) = stopper();
        let mut server = Server {
            task: tokio::spawn(self.exercise.serve(options, setting, stop)),
            stopper,
        };
        match is_ready.recv().await {
            Some(address) => {
                self.server = Some(address);
                Ok(server)
            }
            // The server is gone, and its sink with it.
            None => Err(server.join().await.err().unwrap_or_else(|| {
                let cause = ExerciseError::Io {
                    call: "listen",
                    address: None,
                    cause: std::io::ErrorKind::NotConnected.into(),
                };
                LabError::Program {
                    party: Party::SERVER,
                    cause,
                }
            })),
        }
    }

    /// Runs a client against the server to its end. `number` tells clients apart.
    ///
    /// # Errors
    /// [`LabError::Program`].
    pub async fn drive(&self, number: Option<u32>, options: ClientOptions) -> Result<(), LabError> {
        let party = Party {
            role: Role::Client,
            number,
        };
        let options = match self.server {
            Some(server) => ClientOptions {
                host: server.ip().to_string(),
                port: Some(server.port()),
                ..options
            },
            None => options,
        };
        let entries = self.entries.clone();
        let sink = Arc::new(move |entry| {
            // Nobody reads after the lab was stopped.
            let _ = entries.send(entry);
        });
        self.exercise
            .drive(options, self.setting(party, sink))
            .await
            .map_err(|cause| LabError::Program { party, cause })
    }

    fn setting(&self, party: Party, sink: Sink) -> Setting {
        Setting {
            lang: self.options.lang,
            party,
            sink,
        }
    }
}

/// A server that can be called. It ends with this value.
#[derive(Debug)]
pub struct Server {
    task: JoinHandle<Result<Served, ExerciseError>>,
    stopper: Stopper,
}

/// How long a server may take to end by itself after its last client.
const PATIENCE: Duration = Duration::from_secs(5);

impl Server {
    /// Waits for the server's end, given how its clients ended: a failure of theirs is told
    /// first. It is asked to stop where they failed, or where it does not end by itself.
    ///
    /// # Errors
    /// [`LabError::Program`].
    pub async fn finish(mut self, clients: Result<(), LabError>) -> Result<(), LabError> {
        if clients.is_err() {
            self.stopper.stop();
        }
        let server = match tokio::time::timeout(PATIENCE, self.join()).await {
            Ok(server) => server,
            Err(_) => {
                self.stopper.stop();
                self.join().await
            }
        };
        clients.and(server.map(|_| ()))
    }

    async fn join(&mut self) -> Result<Served, LabError> {
        match (&mut self.task).await {
            Ok(result) => result.map_err(|cause| LabError::Program {
                party: Party::SERVER,
                cause,
            }),
            Err(broken) => match broken.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // Only this value can cancel it.
                Err(_) => Ok(Served::default()),
            },
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}
