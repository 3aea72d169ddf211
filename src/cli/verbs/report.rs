//! `netlab report FILE… -o OUT`: a document about captures.

use std::path::PathBuf;

use clap::Args;

use crate::cli::calls::Calls;
use crate::cli::document::{self, Target};
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::matched;
use crate::cli::options::report::ReportOptions;
use crate::cli::options::select::SelectArgs;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::document::FORMATS;
use crate::report::display_filter::DisplayFilter;
use crate::report::document::{Collector, Options, Section, sheet};
use crate::source::file::FileSource;
use crate::source::filter::FileFilter;

#[derive(Args, Debug)]
pub(in crate::cli) struct ReportArgs {
    #[arg(value_name = "FILE", required = true, help = words::FILES.en)]
    files: Vec<String>,
    #[arg(short = 'o', long = "output", value_name = "OUT", help = words::REPORT_OUTPUT.en)]
    output: Option<PathBuf>,
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::REPORT_FORMAT.en, value_parser = format_ids(), hide_possible_values = true)]
    format: Option<String>,
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    report: ReportOptions,
}

fn format_ids() -> clap::builder::PossibleValuesParser {
    FORMATS
        .iter()
        .map(|format| format.id)
        .collect::<Vec<_>>()
        .into()
}

pub(in crate::cli) fn run(args: &ReportArgs, world: &World) -> Result<(), Failure> {
    let filter = args.select.filter();
    let display = args.select.display(world)?;
    let filtered = !filter.is_empty() || display.is_some();
    // What is wrong with the sections is told before files are opened.
    args.report.plan("", filtered, world)?;
    let mut sources = Vec::new();
    for path in &args.files {
        let opened = FileSource::open_hashed(path);
        sources.push(opened.map_err(|error| files::failure(&error, world))?);
    }
    let output = args.output.as_deref();
    let target = Target::open(args.format.as_deref(), output, &args.files, world)?;
    let options = args.report.plan(target.format.id, filtered, world)?;
    let answers = args.report.shape.answers();
    files::enclose(output);
    let mut captures = Vec::new();
    let mut complaint = Ok(());
    for (path, (source, fingerprint)) in args.files.iter().zip(sources) {
        let filter = files::filter(filter.clone(), world)?;
        let reading = Reading {
            path,
            source,
            fingerprint,
            filter,
            display: display.as_ref(),
            said: args.select.said(),
            one: args.files.len() == 1,
        };
        let (sections, told) = reading.sections(&options, world)?;
        captures.push((path.clone(), sheet(sections, answers, world.lang)));
        complaint = complaint.and(told);
    }
    target.write(&document::report(captures, world), world)?;
    complaint
}

/// The sections about a file, and how the process should end.
type Read = (Vec<Section>, Result<(), Failure>);

/// A file that is read into a document.
struct Reading<'a> {
    path: &'a str,
    source: FileSource,
    fingerprint: crate::source::file::Fingerprint,
    filter: FileFilter,
    display: Option<&'a DisplayFilter>,
    /// What is chosen, as a user would say it.
    said: String,
    /// It is the only one.
    one: bool,
}

impl Reading<'_> {
    /// Its sections, and what the process should end with once they are written.
    fn sections(mut self, options: &Options, world: &World) -> Result<Read, Failure> {
        let mut pipeline = world.pipeline(options.summaries());
        let mut any = false;
        let mut collector = Collector::new(options.clone());
        let mut calls = Calls::default();
        let mut progress = Progress::begin(self.path, self.source.facts().size, world);
        while let Some(frame) = files::next(&mut self.source, world)? {
            let wanted = files::admits(&mut self.filter, &frame, world)?;
            let row = pipeline.push(&frame);
            let wanted = wanted && self.display.is_none_or(|filter| filter.admits(&row));
            any |= wanted;
            if let Some(call) = calls.keep(&row) {
                collector.call(&call);
            }
            collector.row(&row, wanted);
            progress.packet(|| self.fingerprint.bytes());
        }
        drop(progress);
        files::empty(&self.source, world);
        if !any {
            let conversations = pipeline.analyzer().conversations();
            matched::none(self.source.frames(), &self.said, conversations, world);
        }
        for warning in self.source.warnings(world.lang) {
            match self.one {
                true => world.warn(&warning),
                false => world.warn(&format!("{}: {warning}", self.path)),
            }
        }
        let mut facts = document::facts(self.path, &self.source, world);
        if let Ok((sha256, size)) = self.fingerprint.finish() {
            facts.sha256 = Some(sha256);
            facts.size = Some(size);
        }
        let conversations = pipeline.analyzer().conversations();
        let mut sections = collector.finish(&facts, conversations);
        // They are about the whole file.
        if self.said.is_empty() && options.streams.is_empty() {
            let shown = calls.shown(conversations, world);
            document::conclusions(&mut sections, shown, options, world);
        }
        Ok((sections, files::complaint(&self.source, world)))
    }
}
