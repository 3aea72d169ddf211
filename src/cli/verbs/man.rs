//! `netlab man`: the manual page, by clap's own generator. Read it with `netlab man | man -l -`.

use clap::Command;

use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::out::Output;
use crate::cli::world::World;

pub(in crate::cli) fn run(command: Command, world: &World) -> Result<(), Failure> {
    let mut out = Output::stdout(world.lang);
    clap_mangen::Man::new(command)
        .render(&mut out.buffer)
        .map_err(|cause| Failure::new(FAILED, cause.to_string(), String::new()))?;
    out.flush()
}
