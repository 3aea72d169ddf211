//! Packets to meaning: one packet in, its analysed row out, in the capture's order.
//!
//! Analysis cannot fail and knows no clock: time comes from the frames. Memory grows with the
//! conversations, not with the packets.

mod again;
pub mod clock;
pub mod completeness;
pub mod conversation;
pub mod facts;
mod followed;
pub mod lifecycle;
pub mod moment;
mod packets;
mod prefetch;
pub mod record;
pub mod row;
mod stamp;
pub mod stream;
pub mod summary_line;
mod table;
pub mod tcp;
pub mod twin;
mod udp;

pub use prefetch::AHEAD;

use clock::{Clock, RowTimes};
use conversation::{Conversation, ConversationId, Protocol};
use followed::Followed;
use prefetch::Prefetch;
use row::Analysis;
use stamp::Stamp;
use table::{Ends, Table};
use tcp::Tcp;

use crate::model::dialect::Dialect;
use crate::model::frame::{Frame, LinkType};
use crate::model::packet::{Content, Packet};

/// How the analysis goes about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnalyzerOptions {
    /// How many conversations have a [`record`]; 0 where nothing is from_text of them. Later
    /// conversations are counted, not described.
    pub summaries: usize,
    /// How many of these have one at a time, to explain packets by, and none that tells of the whole
    /// conversation: where one more begins, the oldest closed one loses it, else the oldest one. 0
    /// where nobody loses it.
    pub at_a_time: usize,
    /// Which version of Wireshark the rows follow.
    pub dialect: Dialect,
}

/// Turns packets into rows, one at a time.
#[derive(Clone, Debug, Default)]
pub struct Analyzer {
    options: AnalyzerOptions,
    clock: Clock,
    conversations: Vec<Conversation>,
    table: Table,
    tcp: Tcp,
    udp: udp::Streams,
    prefetch: Prefetch,
    /// The earlier conversation that the newest one follows or answers.
    origin: Option<ConversationId>,
    followed: Followed,
}

impl Analyzer {
    /// An analyzer that has seen nothing.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            options,
            clock: Clock::new(options.dialect),
            ..Self::default()
        }
    }

    /// Takes the next packet of the capture and says when it came; what it means goes to
    /// `analysis`, which the caller keeps, so that no row has to carry it about.
    #[inline]
    pub fn ingest(
        &mut self,
        frame: &Frame<'_>,
        packet: &Packet<'_>,
        analysis: &mut Analysis,
    ) -> RowTimes {
        let times = self.clock.tick(frame.time);
        if self.options.at_a_time > 0 {
            let most = self.options.at_a_time;
            self.followed.limit(&mut self.conversations, most);
        }
        *analysis = Analysis::default();
        self.analyse::<true>(frame, packet, analysis);
        if self.options.at_a_time > 0 {
            let told = analysis.conversation.and_then(|id| self.conversation(id));
            let lost = told.filter(|it| it.record.is_none());
            self.followed.note(lost.is_some_and(followed::is_closed));
        }
        times
    }

    /// Takes the next packet where only the conversations are wanted, not its row. Without records,
    /// which are filled from rows, what a row alone shows is not worked out. What `scratch` holds
    /// afterwards means nothing.
    #[inline]
    pub fn observe(&mut self, frame: &Frame<'_>, packet: &Packet<'_>, scratch: &mut Analysis) {
        if self.options.summaries > 0 {
            self.ingest(frame, packet, scratch);
        } else {
            self.clock.start(frame.time);
            self.analyse::<false>(frame, packet, scratch);
        }
    }

    /// Takes a packet that shares its frame with the one whose row follows.
    #[inline(never)]
    pub fn accompany(&mut self, frame: &Frame<'_>, packet: &Packet<'_>) {
        self.clock.start(frame.time);
        self.analyse::<true>(frame, packet, &mut Analysis::default());
    }

    #[inline(always)]
    fn analyse<const SHOWN: bool>(
        &mut self,
        frame: &Frame<'_>,
        packet: &Packet<'_>,
        analysis: &mut Analysis,
    ) {
        let stamp = Stamp {
            frame: frame.no,
            wire_len: frame.wire_len,
            time: frame.time,
            now: self.clock.elapsed(frame.time),
            epoch: self.clock.epoch(),
            era: self.clock.era(frame.time),
            from_text: frame.link == LinkType::ROWS,
        };
        let between = (packet.source, packet.destination);
        match &packet.content {
            Content::Tcp(segment) => {
                let ports = (segment.source_port, segment.destination_port);
                if let Some(ends) = Ends::new(Protocol::Tcp, between, ports) {
                    self.tcp::<SHOWN>(&stamp, packet, &ends, segment, true, analysis);
                }
            }
            Content::Udp(datagram) => {
                let ports = (datagram.source_port, datagram.destination_port);
                if let Some(ends) = Ends::new(Protocol::Udp, between, ports) {
                    self.udp(&stamp, packet, &ends, datagram, true, analysis);
                }
            }
            Content::Other(other) => {
                if let Some(quoted) = &other.quoted {
                    if !SHOWN {
                        *analysis = Analysis::default();
                    }
                    self.quoted(&stamp, packet, other, quoted, analysis);
                }
            }
        }
    }

    /// The conversations so far, TCP and UDP, in the order of their first packets.
    pub fn conversations(&self) -> &[Conversation] {
        &self.conversations
    }

    /// How many conversations lost their record before they were closed
    /// ([`AnalyzerOptions::at_a_time`]).
    pub fn left(&self) -> u64 {
        self.followed.left()
    }

    /// How many packets came when the record of their conversation, which was closed, was gone
    /// ([`AnalyzerOptions::at_a_time`]).
    pub fn late(&self) -> u64 {
        self.followed.late()
    }

    /// The conversation `id`.
    pub fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(id.index())
    }
}
