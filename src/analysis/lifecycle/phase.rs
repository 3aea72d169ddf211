//! Phases: a packet's part in its conversation, decided from the states of both ends.

/// What a packet does for its conversation. Each packet of a conversation has exactly one phase.
///
/// Flags alone never decide it. A plain ACK can complete a handshake, acknowledge data, answer a
/// FIN or a keep-alive; which of them it is follows from what both ends had sent before. Where
/// one segment does two things, the rarer one names it: a SYN with data is [`Phase::Handshake`],
/// a FIN with data is [`Phase::Close`]. A third ACK with data is [`Phase::Data`]: its bytes are
/// what the reader looks for, and the summary says that it also completes the handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Phase {
    /// Part of the opening: SYN, SYN-ACK and the ACK that completes it, their repetitions and
    /// the ACKs that answer these.
    Handshake,
    /// Carries data, the first time or again.
    Data,
    /// Acknowledges data, or repeats an acknowledgment. No data of its own.
    Ack,
    /// Flow control only: a window update, a zero-window probe or its answer.
    Window,
    /// A keep-alive probe or its answer.
    KeepAlive,
    /// Part of the orderly close: a FIN, the ACK of a FIN, and their repetitions.
    Close,
    /// A RST, except one that refuses a connection.
    Reset,
    /// Says no: a RST that answers a SYN, or an ICMP error about a port where nobody listens.
    Refused,
    /// A UDP datagram. UDP has neither handshake nor close, and its packets do not say which
    /// datagram answers which.
    Datagram,
    /// Another ICMP error about a packet of the conversation.
    IcmpError,
    /// Not to be told: its header is cut, or no end of a connection would send or accept it
    /// (neither SYN, RST nor ACK is set: RFC 9293, 3.10.7.4, fifth).
    Unknown,
}

impl Phase {
    /// Every phase.
    pub const ALL: [Phase; 11] = [
        Phase::Handshake,
        Phase::Data,
        Phase::Ack,
        Phase::Window,
        Phase::KeepAlive,
        Phase::Close,
        Phase::Reset,
        Phase::Refused,
        Phase::Datagram,
        Phase::IcmpError,
        Phase::Unknown,
    ];
}
