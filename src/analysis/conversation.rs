//! Two endpoints that talk: the table of conversations.

use super::lifecycle::Lifecycle;
use crate::model::address::Endpoint;

/// The place of a conversation in the analyzer's list, TCP and UDP together, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConversationId(pub u32);

impl ConversationId {
    /// As an index.
    pub fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }
}

/// The transport protocol of a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP or UDP-Lite.
    Udp,
}

/// Which way a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client to the server.
    ToServer,
    /// From the server to the client.
    ToClient,
}

/// One of the two ends, by who sent the conversation's first packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// The sender of the first packet.
    First,
    /// Its receiver.
    Second,
}

impl Side {
    /// The other end.
    #[must_use]
    pub const fn other(self) -> Side {
        match self {
            Side::First => Side::Second,
            Side::Second => Side::First,
        }
    }

    /// Its place in arrays of two, such as [`Conversation::ends`].
    pub const fn index(self) -> usize {
        match self {
            Side::First => 0,
            Side::Second => 1,
        }
    }
}

/// One conversation.
#[derive(Debug)]
pub struct Conversation {
    /// Its protocol.
    pub protocol: Protocol,
    /// tshark's stream number, TCP and UDP apart, from 0.
    pub stream: u32,
    /// The sender and the receiver of its first packet.
    pub ends: [Endpoint; 2],
    /// Who is client and server, the states of both, the phases so far, the shape of the close.
    pub lifecycle: Lifecycle,
}
