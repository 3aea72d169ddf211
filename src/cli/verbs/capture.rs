//! `netlab capture`.

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::world::World;

#[derive(Args, Debug)]
pub(in crate::cli) struct CaptureArgs {}

pub(in crate::cli) fn run(_: &CaptureArgs, _: &World) -> Result<(), Failure> {
    Ok(())
}
