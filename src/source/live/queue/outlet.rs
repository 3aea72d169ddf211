//! Where packets come out.

use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use super::store::Stretch;
use super::{Given, Part, Shared};
use crate::model::frame::Frame;
use crate::source::file::FileSource;

/// Room for so many batches is kept for later ones.
const KEPT: usize = 8;

/// Where packets come out.
pub struct Outlet {
    shared: Arc<Shared>,
    tick: Option<Duration>,
}

impl Outlet {
    pub(super) fn new(shared: Arc<Shared>) -> Self {
        Self { shared, tick: None }
    }

    /// From now on [`Given::Idle`] comes this often while nothing else does.
    #[must_use]
    pub fn ticking(mut self, tick: Duration) -> Self {
        self.tick = Some(tick);
        self
    }

    /// Lends everything to `each`, in order, until no more comes or `each` answers `Break`.
    pub fn run(&self, mut each: impl FnMut(Given<'_>) -> ControlFlow<()>) {
        while let Some(part) = self.next(&mut each) {
            let answer = match part {
                Part::Skipped { first, count } => each(Given::Skipped { first, count }),
                Part::Stored(stretch) => {
                    let answer = read_back(&stretch, &mut each);
                    self.shared.state().stored -= 1;
                    answer
                }
                Part::Here(mut frames) => {
                    let answer = frames
                        .iter()
                        .try_for_each(|frame| each(Given::Frame(frame)));
                    let mut state = self.shared.state();
                    state.bytes -= frames.size();
                    frames.clear();
                    if state.empty.len() < KEPT {
                        state.empty.push(frames);
                    }
                    answer
                }
            };
            if answer.is_break() {
                return;
            }
        }
        let _ = each(Given::Idle);
    }

    /// Waits for the next part. Says that nothing waits before it does so.
    fn next(&self, each: &mut impl FnMut(Given<'_>) -> ControlFlow<()>) -> Option<Part> {
        let mut idle = false;
        loop {
            let mut state = self.shared.state();
            if let Some(part) = state.parts.pop_front() {
                return Some(part);
            }
            if state.closed {
                return None;
            }
            if let (true, Some(tick)) = (idle, self.tick) {
                let woken = self.shared.came.wait_timeout(state, tick);
                let (state, waited) = woken.unwrap_or_else(PoisonError::into_inner);
                drop(state);
                idle = !waited.timed_out();
                continue;
            }
            if idle {
                let woken = self.shared.came.wait(state);
                drop(woken.unwrap_or_else(PoisonError::into_inner));
                continue;
            }
            drop(state);
            if each(Given::Idle).is_break() {
                return None;
            }
            idle = true;
        }
    }

    /// Says that no more is wanted. What was put in by then still comes out.
    pub fn enough(&self) {
        self.shared.enough.notify_one();
    }
}

/// Lends the packets of a stretch. Those that cannot be read any more are said to be skipped.
fn read_back(
    stretch: &Stretch,
    each: &mut impl FnMut(Given<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut no = stretch.first;
    let end = stretch.first.saturating_add(stretch.count);
    if let Ok(mut source) = FileSource::from_reader("", Box::new(stretch.capture()), Some(0)) {
        while let (true, Ok(Some(frame))) = (no < end, source.next_frame()) {
            each(Given::Frame(Frame { no, ..frame }))?;
            no += 1;
        }
    }
    match end - no {
        0 => ControlFlow::Continue(()),
        count => each(Given::Skipped { first: no, count }),
    }
}
