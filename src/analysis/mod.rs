//! Packets to meaning: one packet in, its analysed row out, in the capture's order.
//!
//! Analysis cannot fail and knows no clock: time comes from the frames. Memory grows with the
//! conversations, not with the packets.

pub mod clock;
pub mod conversation;
pub mod lifecycle;
pub mod row;
pub mod tcp;

use clock::Clock;
use conversation::{Conversation, ConversationId};
use row::{Analysis, Row};

use crate::model::frame::Frame;
use crate::model::packet::Packet;

/// What the analysis keeps beyond what the rows themselves need.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnalyzerOptions {
    /// How many conversations keep the groups of their summary; 0 where no summary is printed.
    /// Later conversations are counted, not described.
    pub summaries: usize,
}

/// Turns packets into rows, one at a time.
#[derive(Debug, Default)]
pub struct Analyzer {
    options: AnalyzerOptions,
    clock: Clock,
    conversations: Vec<Conversation>,
}

impl Analyzer {
    /// An analyzer that has seen nothing.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            options,
            ..Self::default()
        }
    }

    /// Takes the next packet of the capture and says what it means.
    pub fn ingest<'a>(&mut self, frame: &Frame<'a>, packet: &Packet<'a>) -> Row<'a> {
        let times = self.clock.tick(frame.time);
        let analysis = Analysis::default();
        Row {
            frame: *frame,
            packet: *packet,
            times,
            analysis,
        }
    }

    /// The conversations so far, TCP and UDP, in the order of their first packets.
    pub fn conversations(&self) -> &[Conversation] {
        &self.conversations
    }

    /// The conversation `id`.
    pub fn conversation(&self, id: ConversationId) -> Option<&Conversation> {
        self.conversations.get(id.index())
    }
}
