//! The ladder diagram: lanes for the ends of a conversation, an arrow for each packet, from top to
//! bottom as time passes.
//!
//! Rows go into a [`LadderBuilder`] one by one; what is kept is bounded by [`LadderOptions`], and
//! what is not drawn is counted and said ([`Item::Omitted`], [`Ladders`]). The lanes are told apart
//! by address and port, so that both ends on one machine have a lane each.

mod assemble;
mod collect;
mod follow;
mod gaps;
mod label;
mod lanes;
pub mod words;

pub use collect::LadderBuilder;

use crate::analysis::conversation::Protocol;
use crate::analysis::lifecycle::phase::Phase;
use crate::model::address::Endpoint;
use crate::model::call::SocketCall;
use crate::model::frame::FrameNo;
use crate::model::tcp::TcpState;
use crate::model::time::Nanos;
use crate::report::coloring::Coloring;

/// Which conversations are drawn.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Choice {
    /// The first ones of the capture.
    #[default]
    First,
    /// These, by `tcp.stream`.
    Tcp(Vec<u32>),
    /// These, by `udp.stream`.
    Udp(Vec<u32>),
}

/// What is drawn, and how much of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderOptions {
    /// Which conversations.
    pub choice: Choice,
    /// How many conversations at most; the others are counted.
    pub conversations: usize,
    /// How many arrows of a conversation at most: three quarters of them from its beginning, the
    /// others from its end.
    pub arrows: usize,
    /// Clients of one server stand side by side in one ladder, [`CLIENTS`] of them at most.
    pub together: bool,
}

/// How many clients stand side by side in one ladder; the next ones get another.
pub const CLIENTS: usize = 5;

impl Default for LadderOptions {
    fn default() -> Self {
        Self {
            choice: Choice::First,
            conversations: 8,
            arrows: 200,
            together: false,
        }
    }
}

/// The ladders of a capture.
#[derive(Clone, Debug, Default)]
pub struct Ladders {
    /// In the order of their first packets.
    pub ladders: Vec<Ladder>,
    /// Conversations of the choice that are not drawn, because of
    /// [`LadderOptions::conversations`].
    pub others: u64,
}

/// One diagram.
#[derive(Clone, Debug)]
pub struct Ladder {
    /// TCP or UDP.
    pub protocol: Protocol,
    /// The stream numbers of its conversations, in the order of their first packets.
    pub streams: Vec<u32>,
    /// From left to right, at least two: clients, then the server. Where the roles are not known,
    /// the sender of the first packet stands left.
    pub lanes: Vec<Lane>,
    /// From top to bottom.
    pub items: Vec<Item>,
    /// How many packets its conversations have, drawn or not.
    pub packets: u64,
    /// Whether a packet takes time from lane to lane.
    pub travel: Travel,
    /// The decimals of the capture's times, 0 to 9.
    pub decimals: u8,
}

/// One end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Its address and port.
    pub end: Endpoint,
    /// Its role.
    pub role: LaneRole,
}

/// What is known of the role of an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneRole {
    /// Nothing.
    Unknown,
    /// It called.
    Client {
        /// Its number among several in this ladder, from 1.
        number: Option<u32>,
        /// Assumed from the ports.
        assumed: bool,
    },
    /// It was called.
    Server {
        /// Assumed from the ports.
        assumed: bool,
    },
}

/// Whether a packet takes time from lane to lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Travel {
    /// Both ends have the same or a loopback address: it arrives as it is sent.
    Within,
    /// The ends are different machines.
    Between {
        /// Half of the handshake's round trip, an estimate of one way; `None` where the capture
        /// does not show it.
        one_way: Option<Nanos>,
    },
}

/// What stands in a ladder.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Item {
    /// A phase begins, and lasts until the next one. [`Phase::Data`] here is data with its
    /// acknowledgments and its flow control. Only where a ladder has one conversation.
    Band(Phase),
    /// A packet.
    Arrow(Box<Arrow>),
    /// A socket call that a lab recorded.
    Call(Box<LaneCall>),
    /// Time passes.
    Gap(Gap),
    /// Packets that are not drawn.
    Omitted(Omitted),
}

/// A packet.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// Its frame.
    pub frame: FrameNo,
    /// Since the first frame of the capture; `None` where the capture holds no time.
    pub time: Option<Nanos>,
    /// The lane it comes from.
    pub from: usize,
    /// The lane it goes to.
    pub to: usize,
    /// What it says.
    pub label: Label,
    /// Its part in the conversation.
    pub phase: Option<Phase>,
    /// Its conversation's arrow before it has another phase, or there is none.
    pub fresh_phase: bool,
    /// The lanes of its conversation, as in [`Arrow::states`].
    pub lanes: [usize; 2],
    /// The states of both ends after it.
    pub states: [Option<TcpState>; 2],
    /// Which of them are to be shown: they differ from those before, or are the first.
    pub fresh: [bool; 2],
    /// The next thing in the ladder comes later than the time of travel; it never does within a
    /// machine.
    pub lull: bool,
}

/// What a packet has to do with an earlier one, where its numbers do not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Note {
    /// A datagram that answers this one; `certain` where its content says so.
    Answers {
        /// The request.
        request: FrameNo,
        /// It is no guess.
        certain: bool,
    },
    /// A datagram with the bytes of this one, which has had no reply.
    Again(FrameNo),
    /// A reply with the bytes of this one, and no request is left for it.
    Doubled(FrameNo),
    /// The same packet as this one, captured twice.
    Twin(FrameNo),
}

/// The words beside an arrow. But for the note they are never translated.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Label {
    /// tshark's marks in brackets, each once, separated by spaces.
    pub marks: String,
    /// The flags in brackets, or the protocol.
    pub kind: String,
    /// `Seq=1 Ack=1`, or what an ICMP error says.
    pub numbers: String,
    /// `Win=65495`.
    pub window: String,
    /// `Len=55`.
    pub len: String,
    /// What it has to do with an earlier packet.
    pub note: Option<Note>,
    /// The packet is about its window: without it the label says little.
    pub about_window: bool,
    /// The colouring rule it falls under.
    pub coloring: Coloring,
}

/// A socket call at its place in time.
#[derive(Clone, Copy, Debug)]
pub struct LaneCall {
    /// The lane of the socket.
    pub lane: usize,
    /// The call.
    pub call: SocketCall,
}

/// Time that passes between two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// How long.
    pub time: Nanos,
    /// Long enough to be a silence, at which the diagram breaks.
    pub silence: bool,
}

/// Packets of a conversation that are not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Omitted {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub first: FrameNo,
    /// The last of them.
    pub last: FrameNo,
}
