//! `netlab serve`.

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::world::World;

#[derive(Args, Debug)]
pub(in crate::cli) struct ServeArgs {}

pub(in crate::cli) fn run(_: &ServeArgs, _: &World) -> Result<(), Failure> {
    Ok(())
}
