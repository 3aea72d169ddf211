//! `netlab replay FILE`: the table of a capture file.

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::options::rows::RowArgs;
use crate::cli::options::select::{SelectArgs, positive};
use crate::cli::pace::{self, Pace, Speed};
use crate::cli::programs;
use crate::cli::show::Show;
use crate::cli::words;
use crate::cli::world::World;
use crate::source::error::SourceError;
use crate::source::file::FileSource;
use crate::source::live::signals::Signals;

#[derive(Args, Debug)]
pub(in crate::cli) struct ReplayArgs {
    #[arg(value_name = "FILE", help = words::FILE.en)]
    file: String,
    #[command(flatten)]
    select: SelectArgs,
    #[arg(short = 'c', long = "count", value_name = "N", help = words::COUNT_ROWS.en, value_parser = positive)]
    count: Option<u64>,
    #[arg(long, value_name = "PACE", help = words::PACE.en, value_parser = pace::speed, num_args = 0..=1, default_missing_value = "1x")]
    pace: Option<Speed>,
    #[command(flatten)]
    rows: RowArgs,
}

pub(in crate::cli) fn run(args: &ReplayArgs, world: &World) -> Result<(), Failure> {
    let plan = args.rows.plan(world, args.pace.is_some())?;
    let mut source = FileSource::open(&args.file).map_err(|error| failure(&error, world))?;
    let show = Show::begin(plan, world)?;
    match args.pace {
        None => at_once(&mut source, show, args, world),
        Some(speed) => {
            programs::runtime(world)?.block_on(paced(&mut source, show, speed, args, world))
        }
    }?;
    if let Some(warning) = source.ending().warning(world.lang) {
        world.warn(&warning);
    }
    Ok(())
}

/// Shows the file as fast as it can be read.
fn at_once(
    source: &mut FileSource,
    mut show: Show,
    args: &ReplayArgs,
    world: &World,
) -> Result<(), Failure> {
    while args.count.is_none_or(|count| show.rows() < count) {
        let next = source.next_frame().map_err(|error| failure(&error, world));
        let Some(frame) = next? else { break };
        show.frame(&frame, true)?;
    }
    show.end().map(|_| ())
}

/// Shows the file row by row, each at its time. Ctrl-C ends it as it ends a live capture.
async fn paced(
    source: &mut FileSource,
    mut show: Show,
    speed: Speed,
    args: &ReplayArgs,
    world: &World,
) -> Result<(), Failure> {
    let mut signals = Signals::listen().map_err(|cause| programs::system(&cause))?;
    let mut pace = Pace::begin(speed);
    while args.count.is_none_or(|count| show.rows() < count) {
        let next = source.next_frame().map_err(|error| failure(&error, world));
        let Some(frame) = next? else { break };
        if let Some(turn) = pace.turn(&frame) {
            show.flush()?;
            if pace::wait(turn, &mut signals).await {
                break;
            }
        }
        show.frame(&frame, true)?;
    }
    show.end().map(|_| ())
}

fn failure(error: &SourceError, world: &World) -> Failure {
    Failure::new(
        error.exit_code(),
        error.message(world.lang),
        error.hint(world.lang),
    )
}
