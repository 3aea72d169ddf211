//! How packets are shown: `-T`, `--columns`, `-t`, `-o`, `-q`, `-V`, `-x`, `--wide`.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::cli::fail::Failure;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::rows::{DefaultColumns, FORMATS, Format, RowOptions};
use crate::report::columns::{self, CellOptions, Column, TimeStyle};
use crate::text::Text;

/// How packets are shown, as typed.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct RowArgs {
    #[arg(short = 'T', long = "format", value_name = "FORMAT", help = words::FORMAT.en, value_parser = format_ids())]
    pub(in crate::cli) format: Option<String>,
    #[arg(long, value_name = "NAMES", help = words::COLUMNS.en)]
    pub(in crate::cli) columns: Option<String>,
    #[arg(short = 't', long = "time", value_name = "STYLE", help = words::TIME.en, hide_possible_values = true)]
    pub(in crate::cli) time: Option<TimeArg>,
    #[arg(short = 'o', long = "output", value_name = "FILE", help = words::OUTPUT.en)]
    pub(in crate::cli) output: Option<PathBuf>,
    #[arg(short = 'q', long, help = words::QUIET.en)]
    pub(in crate::cli) quiet: bool,
    #[arg(short = 'V', long, help = words::DETAILS.en)]
    pub(in crate::cli) details: bool,
    #[arg(short = 'x', long, help = words::HEX.en)]
    pub(in crate::cli) hex: bool,
    #[arg(short = 'n', help = words::NUMERIC.en)]
    pub(in crate::cli) numeric: bool,
    #[arg(long, help = words::WIDE.en)]
    pub(in crate::cli) wide: bool,
}

/// tshark's letters for the time column.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum TimeArg {
    R,
    D,
    Dd,
    A,
    Ad,
    E,
    U,
}

fn format_ids() -> clap::builder::PossibleValuesParser {
    FORMATS
        .iter()
        .map(|format| format.id)
        .collect::<Vec<_>>()
        .into()
}

/// How packets are shown, decided.
pub(in crate::cli) struct RowPlan {
    pub(in crate::cli) format: &'static Format,
    pub(in crate::cli) rows: RowOptions,
    /// Rows at all, or only the summary.
    pub(in crate::cli) quiet: bool,
    pub(in crate::cli) details: bool,
    pub(in crate::cli) hex: bool,
    /// Where the table goes; standard output where `None`.
    pub(in crate::cli) output: Option<PathBuf>,
}

static UNKNOWN_COLUMN: Text = Text {
    en: "there is no column called {name}",
    pt_br: "não existe coluna chamada {name}",
};
static COLUMN_HINT: Text = Text {
    en: "the columns are: {known}",
    pt_br: "as colunas são: {known}",
};
static UNKNOWN_SUFFIX: Text = Text {
    en: "the suffix of {path} names no format that can be written",
    pt_br: "o sufixo de {path} não indica um formato que possa ser gravado",
};
static SUFFIX_HINT: Text = Text {
    en: "use one of {known}, or choose with -T",
    pt_br: "use um destes: {known}, ou escolha com -T",
};

impl RowArgs {
    /// Decides what the options leave open. `live` rows leave at once; others may wait until the
    /// widths of the columns are known.
    pub(in crate::cli) fn plan(&self, world: &World, live: bool) -> Result<RowPlan, Failure> {
        let format = self.choose_format(world)?;
        let time = match self.time.unwrap_or(TimeArg::R) {
            TimeArg::R => TimeStyle::Relative,
            TimeArg::D => TimeStyle::Delta,
            TimeArg::Dd => TimeStyle::DeltaDisplayed,
            TimeArg::A => TimeStyle::Absolute,
            TimeArg::Ad => TimeStyle::AbsoluteDate,
            TimeArg::E => TimeStyle::Epoch,
            TimeArg::U => TimeStyle::Utc,
        };
        let zone = matches!(time, TimeStyle::Absolute | TimeStyle::AbsoluteDate)
            .then(jiff::tz::TimeZone::system);
        let to_terminal = self.output.is_none() && world.stdout_is_terminal;
        let rows = RowOptions {
            columns: self.choose_columns(format, world)?,
            cells: CellOptions {
                lang: world.lang,
                time,
                zone,
            },
            width: if self.wide || !to_terminal {
                None
            } else {
                world.width
            },
            color: self.output.is_none() && world.color,
            sniff: if live { 0 } else { 200 },
        };
        Ok(RowPlan {
            format,
            rows,
            quiet: self.quiet,
            details: self.details,
            hex: self.hex,
            output: self.output.clone(),
        })
    }

    fn choose_format(&self, world: &World) -> Result<&'static Format, Failure> {
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
                    UNKNOWN_SUFFIX.fill(world.lang, &[("path", &path.display())]),
                    SUFFIX_HINT.fill(world.lang, &[("known", &known)]),
                )
            }),
        }
    }

    fn choose_columns(
        &self,
        format: &Format,
        world: &World,
    ) -> Result<Vec<&'static Column>, Failure> {
        let default = match format.columns {
            DefaultColumns::Reading => columns::READING,
            DefaultColumns::Exchange => columns::EXCHANGE,
            DefaultColumns::All => columns::COLUMNS,
        };
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
            let column = columns::find(name).ok_or_else(|| {
                let known: Vec<_> = columns::COLUMNS.iter().map(|column| column.id).collect();
                Failure::usage(
                    UNKNOWN_COLUMN.fill(world.lang, &[("name", &format!("{name:?}"))]),
                    COLUMN_HINT.fill(world.lang, &[("known", &known.join(" "))]),
                )
            })?;
            if !(added && chosen.iter().any(|known| known.id == column.id)) {
                chosen.push(column);
            }
        }
        Ok(chosen)
    }
}

fn by_suffix(path: &Path) -> Option<&'static Format> {
    let suffix = path.extension()?.to_str()?.to_ascii_lowercase();
    FORMATS
        .iter()
        .copied()
        .find(|format| format.suffixes.contains(&suffix.as_str()))
}
