//! Shows a capture as it comes: rows, details, the summary at the end. The same for files, live
//! captures and labs.

use super::fail::Failure;
use super::options::rows::RowPlan;
use super::out::Output;
use super::world::World;
use crate::analysis::clock::RowTimes;
use crate::analysis::conversation::{Conversation, Protocol};
use crate::analysis::row::Row;
use crate::model::dialect::Dialect;
use crate::model::frame::Frame;
use crate::model::time::Timestamp;
use crate::pipeline::Pipeline;
use crate::render::details;
use crate::render::escape;
use crate::render::hex;
use crate::render::rows::{DefaultColumns, RowWriter};
use crate::render::wrap;
use crate::report::call;
use crate::report::call::CallRecord;
use crate::report::columns::PacketRecord;
use crate::report::display_filter::DisplayFilter;
use crate::report::moment::Moment;
#[cfg(target_os = "linux")]
use crate::report::socket::ChangeRecord;
use crate::report::summary;
use crate::source::file::FileSource;
use crate::text::phrase::phrase;

/// How many conversations the summary describes; the others are counted.
const SUMMARIES: usize = 1000;

/// A capture that is being shown.
pub(super) struct Show {
    pipeline: Pipeline,
    writer: Box<dyn RowWriter>,
    /// Which of the wanted packets are shown; all of them where `None`.
    display: Option<DisplayFilter>,
    plan: RowPlan,
    out: Output,
    /// Where there will be a summary: the conversations with a shown packet.
    shown: Vec<bool>,
    /// How many packets were shown.
    rows: u64,
    previous: Option<Timestamp>,
    /// The time of the first frame, and with how many decimals.
    origin: Option<(Timestamp, u8)>,
    /// How many conversations from the first one on are known to have closed.
    closed: usize,
    /// Reading stopped before the end of the capture.
    partial: bool,
    world: World,
}

impl Show {
    /// Opens the output and writes what stands before the first row.
    pub(super) fn begin(plan: RowPlan, world: &World) -> Result<Self, Failure> {
        let mut show = Self::prepare(plan, world)?;
        show.head();
        Ok(show)
    }

    /// Writes what stands before the first row.
    pub(super) fn head(&mut self) {
        if !self.plan.quiet {
            self.writer.begin(&mut self.out.buffer);
        }
    }

    /// Opens the output. What stands before the first row has to be asked for, see
    /// [`Show::head`].
    pub(super) fn prepare(mut plan: RowPlan, world: &World) -> Result<Self, Failure> {
        plan.quiet |= world.view.is_some();
        let out = match &plan.output {
            Some(path) if plan.live => Output::grow(path, world.lang)?,
            Some(path) => Output::create(path, world.lang)?,
            None => Output::stdout(world.lang),
        };
        let summaries = if plan.format.columns == DefaultColumns::Reading {
            SUMMARIES
        } else {
            0
        };
        Ok(Self::with(plan, summaries, out, world))
    }

    /// Shows nothing, for standard output holds something else. Frames are only counted.
    pub(super) fn nothing(mut plan: RowPlan, world: &World) -> Self {
        plan.quiet = true;
        Self::with(plan, 0, Output::nowhere(world.lang), world)
    }

    fn with(plan: RowPlan, summaries: usize, out: Output, world: &World) -> Self {
        Self {
            pipeline: world.pipeline(summaries),
            writer: (plan.format.open)(plan.rows.clone()),
            display: None,
            plan,
            out,
            shown: Vec::new(),
            rows: 0,
            previous: None,
            origin: None,
            closed: 0,
            partial: false,
            world: world.clone(),
        }
    }

    /// Takes the time of the first frame, which calls before it need.
    pub(super) fn begins_with(&mut self, frame: &Frame<'_>) {
        if self.origin.is_none() {
            self.origin = frame.time.map(|time| (time, frame.decimals));
        }
    }

    /// Shows a call of a program between the frames.
    pub(super) fn call(&mut self, moment: &Moment) -> Result<(), Failure> {
        if let Some(view) = &self.world.view {
            return view.call(moment);
        }
        if self.plan.quiet {
            return Ok(());
        }
        let conversations = self.pipeline.analyzer().conversations();
        let record = CallRecord {
            moment,
            times: self.times(moment.time()),
            decimals: self.decimals(),
            stream: call::stream(&moment.call, conversations),
            columns: &self.plan.columns,
            cells: &self.plan.cells,
        };
        self.writer.row(&record, &mut self.out.buffer);
        if self.plan.details {
            details::call(&moment.call, &mut self.out.buffer);
        }
        self.out.flush_if_full()
    }

    /// Shows how the kernel's state of a socket changed, between the frames.
    #[cfg(target_os = "linux")]
    pub(super) fn change(&mut self, at: Timestamp, text: &str) -> Result<(), Failure> {
        if let Some(view) = &self.world.view {
            return view.state(text);
        }
        if self.plan.quiet {
            return Ok(());
        }
        let record = ChangeRecord {
            text,
            times: self.times(at),
            decimals: self.decimals(),
            columns: &self.plan.columns,
            cells: &self.plan.cells,
        };
        self.writer.row(&record, &mut self.out.buffer);
        self.out.flush_if_full()
    }

    /// The times of a row that is no packet's.
    fn times(&self, now: Timestamp) -> RowTimes {
        RowTimes {
            absolute: Some(now),
            first: self.origin.map(|(time, _)| time),
            previous: self.previous,
            displayed: self.previous,
            dialect: Dialect::default(),
        }
    }

    fn decimals(&self) -> u8 {
        self.origin.map_or(9, |(_, decimals)| decimals)
    }

    /// Prefetches what the next frames of a file will need.
    #[inline]
    pub(super) fn prefetch(&mut self, source: &FileSource) {
        self.pipeline.prefetch(|| source.upcoming());
    }

    /// From here on only what `filter` admits is shown.
    #[must_use]
    pub(super) fn only(mut self, filter: Option<DisplayFilter>) -> Self {
        self.display = filter;
        self
    }

    /// How many packets were shown so far.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// The conversations so far.
    pub(super) fn conversations(&self) -> &[Conversation] {
        self.pipeline.analyzer().conversations()
    }

    /// Takes the next frame of the capture and shows it where it is `wanted` and the display
    /// filter admits it: then it gives `true`. Every frame is counted and analysed, so that
    /// numbers are those that Wireshark shows for the same file.
    pub(super) fn frame(&mut self, frame: &Frame<'_>, wanted: bool) -> Result<bool, Failure> {
        if let Some(view) = &self.world.view {
            view.frame(frame)?;
        }
        let mut row = self.pipeline.push(frame);
        let admitted = |filter: &DisplayFilter| filter.admits(&row);
        if !wanted || !self.display.as_ref().is_none_or(admitted) {
            return Ok(false);
        }
        self.rows += 1;
        row.times.displayed = self.previous;
        self.previous = frame.time.or(self.previous);
        if let Some(id) = row.analysis.conversation
            && self.plan.format.columns == DefaultColumns::Reading
        {
            let index = id.index();
            if index >= self.shown.len() {
                self.shown.resize(index + 1, false);
            }
            if let Some(shown) = self.shown.get_mut(index) {
                *shown = true;
            }
        }
        if !self.plan.quiet {
            let Show {
                plan, writer, out, ..
            } = self;
            let record = PacketRecord {
                row: &row,
                columns: &plan.columns,
                cells: &plan.cells,
            };
            writer.row(&record, &mut out.buffer);
            Self::under_row(&self.plan, &row, self.world.dialect, &mut self.out.buffer);
        }
        self.out.flush_if_full().map(|()| true)
    }

    fn under_row(plan: &RowPlan, row: &Row<'_>, dialect: Dialect, out: &mut Vec<u8>) {
        if plan.details {
            details::fields(row, &plan.cells, out);
            details::dialect(dialect, out);
        }
        if plan.hex {
            hex::dump(row.frame.bytes, 0, 16, out);
        }
    }

    /// Writes a line beside the table, at once.
    pub(super) fn line(&mut self, line: &str) -> Result<(), Failure> {
        if self.world.view.as_ref().is_some_and(|view| view.tell(line)) {
            return Ok(());
        }
        let line = escape::lines(&format!("{line}\n"));
        self.out.buffer.extend_from_slice(&line);
        self.out.flush()
    }

    /// Sets what follows apart.
    pub(super) fn blank_line(&mut self) {
        self.out.buffer.push(b'\n');
    }

    /// Whether there were TCP conversations and every one of them has closed.
    pub(super) fn all_closed(&mut self) -> bool {
        let conversations = self.pipeline.analyzer().conversations();
        // A conversation that has closed stays so: a new SYN makes a new one.
        while conversations.get(self.closed).is_some_and(has_closed) {
            self.closed += 1;
        }
        self.closed == conversations.len()
            && conversations.iter().any(|it| it.protocol == Protocol::Tcp)
    }

    /// Puts what there is before the reader: for moments when no packet waits.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        if self.world.view.is_some() {
            return Ok(());
        }
        self.out.flush()
    }

    /// From here on the summary says that it knows only the packets so far.
    pub(super) fn cut_short(&mut self) {
        self.partial = true;
    }

    /// Writes what stands after the last row, and the summary.
    pub(super) fn end(mut self) -> Result<u64, Failure> {
        if let Some(view) = &self.world.view {
            view.end();
        }
        if !self.plan.quiet {
            self.writer.end(&mut self.out.buffer);
        }
        if self.plan.format.columns == DefaultColumns::Reading {
            self.summary()?;
        }
        self.out.finish()?;
        // As in `conversations`: the memory of each conversation is not given back by itself.
        std::mem::forget(self.pipeline);
        Ok(self.rows)
    }

    /// Appends the summaries of the conversations with a shown packet.
    fn summary(&mut self) -> Result<(), Failure> {
        let lang = self.world.lang;
        let markdown = self.plan.format.id == "md";
        let mut text = String::new();
        let (mut described, mut others) = (0_u64, 0_u64);
        let conversations = self.pipeline.analyzer().conversations();
        for (conversation, _) in conversations
            .iter()
            .zip(&self.shown)
            .filter(|(_, shown)| **shown)
        {
            let before = text.len();
            if !self.plan.quiet || described > 0 {
                text.push('\n');
            }
            let heading = text.len();
            summary::write(conversation, lang, &mut text);
            if text.len() == heading {
                text.truncate(before);
                others += 1;
                continue;
            }
            described += 1;
            if markdown && described == 1 {
                text.insert_str(before, "\n```text");
                if self.plan.quiet {
                    text.insert(before + "\n```text".len(), '\n');
                }
            }
            let fitted = self.plan.rows.width.map(|width| wrap::lines(&text, width));
            self.out
                .buffer
                .extend_from_slice(fitted.as_ref().unwrap_or(&text).as_bytes());
            text.clear();
            self.out.flush_if_full()?;
        }
        let shown = conversations.iter().zip(&self.shown);
        let shown = shown.filter(|(_, shown)| **shown).map(|(it, _)| it);
        for line in summary::totals(shown, lang) {
            let line = format!("\n{line}\n");
            let fitted = self.plan.rows.width.map(|width| wrap::lines(&line, width));
            let line = fitted.as_ref().unwrap_or(&line);
            self.out.buffer.extend_from_slice(line.as_bytes());
        }
        if markdown && described > 0 {
            self.out.buffer.extend_from_slice(b"```\n");
        }
        if self.partial && described + others > 0 {
            let line = partial(lang, self.rows).to_string();
            self.out
                .buffer
                .extend_from_slice(format!("\n{line}\n").as_bytes());
        }
        if others > 0 {
            let line = not_summarised(lang, others);
            self.out
                .buffer
                .extend_from_slice(format!("\n{line}\n").as_bytes());
        }
        Ok(())
    }
}

phrase! {
    partial(count;):
        "Reading stopped after 1 packet, as asked: what came later is not in this summary." | "Reading stopped after {count} packets, as asked: what came later is not in this summary.",
        "A leitura parou depois de 1 pacote, como pedido: o que veio depois não está neste resumo." | "A leitura parou depois de {count} pacotes, como pedido: o que veio depois não está neste resumo.";
    not_summarised(count;):
        "… and 1 more conversation, not summarised here" | "… and {count} more conversations, not summarised here",
        "… e mais 1 conversa, não resumida aqui" | "… e mais {count} conversas, não resumidas aqui";
}

/// Whether a conversation is over for both ends. UDP knows no end, so it is not waited for.
fn has_closed(conversation: &Conversation) -> bool {
    conversation.protocol == Protocol::Udp || conversation.lifecycle.over()
}
