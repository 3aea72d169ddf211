//! When what is started and stopped.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use nix::sys::signal::Signal;
use tokio::time::Instant;

use super::end::Ended;
use super::end::Why;
use super::job::{Job, PORT, RunOptions};
use super::probe;
use crate::model::address::Endpoint;
use crate::model::call::Party;
use crate::model::call::Role;
use crate::trace::Tracer;
use crate::trace::{Event, Unknown, UnknownKind};

/// A server that waits for clients says so within this time.
const READY: Duration = Duration::from_secs(10);
/// Clients of a server whose calls are not watched start after this time at the latest.
const BLIND: Duration = Duration::from_secs(1);
/// A short time is no longer than this.
const NAP: Duration = Duration::from_secs(2);
/// A run in which nothing happens for so long has come to a stop.
const IDLE: Duration = Duration::from_secs(10);
/// The same while a program sleeps or waits for something for a short time, again and again.
const NAPS: Duration = Duration::from_secs(12);
/// The same while a program computes, or waits until a time that is no further off; and how long a
/// server that does may take to wait for clients.
const PATIENT: Duration = Duration::from_secs(60);
/// How often is looked whether one still does.
const AGAIN: Duration = Duration::from_secs(1);
/// Clients of a server that waits at a socket other than TCP's and UDP's start after this time.
const OTHERWISE: Duration = Duration::from_secs(2);
/// After the last client: nothing for so long, and the server goes on for ever.
const QUIET: Duration = Duration::from_millis(300);
/// The same where it sleeps for a time or is still busy.
const CLOSING: Duration = Duration::from_secs(5);
/// How long a program may take to end by one signal before the next one follows.
const PATIENCE: Duration = Duration::from_millis(700);
/// How often is looked where only looking tells.
const LOOK: Duration = Duration::from_millis(20);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// The server runs and does not wait for clients yet.
    Opening,
    /// The server waits for clients; they start at this time.
    Delay(Instant),
    /// The clients run, or the server alone.
    Exchange,
    /// The clients have ended.
    Closing,
    /// Whoever runs was asked to end so many times.
    Stopping(usize),
    /// Nobody runs.
    Over,
}

/// Knows who runs, and decides who starts and who is stopped.
pub(super) struct Director {
    options: RunOptions,
    phase: Phase,
    since: Instant,
    began: Instant,
    /// The last time that something happened.
    active: Instant,
    /// When is looked whether the programs go on.
    look: Instant,
    /// When whoever waited for a time at such a look has waited long enough.
    wakes: Option<Instant>,
    pub(super) why: Option<Why>,
    pub(super) ended: BTreeMap<usize, Ended>,
    pub(super) ready: Vec<(Party, bool, Endpoint)>,
    /// Where the server waited, which was not where it was waited for.
    pub(super) elsewhere: Option<Endpoint>,
    pub(super) unwatched: Option<&'static str>,
    pub(super) unknown: Vec<Unknown>,
}

impl Director {
    pub(super) fn new(options: RunOptions) -> Self {
        let now = Instant::now();
        Self {
            phase: Phase::Opening,
            since: now,
            began: now,
            active: now,
            look: now + IDLE,
            wakes: None,
            why: None,
            ended: BTreeMap::new(),
            ready: Vec::new(),
            elsewhere: None,
            unwatched: None,
            unknown: Vec::new(),
            options,
        }
    }

    /// Something happened that is no repetition.
    pub(super) fn active(&mut self) {
        self.active = Instant::now();
        self.look = self.active + IDLE;
        self.wakes = None;
    }

    /// Starts what a run begins with: the server, or whoever runs without one.
    pub(super) fn begin(
        &mut self,
        start: &mut impl FnMut(&Job) -> io::Result<()>,
    ) -> io::Result<()> {
        match self.options.server.clone() {
            Some(server) => self.start(&server, start),
            None => self.clients(start),
        }
    }

    fn start(
        &mut self,
        job: &Job,
        start: &mut impl FnMut(&Job) -> io::Result<()>,
    ) -> io::Result<()> {
        let ended = Ended {
            party: job.party,
            end: None,
            stopped: false,
            last_error: None,
            reads_keyboard: false,
            untold: 0,
        };
        self.ended.insert(self.ended.len(), ended);
        start(job)
    }

    fn clients(&mut self, start: &mut impl FnMut(&Job) -> io::Result<()>) -> io::Result<()> {
        self.enter(Phase::Exchange);
        let server = self.ready.iter().find(|it| it.0.role == Role::Server);
        let port = server.map(|it| it.2.port).or(self.options.port);
        let port = port.unwrap_or(0).to_string();
        for mut client in self.options.clients.clone() {
            for word in client.words.iter_mut().filter(|it| **it == *PORT) {
                *word = port.clone().into();
            }
            self.start(&client, start)?;
        }
        Ok(())
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.active();
        self.since = self.active;
    }

    /// What the tracer tells.
    pub(super) fn happened(&mut self, event: &Event) {
        match *event {
            Event::Called(call) => {
                if call.origin.is_none_or(|it| it.times == 1) {
                    self.active();
                }
            }
            Event::Ready {
                party,
                tcp,
                address,
            } => {
                self.active();
                self.ready.push((party, tcp, address));
                let wanted = self.options.port.is_none_or(|port| port == address.port);
                if party.role == Role::Server && wanted {
                    self.is_ready();
                }
            }
            Event::Unwatched { cause, .. } => self.unwatched = Some(cause),
            Event::Unknown(what) => self.unknown.push(what),
            Event::Ended { party, end } => {
                self.active();
                if let Some(it) = self.ended.values_mut().find(|it| it.party == party) {
                    it.end = Some(end);
                }
            }
        }
    }

    fn is_ready(&mut self) {
        if self.phase == Phase::Opening {
            self.enter(Phase::Delay(Instant::now() + self.options.delay));
        }
    }

    fn is_ready_after(&mut self, time: Duration, now: Instant) {
        if now >= self.since + time {
            self.is_ready();
        }
    }

    /// The user asks to end.
    pub(super) fn asked(&mut self, tracer: &Tracer) {
        if !matches!(self.phase, Phase::Stopping(_) | Phase::Over) {
            self.stop(Why::Asked, tracer);
        }
    }

    fn runs(&self, which: impl Fn(Party) -> bool) -> bool {
        self.ended
            .values()
            .any(|it| it.end.is_none() && which(it.party))
    }

    /// Whether netlab has asked this program to end.
    pub(super) fn is_stopped(&self, party: Party) -> bool {
        self.ended
            .values()
            .any(|it| it.party == party && it.stopped)
    }

    /// When to look again, where nothing happens.
    pub(super) fn next(&self) -> Instant {
        let next = match self.phase {
            Phase::Opening if self.unwatched.is_some() => Instant::now() + LOOK,
            Phase::Opening if self.waits_otherwise() => self.since + OTHERWISE,
            Phase::Opening => self.look.max(self.since + READY),
            Phase::Delay(until) => until,
            Phase::Exchange => self.look,
            Phase::Closing => Instant::now() + LOOK,
            Phase::Stopping(_) => self.since + PATIENCE,
            Phase::Over => self.since,
        };
        let limit = self.options.limit.map(|limit| self.began + limit);
        match limit.filter(|_| !matches!(self.phase, Phase::Stopping(_))) {
            Some(limit) => next.min(limit),
            None => next,
        }
    }

    /// Does what is due. Returns whether the run is over.
    pub(super) fn step(
        &mut self,
        tracer: &Tracer,
        start: &mut impl FnMut(&Job) -> io::Result<()>,
    ) -> io::Result<bool> {
        let now = Instant::now();
        let limit = self
            .options
            .limit
            .is_some_and(|limit| now >= self.began + limit);
        if limit && !matches!(self.phase, Phase::Stopping(_) | Phase::Over) {
            self.stop(Why::TimeLimit, tracer);
        }
        match self.phase {
            Phase::Opening if !self.runs(|_| true) => self.enter(Phase::Over),
            Phase::Opening if self.unwatched.is_some() => {
                let waited = now >= self.since + BLIND;
                let known = self.options.own_network || self.options.port.is_some();
                if waited || known && probe::somebody_waits(self.options.port) {
                    self.is_ready();
                }
            }
            Phase::Opening if self.waits_otherwise() => self.is_ready_after(OTHERWISE, now),
            Phase::Opening if now >= self.look.max(self.since + READY) => self.opening(now, tracer),
            Phase::Delay(until) if now >= until => self.clients(start)?,
            Phase::Exchange => self.exchange(now, tracer),
            Phase::Closing if !self.runs(|_| true) => self.enter(Phase::Over),
            Phase::Closing => {
                let quiet = now >= self.active + QUIET;
                let waits = || probe::waits(&tracer.alive(|_| true), PATIENT);
                let sleeps = || waits().sleeps.is_some();
                if now >= self.since + CLOSING || quiet && !sleeps() {
                    self.stop(Why::Done, tracer);
                }
            }
            Phase::Stopping(_) if !self.runs(|_| true) => self.enter(Phase::Over),
            Phase::Stopping(times) if now >= self.since + PATIENCE => self.ask(times, tracer),
            _ => {}
        }
        Ok(self.phase == Phase::Over)
    }

    fn exchange(&mut self, now: Instant, tracer: &Tracer) {
        let alone = self.options.clients.is_empty() || self.options.server.is_none();
        if !self.runs(|_| true) {
            return self.enter(Phase::Over);
        }
        if !self.options.clients.is_empty() && !self.runs(|it| it.role != Role::Server) {
            return self.enter(Phase::Closing);
        }
        if !alone && now >= self.look && !self.may_go_on(now - self.active, tracer) {
            self.stop(Why::Idle(now - self.active), tracer);
        }
    }

    /// Whether the programs may go on although nothing was seen of them for so long. If so, they are
    /// looked at again in a while.
    fn may_go_on(&mut self, silent: Duration, tracer: &Tracer) -> bool {
        // The user may have said how long is too long.
        let limited = self.options.limit.is_some();
        let longest = if limited { Duration::MAX } else { PATIENT };
        let waits = probe::waits(&tracer.alive(|_| true), longest);
        // Who repeats a call that does nothing computes, too.
        let spins = tracer.spins();
        let naps = waits.sleeps.max(waits.expects.filter(|_| !spins));
        let naps = naps.is_some_and(|time| {
            let now = Instant::now();
            if self.wakes.is_none() || time > NAP {
                self.wakes = Some(now + time.min(PATIENT));
            }
            limited || silent < NAPS || self.wakes.is_some_and(|wakes| now < wakes + AGAIN)
        });
        let goes_on = naps || waits.computes && !spins;
        let patient = limited || silent < PATIENT;
        let keyboard = waits.keyboard && self.options.keyboard;
        self.look = Instant::now() + AGAIN;
        keyboard || goes_on && patient
    }

    /// The server takes its time to wait for clients.
    fn opening(&mut self, now: Instant, tracer: &Tracer) {
        let silent = now - self.since;
        // One without clients is not waited for.
        let alone = self.options.clients.is_empty();
        if !self.may_go_on(silent, tracer) && !alone {
            self.stop(Why::NotReady(silent), tracer);
        }
    }

    /// The server waits at a socket that is neither TCP's nor UDP's, and at no other.
    fn waits_otherwise(&self) -> bool {
        let other = |it: &Unknown| it.kind == UnknownKind::OtherSocket && it.party == Party::SERVER;
        self.ready.is_empty() && self.unknown.iter().any(other)
    }

    fn stop(&mut self, why: Why, tracer: &Tracer) {
        self.why = self.why.or(Some(why));
        if self.phase == Phase::Opening {
            let server = |it: &&(Party, bool, Endpoint)| it.0 == Party::SERVER;
            self.elsewhere = self.ready.iter().find(server).map(|it| it.2);
        }
        for it in self.ended.values_mut().filter(|it| it.end.is_none()) {
            it.stopped = true;
            let looks = matches!(why, Why::Idle(_) | Why::NotReady(_) | Why::TimeLimit);
            let waits = || probe::waits(&tracer.alive(|party| party == it.party), PATIENT);
            it.reads_keyboard = looks && waits().keyboard;
        }
        self.ask(0, tracer);
    }

    /// Asks everyone who still runs to end, more firmly each time.
    fn ask(&mut self, times: usize, tracer: &Tracer) {
        let signal = match times {
            0 => Signal::SIGINT,
            1 => Signal::SIGTERM,
            _ => Signal::SIGKILL,
        };
        // Ctrl-C of the terminal has reached those who share it with netlab.
        let everyone = times > 0 || self.why != Some(Why::Asked);
        tracer.signal(signal, |party| everyone || self.options.is_apart(party));
        if times > 3 {
            // Not even a kill ends what hangs in the kernel.
            return self.enter(Phase::Over);
        }
        self.enter(Phase::Stopping(times + 1));
    }
}
