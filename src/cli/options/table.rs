//! How any table is shown: `-T`, `--columns`, `-o`, `--wide`.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::PossibleValuesParser;

use crate::cli::fail::Failure;
use crate::cli::meant;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::rows::{FORMATS, Format, RowOptions};
use crate::report::record::Heading;
use crate::text::phrase::phrase;

/// How a table is shown, as typed.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct TableArgs {
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::FORMAT.en, value_parser = PossibleValuesParser::new(FORMATS.iter().map(|it| it.id)))]
    pub(in crate::cli) format: Option<String>,
    #[arg(long, value_name = "NAMES", help = words::COLUMNS.en)]
    pub(in crate::cli) columns: Option<String>,
    #[arg(short = 'o', long = "output", value_name = "FILE", help = words::OUTPUT.en)]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(long, help = words::WIDE.en)]
    pub(in crate::cli) wide: bool,
}

phrase! {
    no_such_column(name): "there is no column called {name}", "não existe coluna chamada {name}";
    column_hint(known): "the columns are: {known}", "as colunas são: {known}";
    unknown_suffix(path): "the suffix of {path} names no format that can be written",
        "o sufixo de {path} não indica um formato que possa ser gravado";
    suffix_hint(known): "use one of {known}, or choose with -T",
        "use um destes: {known}, ou escolha com -T";
}

impl TableArgs {
    /// The format: `-T`, else the suffix of `-o`, else the first one.
    pub(in crate::cli) fn format(&self, world: &World) -> Result<&'static Format, Failure> {
        let by_id = |id: &str| FORMATS.iter().copied().find(|format| format.id == id);
        if let Some(format) = self.format.as_deref().and_then(by_id) {
            return Ok(format);
        }
        match self.output.as_deref() {
            None => Ok(FORMATS[0]),
            Some(path) => by_suffix(path).ok_or_else(|| {
                let known: Vec<_> = FORMATS.iter().flat_map(|format| format.suffixes).collect();
                let known = known
                    .iter()
                    .map(|s| format!(".{s}"))
                    .collect::<Vec<_>>()
                    .join(" ");
                Failure::usage(
                    unknown_suffix(world.lang, path.display()).to_string(),
                    suffix_hint(world.lang, &known).to_string(),
                )
            }),
        }
    }

    /// The columns by name out of `all`, or the `default` ones; `+NAME` first adds to these.
    pub(in crate::cli) fn choose<C: Copy>(
        &self,
        default: &[C],
        all: &[C],
        id: fn(C) -> &'static str,
        world: &World,
    ) -> Result<Vec<C>, Failure> {
        let Some(text) = self.columns.as_deref() else {
            return Ok(default.to_vec());
        };
        let mut chosen = Vec::new();
        for (place, name) in text.split(',').map(str::trim).enumerate() {
            let (name, added) = match name.strip_prefix('+') {
                Some(name) => (name, true),
                None => (name, false),
            };
            if place == 0 && added {
                chosen.extend_from_slice(default);
            }
            let Some(column) = all.iter().copied().find(|column| id(*column) == name) else {
                return Err(unknown_column(
                    name,
                    all.iter().map(|column| id(*column)),
                    world,
                ));
            };
            if !(added && chosen.iter().any(|known| id(*known) == name)) {
                chosen.push(column);
            }
        }
        Ok(chosen)
    }

    /// What the rows look like; `sniff` as in [`RowOptions::sniff`].
    pub(in crate::cli) fn rows(
        &self,
        headings: Vec<Heading>,
        sniff: usize,
        world: &World,
    ) -> RowOptions {
        RowOptions {
            headings,
            lang: world.lang,
            width: self.width(world),
            color: self.output.is_none() && world.color,
            sniff,
            list: false,
        }
    }

    /// The columns of the terminal that the table has to fit; `None` where there is no limit.
    pub(in crate::cli) fn width(&self, world: &World) -> Option<usize> {
        let to_terminal = self.output.is_none() && world.stdout_is_terminal;
        world.width.filter(|_| to_terminal && !self.wide)
    }
}

/// A column that does not exist, and those that do.
pub(in crate::cli) fn unknown_column(
    name: &str,
    known: impl Iterator<Item = &'static str>,
    world: &World,
) -> Failure {
    let known: Vec<_> = known.collect();
    let hint = column_hint(world.lang, known.join(" ")).to_string();
    Failure::usage(
        no_such_column(world.lang, format!("{name:?}")).to_string(),
        meant::or_list(name, &known, hint, world.lang),
    )
}

fn by_suffix(path: &Path) -> Option<&'static Format> {
    let suffix = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS
        .iter()
        .copied()
        .find(|format| format.suffixes.contains(&suffix.as_str()))
}
