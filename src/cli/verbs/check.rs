//! `netlab check --expect SPEC FILE…`: does each capture show what was asked?

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::exit::{FAILED, UNREADABLE};
use crate::cli::fail::Failure;
use crate::cli::files::names;
use crate::cli::many;
use crate::cli::meant;
use crate::cli::options::select::port;
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;
use crate::course::judge::judge;
use crate::course::spec::Spec;
use crate::course::watch::{RECORDS, Watch};
use crate::lab;
use crate::model::filter::CaptureFilter;
use crate::render::grades::{FORMATS, Format, GradeOptions};
use crate::render::ladder;
use crate::render::rows::RowOptions;
use crate::report::grades::{Grade, HEADINGS, Outcome, Points};
use crate::report::ladder::{LadderBuilder, LadderOptions};
use crate::source::file::FileSource;
use crate::source::filter::FileFilter;
use crate::text::phrase::phrase;

/// How many conversations of a file are drawn, and how many packets of each.
const DRAWN: usize = 3;
const ARROWS: usize = 60;
/// How many rows may wait until the widths of the columns are known from them.
const SNIFF: usize = 1000;

phrase! {
    no_spec(name): "there is no lab and no file called {name}", "não há lab nem arquivo chamado {name}";
    NO_SPEC_HINT: "netlab lab lists the labs; a file of expectations ends with .toml",
        "netlab lab lista os labs; um arquivo de expectativas termina com .toml";
    bad_spec(path, why): "cannot read what {path} asks for: {why}", "não foi possível ler o que {path} pede: {why}";
    BAD_SPEC_HINT: "docs/course.md shows what can stand there", "docs/course.md mostra o que pode estar lá";
    suffix(path): "the suffix of {path} names no format of results", "o sufixo de {path} não indica um formato de resultados";
    SUFFIX_HINT: "choose one with -T", "escolha um com -T";
    passed(count; of): "1 of {of} shows everything" | "{count} of {of} show everything",
        "1 de {of} mostra tudo" | "{count} de {of} mostram tudo";
}

#[derive(Args, Debug)]
pub(in crate::cli) struct CheckArgs {
    #[arg(value_name = "FILE", required = true, help = words::CHECK_FILES.en, value_parser = names())]
    files: Vec<String>,
    #[arg(short = 'e', long, value_name = "SPEC", required = true, help = words::EXPECT.en)]
    expect: String,
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::CHECK_FORMAT.en, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|it| it.id)), hide_possible_values = true)]
    format: Option<String>,
    #[arg(short = 'o', long = "output", value_name = "OUT", help = words::CHECK_OUTPUT.en)]
    output: Option<PathBuf>,
    #[arg(long, value_name = "N", help = words::CHECK_PORT.en, value_parser = port)]
    port: Vec<u16>,
    #[arg(long, help = words::WIDE.en)]
    wide: bool,
}

impl CheckArgs {
    /// The files and folders that are read.
    pub(in crate::cli) fn files(&self) -> &[String] {
        &self.files
    }
}

pub(in crate::cli) fn run(args: &CheckArgs, world: &World) -> Result<(), Failure> {
    let format = format(args, world)?;
    let spec = spec(&args.expect, world)?;
    let files = many::inputs(&args.files, world)?;
    let output = args.output.as_deref();
    let mut read = files.clone();
    read.push(args.expect.clone());
    write::spare_output(&read, output, world)?;
    let mut out = Output::to(output, world.lang)?;
    let to_terminal = output.is_none() && world.stdout_is_terminal;
    let mut writer = (format.open)(&GradeOptions {
        title: spec.title.clone(),
        rows: RowOptions {
            headings: HEADINGS.to_vec(),
            lang: world.lang,
            width: world.width.filter(|_| to_terminal && !args.wide),
            color: output.is_none() && world.color,
            sniff: SNIFF,
            list: true,
        },
    });
    many::enclose(output);
    let checker = Checker {
        spec: &spec,
        ports: &args.port,
        draws: format.pictures,
        world,
    };
    let (mut passes, mut read) = (0, 0);
    writer.begin(&mut out.buffer);
    many::in_order(
        &files,
        world,
        |path| checker.check(path),
        |grade| {
            passes += u64::from(grade.passes());
            read += u64::from(matches!(grade.outcome, Outcome::Judged(_)));
            writer.file(&grade, &mut out.buffer);
            out.flush_if_full()
        },
    )?;
    writer.end(&mut out.buffer);
    out.finish()?;
    let count = files.len() as u64;
    if format.id == FORMATS[0].id {
        world.note(&format!("netlab: {}", passed(world.lang, passes, count)));
    }
    match (passes == count, read) {
        (true, _) => Ok(()),
        (false, 0) => Err(Failure::Told { code: UNREADABLE }),
        _ => Err(Failure::Told { code: FAILED }),
    }
}

fn format(args: &CheckArgs, world: &World) -> Result<&'static Format, Failure> {
    let find = |fits: &dyn Fn(&Format) -> bool| FORMATS.iter().copied().find(|it| fits(it));
    if let Some(id) = &args.format {
        return Ok(find(&|it| it.id == id).unwrap_or(FORMATS[0]));
    }
    let Some(path) = args.output.as_deref().filter(|it| *it != Path::new("-")) else {
        return Ok(FORMATS[0]);
    };
    let suffix = path.extension().unwrap_or_default().to_string_lossy();
    find(&|it| it.suffixes.contains(&suffix.as_ref())).ok_or_else(|| {
        let cause = self::suffix(world.lang, path.display()).to_string();
        Failure::usage(cause, SUFFIX_HINT.get(world.lang))
    })
}

/// What a lab shows, or what a file asks for.
fn spec(name: &str, world: &World) -> Result<Spec, Failure> {
    let lang = world.lang;
    if let Some(lab) = lab::find(name) {
        return Ok(Spec::of_lab(lab, lang));
    }
    let wrong = |why: &str| {
        let cause = bad_spec(lang, name, why).to_string();
        Failure::usage(cause, BAD_SPEC_HINT.get(lang))
    };
    match std::fs::read_to_string(name) {
        Ok(text) => Spec::parse(&text, many::stem(name), lang).map_err(|why| wrong(&why)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            let known: Vec<&str> = lab::ALL.iter().map(|lab| lab.id).collect();
            let hint = NO_SPEC_HINT.get(lang).to_owned();
            Err(Failure::usage(
                no_spec(lang, format!("{name:?}")).to_string(),
                meant::or_list(name, &known, hint, lang),
            ))
        }
        Err(cause) => Err(wrong(&crate::text::system::cause(&cause, lang))),
    }
}

/// Checks one file after the other, each from its beginning.
struct Checker<'c> {
    spec: &'c Spec,
    ports: &'c [u16],
    draws: bool,
    world: &'c World,
}

impl Checker<'_> {
    fn check(&self, path: &str) -> Grade {
        let of = self.spec.lines.iter().map(|line| line.points.0).sum();
        let mut grade = Grade {
            file: path.to_owned(),
            outcome: Outcome::Judged(Vec::new()),
            of: Points(of),
            warning: None,
            ladder: None,
        };
        if let Err(why) = self.judge(path, &mut grade) {
            grade.outcome = Outcome::Unreadable(why);
        }
        grade
    }

    fn judge(&self, path: &str, grade: &mut Grade) -> Result<(), String> {
        let lang = self.world.lang;
        let failed = |error: crate::source::error::SourceError| error.message(lang);
        let mut source = FileSource::open(path).map_err(failed)?;
        let wanted = CaptureFilter {
            ports: self.ports.to_vec(),
            ..CaptureFilter::default()
        };
        let mut filter = FileFilter::new(wanted).map_err(|error| error.message(lang))?;
        let stem = many::stem(path);
        let mut pipeline = self.world.pipeline(RECORDS);
        let mut watch = Watch::new(self.spec, stem);
        let mut ladder = self.draws.then(|| {
            LadderBuilder::new(LadderOptions {
                conversations: DRAWN,
                arrows: ARROWS,
                ..LadderOptions::default()
            })
        });
        while let Some(frame) = source.next_frame().map_err(failed)? {
            if !filter.admits(&frame).map_err(|error| error.message(lang))? {
                continue;
            }
            let row = pipeline.push(&frame);
            watch.take(&row);
            if let Some(ladder) = &mut ladder {
                ladder.push(&row);
            }
        }
        if let Some(error) = source.complaint() {
            return Err(error.message(lang));
        }
        let conversations = pipeline.analyzer().conversations();
        let capture = watch.finish(conversations);
        grade.outcome = Outcome::Judged(judge(self.spec, &capture, stem, lang));
        grade.warning = source.ending().warning(lang);
        let ladders = ladder.map(|it| it.finish(conversations));
        let drawn = ladders.filter(|it| !it.ladders.is_empty());
        grade.ladder = drawn.map(|it| {
            let pictures = it.ladders.iter().map(|it| ladder::svg(it, lang));
            pictures.collect()
        });
        Ok(())
    }
}
