//! Collects what a capture shows, frame by frame.

use super::evidence::{Evidence, PacketKind, Print, Seen, Talk};
use crate::analysis::AnalyzerOptions;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::facts::udp::What;
use crate::analysis::record::Record;
use crate::analysis::row::Row;
use crate::analysis::tcp::marks::Marks;
use crate::model::call::SocketCall;
use crate::model::frame::Frame;
use crate::model::packet::{Content, OtherKind};
use crate::model::side::Side;
use crate::model::tcp::TcpState;
use crate::model::time::{Span, Timestamp};
use crate::pipeline::Pipeline;

/// Bytes of a payload that are kept.
const KEPT: usize = 120;

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
        let mut talks: Vec<Talk> = conversations.iter().map(talk).collect();
        for (place, packet) in self.packets.iter().enumerate() {
            if let Some(talk) = packet.talk.and_then(|it| talks.get_mut(it)) {
                talk.places.push(place);
            }
        }
        Evidence {
            talks,
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
    let roles = conversation.lifecycle.roles();
    let client_side = roles.client().unwrap_or(Side::First);
    let udp = conversation.record().and_then(Record::udp);
    let http = conversation.record().and_then(Record::http);
    let http = http.map_or([0, 0], |all| {
        let asked = all.list.iter().filter(|it| it.request.is_some());
        let answered = asked.clone().filter(|it| it.response.is_some() && !it.odd);
        [asked.count(), answered.count()]
    });
    let ends = conversation.record().map(Record::ends);
    let repeats = ends.into_iter().flatten().flat_map(|it| &it.again.repeats);
    let again = repeats.map(|it| it.at.frame).collect();
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
        roles: roles.client().is_some() && !roles.assumed(),
        places: Vec::new(),
        again,
        pings: udp.map(|udp| udp.list().to_vec()).unwrap_or_default(),
        http,
    }
}

/// How many bytes of its payload are captured for the first time.
fn fresh(row: &Row<'_>, kind: &PacketKind) -> u32 {
    let record = row.conversation.and_then(|it| it.record());
    match *kind {
        PacketKind::Tcp { len, .. } => {
            let latest = record.map(|it| it.latest());
            let latest = latest.filter(|it| it.at.frame == row.frame.no);
            latest.map_or(len, |it| u32::try_from(it.fresh).unwrap_or(len))
        }
        PacketKind::Udp { len } => {
            let twin = record.and_then(|it| it.udp());
            let twin = twin.is_some_and(|it| matches!(it.latest().what, What::Twin { .. }));
            if twin { 0 } else { len }
        }
        PacketKind::IcmpError | PacketKind::Other => 0,
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
        fresh: fresh(row, &kind),
        payload: payload.get(..KEPT).unwrap_or(payload).to_vec(),
        print: Print::of(payload),
    }
}
