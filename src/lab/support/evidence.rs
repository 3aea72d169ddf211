//! What a capture shows, as far as answers depend on it.

use crate::analysis::AnalyzerOptions;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::facts::udp::Exchange;
use crate::analysis::lifecycle::close::{Close, Shape};
use crate::analysis::lifecycle::opening::Opening;
use crate::analysis::lifecycle::phase::Phase;
use crate::analysis::record::Record;
use crate::analysis::row::Row;
use crate::analysis::tcp::marks::Marks;
use crate::model::address::Endpoint;
use crate::model::call::SocketCall;
use crate::model::frame::{Frame, FrameNo};
use crate::model::packet::{Content, OtherKind};
use crate::model::side::{Direction, Side};
use crate::model::tcp::{TcpFlags, TcpState};
use crate::model::time::{Span, Timestamp};
use crate::pipeline::Pipeline;
use crate::text::visible::is_shown;

/// Bytes of a payload that are kept.
const KEPT: usize = 120;
/// The same.
const KEPT_LEN: u32 = 120;

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
    /// The beginning of its payload, at most 120 bytes.
    pub payload: Vec<u8>,
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
        self.packets
            .iter()
            .filter(move |packet| packet.talk == Some(talk))
    }

    /// The indexes of all TCP conversations.
    pub fn tcp(&self) -> impl Iterator<Item = usize> {
        let talks = self.talks.iter().enumerate();
        talks
            .filter(|(_, talk)| talk.protocol == Protocol::Tcp)
            .map(|(index, _)| index)
    }

    /// The first line of the payload of a frame.
    pub fn line(&self, frame: FrameNo) -> String {
        let packet = self.packets.iter().find(|it| it.no == frame);
        packet.map(Seen::first_line).unwrap_or_default()
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

    /// Whether a TCP conversation is a whole echo: opened and closed in order, nothing sent again,
    /// and what goes to the server comes back, in capital letters or not.
    pub fn echoed(&self, talk: usize) -> bool {
        let closed = self.talks.get(talk).is_some_and(|it| {
            matches!(
                it.close.shape,
                Shape::FourSegments | Shape::ThreeSegments | Shape::Crossing
            )
        });
        let said = |to_server| -> Vec<u8> {
            let data = self.data(talk, to_server).into_iter();
            data.flat_map(|it| it.payload.clone()).collect()
        };
        let len = |to_server| -> u32 {
            let data = self.data(talk, to_server).into_iter();
            data.map(Seen::payload_len).sum()
        };
        let again = self.of(talk).any(|it| it.marks().any(Marks::SENT_AGAIN));
        // Of bytes that the capture does not hold nothing is known.
        let held = self.of(talk).all(|it| {
            let kept = u32::try_from(it.payload.len()).unwrap_or(u32::MAX);
            kept >= it.payload_len().min(KEPT_LEN)
        });
        self.handshake(talk).is_some()
            && held
            && closed
            && !again
            && len(true) > 0
            && len(true) == len(false)
            && said(true).eq_ignore_ascii_case(&said(false))
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
        self.talks.get(talk)?.opening.frames.into_iter().collect()
    }
}

/// Collects evidence frame by frame.
#[derive(Debug, Default)]
pub struct Collector {
    pipeline: Pipeline,
    rows: Rows,
}

/// Collects the rows of a pipeline that somebody else keeps.
#[derive(Debug, Default)]
pub struct Rows {
    packets: Vec<Seen>,
    first: Option<Timestamp>,
}

impl Rows {
    /// Takes the next row.
    pub fn take(&mut self, row: &Row<'_>) {
        let time = row.frame.time.unwrap_or_default();
        let first = *self.first.get_or_insert(time);
        self.packets.push(seen(row, time.since(first)));
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.packets.len()
    }

    /// What there is, with the pipeline's conversations and the calls that the programs made.
    pub fn finish(self, conversations: &[Conversation], calls: Vec<SocketCall>) -> Evidence {
        Evidence {
            talks: conversations.iter().map(talk).collect(),
            packets: self.packets,
            calls,
            first: self.first,
        }
    }
}

impl Collector {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            pipeline: Pipeline::new(AnalyzerOptions {
                summaries: usize::MAX,
                ..AnalyzerOptions::default()
            }),
            ..Self::default()
        }
    }

    /// Takes the next frame.
    pub fn see(&mut self, frame: &Frame<'_>) {
        self.rows.take(&self.pipeline.push(frame));
    }

    /// How many frames there were.
    pub fn count(&self) -> usize {
        self.rows.count()
    }

    /// Whether there was a TCP conversation, and no end of any waits for a packet any more. UDP
    /// has no end to see.
    pub fn all_closed(&self) -> bool {
        let conversations = self.pipeline.analyzer().conversations();
        let mut tcp = conversations
            .iter()
            .filter(|it| it.protocol == Protocol::Tcp)
            .peekable();
        tcp.peek().is_some()
            && tcp.all(|it| {
                let over = |state| matches!(state, Some(TcpState::Closed | TcpState::TimeWait));
                it.lifecycle.states().into_iter().all(over)
            })
    }

    /// What there is, with the calls that the programs made.
    pub fn finish(self, calls: Vec<SocketCall>) -> Evidence {
        let conversations = self.pipeline.analyzer().conversations();
        self.rows.finish(conversations, calls)
    }
}

fn talk(conversation: &Conversation) -> Talk {
    let client_side = conversation
        .lifecycle
        .roles()
        .client()
        .unwrap_or(Side::First);
    let udp = conversation.record().and_then(Record::udp);
    let http = conversation.record().and_then(Record::http);
    let http = http.map_or([0, 0], |all| {
        let asked = all.list.iter().filter(|it| it.request.is_some());
        let answered = asked.clone().filter(|it| it.response.is_some() && !it.odd);
        [asked.count(), answered.count()]
    });
    let [first, second] = conversation.ends();
    let (client, server) = match client_side {
        Side::First => (first, second),
        Side::Second => (second, first),
    };
    Talk {
        protocol: conversation.protocol,
        client,
        server,
        opening: conversation.lifecycle.opening(),
        close: conversation.lifecycle.close(),
        client_side,
        pings: udp.map(|udp| udp.list().to_vec()).unwrap_or_default(),
        http,
    }
}

fn seen(row: &Row<'_>, time: Span) -> Seen {
    let (kind, payload) = match &row.packet.content {
        Content::Tcp(segment) => {
            let analysis = row.analysis.tcp;
            let kind = PacketKind::Tcp {
                flags: row
                    .whole_header()
                    .map(|header| header.flags)
                    .unwrap_or_default(),
                len: segment.payload_len().unwrap_or(0),
                window: analysis.map_or(0, |it| it.window),
                marks: analysis.map_or(Marks::NONE, |it| it.marks),
            };
            let header = row
                .whole_header()
                .map_or(0, |header| usize::from(header.offset) * 4);
            (kind, segment.transport.bytes.get(header..))
        }
        Content::Udp(datagram) => {
            let kind = PacketKind::Udp {
                len: datagram.payload_len().unwrap_or(0),
            };
            (kind, datagram.transport.bytes.get(8..))
        }
        Content::Other(other) if other.kind == OtherKind::IcmpError => {
            (PacketKind::IcmpError, None)
        }
        Content::Other(_) => (PacketKind::Other, None),
    };
    let payload = payload.unwrap_or_default();
    Seen {
        no: row.frame.no,
        time,
        talk: row.analysis.conversation.map(|id| id.index()),
        direction: row.analysis.direction,
        phase: row.analysis.phase,
        states: row.analysis.states,
        kind,
        acks: row.analysis.tcp.and_then(|it| it.acks_frame),
        payload: payload.get(..KEPT).unwrap_or(payload).to_vec(),
    }
}
