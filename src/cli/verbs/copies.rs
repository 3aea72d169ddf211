//! `netlab copies FILE…`: which captures are of the same run.

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::files::names;
use crate::cli::many;
use crate::cli::options::table::TableArgs;
use crate::cli::options::write;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;
use crate::course::copies::{Finder, Print, Same};
use crate::report::record::{CellKind, Heading, Record};
use crate::source::file::FileSource;
use crate::text::Text;
use crate::text::phrase::phrase;

/// How many rows may wait until the widths of the columns are known from them.
const SNIFF: usize = 1000;

phrase! {
    FILE: "File", "Arquivo";
    SAME_AS: "Same run as", "Mesma execução que";
    EQUAL: "What is equal", "O que é igual";
    CHANCE: "By chance", "Por acaso";
    chance(bits): "1 in 2^{bits}", "1 em 2^{bits}";
    found(count;): "1 file is of the same run as an earlier one" | "{count} files are of the same run as an earlier one",
        "1 arquivo é da mesma execução que um anterior" | "{count} arquivos são da mesma execução que um anterior";
    NONE_FOUND: "no two files are of the same run, as far as their packets show",
        "não há dois arquivos da mesma execução, até onde os pacotes mostram";
}

#[derive(Args, Debug)]
pub(in crate::cli) struct CopiesArgs {
    #[arg(value_name = "FILE", required = true, help = words::CHECK_FILES.en, value_parser = names())]
    files: Vec<String>,
    #[command(flatten)]
    table: TableArgs,
}

const fn heading(id: &'static str, header: Text) -> Heading {
    let kind = CellKind::Text;
    Heading { id, header, kind }
}

static HEADINGS: &[Heading] = &[
    heading("file", FILE),
    heading("same_as", SAME_AS),
    heading("equal", EQUAL),
    heading("chance", CHANCE),
];

/// A file that is of the same run as an earlier one.
struct Found<'f> {
    cells: [&'f str; 4],
}

impl Record for Found<'_> {
    fn cell(&self, place: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(self.cells.get(place).unwrap_or(&"").as_bytes());
    }
}

impl CopiesArgs {
    /// The files and folders that are read.
    pub(in crate::cli) fn files(&self) -> &[String] {
        &self.files
    }
}

pub(in crate::cli) fn run(args: &CopiesArgs, world: &World) -> Result<(), Failure> {
    let lang = world.lang;
    let format = args.table.format(world)?;
    let files = many::inputs(&args.files, world)?;
    let output = args.table.output.as_deref();
    write::spare_output(&files, output, world)?;
    let columns = args.table.choose(
        &[0, 1, 2, 3],
        &[0, 1, 2, 3],
        |place: usize| HEADINGS.get(place).map_or("", |it| it.id),
        world,
    )?;
    let headings = columns
        .iter()
        .filter_map(|place| HEADINGS.get(*place).copied());
    let mut options = args.table.rows(headings.collect(), SNIFF, world);
    options.list = true;
    let mut writer = (format.open)(options);
    let mut out = Output::to(output, lang)?;
    many::enclose(output);
    let mut finder = Finder::default();
    let mut unreadable = Ok(());
    let (mut place, mut count) = (0, 0);
    writer.begin(&mut out.buffer);
    many::in_order(
        &files,
        world,
        |path| print(path, world),
        |read| {
            let file = files.get(place).map_or("", String::as_str);
            place += 1;
            let print = match read {
                Ok(print) => print,
                Err(failure) => {
                    failure.tell(lang);
                    unreadable = Err(Failure::Told {
                        code: failure.code(),
                    });
                    Print::default()
                }
            };
            if let Some(Same {
                earlier,
                what,
                bits,
            }) = finder.take(print, lang)
            {
                count += 1;
                let chance = bits.map_or_else(String::new, |bits| chance(lang, bits).to_string());
                let earlier = files.get(earlier).map_or("", String::as_str);
                let all = [file, earlier, what.as_str(), chance.as_str()];
                let mut cells = [""; 4];
                for (cell, place) in cells.iter_mut().zip(&columns) {
                    *cell = all.get(*place).copied().unwrap_or("");
                }
                writer.row(&Found { cells }, &mut out.buffer);
            }
            out.flush_if_full()
        },
    )?;
    writer.end(&mut out.buffer);
    out.finish()?;
    let said = match count {
        0 => NONE_FOUND.get(lang).to_owned(),
        count => found(lang, count).to_string(),
    };
    world.note(&format!("netlab: {said}"));
    unreadable
}

fn print(path: &str, world: &World) -> Result<Print, Failure> {
    let failed = |error| crate::cli::files::failure(&error, world);
    let (mut source, fingerprint) = FileSource::open_hashed(path).map_err(failed)?;
    let mut pipeline = world.pipeline(0);
    let mut print = Print::default();
    while let Some(frame) = source.next_frame().map_err(failed)? {
        print.take(&pipeline.push(&frame));
    }
    let sha256 = fingerprint.finish().map(|it| it.0).unwrap_or_default();
    Ok(print.of(sha256))
}
