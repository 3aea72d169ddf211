//! The life of a conversation: roles, states of both ends, phases, the shape of the close.
//!
//! [`Lifecycle`] takes packet after packet. [`state`] is the state machine as a table,
//! `segment` decides what a TCP segment moves and `proof` what it proves, [`close`] reads the shape of the close
//! from what both ends have shown.

pub mod close;
mod closing;
mod end;
mod itself;
mod meaning;
mod news;
pub mod opening;
mod ordinary;
pub mod phase;
mod prefetch;
mod proof;
pub mod reset;
pub mod roles;
mod segment;
pub mod state;

pub use end::Silence;
pub(super) use meaning::Meaning;
pub use news::{News, Stray};

use std::num::NonZeroU32;

use close::Close;
use end::{End, Ends};
use news::Older;
use opening::Opening;
use reset::Reset;
use roles::Roles;

use super::tcp::marks::Marks;
use crate::model::address::Endpoint;
use crate::model::frame::FrameNo;
use crate::model::seq::Seq;
use crate::model::side::{Direction, Side};
use crate::model::tcp::{TcpFlags, TcpState};
use crate::model::time::Timestamp;

/// The packet that a step is about.
#[derive(Clone, Copy, Debug)]
pub struct Event {
    /// The frame that brought it.
    pub frame: FrameNo,
    /// When.
    pub time: Option<Timestamp>,
    /// Who sent it; of an ICMP error, who sent the packet that it quotes.
    pub side: Side,
}

/// Where a conversation stands after a packet.
#[derive(Clone, Copy, Debug, Default)]
pub struct Step {
    /// Which way it goes by the roles known so far.
    pub direction: Option<Direction>,
    /// The states of client and server after it.
    pub states: [Option<TcpState>; 2],
}

/// What is known of a conversation's life.
#[derive(Clone, Debug, Default)]
pub struct Lifecycle {
    roles: Roles,
    tcp: Tcp,
}

/// Both ends of a TCP conversation.
#[derive(Clone, Debug, Default)]
struct Tcp {
    /// The sender and the receiver of the first packet.
    ends: Ends,
    /// The frame of the ACK that completed the handshake.
    handshake_ack: Option<NonZeroU32>,
    /// A SYN carried data (RFC 7413).
    fast_open: bool,
    /// There are segments whose numbers do not belong to the rest.
    strange: bool,
    /// Both ends are one socket.
    itself: bool,
    /// Both are open and nothing waits for an answer ([`ordinary::settled`]).
    settled: bool,
    /// What only a connection shows that does not just open, carry data and close.
    more: Option<Box<More>>,
}

/// What few connections ever show.
#[derive(Clone, Debug, Default)]
struct More {
    /// The RST that ended it.
    reset: Option<Reset>,
    /// The frame of the SYN that used its ports again.
    reused: Option<NonZeroU32>,
    /// That SYN repeats the one of this conversation, which has no answer yet.
    called_again: bool,
    /// The connection between the same ends before it.
    older: Option<Older>,
    /// What the latest packet that was out of the ordinary did.
    news: Option<News>,
}

/// A TCP segment as the life of a conversation sees it.
#[derive(Clone, Copy, Debug)]
pub struct Segment {
    /// Its flags.
    pub flags: TcpFlags,
    /// Raw sequence number.
    pub seq: Seq,
    /// Raw acknowledgment number, whether or not ACK is set.
    pub ack: Seq,
    /// Payload bytes.
    pub len: u32,
    /// It announces a window of 0.
    pub shut: bool,
    /// tshark's marks on it.
    pub marks: Marks,
    /// It says something of its sender's window, and acknowledges no new data.
    pub about_window: bool,
    /// Of a RST: how many bytes its receiver had announced to take, as far as that is known.
    pub window: Option<u32>,
}

impl Segment {
    /// How many numbers it takes: its bytes, and one each for SYN and FIN.
    fn taken(&self) -> u32 {
        let flags = u32::from(self.flags.syn()) + u32::from(self.flags.fin());
        self.len.wrapping_add(flags)
    }
}

impl Tcp {
    /// Notes what a packet did.
    fn tell(&mut self, news: News) {
        let told = &mut self.more().news;
        *told = Some(match told {
            Some(known) if known.frame == news.frame => known.with(news),
            _ => news,
        });
    }

    /// The RST that ended it.
    #[inline]
    fn reset(&self) -> Option<Reset> {
        self.more.as_ref()?.reset
    }

    /// What few connections show, to be changed.
    fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }
}

impl Lifecycle {
    /// The life of a TCP conversation between `ends` (the sender and the receiver of its first
    /// packet) before that packet.
    pub fn new(ends: [Endpoint; 2]) -> Self {
        Self {
            roles: Roles::from_ports(ends),
            tcp: Tcp {
                itself: ends[0] == ends[1],
                ..Tcp::default()
            },
        }
    }

    /// The life of a UDP conversation between `ends` that begins as `opening` says.
    pub(super) fn of_datagrams(ends: [Endpoint; 2], opening: roles::UdpOpening) -> Self {
        Self {
            roles: Roles::from_datagram(ends, opening),
            tcp: Tcp::default(),
        }
    }

    /// Takes a TCP segment with a whole header and says what it turned out to be.
    #[inline]
    pub(super) fn segment(&mut self, event: &Event, segment: &Segment) -> Meaning {
        self.roles.segment(event.side, segment.flags);
        segment::advance(&mut self.tcp, event.frame, event.side, segment)
    }

    /// Where it stands after a packet of `sender`.
    pub fn step(&self, sender: Side) -> Step {
        Step {
            direction: self.roles.direction(sender),
            states: self.states(),
        }
    }

    /// The roles of the two ends.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// The states of client and server; where the roles are not known, those of the first
    /// packet's sender and receiver. `None` where the capture does not show one.
    pub fn states(&self) -> [Option<TcpState>; 2] {
        let [first, second] = self.tcp.ends.both().map(|end| end.state);
        match self.roles.client() {
            Some(Side::Second) => [second, first],
            _ => [first, second],
        }
    }

    /// The frame that completed the handshake: the first to acknowledge the SYN-ACK.
    pub fn handshake_ack(&self) -> Option<FrameNo> {
        self.tcp.handshake_ack.map(u32::from)
    }

    /// The frames of the first SYN or SYN-ACK of each end, in the order of the conversation's
    /// ends.
    pub fn syns(&self) -> [Option<FrameNo>; 2] {
        self.tcp.ends.both().map(|end| end.syn_frame.map(u32::from))
    }

    /// How it was opened, as far as the packets so far show it.
    pub fn opening(&self) -> Opening {
        opening::of(&self.tcp, self.roles.client().unwrap_or(Side::First))
    }

    /// What the packet of `frame`, the latest one, did beyond the ordinary.
    pub fn news(&self, frame: FrameNo) -> Option<&News> {
        let news = self.tcp.more.as_ref()?.news.as_ref();
        news.filter(|news| news.frame == frame)
    }

    /// Whether one socket is both ends.
    pub fn itself(&self) -> bool {
        self.tcp.itself
    }

    /// The frame of the SYN that used its ports again: what its ends were in is over then.
    pub fn reused(&self) -> Option<FrameNo> {
        self.tcp.more.as_ref()?.reused.map(u32::from)
    }

    /// Whether that SYN only repeats its own, which had no answer: Wireshark counts it as a
    /// conversation of its own, and the call goes on there.
    pub fn called_again(&self) -> bool {
        self.tcp.more.as_ref().is_some_and(|more| more.called_again)
    }

    /// The states of both sides, by [`Side::index`].
    pub(super) fn by_side(&self) -> [Option<TcpState>; 2] {
        self.tcp.ends.both().map(|end| end.state)
    }

    /// Notes that the SYN in `frame` with the number `isn`, which `caller` sent, uses its ports
    /// again, and lets `next`, the conversation that it opens, know what went before.
    pub(super) fn give_way(
        &mut self,
        next: &mut Lifecycle,
        frame: FrameNo,
        (caller, isn): (Side, Seq),
    ) {
        let swapped = caller == Side::Second;
        let end = self.tcp.ends.both()[caller.index()];
        let called_again = end.state == Some(TcpState::SynSent) && end.isn == isn;
        let [first, second] = self.tcp.ends.both().map(End::numbers);
        next.tcp.more().older = Some(Older {
            next: match swapped {
                true => [second, first],
                false => [first, second],
            },
        });
        let more = self.tcp.more();
        more.reused = NonZeroU32::new(frame);
        more.called_again = called_again;
    }

    /// Whether `ack` of a SYN-ACK to `caller` acknowledges all that this had sent in the conversation
    /// between the same ports before this one.
    pub fn called_before(&self, caller: Side, ack: Seq) -> bool {
        let older = self.tcp.more.as_ref().and_then(|more| more.older.as_ref());
        older.is_some_and(|older| older.all_acked(caller, ack))
    }

    /// How it ended, as far as the packets so far show it.
    pub fn close(&self) -> Close {
        close::of(&self.tcp)
    }

    /// The end that is in CLOSE-WAIT only if the FIN in this frame reached it, which no packet
    /// acknowledges; the other one is in FIN-WAIT-1.
    pub fn unsure_close_wait(&self) -> Option<(Side, FrameNo)> {
        let close = self.close();
        let states = self.by_side();
        [Side::First, Side::Second].into_iter().find_map(|side| {
            let (to, from) = (side.index(), side.other().index());
            let waits =
                [states[from], states[to]] == [Some(TcpState::FinWait1), Some(TcpState::CloseWait)];
            (waits && close.acks[from].is_none()).then_some((side, close.fins[from]?))
        })
    }

    /// Whether a TCP conversation is over for both ends: both FINs are acknowledged, or a RST
    /// ended it. UDP knows no end.
    pub fn over(&self) -> bool {
        let closed = self.tcp.ends.both().into_iter().all(End::fin_acked);
        let reset = self.tcp.reset().is_some_and(|reset| reset.kind.ends());
        // After a refusal the client may call again.
        let calling = self.by_side().contains(&Some(TcpState::SynSent));
        closed || (reset && !calling)
    }
}
