//! `netlab run` where programs cannot be watched.

use super::RunArgs;
use crate::cli::fail::Failure;
use crate::cli::world::World;

pub(super) fn run(_: &RunArgs, world: &World) -> Result<(), Failure> {
    Err(super::linux_only(world))
}
