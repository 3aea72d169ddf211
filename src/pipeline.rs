//! Frames in, rows out: decoding and analysis in one place, the same for live captures, files
//! and labs.

use crate::analysis::row::{Analysis, Row};
use crate::analysis::{AHEAD, Analyzer, AnalyzerOptions};
use crate::decode::{self, Decoder};
use crate::model::frame::Frame;

/// Decoder and analyzer of one capture.
#[derive(Debug, Default)]
pub struct Pipeline {
    decoder: Decoder,
    analyzer: Analyzer,
    /// Of the last frame.
    analysis: Analysis,
    /// How many frames come before the next look ahead.
    looked: u32,
}

impl Pipeline {
    /// A pipeline that has seen nothing.
    pub fn new(options: AnalyzerOptions) -> Self {
        Self {
            decoder: Decoder::new(),
            analyzer: Analyzer::new(options),
            analysis: Analysis::default(),
            looked: 0,
        }
    }

    /// The row of the next frame.
    // Inlined where it is used, so that the row is put together there; taken out of the pair that
    // `push_and_look` makes, it would be copied twice.
    #[inline(always)]
    pub fn push<'a>(&'a mut self, frame: &Frame<'a>) -> Row<'a> {
        self.ahead(frame);
        let packet = self.decoder.decode(frame);
        let times = self.analyzer.ingest(frame, &packet, &mut self.analysis);
        Row {
            frame: *frame,
            packet,
            times,
            analysis: &self.analysis,
        }
    }

    /// The row of the next frame, and what is known with it.
    pub fn push_and_look<'a>(&'a mut self, frame: &Frame<'a>) -> (Row<'a>, &'a Analyzer) {
        self.ahead(frame);
        let packet = self.decoder.decode(frame);
        let times = self.analyzer.ingest(frame, &packet, &mut self.analysis);
        let row = Row {
            frame: *frame,
            packet,
            times,
            analysis: &self.analysis,
        };
        (row, &self.analyzer)
    }

    /// Takes the next frame where nobody wants its row, only the conversations at the end.
    #[inline]
    pub fn observe(&mut self, frame: &Frame<'_>) {
        self.ahead(frame);
        let packet = self.decoder.decode(frame);
        self.analyzer.observe(frame, &packet, &mut self.analysis);
    }

    /// Is told before each frame which ones follow, as far as they are known. Now and then, and
    /// where it pays, it fetches what will be needed of their conversations, and says so.
    #[inline]
    pub fn look_ahead<'a, I>(&mut self, frames: impl FnOnce() -> I) -> bool
    where
        I: Iterator<Item = Frame<'a>>,
    {
        if self.looked > 0 {
            self.looked -= 1;
            return false;
        }
        self.looked = AHEAD - 1;
        let pays = self.analyzer.scattered();
        if pays {
            let frames = frames().take(AHEAD as usize);
            self.analyzer
                .fetch(frames.filter_map(|frame| decode::hint(&frame)));
        }
        pays
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
