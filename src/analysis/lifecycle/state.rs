//! The state machine of one end (RFC 9293, 3.3.2, figure 5, and 3.10).

use crate::model::tcp::TcpState;

/// What moves an end from one state to another. Flags alone are not signals: only an ACK that
/// covers the FIN is [`Signal::FinAcked`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signal {
    /// It sends a SYN of its own (3.10.1).
    SendSyn,
    /// It sends a FIN (3.10.4).
    SendFin,
    /// It sends a RST (3.10.5, 3.10.7.1).
    SendRst,
    /// A SYN without ACK reaches it (3.10.7.2, 3.10.7.3).
    SynArrives,
    /// A SYN that acknowledges its own SYN reaches it (3.10.7.3).
    SynAckArrives,
    /// An ACK of its SYN reaches it (3.10.7.4, fifth).
    SynAcked,
    /// An ACK of its FIN reaches it (3.10.7.4, fifth).
    FinAcked,
    /// The other end's FIN reaches it, with everything before it (3.10.7.4, eighth).
    FinArrives,
    /// An acceptable RST reaches it (3.10.7.2 to 3.10.7.4, second).
    RstArrives,
}

impl Signal {
    /// Every signal, for tests that walk the table.
    pub const ALL: [Signal; 9] = [
        Signal::SendSyn,
        Signal::SendFin,
        Signal::SendRst,
        Signal::SynArrives,
        Signal::SynAckArrives,
        Signal::SynAcked,
        Signal::FinAcked,
        Signal::FinArrives,
        Signal::RstArrives,
    ];
}

/// The state after `signal`. A signal that means nothing in `state` leaves it as it is.
///
/// A RST ends the connection in every state, also in SYN-RECEIVED: what returns to LISTEN there
/// is the listening socket, which is no end of this conversation.
pub const fn next(state: TcpState, signal: Signal) -> TcpState {
    use TcpState::{
        CloseWait, Closed, Closing, Established, FinWait1, FinWait2, LastAck, Listen, SynReceived,
        SynSent, TimeWait,
    };
    match (signal, state) {
        (Signal::SendSyn, Closed | Listen) => SynSent,
        (Signal::SynArrives, Listen | SynSent) => SynReceived,
        (Signal::SynAckArrives, SynSent | SynReceived) => Established,
        (Signal::SynAcked, SynReceived) => Established,
        (Signal::SendFin, SynReceived | Established) => FinWait1,
        (Signal::SendFin, CloseWait) => LastAck,
        (Signal::FinAcked, FinWait1) => FinWait2,
        (Signal::FinAcked, Closing) => TimeWait,
        (Signal::FinAcked, LastAck) => Closed,
        (Signal::FinArrives, SynReceived | Established) => CloseWait,
        (Signal::FinArrives, FinWait1) => Closing,
        (Signal::FinArrives, FinWait2) => TimeWait,
        // A RST sent from LISTEN or SYN-SENT answers a segment that belongs to no connection.
        (Signal::SendRst | Signal::RstArrives, Listen) => Listen,
        (Signal::SendRst, SynSent) => SynSent,
        (Signal::SendRst | Signal::RstArrives, _) => Closed,
        (_, unmoved) => unmoved,
    }
}
