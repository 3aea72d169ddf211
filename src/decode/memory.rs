//! What the decoder keeps from one frame to the next.

use super::network::echo::Echoes;
use super::network::fragments::Fragments;
use super::network::neighbours::Neighbours;

/// What outlives a frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    fragments: Fragments,
    echoes: Echoes,
    neighbours: Neighbours,
    /// It was asked for the frame at hand.
    pub(super) used: bool,
}

impl Memory {
    /// Fragments that wait for the rest of their datagram.
    pub(super) fn fragments(&mut self) -> &mut Fragments {
        self.used = true;
        &mut self.fragments
    }

    /// Echo requests that wait for their reply.
    pub(super) fn echoes(&mut self) -> &mut Echoes {
        self.used = true;
        &mut self.echoes
    }

    /// The hardware addresses that ARP has shown.
    pub(super) fn neighbours(&mut self) -> &mut Neighbours {
        self.used = true;
        &mut self.neighbours
    }
}
