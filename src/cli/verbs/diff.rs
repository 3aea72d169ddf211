//! `netlab diff A B`: two captures side by side.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::document::{self, Target};
use crate::cli::fail::Failure;
use crate::cli::files;
use crate::cli::files::names;
use crate::cli::options::select::port;
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::progress::Progress;
use crate::cli::words;
use crate::cli::world::World;
use crate::model::filter::CaptureFilter;
use crate::render::escape;
use crate::render::list::List;
use crate::report::comparison::{Compared, Watched, section};
use crate::report::document::{Line, Part, Section, Table};
use crate::report::record::CellKind;
use crate::source::file::FileSource;

#[derive(Args, Debug)]
pub(in crate::cli) struct DiffArgs {
    #[arg(value_name = "A", help = words::DIFF_A.en, value_parser = names())]
    a: String,
    #[arg(value_name = "B", help = words::DIFF_B.en, value_parser = names())]
    b: String,
    #[arg(long, value_name = "N", help = words::CHECK_PORT.en, value_parser = port)]
    port: Vec<u16>,
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::DIFF_FORMAT.en, value_parser = ["text", "md", "html", "json", "tex", "csv"], hide_possible_values = true)]
    format: Option<String>,
    #[arg(short = 'o', long = "output", value_name = "OUT", help = words::REPORT_OUTPUT.en)]
    output: Option<PathBuf>,
}

impl DiffArgs {
    /// The files that are read.
    pub(in crate::cli) fn files(&self) -> [&str; 2] {
        [&self.a, &self.b]
    }
}

pub(in crate::cli) fn run(args: &DiffArgs, world: &World) -> Result<(), Failure> {
    let names = [args.a.clone(), args.b.clone()];
    let output = args.output.as_deref();
    let to_file = output.is_some_and(|path| path != Path::new("-"));
    let plain = args.format.as_deref().map_or(!to_file, |it| it == "text");
    write::spare_output(&names, output, world)?;
    let target = match plain {
        true => None,
        false => Some(Target::open(args.format.as_deref(), output, &names, world)?),
    };
    let mut out = match (plain, output) {
        (true, Some(path)) => Output::to(Some(path), world.lang)?,
        (true, None) => Output::stdout(world.lang),
        (false, _) => Output::nowhere(world.lang),
    };
    let a = files::open(&args.a, world)?;
    let b = files::open(&args.b, world)?;
    files::enclose(output);
    let sides = [
        read(&args.a, a, args, world)?,
        read(&args.b, b, args, world)?,
    ];
    let section = section([&args.a, &args.b], &sides, world.lang);
    if let Some(target) = target {
        let title = format!("{}: {} ↔ {}", section.title, args.a, args.b);
        return target.write(&document::headed(title, world), &[section], world);
    }
    text(&section, world, &mut out.buffer);
    out.finish()
}

fn read(
    path: &str,
    mut source: FileSource,
    args: &DiffArgs,
    world: &World,
) -> Result<Compared, Failure> {
    let wanted = CaptureFilter {
        ports: args.port.clone(),
        ..CaptureFilter::default()
    };
    let mut filter = files::filter(wanted, world)?;
    let mut pipeline = world.pipeline(usize::MAX);
    let mut watched = Watched::default();
    let mut progress = Progress::begin(path, None, world);
    while let Some(frame) = files::next(&mut source, world)? {
        if files::admits(&mut filter, &frame, world)? {
            watched.take(&pipeline.push(&frame), world.lang);
        }
        progress.packet(|| 0);
    }
    drop(progress);
    files::end(&source, world)?;
    Ok(watched.finish(pipeline.analyzer().conversations()))
}

/// The section for a terminal.
fn text(section: &Section, world: &World, out: &mut Vec<u8>) {
    for (place, part) in section.parts.iter().enumerate() {
        if place > 0 {
            out.push(b'\n');
        }
        match part {
            Part::Table(table) => out.extend_from_slice(&drawn(table, world)),
            Part::Text(text) => out.extend_from_slice(&escape::lines(&format!("{text}\n"))),
            _ => {}
        }
    }
}

fn drawn(table: &Table, world: &World) -> Vec<u8> {
    let rows = table.lines.iter().filter_map(|line| match line {
        Line::Row(row) => Some(row),
        Line::Gap(_) => None,
    });
    let cells = rows.map(|row| {
        let cells = table.columns.iter().zip(&row.cells);
        cells
            .map(|(column, cell)| column.shown(cell, world.lang).into_owned())
            .collect()
    });
    let numeric = table.columns.iter().enumerate();
    let list = List {
        header: table.columns.iter().map(|it| it.title.clone()).collect(),
        rows: cells.collect(),
        numeric: numeric
            .filter(|(_, it)| it.kind == CellKind::Number)
            .map(|(at, _)| at)
            .collect(),
        bold: world.color,
        ..List::default()
    };
    escape::lines(&list.draw(world.width))
}
