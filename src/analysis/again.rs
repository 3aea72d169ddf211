//! Some conversations of a capture, analysed again without the others: what rows show of a
//! conversation depends on its own packets, and on those of the conversation that it follows or
//! answers.

use super::clock::RowTimes;
use super::conversation::ConversationId;
use super::row::Analysis;
use super::{Analyzer, AnalyzerOptions};
use crate::model::dialect::Dialect;
use crate::model::frame::Frame;
use crate::model::packet::Packet;

impl Analyzer {
    /// An analyzer for some conversations of the same capture, which has seen none of them and keeps
    /// a [`record`](super::record) of each.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self {
            options: AnalyzerOptions {
                summaries: usize::MAX,
                at_a_time: 0,
                ..self.options
            },
            clock: self.clock.clone(),
            ..Self::default()
        }
    }

    /// An analyzer for the whole capture again, which keeps records too.
    #[must_use]
    pub fn anew(&self) -> Self {
        let AnalyzerOptions { dialect, .. } = self.options;
        Self::new(AnalyzerOptions {
            summaries: usize::MAX,
            at_a_time: 0,
            dialect,
        })
    }

    /// Which version of Wireshark it follows.
    pub fn dialect(&self) -> Dialect {
        self.options.dialect
    }

    /// The earlier conversation without whose packets the newest one would not be analysed as it is:
    /// one between the same ports before it, or one that its first datagram answers.
    pub fn origin(&self) -> Option<ConversationId> {
        self.origin
    }

    /// Takes a packet of the conversation that has the number `stream` in the whole capture, as
    /// [`Analyzer::ingest`] does.
    pub fn ingest_again(
        &mut self,
        frame: &Frame<'_>,
        packet: &Packet<'_>,
        stream: Option<u32>,
        analysis: &mut Analysis,
    ) -> RowTimes {
        let Some(stream) = stream else {
            return self.ingest(frame, packet, analysis);
        };
        let known = self.conversations.len();
        self.udp.go_on_at(stream);
        let times = self.ingest(frame, packet, analysis);
        for opened in self.conversations.iter_mut().skip(known) {
            opened.stream = stream;
        }
        analysis.stream = analysis.stream.map(|_| stream);
        times
    }
}
