//! Where the programs of a lab run: beside the capture, their entries handed on as they happen.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::error::LabError;
use crate::exercises::address::resolve;
use crate::exercises::context::Served;
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::{Entry, Journal, Sink};
use crate::exercises::options::{ClientOptions, ServerOptions};
use crate::exercises::stop::{Stopper, stopper};
use crate::exercises::tcp::{Listener, Socket};
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

    /// The language of what the programs say.
    pub fn lang(&self) -> Lang {
        self.options.lang
    }

    /// Where the server of the lab is to listen, and the client to call.
    ///
    /// # Errors
    /// [`LabError::Program`] where its name is not known.
    pub async fn address(&self) -> Result<SocketAddr, LabError> {
        let server = &self.options.server;
        let port = server.port.unwrap_or(self.exercise.default_port);
        let found = program(Party::SERVER, resolve(&server.host, port)).await?;
        let none = || LabError::Program {
            party: Party::SERVER,
            cause: ExerciseError::NameNotFound {
                host: server.host.clone(),
            },
        };
        found.first().copied().ok_or_else(none)
    }

    /// The journal of a program that the lab brings along itself.
    pub fn journal(&self, party: Party) -> Journal {
        let entries = self.entries.clone();
        let sink = Arc::new(move |entry| {
            // Nobody reads after the lab was stopped.
            let _ = entries.send(entry);
        });
        Journal::new(self.options.lang, party, sink)
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

    /// Runs a client to its end, against the server or where one would be. `number` tells clients
    /// apart.
    ///
    /// # Errors
    /// [`LabError::Program`].
    pub async fn drive(&self, number: Option<u32>, options: ClientOptions) -> Result<(), LabError> {
        let party = Party {
            role: Role::Client,
            number,
        };
        let (host, port) = match self.server {
            Some(server) => (server.ip().to_string(), Some(server.port())),
            None => (self.options.server.host.clone(), self.options.server.port),
        };
        let options = ClientOptions {
            host,
            port,
            ..options
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

/// The server of the exercise and its client, which it serves to its end.
pub(in crate::lab) async fn both(mut stage: Stage) -> Result<(), LabError> {
    let (server, client) = stage.options();
    let server = stage.serve(server).await?;
    let outcome = stage.drive(None, client).await;
    server.finish(outcome).await
}

/// socket, bind, listen, for a server that the lab brings along itself.
pub(in crate::lab) fn listen(
    journal: &Journal,
    address: SocketAddr,
    backlog: u32,
) -> Result<Listener, ExerciseError> {
    let socket = Socket::new(journal, address)?;
    socket.bind(address)?;
    let listener = socket.listen(backlog)?;
    journal.say_line(format!("listen({backlog}): {address}"));
    Ok(listener)
}

/// Runs a program that the lab brings along itself; its error is told as that of `party`.
///
/// # Errors
/// [`LabError::Program`].
pub(in crate::lab) async fn program<T>(
    party: Party,
    work: impl Future<Output = Result<T, ExerciseError>>,
) -> Result<T, LabError> {
    work.await
        .map_err(|cause| LabError::Program { party, cause })
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
    /// Asks it to end.
    pub fn stop(&self) {
        self.stopper.stop();
    }

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
        // Threads of the server hear of the stop; its task need not hear any more.
        self.stopper.stop();
        self.task.abort();
    }
}
