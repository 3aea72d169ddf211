//! Phases: a packet's part in its conversation, decided from the states of both ends.

/// What a packet does for its conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Part of the three-way handshake.
    Handshake,
    /// Carries data.
    Data,
    /// Acknowledges data.
    Ack,
    /// Part of the close.
    Close,
}
