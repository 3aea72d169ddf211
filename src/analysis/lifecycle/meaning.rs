//! What a segment turned out to be for its conversation.

use super::phase::Phase;

/// What a segment turned out to be.
#[derive(Clone, Copy, Debug)]
pub(in crate::analysis) struct Meaning {
    /// Its phase.
    pub(in crate::analysis) phase: Phase,
    /// It is the ACK that completes the handshake, whatever else it carries.
    pub(in crate::analysis) completes: bool,
    /// It would be that ACK if the SYN-ACK that it answers were captured before it.
    pub(in crate::analysis) third: bool,
    /// It is the first to acknowledge the other end's FIN.
    pub(in crate::analysis) acks_fin: bool,
    /// It is a SYN, SYN-ACK or FIN that its sender had sent before.
    pub(in crate::analysis) again: bool,
    /// It is a keep-alive or a window probe, as its phase says.
    pub(in crate::analysis) probe: bool,
    /// It answers such a probe of the other end, whatever it says of its window.
    pub(in crate::analysis) answers: bool,
    /// It belongs to another connection between the same ends.
    pub(in crate::analysis) stray: bool,
}

impl Meaning {
    pub(super) fn plain(phase: Phase) -> Meaning {
        Meaning {
            phase,
            completes: false,
            third: false,
            acks_fin: false,
            again: false,
            probe: false,
            answers: false,
            stray: false,
        }
    }
}
