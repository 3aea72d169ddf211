//! Frames in, rows out: decoding and analysis in one place, the same for live captures, files
//! and labs.

use crate::analysis::row::Row;
use crate::analysis::{Analyzer, AnalyzerOptions};
use crate::decode::{self, Decoder};
use crate::model::frame::Frame;

/// Decoder and analyzer of one capture.
#[derive(Debug, Default)]
pub struct Pipeline {
    decoder: Decoder,
    analyzer: Analyzer,
}

impl Pipeline {
    /// A pipeline that has seen nothing.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            decoder: Decoder::new(),
            analyzer: Analyzer::new(options),
        }
    }

    /// The row of the next frame.
    pub fn push<'a>(&'a mut self, frame: &Frame<'a>) -> Row<'a> {
        self.ahead(frame);
        let packet = self.decoder.decode(frame);
        self.analyzer.ingest(frame, &packet)
    }

    /// The row of the next frame, and what is known with it.
    pub fn push_and_look<'a>(&'a mut self, frame: &Frame<'a>) -> (Row<'a>, &'a Analyzer) {
        self.ahead(frame);
        let packet = self.decoder.decode(frame);
        let row = self.analyzer.ingest(frame, &packet);
        (row, &self.analyzer)
    }

    /// Takes the next frame where nobody wants its row, only the conversations at the end.
    pub fn observe(&mut self, frame: &Frame<'_>) {
        self.ahead(frame);
        let packet = self.decoder.decode(frame);
        self.analyzer.observe(frame, &packet);
    }

    /// Takes what stands in front of the frame's last packet: it has no row, but its conversation
    /// goes on.
    #[inline]
    fn ahead(&mut self, frame: &Frame<'_>) {
        if decode::may_hold_several(frame) {
            self.several(frame);
        }
    }

    #[cold]
    #[inline(never)]
    fn several(&mut self, frame: &Frame<'_>) {
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
