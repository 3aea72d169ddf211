//! The life of a conversation: roles, states of both ends, phases, the shape of the close.

pub mod phase;

use phase::Phase;

use super::conversation::{Direction, Side};
use super::tcp::marks::Marks;
use crate::model::address::Endpoint;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::tcp::{TcpFlags, TcpState};
use crate::model::time::Timestamp;

/// What a packet brings to the life of its conversation.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// The frame that brought it.
    pub frame: FrameNo,
    /// When.
    pub time: Option<Timestamp>,
    /// Who sent it.
    pub side: Side,
    /// What it is.
    pub kind: EventKind,
}

/// The kinds of packets a life is made of.
#[derive(Clone, Copy, Debug)]
pub enum EventKind {
    /// A TCP segment with a whole header.
    Segment {
        /// Its flags.
        flags: TcpFlags,
        /// Raw sequence number.
        seq: Seq,
        /// Raw acknowledgment number, whether or not ACK is set.
        ack: Seq,
        /// Payload bytes.
        len: u32,
        /// tshark's marks on it.
        marks: Marks,
    },
    /// A UDP datagram.
    Datagram {
        /// Payload bytes.
        len: u32,
    },
    /// An ICMP error that quotes a packet which `side` had sent.
    Refused {
        /// Whether it says that nobody listens on the port (port unreachable).
        port_unreachable: bool,
    },
}

/// What a packet turned out to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// Its part in the conversation.
    pub phase: Option<Phase>,
    /// Which way it goes by the roles known so far.
    pub direction: Option<Direction>,
    /// The states of client and server after it.
    pub states: [Option<TcpState>; 2],
}

/// What is known of a conversation's life.
#[derive(Debug, Default)]
pub struct Lifecycle {}

impl Lifecycle {
    /// The life of a conversation between `ends` (the sender and the receiver of its first
    /// packet) before that packet. `keep_groups` where its summary will be printed.
    pub fn new(ends: [Endpoint; 2], keep_groups: bool) -> Self {
        let _ = (ends, keep_groups);
        Self {}
    }

    /// Takes the next packet of the conversation.
    pub fn step(&mut self, event: &Event) -> Step {
        let _ = event;
        Step::default()
    }
}
