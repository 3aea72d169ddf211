//! What a capture shows, as far as answers depend on it.

use crate::analysis::conversation::Protocol;
use crate::analysis::facts::udp::Exchange;
use crate::analysis::lifecycle::close::{Close, Shape};
use crate::analysis::lifecycle::opening::Opening;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::tcp::marks::Marks;
use crate::model::address::Endpoint;
use crate::model::call::SocketCall;
use crate::model::frame::FrameNo;
use crate::model::side::{Direction, Side};
use crate::model::tcp::{TcpFlags, TcpState};
use crate::model::time::{Span, Timestamp};
use crate::text::visible::is_shown;

/// What a [`Print`] is multiplied by for each byte: any large odd number.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Stands for bytes: equal ones have equal prints, and others hardly ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Print {
    /// How many bytes.
    pub len: u32,
    exact: Sum,
    /// Of the same in small letters.
    small: Sum,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sum {
    bytes: u32,
    sum: u64,
}

impl Sum {
    fn of(bytes: &[u8]) -> Sum {
        bytes.iter().fold(Sum::default(), |all, byte| Sum {
            bytes: all.bytes + 1,
            sum: (all.sum.wrapping_mul(STEP)).wrapping_add(u64::from(*byte) + 1),
        })
    }

    fn then(self, next: Sum) -> Sum {
        let sum = self.sum.wrapping_mul(STEP.wrapping_pow(next.bytes));
        Sum {
            bytes: self.bytes.saturating_add(next.bytes),
            sum: sum.wrapping_add(next.sum),
        }
    }
}

impl Print {
    /// That of these bytes.
    pub fn of(bytes: &[u8]) -> Print {
        let exact = Sum::of(bytes);
        let text = std::str::from_utf8(bytes).map(str::to_lowercase);
        Print {
            len: exact.bytes,
            exact,
            small: text.map_or(exact, |text| Sum::of(text.as_bytes())),
        }
    }

    /// That of these bytes and the ones that follow them.
    #[must_use]
    pub fn then(self, next: Print) -> Print {
        Print {
            len: self.len.saturating_add(next.len),
            exact: self.exact.then(next.exact),
            small: self.small.then(next.small),
        }
    }

    /// Whether both stand for the same text, in capital letters or not.
    pub fn echoes(self, other: Print) -> bool {
        self.exact == other.exact || self.small == other.small
    }
}

/// One packet.
#[derive(Clone, Debug)]
pub struct Seen {
    /// Its frame.
    pub no: FrameNo,
    /// Since the first frame.
    pub time: Span,
    /// Its conversation, as an index into [`Evidence::talks`].
    pub talk: Option<usize>,
    /// Which way it goes.
    pub direction: Option<Direction>,
    /// Its part in the conversation.
    pub phase: Option<Phase>,
    /// The states of client and server after it.
    pub states: [Option<TcpState>; 2],
    /// What it is.
    pub kind: PacketKind,
    /// The segment that ends exactly where this one acknowledges.
    pub acks: Option<FrameNo>,
    /// How many bytes of its payload were in no packet before it.
    pub fresh: u32,
    /// The beginning of its payload, at most 120 bytes.
    pub payload: Vec<u8>,
    /// Stands for all of its payload that the capture holds.
    pub print: Print,
}

/// What a packet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketKind {
    /// A TCP segment.
    Tcp {
        /// Its flags.
        flags: TcpFlags,
        /// Payload bytes.
        len: u32,
        /// The window in bytes.
        window: u32,
        /// tshark's marks.
        marks: Marks,
    },
    /// A UDP datagram.
    Udp {
        /// Payload bytes.
        len: u32,
    },
    /// An ICMP or ICMPv6 error.
    IcmpError,
    /// Something else.
    Other,
}

impl Seen {
    /// Payload bytes.
    pub fn payload_len(&self) -> u32 {
        match self.kind {
            PacketKind::Tcp { len, .. } | PacketKind::Udp { len } => len,
            PacketKind::IcmpError | PacketKind::Other => 0,
        }
    }

    /// Its TCP flags; none where it is no TCP segment.
    pub fn flags(&self) -> TcpFlags {
        match self.kind {
            PacketKind::Tcp { flags, .. } => flags,
            _ => TcpFlags::default(),
        }
    }

    /// The window in bytes; 0 where it is no TCP segment.
    pub fn window(&self) -> u32 {
        match self.kind {
            PacketKind::Tcp { window, .. } => window,
            _ => 0,
        }
    }

    /// tshark's marks; none where it is no TCP segment.
    pub fn marks(&self) -> Marks {
        match self.kind {
            PacketKind::Tcp { marks, .. } => marks,
            _ => Marks::NONE,
        }
    }

    /// Whether it goes to the server.
    pub fn to_server(&self) -> bool {
        self.direction == Some(Direction::ToServer)
    }

    /// Whether it goes to the client.
    pub fn to_client(&self) -> bool {
        self.direction == Some(Direction::ToClient)
    }

    /// The first line of its payload.
    pub fn first_line(&self) -> String {
        let line = self.payload.split(|byte| matches!(byte, b'\r' | b'\n'));
        let line = line.into_iter().next().unwrap_or_default();
        String::from_utf8_lossy(line)
            .chars()
            .filter(|character| is_shown(*character))
            .collect()
    }
}

/// One conversation.
#[derive(Clone, Debug)]
pub struct Talk {
    /// TCP or UDP.
    pub protocol: Protocol,
    /// Who called.
    pub client: Endpoint,
    /// Who was called.
    pub server: Endpoint,
    /// How it was opened.
    pub opening: Opening,
    /// How it ended.
    pub close: Close,
    /// Who is the client, of the two ends that [`Talk::close`] counts by.
    pub client_side: Side,
    /// Packets show who is the client; of TCP a SYN or a SYN-ACK, and not the ports alone.
    pub roles: bool,
    /// Where its packets stand in [`Evidence::packets`].
    pub places: Vec<usize>,
    /// TCP: the segments that were sent again, and not only captured twice; the first ones.
    pub again: Vec<FrameNo>,
    /// UDP: its requests and what became of them.
    pub pings: Vec<Exchange>,
    /// How many HTTP requests it carries, and how many responses to them.
    pub http: [usize; 2],
}

/// What a capture shows.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Its packets, in order.
    pub packets: Vec<Seen>,
    /// Its conversations, in the order of their first packets.
    pub talks: Vec<Talk>,
    /// The calls of the programs, in the order in which they returned; none where a file is read.
    pub calls: Vec<SocketCall>,
    /// The time of the first packet.
    pub first: Option<Timestamp>,
}

impl Evidence {
    /// The packets of a conversation.
    pub fn of(&self, talk: usize) -> impl Iterator<Item = &Seen> {
        let places = self.talks.get(talk).into_iter().flat_map(|it| &it.places);
        places.filter_map(|place| self.packets.get(*place))
    }

    /// The indexes of the TCP conversations that tell who is the client: those of a lab begin
    /// with a SYN.
    pub fn tcp(&self) -> impl Iterator<Item = usize> {
        let talks = self.talks.iter().enumerate();
        talks
            .filter(|(_, talk)| talk.protocol == Protocol::Tcp && talk.roles)
            .map(|(index, _)| index)
    }

    /// Whether there are conversations, all of them TCP and none from its SYN on.
    pub fn began_late(&self) -> bool {
        let late = |it: &Talk| it.protocol == Protocol::Tcp && !it.roles;
        !self.talks.is_empty() && self.talks.iter().all(late)
    }

    /// What goes to one port of a server alone, as a capture of that port would hold it.
    pub fn at(&self, port: u16) -> Evidence {
        let serves = |it: &&Talk| it.server.port == port || !it.roles && it.client.port == port;
        let mut places: Vec<usize> = Vec::new();
        let mut talks: Vec<Talk> = self.talks.iter().filter(serves).cloned().collect();
        for talk in &talks {
            places.extend(&talk.places);
        }
        places.sort_unstable();
        let mut packets: Vec<Seen> = places
            .iter()
            .filter_map(|place| self.packets.get(*place).cloned())
            .collect();
        for (index, talk) in talks.iter_mut().enumerate() {
            for place in &mut talk.places {
                *place = places.binary_search(place).unwrap_or_default();
                if let Some(packet) = packets.get_mut(*place) {
                    packet.talk = Some(index);
                }
            }
        }
        Evidence {
            packets,
            talks,
            calls: self.calls.clone(),
            first: self.first,
        }
    }

    /// The packet with a frame's number.
    pub fn packet(&self, frame: FrameNo) -> Option<&Seen> {
        let place = self.packets.binary_search_by_key(&frame, |it| it.no).ok()?;
        self.packets.get(place)
    }

    /// The first line of the payload of a frame.
    pub fn line(&self, frame: FrameNo) -> String {
        self.packet(frame).map(Seen::first_line).unwrap_or_default()
    }

    /// The one TCP conversation where there is no other conversation.
    pub fn single(&self) -> Option<usize> {
        let mut all = self.tcp();
        all.next().filter(|_| self.talks.len() == 1)
    }

    /// The segments of a conversation that carry data to the server, or to the client.
    pub fn data(&self, talk: usize, to_server: bool) -> Vec<&Seen> {
        let data = self.of(talk).filter(|it| it.payload_len() > 0);
        data.filter(|it| it.direction.is_some() && it.to_server() == to_server)
            .collect()
    }

    /// Whether the capture holds all of the payload of a conversation.
    pub fn held(&self, talk: usize) -> bool {
        self.of(talk).all(|it| it.print.len == it.payload_len())
    }

    /// Whether a TCP conversation is a whole echo: opened and closed in order, nothing sent again,
    /// and what goes to the server comes back, in capital letters or not.
    pub fn echoed(&self, talk: usize) -> bool {
        let closed = self.talks.get(talk).is_some_and(|it| {
            matches!(
                it.close.shape,
                Shape::FourSegments | Shape::ThreeSegments | Shape::Crossing
            )
        });
        let said = |to_server| {
            let data = self.data(talk, to_server).into_iter();
            data.fold(Print::default(), |all, it| all.then(it.print))
        };
        let again = self.of(talk).any(|it| it.marks().any(Marks::SENT_AGAIN));
        // Who speaks first is no echo.
        let first = |to_server| self.data(talk, to_server).first().map(|it| it.no);
        let message = said(true);
        self.handshake(talk).is_some()
            && self.held(talk)
            && closed
            && !again
            && message.len > 0
            && first(true) < first(false)
            && message.echoes(said(false))
    }

    /// The frames that acknowledge exactly one of `sent`.
    pub fn acks_of(&self, sent: &[FrameNo]) -> Vec<FrameNo> {
        let packets = self.packets.iter();
        packets
            .filter(|it| it.acks.is_some_and(|no| sent.contains(&no)))
            .map(|it| it.no)
            .collect()
    }

    /// The frames of the SYN, the SYN-ACK and the ACK of a conversation, if its handshake is complete.
    pub fn handshake(&self, talk: usize) -> Option<Vec<FrameNo>> {
        let opening = self.talks.get(talk).map(|it| it.opening)?;
        let frames = opening.frames.into_iter().collect();
        if opening.complete { frames } else { None }
    }

    /// Whether a TCP conversation was opened and closed by FINs that were acknowledged.
    pub fn whole(&self, talk: usize) -> bool {
        let closed = |it: &Talk| it.close.acks.iter().all(Option::is_some);
        self.handshake(talk).is_some() && self.talks.get(talk).is_some_and(closed)
    }
}
