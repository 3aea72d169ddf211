//! How packets are shown: the table, and `-t`, `-q`, `-V`, `-x`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::table::TableArgs;
use crate::cli::fail::Failure;
use crate::cli::words;
use crate::cli::world::World;
use crate::render::rows::{DefaultColumns, Format, RowOptions};
use crate::report::columns::{self, CellOptions, Column, TimeStyle};

/// How many rows may wait until the widths of the columns are known from them.
const SNIFF: usize = 200;

/// How many characters of a payload a reader gets. Formats for programs have all of it.
const PAYLOAD: usize = 120;

/// How packets are shown, as typed.
#[derive(Args, Debug, Clone, Default)]
pub(in crate::cli) struct RowArgs {
    #[command(flatten)]
    pub(in crate::cli) table: TableArgs,
    #[arg(short = 't', long = "time", value_name = "STYLE", help = words::TIME.en, hide_possible_values = true)]
    pub(in crate::cli) time: Option<TimeArg>,
    #[arg(short = 'q', long, help = words::QUIET.en)]
    pub(in crate::cli) quiet: bool,
    #[arg(short = 'V', long, help = words::DETAILS.en)]
    pub(in crate::cli) details: bool,
    #[arg(short = 'x', long, help = words::HEX.en)]
    pub(in crate::cli) hex: bool,
    #[arg(short = 'n', help = words::NUMERIC.en)]
    pub(in crate::cli) numeric: bool,
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

/// How packets are shown, decided.
pub(in crate::cli) struct RowPlan {
    pub(in crate::cli) format: &'static Format,
    pub(in crate::cli) rows: RowOptions,
    pub(in crate::cli) columns: Vec<&'static Column>,
    pub(in crate::cli) cells: CellOptions,
    /// Rows at all, or only the summary.
    pub(in crate::cli) quiet: bool,
    pub(in crate::cli) details: bool,
    pub(in crate::cli) hex: bool,
    /// Where the table goes; standard output where `None`.
    pub(in crate::cli) output: Option<PathBuf>,
    /// Rows leave at once.
    pub(in crate::cli) live: bool,
}

impl RowPlan {
    /// Whether a column shows round trips.
    pub(in crate::cli) fn shows_round_trips(&self) -> bool {
        let trips = ["ack_rtt", "initial_rtt", "kernel"];
        self.columns.iter().any(|it| trips.contains(&it.id))
    }
}

impl RowArgs {
    /// Decides what the options leave open. `live` rows leave at once; others may wait until the
    /// widths of the columns are known.
    pub(in crate::cli) fn plan(&self, world: &World, live: bool) -> Result<RowPlan, Failure> {
        let format = self.table.format(world)?;
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
        let default = match format.columns {
            DefaultColumns::Reading => columns::READING,
            DefaultColumns::Exchange => columns::EXCHANGE,
            DefaultColumns::All => columns::OF_PACKETS,
        };
        let columns = self
            .table
            .choose(default, columns::COLUMNS, |column| column.id, world)?;
        let headings = columns.iter().map(|column| column.heading()).collect();
        // What stands under a row must not come before it.
        let at_once = live || self.details || self.hex;
        Ok(RowPlan {
            format,
            rows: self
                .table
                .rows(headings, if at_once { 0 } else { SNIFF }, world),
            columns,
            cells: CellOptions {
                lang: world.lang,
                time,
                zone,
                most: (format.columns == DefaultColumns::Reading).then_some(PAYLOAD),
            },
            quiet: self.quiet,
            details: self.details,
            hex: self.hex,
            output: self.table.output.clone(),
            live,
        })
    }
}
