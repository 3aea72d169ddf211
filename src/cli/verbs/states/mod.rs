//! `netlab states`: the sockets of a port, as the kernel has them.

#[cfg_attr(target_os = "linux", path = "list.rs")]
#[cfg_attr(not(target_os = "linux"), path = "unsupported.rs")]
mod list;

use std::time::Duration;

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::options::select::port;
use crate::cli::options::stop::duration;
use crate::cli::words;
use crate::cli::world::World;

#[derive(Args, Debug)]
pub(in crate::cli) struct StatesArgs {
    #[arg(long, value_name = "N", help = words::STATES_PORT.en, value_parser = port)]
    port: Vec<u16>,
    #[arg(long, help = words::WATCH.en)]
    watch: bool,
    #[arg(long, value_name = "TIME", help = words::DURATION.en, value_parser = duration, requires = "watch")]
    duration: Option<Duration>,
}

pub(in crate::cli) fn run(args: &StatesArgs, world: &World) -> Result<(), Failure> {
    list::run(args, world)
}
