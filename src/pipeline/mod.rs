//! Frames in, rows out: decoding and analysis in one place, the same for live captures, files
//! and labs.

pub mod again;
pub mod index;
pub mod indexed;
mod prefetch;

use crate::analysis::row::{Analysis, Row};
use crate::analysis::{Analyzer, AnalyzerOptions};
use crate::decode::{self, Decoder};
use crate::model::frame::Frame;
use prefetch::Prefetch;

/// Decoder and analyzer of one capture.
#[derive(Debug, Default)]
pub struct Pipeline {
    decoder: Decoder,
    analyzer: Analyzer,
    /// Of the last frame.
    analysis: Analysis,
    prefetch: Prefetch,
}

impl Pipeline {
    /// A pipeline that has seen nothing.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            decoder: Decoder::of(options.dialect),
            analyzer: Analyzer::new(options),
            ..Self::default()
        }
    }

    /// The row of the next frame.
    // Inlined where it is used, so that the row is put together there and not copied.
    #[inline(always)]
    pub fn push<'a>(&'a mut self, frame: &Frame<'a>) -> Row<'a> {
        let packet = match self.decoder.usual(frame) {
            Some(packet) => packet,
            None => {
                self.analyse_companions(frame);
                self.decoder.decode_part(frame, None)
            }
        };
        let times = self.analyzer.ingest(frame, &packet, &mut self.analysis);
        let id = self.analysis.conversation;
        Row {
            frame: *frame,
            packet,
            times,
            analysis: &self.analysis,
            conversation: id.and_then(|id| self.analyzer.conversation(id)),
        }
    }

    /// Takes the next frame where nobody wants its row, only the conversations at the end.
    #[inline]
    pub fn observe(&mut self, frame: &Frame<'_>) {
        if let Some(packet) = self.decoder.usual(frame) {
            self.analyzer.observe(frame, &packet, &mut self.analysis);
            return;
        }
        self.analyse_companions(frame);
        let packet = self.decoder.decode_part(frame, None);
        self.analyzer.observe(frame, &packet, &mut self.analysis);
    }

    /// Takes the packets that stand in the frame in front of the last one: they have no row, but
    /// their conversations go on.
    #[cold]
    #[inline(never)]
    fn analyse_companions(&mut self, frame: &Frame<'_>) {
        if !decode::may_hold_several(frame) {
            return;
        }
        for part in 1..decode::parts(frame) {
            let packet = self.decoder.decode_part(frame, Some(part - 1));
            self.analyzer.accompany(frame, &packet);
        }
    }

    /// What is known so far.
    pub fn analyzer(&self) -> &Analyzer {
        &self.analyzer
    }
}
