//! The tracer as others see it: starts programs, sends them signals.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::mpsc;

use nix::sys::signal::Signal;
use nix::sys::signal::kill;
use nix::unistd::Pid;

use super::Event;
use super::start::VERB;
use super::state::{Engine, Shared, Started};
use crate::model::call::Party;

/// A program to be run.
#[derive(Debug)]
pub struct Program {
    /// Who it is.
    pub party: Party,
    /// Its name and its arguments.
    pub words: Vec<OsString>,
    /// Variables of the environment beside the user's own.
    pub env: Vec<(&'static str, OsString)>,
    /// Standard input, output and error.
    pub stdio: [Stdio; 3],
    /// Whether it is apart from the terminal, which Ctrl-C then does not reach it from.
    pub apart: bool,
}

/// Watches programs. They end with netlab, however that ends.
#[derive(Debug)]
pub struct Tracer {
    programs: mpsc::Sender<(Program, mpsc::Sender<io::Result<()>>)>,
    shared: Arc<Mutex<Shared>>,
}

impl Tracer {
    /// A tracer that tells what happens to `sink`, from a thread of its own. The thread ends with
    /// the tracer and its last program. It waits for every child of this process, so there should
    /// be no others. Without `watch` programs only run: nothing but their ends is told. Programs
    /// have the rights that the calling thread has now, whatever it gives up later.
    ///
    /// # Errors
    /// Where the system gives no threads.
    pub fn new(watch: bool, sink: impl Fn(Event) + Send + 'static) -> io::Result<Self> {
        let (starts, started) = mpsc::channel();
        let shared = Arc::new(Mutex::new(Shared::default()));
        let seen = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("tracer".to_owned())
            .spawn(move || Engine::new(watch, Box::new(sink), started, seen).run())?;
        let (programs, wanted) = mpsc::channel::<(Program, mpsc::Sender<_>)>();
        std::thread::Builder::new()
            .name("starter".to_owned())
            .spawn(move || {
                for (program, answer) in wanted {
                    // Whoever asked waits for it.
                    let _ = answer.send(start(program, &starts));
                }
            })?;
        Ok(Self { programs, shared })
    }

    /// Starts a program.
    ///
    /// # Errors
    /// Where the system starts no process.
    pub fn start(&self, program: Program) -> io::Result<()> {
        let gone = || io::Error::from(io::ErrorKind::BrokenPipe);
        let (answer, started) = mpsc::channel();
        let asked = self.programs.send((program, answer));
        asked.map_err(|_| gone())?;
        started.recv().map_err(|_| gone())?
    }

    /// Sends `signal` to every process of the programs that `whom` chooses.
    pub fn signal(&self, signal: Signal, whom: impl Fn(Party) -> bool) {
        for pid in self.alive(whom) {
            // It may have ended meanwhile.
            let _ = kill(Pid::from_raw(pid), signal);
        }
    }

    /// The processes of the programs that `whom` chooses.
    pub fn alive(&self, whom: impl Fn(Party) -> bool) -> Vec<i32> {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let chosen = shared.alive.iter().filter(|(_, party)| whom(**party));
        chosen.map(|(pid, _)| *pid).collect()
    }

    /// Whether a program makes one call again and again, which does nothing.
    pub fn spins(&self) -> bool {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        !shared.spinning.is_empty()
    }

    /// Whether a program has or calls one of these ports. A packet of theirs finds the port here:
    /// it is noted before the call that sends it.
    pub fn knows_port(&self, ports: &[u16]) -> bool {
        let shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        ports.iter().any(|port| shared.ports.contains(port))
    }
}

/// Starts a program, which `starts` is told of.
fn start(program: Program, starts: &mpsc::Sender<Started>) -> io::Result<()> {
    let [stdin, stdout, stderr] = program.stdio;
    let mut command = Command::new("/proc/self/exe");
    command
        .arg(VERB)
        .args(program.words)
        .envs(program.env)
        .stdin(stdin)
        .stdout(stdout)
        .stderr(stderr);
    if program.apart {
        command.process_group(0);
    }
    let child = command.spawn()?;
    let started = Started {
        party: program.party,
        pid: i32::try_from(child.id()).unwrap_or(i32::MAX),
    };
    let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
    starts.send(started).map_err(gone)
}
