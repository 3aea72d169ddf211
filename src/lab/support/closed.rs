//! Whether every conversation of a capture has come to its end.

use crate::analysis::AnalyzerOptions;
use crate::analysis::row::Row;
use crate::model::frame::Frame;
use crate::model::packet::Content;
use crate::model::tcp::TcpState;
use crate::pipeline::Pipeline;

/// Follows the states of both ends of every TCP conversation.
#[derive(Debug)]
pub(super) struct Closed {
    pipeline: Pipeline,
    /// Whether each conversation is closed, by its number.
    closed: Vec<bool>,
    /// A TCP packet came that belongs to no conversation: nothing can be told.
    unknown: bool,
}

impl Closed {
    pub(super) fn new() -> Self {
        Self {
            pipeline: Pipeline::new(AnalyzerOptions::default()),
            closed: Vec::new(),
            unknown: false,
        }
    }

    /// Takes the next frame.
    pub(super) fn see(&mut self, frame: &Frame<'_>) {
        let row = self.pipeline.push(frame);
        if !matches!(row.packet.content, Content::Tcp(_)) {
            return;
        }
        let over = is_over(&row);
        match row.analysis.conversation {
            Some(id) => {
                let needed = id.index().saturating_add(1).max(self.closed.len());
                // A conversation that is not TCP has nothing to close.
                self.closed.resize(needed, true);
                if let Some(closed) = self.closed.get_mut(id.index()) {
                    *closed = over;
                }
            }
            None => self.unknown = true,
        }
    }

    /// Whether there was a TCP conversation, and each of them is over. UDP has no end to see.
    pub(super) fn all(&self) -> bool {
        !self.unknown && !self.closed.is_empty() && self.closed.iter().all(|closed| *closed)
    }
}

/// Whether neither end waits for a packet any more.
fn is_over(row: &Row<'_>) -> bool {
    row.analysis
        .states
        .iter()
        .all(|state| matches!(state, Some(TcpState::Closed | TcpState::TimeWait)))
}
