//! Which line of a summary a packet is counted in.

/// A line of a conversation's summary that has packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SummaryLine {
    /// The handshake.
    Opening,
    /// The line of this number, from 0, between handshake and close.
    Middle(usize),
    /// What came after as many lines as are kept.
    Rest,
    /// The close.
    Closing,
}
