//! `netlab client`.

use clap::Args;

use crate::cli::fail::Failure;
use crate::cli::world::World;

#[derive(Args, Debug)]
pub(in crate::cli) struct ClientArgs {}

pub(in crate::cli) fn run(_: &ClientArgs, _: &World) -> Result<(), Failure> {
    Ok(())
}
