//! `netlab interfaces`: what can be captured here.

use crate::cli::fail::Failure;
use crate::cli::world::World;

pub(in crate::cli) fn run(_: &World) -> Result<(), Failure> {
    Ok(())
}
