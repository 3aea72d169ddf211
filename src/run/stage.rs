//! A run: the capture, the programs beside it, and what both tell.

use std::collections::HashMap;
use std::future::pending;
use std::io;
use std::ops::ControlFlow;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::sleep_until;
use tokio::time::timeout;

use super::director::Director;
use super::end;
use super::end::Ended;
use super::end::LastStates;
use super::end::Why;
use super::farewell;
use super::job::{Job, RunOptions};
use super::lines;
use super::streams;
use super::streams::Said;
use super::wanted::Wanted;
use crate::lab::CALLS;
use crate::lab::Collector;
use crate::lab::Event;
use crate::lab::Evidence;
use crate::lab::PACKETS;
use crate::model::address::Endpoint;
use crate::model::call::Party;
use crate::model::call::SocketCall;
use crate::model::filter::CaptureFilter;
use crate::model::frame::Frame;
use crate::model::frame::LinkType;
use crate::source::live::LiveOptions;
use crate::source::live::LiveSource;
use crate::source::live::LiveStats;
use crate::source::live::Stop;
use crate::source::live::error::LiveError;
use crate::source::live::signals::Signals;
use crate::trace;
use crate::trace::Program;
use crate::trace::Tracer;
use crate::trace::{Unknown, UnknownKind};

/// How many lines of a program are told.
const LINES: u64 = 2000;
/// Frames taken between two looks at what the programs did.
const BATCH: usize = 1024;
/// No frame for this long after the programs ended: none is to come.
const SILENCE: Duration = Duration::from_millis(300);
/// The longest wait for the end of conversations, and for the last lines of programs.
const LIMIT: Duration = Duration::from_secs(2);

/// How a run went.
#[derive(Debug)]
pub struct RunReport {
    /// The interface that was captured; `None` where capturing is not permitted.
    pub interface: Option<String>,
    /// Why nothing was captured.
    pub no_capture: Option<LiveError>,
    /// What the kernel counted.
    pub stats: Option<LiveStats>,
    /// Why the programs that still ran were stopped.
    pub why: Option<Why>,
    /// How each program ended, in the order of their starts.
    pub ended: Vec<Ended>,
    /// Where programs waited for others: who, TCP or UDP, where.
    pub ready: Vec<(Party, bool, Endpoint)>,
    /// Where the server waited, which was not at the port that was asked for.
    pub elsewhere: Option<Endpoint>,
    /// Why the programs could not be watched.
    pub unwatched: Option<&'static str>,
    /// What stays unknown of which program.
    pub unknown: Vec<Unknown>,
    /// Both ends of each TCP connection as the kernel had them at the end; `None` where it had none
    /// any more.
    pub last: Vec<LastStates>,
    /// What was captured and called.
    pub evidence: Evidence,
}

/// Runs programs and tells `each` what happens.
///
/// # Errors
/// Where the system starts no thread or process. A capture that is not permitted is no error: the
/// calls are told without packets.
pub async fn run(
    options: RunOptions,
    signals: &mut Signals,
    mut each: impl FnMut(Event<'_>),
) -> io::Result<RunReport> {
    let (tell, mut events) = mpsc::unbounded_channel();
    let tracer = Tracer::new(options.calls, move |event| {
        // Nobody listens any more at the end of a run.
        let _ = tell.send(event);
    })?;
    let (mut capture, no_capture) = match open(&mut each) {
        Ok(capture) => (Some(capture), None),
        Err(error) => (None, Some(error)),
    };
    let (say, mut lines) = mpsc::unbounded_channel();
    let mut start = |job: &Job| tracer.start(program(job, &options, &say)?);
    let mut heard = Heard::default();
    let mut frames = Frames::new(Wanted::new(options.own_network, options.port));
    let mut director = Director::new(options.clone());
    director.begin(&mut start)?;
    loop {
        let next = director.next();
        tokio::select! {
            biased;
            Some(event) = events.recv() => {
                director.happened(&event);
                heard.event(&event, &mut each);
                frames.blind |= director.unwatched.is_some();
            }
            Some(said) = lines.recv() => {
                if heard.said(said, &director, &mut each) {
                    director.active();
                }
            }
            _ = signals.next() => director.asked(&tracer),
            captured = take(&mut capture, &mut frames, &tracer, &mut each) => {
                if captured? {
                    director.active();
                }
            }
            () = sleep_until(next) => {}
        }
        if director.step(&tracer, &mut start)? {
            break;
        }
    }
    // Whatever was said and called until then is told before the frames that are on their way.
    drop(say);
    while let Ok(event) = events.try_recv() {
        director.happened(&event);
        heard.event(&event, &mut each);
    }
    heard.rest(&mut lines, &director, &mut each).await;
    if let Some(capture) = &mut capture {
        frames.drain(capture, &tracer, &mut each).await?;
    }
    let stats = capture.as_mut().map(|it| it.stats()).transpose();
    let mut ended: Vec<Ended> = director.ended.into_values().collect();
    heard.farewell(&mut ended, &mut each);
    let evidence = heard.evidence(frames, &director.unknown);
    Ok(RunReport {
        interface: capture.as_ref().map(|it| it.interface().to_owned()),
        no_capture,
        stats: stats.map_err(failed)?,
        why: director.why,
        ended,
        ready: director.ready,
        elsewhere: director.elsewhere,
        unwatched: director.unwatched,
        unknown: director.unknown,
        last: end::last_states(&evidence),
        evidence,
    })
}

/// A program as it is started; what it says goes to `say`.
fn program(
    job: &Job,
    options: &RunOptions,
    say: &mpsc::UnboundedSender<Said>,
) -> io::Result<Program> {
    Ok(Program {
        party: job.party,
        words: job.words.clone(),
        env: options.env.clone(),
        stdio: [
            job.input.open()?,
            streams::terminal(job.party, say)?,
            streams::errors(job.party, say)?,
        ],
        apart: options.is_apart(job.party),
    })
}

/// Opens the capture, and says so. Where there is none, its file keeps the calls alone.
fn open(each: &mut impl FnMut(Event<'_>)) -> Result<LiveSource, LiveError> {
    let capture = LiveSource::open(&LiveOptions::default());
    let (link, decimals, interface) = match &capture {
        Ok(it) => (it.link(), it.decimals(), it.interface()),
        Err(_) => (LinkType::ETHERNET, 9, ""),
    };
    each(Event::Capturing {
        link,
        decimals,
        interface,
        filter: &CaptureFilter::default(),
    });
    capture
}

/// A capture that breaks off ends the run.
fn failed(error: LiveError) -> io::Error {
    io::Error::other(error)
}

/// What was heard from the programs.
#[derive(Default)]
struct Heard {
    calls: Vec<SocketCall>,
    /// What programs that were asked to end wrote to standard error since.
    last: Vec<Said>,
    /// The last line of each on standard error.
    errors: Vec<(Party, String)>,
    /// How many lines each said.
    lines: HashMap<Party, u64>,
}

impl Heard {
    fn event(&mut self, event: &trace::Event, each: &mut impl FnMut(Event<'_>)) {
        if let trace::Event::Called(call) = event {
            if self.calls.len() < CALLS {
                self.calls.push(*call);
            }
            each(Event::Called(call));
        }
    }

    /// Tells a line. Returns whether it was: of a program that floods its output only the first
    /// lines are.
    fn said(&mut self, said: Said, director: &Director, each: &mut impl FnMut(Event<'_>)) -> bool {
        if lines::is_ours(&said.line) {
            return true;
        }
        let count = self.lines.entry(said.party).or_insert(0_u64);
        *count += 1;
        if *count > LINES {
            return false;
        }
        if said.error && director.is_stopped(said.party) {
            self.last.push(said);
        } else {
            self.tell(&said, each);
        }
        true
    }

    /// Tells the lines that are still to come from the programs, which have ended.
    async fn rest(
        &mut self,
        lines: &mut mpsc::UnboundedReceiver<Said>,
        director: &Director,
        each: &mut impl FnMut(Event<'_>),
    ) {
        let _ = timeout(LIMIT, async {
            while let Some(said) = lines.recv().await {
                self.said(said, director, each);
            }
        })
        .await;
    }

    /// What was captured and called: a part of the calls or of the packets proves nothing.
    fn evidence(self, frames: Frames, unknown: &[Unknown]) -> Evidence {
        let calls = match unknown.iter().any(|it| it.kind == UnknownKind::Uring) {
            true => Vec::new(),
            false => self.calls,
        };
        match calls.len() < CALLS && frames.seen.count() < PACKETS {
            true => frames.seen.finish(calls),
            false => Evidence::default(),
        }
    }

    fn tell(&mut self, said: &Said, each: &mut impl FnMut(Event<'_>)) {
        if said.error && !said.line.trim().is_empty() {
            self.errors.retain(|(party, _)| *party != said.party);
            self.errors.push((said.party, said.line.clone()));
        }
        let (party, line) = (said.party, said.line.as_str());
        each(Event::Said { party, line });
    }

    /// Tells what programs said after they were asked to end, without what only that caused.
    fn farewell(&mut self, ended: &mut [Ended], each: &mut impl FnMut(Event<'_>)) {
        let last = std::mem::take(&mut self.last);
        for said in farewell::of_their_own(last) {
            self.tell(&said, each);
        }
        for it in ended {
            let error = self.errors.iter().find(|(party, _)| *party == it.party);
            it.last_error = error.map(|(_, line)| line.clone());
            let lines = self.lines.get(&it.party).copied().unwrap_or(0);
            it.untold = lines.saturating_sub(LINES);
        }
    }
}

/// The frames of the programs.
struct Frames {
    wanted: Wanted,
    /// Nobody knows which ports are the programs'.
    blind: bool,
    seen: Collector,
    count: u32,
}

impl Frames {
    fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            blind: false,
            seen: Collector::new(),
            count: 0,
        }
    }

    /// Takes a frame; returns whether it is the programs'.
    fn see(&mut self, frame: Frame<'_>, tracer: &Tracer, each: &mut impl FnMut(Event<'_>)) -> bool {
        let is_theirs = self
            .wanted
            .is(&frame, self.blind, |ports| tracer.knows_port(ports));
        if is_theirs {
            self.count = self.count.saturating_add(1);
            let frame = Frame {
                no: self.count,
                ..frame
            };
            if self.seen.count() < PACKETS {
                self.seen.see(&frame);
            }
            each(Event::Frame(frame));
        }
        is_theirs
    }

    /// Takes the frames that are on their way: all that were sent until now, then more until
    /// every conversation is closed or silent.
    async fn drain(
        &mut self,
        capture: &mut LiveSource,
        tracer: &Tracer,
        each: &mut impl FnMut(Event<'_>),
    ) -> io::Result<()> {
        let stops = [
            Stop::new().when(async {}),
            Stop::new().silence(SILENCE).after(LIMIT),
        ];
        for stop in stops {
            let ran = capture.run(stop, |event| {
                match event {
                    crate::source::live::Event::Frame(frame) => {
                        self.see(frame, tracer, each);
                    }
                    crate::source::live::Event::Idle => each(Event::Idle),
                }
                ControlFlow::Continue(())
            });
            ran.await.map_err(failed)?;
            if self.seen.all_closed() {
                break;
            }
        }
        Ok(())
    }
}

/// Takes the next frames; returns whether some are the programs'.
async fn take(
    capture: &mut Option<LiveSource>,
    frames: &mut Frames,
    tracer: &Tracer,
    each: &mut impl FnMut(Event<'_>),
) -> io::Result<bool> {
    let Some(capture) = capture else {
        return pending().await;
    };
    let mut some = false;
    let batch = capture.next_batch(BATCH, |frame| {
        some |= frames.see(frame, tracer, each);
        ControlFlow::Continue(())
    });
    if !batch.await.map_err(failed)?.more {
        each(Event::Idle);
    }
    Ok(some)
}
