//! What the decoder keeps from one frame to the next.

use super::network::echo::Echoes;
use super::network::fragments::Fragments;
use super::network::neighbours::Neighbours;

/// What outlives a frame.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Fragments that wait for the rest of their datagram.
    pub(super) fragments: Fragments,
    /// Echo requests that wait for their reply.
    pub(super) echoes: Echoes,
    /// The hardware addresses that ARP has shown.
    pub(super) neighbours: Neighbours,
}
