//! `netlab states` where the kernel is another one.

use super::StatesArgs;
use crate::cli::fail::Failure;
use crate::cli::sockets;
use crate::cli::world::World;

pub(super) fn run(_: &StatesArgs, world: &World) -> Result<(), Failure> {
    Err(sockets::linux_only(world))
}
