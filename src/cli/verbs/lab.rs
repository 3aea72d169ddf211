//! `netlab lab`.

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::world::World;

#[derive(Args, Debug)]
pub(in crate::cli) struct LabArgs {}

pub(in crate::cli) fn run(_: &LabArgs, _: &World) -> Result<(), Failure> {
    Ok(())
}
