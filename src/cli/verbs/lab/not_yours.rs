//! Other people's programs in a lab, where they cannot be watched.

use super::LabArgs;
use crate::cli::fail::Failure;
use crate::cli::verbs::run;
use crate::cli::world::World;
use crate::lab::Lab;

pub(super) fn run(
    _: &Lab,
    _: &LabArgs,
    _: &[Option<String>; 2],
    world: &World,
) -> Result<(), Failure> {
    Err(run::linux_only(world))
}
