//! `netlab replay FILE`: the table of a capture file.

use clap::Args;

use crate::cli::fail::{Failure, UNREADABLE};
use crate::cli::options::rows::RowArgs;
use crate::cli::options::select::{SelectArgs, positive};
use crate::cli::show::Show;
use crate::cli::words;
use crate::cli::world::World;
use crate::source::file::FileSource;

#[derive(Args, Debug)]
pub(in crate::cli) struct ReplayArgs {
    #[arg(value_name = "FILE", help = words::FILE.en)]
    file: String,
    #[command(flatten)]
    select: SelectArgs,
    #[arg(short = 'c', long = "count", value_name = "N", help = words::COUNT_ROWS.en, value_parser = positive)]
    count: Option<u64>,
    #[command(flatten)]
    rows: RowArgs,
}

pub(in crate::cli) fn run(args: &ReplayArgs, world: &World) -> Result<(), Failure> {
    let _ = &args.select;
    let plan = args.rows.plan(world, false)?;
    let mut source = FileSource::open(&args.file)
        .map_err(|error| Failure::new(UNREADABLE, error.to_string(), ""))?;
    let mut show = Show::begin(plan, world)?;
    while args.count.is_none_or(|count| show.rows() < count) {
        let Ok(Some(frame)) = source.next_frame() else {
            break;
        };
        show.frame(&frame, true)?;
    }
    show.end()?;
    Ok(())
}
