//! `netlab report FILE… -o OUT`: a document about captures.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::calls::Calls;
use crate::cli::document::{self, Captures, Target};
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::many;
use crate::cli::matched;
use crate::cli::options::report::ReportOptions;
use crate::cli::options::select::SelectArgs;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::filter::CaptureFilter;
use crate::render::document::FORMATS;
use crate::report::display_filter::DisplayFilter;
use crate::report::document::{Collector, Options, Section, sheet};
use crate::source::file::{FileSource, Fingerprint};

#[derive(Args, Debug)]
pub(in crate::cli) struct ReportArgs {
    #[arg(value_name = "FILE", required = true, help = words::CHECK_FILES.en, value_parser = names())]
    files: Vec<String>,
    #[arg(short = 'o', long = "output", value_name = "OUT", help = words::REPORT_OUTPUT.en)]
    output: Option<PathBuf>,
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::REPORT_FORMAT.en, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|it| it.id)), hide_possible_values = true)]
    format: Option<String>,
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    report: ReportOptions,
}

impl ReportArgs {
    /// The files and folders that are read.
    pub(in crate::cli) fn files(&self) -> &[String] {
        &self.files
    }
}

pub(in crate::cli) fn run(args: &ReportArgs, world: &World) -> Result<(), Failure> {
    let filter = args.select.filter();
    let display = args.select.display(world)?;
    let filtered = !filter.is_empty() || display.is_some();
    // What is wrong with the sections is told before files are opened.
    args.report.plan("", filtered, world)?;
    let files = many::inputs(&args.files, world)?;
    // Whether a single file can be read is said before anything is written.
    let alone = match &files[..] {
        [path] => Some(FileSource::open_hashed(path).map_err(|it| files::failure(&it, world))?),
        _ => None,
    };
    let output = args.output.as_deref();
    let target = Target::open(args.format.as_deref(), output, &files, world)?;
    let options = args.report.plan(target.format.id, filtered, world)?;
    let answers = args.report.shape.answers();
    let reader = Reader {
        filter: &filter,
        display: display.as_ref(),
        said: args.select.said(),
        one: files.len() == 1,
        options: &options,
        world,
    };
    let (mut captures, mut complaint) = (Captures::begin(&target, world), Ok(()));
    let mut take = |path: &str, read: Read| {
        let named = |text: String| match files.len() {
            1 => text,
            _ => format!("{path}: {text}"),
        };
        if let Some(text) = read.empty.or(read.unmatched.map(named)) {
            world.note(&format!("netlab: {text}"));
        }
        for warning in read.warnings {
            world.warn(&named(warning));
        }
        captures.add(path, sheet(read.sections, answers, world.lang));
        read.complaint
    };
    if let Some(opened) = alone {
        files::enclose(output);
        complaint = take(&files[0], reader.read(&files[0], opened)?);
    } else {
        many::enclose(output);
        let work = |path: &String| {
            let opened = FileSource::open_hashed(path).map_err(|it| files::failure(&it, world));
            (path.clone(), opened.and_then(|it| reader.read(path, it)))
        };
        many::in_order(&files, world, work, |(path, read)| {
            let told = match read {
                Ok(read) => take(&path, read),
                Err(failure) => Err(many::leave_out(&path, failure.said(), world)),
            };
            if complaint.is_ok() {
                complaint = told;
            }
            Ok(())
        })?;
    }
    captures.end(target, world)?;
    complaint
}

/// What is said of a file.
struct Read {
    sections: Vec<Section>,
    /// That it has no packets.
    empty: Option<String>,
    /// That none of its packets was chosen.
    unmatched: Option<String>,
    warnings: Vec<String>,
    /// How the process should end.
    complaint: Result<(), Failure>,
}

/// Reads files into a document.
struct Reader<'a> {
    filter: &'a CaptureFilter,
    display: Option<&'a DisplayFilter>,
    /// What is chosen, as a user would say it.
    said: String,
    /// There is one file.
    one: bool,
    options: &'a Options,
    world: &'a World,
}

impl Reader<'_> {
    /// What is said of a file that is open.
    fn read(&self, path: &str, opened: (FileSource, Fingerprint)) -> Result<Read, Failure> {
        let (mut source, fingerprint) = opened;
        let world = self.world;
        let mut filter = files::filter(self.filter.clone(), world)?;
        let mut pipeline = world.pipeline(self.options.summaries());
        let mut any = false;
        let mut collector = Collector::new(self.options.clone());
        let mut calls = Calls::default();
        let size = source.facts().size;
        let mut progress = self.one.then(|| Progress::begin(path, size, world));
        while let Some(frame) = files::next(&mut source, world)? {
            let wanted = files::admits(&mut filter, &frame, world)?;
            let row = pipeline.push(&frame);
            let wanted = wanted && self.display.is_none_or(|filter| filter.admits(&row));
            any |= wanted;
            if let Some(call) = calls.keep(&row) {
                collector.call(&call);
            }
            collector.row(&row, wanted);
            if let Some(progress) = &mut progress {
                progress.packet(|| fingerprint.bytes());
            }
        }
        drop(progress);
        let conversations = pipeline.analyzer().conversations();
        let none = || matched::said(source.frames(), &self.said, conversations, world.lang);
        let unmatched = if any { None } else { none() };
        let mut facts = document::facts(path, &source, world);
        if let Ok((sha256, size)) = fingerprint.finish() {
            facts.sha256 = Some(sha256);
            facts.size = Some(size);
        }
        let mut sections = collector.finish(&facts, conversations);
        // They are about the whole file.
        if self.said.is_empty() && self.options.streams.is_empty() {
            let shown = calls.shown(conversations, world);
            document::conclusions(&mut sections, shown, self.options, world);
        }
        Ok(Read {
            sections,
            empty: files::empty(&source, world.lang),
            unmatched,
            warnings: source.warnings(world.lang).collect(),
            complaint: files::complaint(&source, world),
        })
    }
}
