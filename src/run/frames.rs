//! The frames of a run.

use std::future::pending;
use std::io;
use std::ops::ControlFlow;
use std::time::Duration;

use super::wanted::Wanted;
use crate::lab::Collector;
use crate::lab::Event;
use crate::lab::PACKETS;
use crate::model::frame::Frame;
use crate::source::live::LiveSource;
use crate::source::live::Stop;
use crate::source::live::error::LiveError;
use crate::trace::Tracer;

/// No frame for this long after the programs ended: none is to come.
const SILENCE: Duration = Duration::from_millis(300);
/// Frames taken between two looks at what the programs did, and how much of that is taken at once.
pub(super) const BATCH: usize = 1024;
/// The longest wait for the end of conversations, and for the last lines of programs.
pub(super) const LIMIT: Duration = Duration::from_secs(2);

/// The frames of the programs.
pub(super) struct Frames {
    wanted: Wanted,
    /// Nobody knows which ports are the programs'.
    pub(super) blind: bool,
    pub(super) seen: Collector,
    count: u32,
}

impl Frames {
    pub(super) fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            blind: false,
            seen: Collector::new(),
            count: 0,
        }
    }

    /// Takes a frame; returns whether it is the programs'.
    pub(super) fn see(
        &mut self,
        frame: Frame<'_>,
        tracer: &Tracer,
        each: &mut impl FnMut(Event<'_>),
    ) -> bool {
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
    pub(super) async fn drain(
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

/// Takes the next frames; returns whether some are the programs', and whether no more wait.
pub(super) async fn take(
    capture: &mut Option<LiveSource>,
    frames: &mut Frames,
    tracer: &Tracer,
    each: &mut impl FnMut(Event<'_>),
) -> io::Result<(bool, bool)> {
    let Some(capture) = capture else {
        return pending().await;
    };
    let mut some = false;
    let batch = capture.next_batch(BATCH, |frame| {
        some |= frames.see(frame, tracer, each);
        ControlFlow::Continue(())
    });
    let more = batch.await.map_err(failed)?.more;
    Ok((some, !more))
}

/// A capture that breaks off ends the run.
pub(super) fn failed(error: LiveError) -> io::Error {
    io::Error::other(error)
}
