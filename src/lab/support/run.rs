//! One run of a lab, in the order that [`crate::lab`] promises.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::ops::ControlFlow;
use std::pin::pin;
use std::time::Duration;

use tokio::sync::mpsc;

use super::answer::Answer;
use super::collect::Collector;
use super::error::LabError;
use super::evidence::Evidence;
use super::stage::{LabOptions, Stage};
use crate::exercises::error::ExerciseError;
use crate::exercises::journal::Entry;
use crate::exercises::stop::Stop as Asked;
use crate::lab::{Lab, Yours};
use crate::model::call::{Party, SocketCall};
use crate::model::filter::CaptureFilter;
use crate::model::frame::{Frame, LinkType};
use crate::source::live;
use crate::source::live::{LiveOptions, LiveSource, LiveStats, Stop};
use crate::text::{Lang, Text};

/// No frame for this long after the programs ended: none is to come.
const SILENCE: Duration = Duration::from_millis(300);
/// The longest wait for the end of conversations.
const LIMIT: Duration = Duration::from_secs(2);
/// Frames taken between two looks at what the programs did.
const BATCH: usize = 1024;

/// What happens in a lab, in the order in which it becomes known: a line is told as it is said,
/// a frame within a few milliseconds.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// The capture holds whatever is sent from now on.
    Capturing {
        /// What its frames begin with.
        link: LinkType,
        /// How many decimals of a second their times have.
        decimals: u8,
        /// The interface.
        interface: &'a str,
        /// The capture filter.
        filter: &'a CaptureFilter,
    },
    /// A program said a line.
    Said {
        /// Who.
        party: Party,
        /// The line.
        line: &'a str,
    },
    /// A program's socket call returned.
    Called(&'a SocketCall),
    /// A frame was captured.
    Frame(Frame<'a>),
    /// No frame waits: what was held back for speed can be shown now.
    Idle,
}

/// How a run went.
#[derive(Clone, Debug)]
pub struct LabRun {
    /// The interface that was captured.
    pub interface: String,
    /// What the kernel counted.
    pub stats: LiveStats,
    /// The user asked to stop before the programs ended.
    pub stopped: bool,
    /// Every TCP conversation was seen to its end.
    pub closed: bool,
    /// What was captured and called, for [`answer`].
    pub evidence: Evidence,
}

static LATE: Text = Text::new(
    "a connection from its SYN on: the capture began too late to show who is the client",
    "uma conexão desde o SYN: a captura começou tarde demais para mostrar quem é o cliente",
);

/// Answers the question of `lab` from what a capture shows: that of a run, or one of a file,
/// which [`Collector`] reads.
pub fn answer(lab: &Lab, evidence: &Evidence, lang: Lang) -> Answer {
    let mut answer = Answer::new(lang);
    match evidence.began_late() {
        true => drop(answer.require(false, &LATE)),
        false => (lab.answer)(evidence, &mut answer),
    }
    answer
}

/// Runs `lab` and tells `each` what happens.
///
/// # Errors
/// [`LabError`]. Frames that were captured before a program failed are told all the same.
pub async fn run(
    lab: &Lab,
    mut options: LabOptions,
    stop: Asked,
    mut each: impl FnMut(Event<'_>),
) -> Result<LabRun, LabError> {
    let port = port(lab, &mut options)?;
    let wanted = LiveOptions {
        filter: CaptureFilter {
            ports: (port..=port.saturating_add(lab.ports - 1)).collect(),
            ..CaptureFilter::default()
        },
        ..LiveOptions::default()
    };
    let mut capture = LiveSource::open(&wanted)?;
    each(Event::Capturing {
        link: capture.link(),
        decimals: capture.decimals(),
        interface: capture.interface(),
        filter: &wanted.filter,
    });
    let (sender, mut entries) = mpsc::unbounded_channel();
    let mut seen = Collector::new();
    let mut calls = Vec::new();

    if let Yours::Either(settings) = lab.yours {
        settings(&mut options);
    }
    let stage = Stage::new(lab.exercise, options, sender);
    let mut outcome = None;
    {
        let mut experiment = pin!(stop.unless_asked((lab.experiment)(stage)));
        while outcome.is_none() {
            tokio::select! {
                biased;
                Some(entry) = entries.recv() => tell(&entry, &mut calls, &mut each),
                ended = &mut experiment => outcome = Some(ended),
                batch = capture.next_batch(BATCH, |frame| see(frame, &mut seen, &mut each)) => {
                    if !batch?.more {
                        each(Event::Idle);
                    }
                }
            }
        }
    }
    // What the programs did last is told before the frames that it caused.
    while let Ok(entry) = entries.try_recv() {
        tell(&entry, &mut calls, &mut each);
    }
    drain(&mut capture, &mut seen, &mut each).await?;

    let stopped = match outcome {
        Some(Some(result)) => {
            result?;
            false
        }
        _ => true,
    };
    Ok(LabRun {
        interface: capture.interface().to_owned(),
        stats: capture.stats()?,
        stopped,
        closed: seen.all_closed(),
        evidence: seen.finish(calls),
    })
}

/// Takes the frames that are on their way: all that were sent until now, then more until every
/// conversation is closed or silent.
async fn drain(
    capture: &mut LiveSource,
    seen: &mut Collector,
    each: &mut impl FnMut(Event<'_>),
) -> Result<(), LabError> {
    let sent = Stop::new().when(async {});
    capture
        .run(sent, |event| pass(event, seen, each, false))
        .await?;
    if !seen.all_closed() {
        let silent = Stop::new().silence(SILENCE).after(LIMIT);
        capture
            .run(silent, |event| pass(event, seen, each, true))
            .await?;
    }
    Ok(())
}

/// Tells what the capture lends; breaks once everything is closed, where that ends the wait.
fn pass(
    event: live::Event<'_>,
    seen: &mut Collector,
    each: &mut impl FnMut(Event<'_>),
    until_closed: bool,
) -> ControlFlow<()> {
    match event {
        live::Event::Frame(frame) => {
            let _ = see(frame, seen, each);
        }
        live::Event::Idle => each(Event::Idle),
    }
    if until_closed && seen.all_closed() {
        return ControlFlow::Break(());
    }
    ControlFlow::Continue(())
}

fn see(
    frame: Frame<'_>,
    seen: &mut Collector,
    each: &mut impl FnMut(Event<'_>),
) -> ControlFlow<()> {
    seen.see(&frame);
    each(Event::Frame(frame));
    ControlFlow::Continue(())
}

fn tell(entry: &Entry, calls: &mut Vec<SocketCall>, each: &mut impl FnMut(Event<'_>)) {
    match entry {
        Entry::Said { party, line } => each(Event::Said {
            party: *party,
            line,
        }),
        Entry::Called(call) => {
            calls.push(*call);
            each(Event::Called(call));
        }
        Entry::Ready(_) => {}
    }
}

/// The port the lab runs at. The filter of the capture needs it before the server has it, so
/// "any free one" is chosen here: free for TCP and UDP at this moment.
fn port(lab: &Lab, options: &mut LabOptions) -> Result<u16, LabError> {
    let port = match options.server.port {
        Some(0) => free_port().map_err(|cause| LabError::Program {
            party: Party::SERVER,
            cause: ExerciseError::Io {
                call: "bind",
                address: None,
                cause,
            },
        })?,
        Some(port) => port,
        None => lab.port.unwrap_or(lab.exercise.default_port),
    };
    options.server.port = Some(port);
    Ok(port)
}

/// A port that nobody has. It lies below those that the system gives to clients (RFC 6335 has
/// them begin at 49152, Linux at 32768), so that none of them takes it before the server does.
fn free_port() -> std::io::Result<u16> {
    const RANGE: std::ops::Range<u16> = 20_000..32_000;
    let mut result = Ok(RANGE.start);
    for attempt in 0..64_u64 {
        // Labs that run at the same time begin at different places.
        let mut random = RandomState::new().build_hasher();
        random.write_u64(attempt);
        let offset = random.finish() % u64::from(RANGE.end - RANGE.start);
        let port = RANGE.start + u16::try_from(offset).unwrap_or(0);
        let here = (Ipv4Addr::LOCALHOST, port);
        match TcpListener::bind(here).and_then(|_| UdpSocket::bind(here)) {
            Ok(_) => return Ok(port),
            Err(error) => result = Err(error),
        }
    }
    result
}
