//! `netlab report FILE… -o OUT`: a document about captures.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::calls::Calls;
use crate::cli::document::{self, Target};
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
    let mut target = Target::open(args.format.as_deref(), output, &files, world)?;
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
    if let Some(opened) = alone {
        let path = &files[0];
        files::enclose(output);
        let read = reader.read(path, opened)?;
        read.tell("", world);
        let sections = sheet(read.sections, answers, world.lang);
        target.write(&document::report(path, world), &sections, world)?;
        return read.complaint;
    }
    many::enclose(output);
    let (format, piece) = (target.format, target.options.clone());
    let numbered: Vec<(&String, usize)> = files.iter().zip(1..).collect();
    let work = |&(path, no): &(&String, usize)| {
        let opened = FileSource::open_hashed(path).map_err(|it| files::failure(&it, world));
        let read = opened.and_then(|it| reader.read(path, it));
        let written = read.map(|mut read| {
            let sections = std::mem::take(&mut read.sections);
            let sections = sheet(sections, answers, world.lang);
            let section = document::under(path, sections, no);
            ((format.piece)(&[section], &piece), read)
        });
        (path.clone(), written)
    };
    let (mut count, mut complaint) = (0, Ok(()));
    many::in_order(&numbered, world, work, |(path, written)| {
        let told = match written {
            Ok((piece, read)) => {
                count += 1;
                read.tell(&format!("{path}: "), world);
                target.add(piece, world)?;
                read.complaint
            }
            Err(failure) => Err(many::leave_out(&path, failure.said(), world)),
        };
        if complaint.is_ok() {
            complaint = told;
        }
        Ok(())
    })?;
    if count > 0 {
        target.finish(&document::several(count, world), world)?;
    }
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

impl Read {
    /// Says on standard error what is wrong with the file, each with its name in front.
    fn tell(&self, name: &str, world: &World) {
        if let Some(text) = &self.empty {
            world.note(&format!("netlab: {text}"));
        } else if let Some(text) = &self.unmatched {
            world.note(&format!("netlab: {name}{text}"));
        }
        for warning in &self.warnings {
            world.warn(&format!("{name}{warning}"));
        }
    }
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
