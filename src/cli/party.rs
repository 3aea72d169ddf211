//! Names of the programs beside a capture.

use super::world::World;
use crate::model::call::{Party, Role};
use crate::text::ui;

/// `server`, `client 2`
pub(super) fn name(party: Party, world: &World) -> String {
    let role = match party.role {
        Role::Server => &ui::SERVER,
        Role::Client => &ui::CLIENT,
        Role::Program => &ui::PROGRAM,
    };
    let number = party
        .number
        .map(|number| format!(" {number}"))
        .unwrap_or_default();
    format!("{}{number}", role.get(world.lang))
}
