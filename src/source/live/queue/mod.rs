//! Between the thread that takes packets from the kernel and the one that shows them, so that a
//! reader who stalls (a pager, a paused terminal) stalls nothing else.
//!
//! Packets wait in memory, up to [`MEMORY`]. What does not fit there is read back from the capture
//! file that is being written, or from a temporary one without a name: it comes late, and none is
//! missing. Only without a capture file, past [`SPILLED`] or on a full disk, packets are skipped,
//! and [`Given::Skipped`] says how many.

mod frames;
mod inlet;
mod outlet;
mod store;

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use self::frames::Frames;
use self::store::Stretch;
use crate::model::frame::{Frame, FrameNo};

pub use self::inlet::{Inlet, Source};
pub use self::outlet::Outlet;

/// How many bytes of packets wait in memory.
pub const MEMORY: usize = 32 << 20;
/// How many bytes of them wait in a temporary file.
pub const SPILLED: u64 = 1 << 30;

/// What comes out of the queue.
#[derive(Clone, Copy, Debug)]
pub enum Given<'a> {
    /// A packet, in the order of the capture.
    Frame(Frame<'a>),
    /// There was no room for these packets.
    Skipped {
        /// The number of the first one.
        first: FrameNo,
        /// How many there were, one after the other.
        count: u32,
    },
    /// Nothing waits: what was held back for speed can be shown now.
    Idle,
}

/// What waits, in order.
enum Part {
    Here(Frames),
    Stored(Stretch),
    Skipped { first: FrameNo, count: u32 },
}

#[derive(Default)]
struct State {
    parts: VecDeque<Part>,
    /// Bytes of packets in memory.
    bytes: usize,
    /// Parts in a file that were not read back.
    stored: usize,
    /// Room that was used and can be used again.
    empty: Vec<Frames>,
    /// Nothing more comes.
    closed: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    came: Condvar,
    enough: Notify,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked left whole parts behind.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, part: Part) {
        let mut state = self.state();
        state.stored += usize::from(matches!(part, Part::Stored(_)));
        match (state.parts.back_mut(), part) {
            (Some(Part::Skipped { count, .. }), Part::Skipped { count: more, .. }) => {
                *count = count.saturating_add(more);
            }
            (Some(Part::Stored(before)), Part::Stored(after)) if before.goes_on_in(&after) => {
                before.extend(&after);
                state.stored -= 1;
            }
            (_, part) => state.parts.push_back(part),
        }
        drop(state);
        self.came.notify_one();
    }
}

/// A queue: where packets go in, and where they come out.
pub fn queue(input: Source) -> (Inlet, Outlet) {
    let shared = Arc::new(Shared::default());
    (Inlet::new(input, Arc::clone(&shared)), Outlet::new(shared))
}
