//! A capture whose rows can be made again, in any order: its index, and its frames in a file.

use std::fs::File;

use super::Pipeline;
use super::again::Again;
use super::index::Index;
use crate::analysis::AnalyzerOptions;
use crate::analysis::conversation::Conversation;
use crate::analysis::row::Row;
use crate::model::frame::{Frame, FrameNo, LinkType};
use crate::source::error::SourceError;
use crate::source::file::{FileSource, Kept, Revisit};
use crate::source::save::{Input, SaveFormat, Saver};

/// The capture.
pub struct Indexed {
    /// Where its frames stand.
    pub index: Index,
    again: Again,
    revisit: Revisit,
    options: AnalyzerOptions,
    /// Where the frames of a live capture are written.
    spool: Option<Saver>,
    /// Up to which frame [`Indexed::ahead`] has come.
    ahead: FrameNo,
}

impl Indexed {
    /// Reads a file to its end. `each` sees every row, and says whether it is trouble.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn read(
        source: &mut FileSource,
        kept: &Kept,
        options: AnalyzerOptions,
        mut each: impl FnMut(&Row<'_>) -> bool,
    ) -> Result<Self, SourceError> {
        let mut index = Index::new(options);
        while let Some((frame, place)) = source.next_placed()? {
            index.push(&frame, place, &mut each);
        }
        index.close();
        Ok(Self::new(index, source.revisit(kept), options, None))
    }

    /// A live capture, of which nothing was seen. Its frames go to a file without a name.
    ///
    /// # Errors
    /// Where there is no room for that file.
    pub fn live(
        link: LinkType,
        decimals: u8,
        options: AnalyzerOptions,
    ) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        let (reads, writes): (File, File) = crate::source::file::nameless()?;
        let input = Input::Live { link, decimals };
        let spool = Saver::to_writer("", Box::new(writes), SaveFormat::Pcap, input)?;
        let (source, kept) = FileSource::kept_of("", reads)?;
        let revisit = source.revisit(&kept);
        Ok(Self::new(
            Index::new(options),
            revisit,
            options,
            Some(spool),
        ))
    }

    fn new(index: Index, revisit: Revisit, options: AnalyzerOptions, spool: Option<Saver>) -> Self {
        Self {
            index,
            again: Again::new(options.dialect),
            revisit,
            options,
            spool,
            ahead: 0,
        }
    }

    /// Takes the next frame of a live capture, and returns its number; `each` sees its row, and says
    /// whether it is trouble. A frame that cannot be written is left out.
    pub fn frame(
        &mut self,
        frame: &Frame<'_>,
        each: impl FnOnce(&Row<'_>) -> bool,
    ) -> Option<FrameNo> {
        let spool = self.spool.as_mut()?;
        let place = spool.written();
        spool.write(frame).ok()?;
        let no = self.index.count() + 1;
        self.index.push(&Frame { no, ..*frame }, place, each);
        Some(no)
    }

    /// Makes the rows of some frames again, as [`Again::rows`] does.
    pub fn rows(&mut self, wanted: &[FrameNo], each: impl FnMut(&Row<'_>)) -> Vec<Conversation> {
        let Self {
            again,
            index,
            revisit,
            ..
        } = self;
        again.rows(index, revisit, wanted, each)
    }

    /// Makes a row that nobody asked for, a part of the capture behind the last one, so that what it
    /// needs is kept: rows near it are then there at once. Says whether there is more to do.
    pub fn ahead(&mut self) -> bool {
        const STEP: FrameNo = 4096;
        let next = self.ahead + STEP;
        if self.index.whole || next >= self.index.count() {
            return false;
        }
        self.ahead = next;
        self.rows(&[next], |_| ());
        true
    }

    /// Every row from the first one on until `each` says that it is enough; what is known at the end.
    pub fn each(&mut self, summaries: usize, mut each: impl FnMut(&Row<'_>) -> bool) -> Pipeline {
        let mut pipeline = Pipeline::new(AnalyzerOptions {
            summaries,
            ..self.options
        });
        for no in 1..=self.index.count() {
            let Some(frame) = self.revisit.frame(no, self.index.place(no)) else {
                continue;
            };
            if !each(&pipeline.push(&frame)) {
                break;
            }
        }
        pipeline
    }
}
