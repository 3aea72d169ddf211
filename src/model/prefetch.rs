//! What the layers tell each other of frames that are still to come.

use super::address::Address;

/// Between which ends a packet seems to go, as its frame says without being read closely: good for
/// looking up a conversation before the packet comes, not for saying anything of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LikelyEnds {
    /// The address it comes from.
    pub source: Address,
    /// The address it goes to.
    pub destination: Address,
    /// The source and the destination port.
    pub ports: (u16, u16),
    /// TCP, not UDP.
    pub tcp: bool,
}
