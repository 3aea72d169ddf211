//! A run: the capture, the programs beside it, and what both tell.

use std::collections::HashMap;
use std::io;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio::time::sleep_until;
use tokio::time::timeout;

use super::director::Director;
use super::end;
use super::end::Ended;
use super::end::LastStates;
use super::end::Why;
use super::farewell;
use super::frames::{BATCH, Frames, LIMIT, failed, take};
use super::job::{Job, RunOptions};
use super::lines;
use super::streams;
use super::streams::Said;
use super::wanted::Wanted;
use crate::lab::CALLS;
use crate::lab::Event;
use crate::lab::Evidence;
use crate::lab::PACKETS;
use crate::model::address::Endpoint;
use crate::model::call::Party;
use crate::model::call::SocketCall;
use crate::model::filter::CaptureFilter;
use crate::model::frame::LinkType;
use crate::source::live::LiveOptions;
use crate::source::live::LiveSource;
use crate::source::live::LiveStats;
use crate::source::live::error::LiveError;
use crate::source::live::signals::Signals;
use crate::trace;
use crate::trace::Program;
use crate::trace::Tracer;
use crate::trace::{Unknown, UnknownKind};

/// How many lines of a program are told.
const LINES: u64 = 2000;
/// So long nobody listens to the tracer after something happened: to wake a thread for each call
/// would take the tracer longer than the call.
const REST: Duration = Duration::from_millis(1);

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
    let (mut happened, mut resting) = (Vec::new(), Instant::now());
    loop {
        let next = director.next();
        tokio::select! {
            biased;
            1.. = several(&mut events, &mut happened, resting) => {
                resting = Instant::now() + REST;
                for event in happened.drain(..) {
                    heard.event(&event, &mut director, &mut each);
                }
                frames.blind |= director.unwatched.is_some();
            }
            Some(said) = lines.recv() => {
                if heard.said(said, &director, &mut each) {
                    director.active();
                }
            }
            _ = signals.next() => director.asked(&tracer),
            captured = take(&mut capture, &mut frames, &tracer, &mut each) => {
                let (some, idle) = captured?;
                if some {
                    director.active();
                }
                // What a view shows at once is shown behind the calls that caused it.
                heard.all(&mut events, &mut director, &mut each);
                if idle {
                    each(Event::Idle);
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
    heard.all(&mut events, &mut director, &mut each);
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
    /// Hears everything that has happened.
    fn all(
        &mut self,
        events: &mut mpsc::UnboundedReceiver<trace::Event>,
        director: &mut Director,
        each: &mut impl FnMut(Event<'_>),
    ) {
        while let Ok(event) = events.try_recv() {
            self.event(&event, director, each);
        }
    }

    fn event(
        &mut self,
        event: &trace::Event,
        director: &mut Director,
        each: &mut impl FnMut(Event<'_>),
    ) {
        director.happened(event);
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

/// Takes what happened meanwhile, not before a moment; returns how much.
async fn several(
    events: &mut mpsc::UnboundedReceiver<trace::Event>,
    happened: &mut Vec<trace::Event>,
    from: Instant,
) -> usize {
    sleep_until(from).await;
    events.recv_many(happened, BATCH).await
}
