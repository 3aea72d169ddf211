//! Changes of sockets where the kernel is another one: there are none to be seen.

use super::exit::FAILED;
use super::fail::Failure;
use super::show::Show;
use super::world::World;
use crate::model::time::Timestamp;
use crate::text::phrase::phrase;

/// How often is looked.
pub(super) const EVERY: std::time::Duration = std::time::Duration::from_millis(20);

/// That the states of sockets are Linux's.
pub(super) fn linux_only(world: &World) -> Failure {
    let (cause, hint) = (LINUX_ONLY.get(world.lang), HINT.get(world.lang));
    Failure::new(FAILED, cause, hint)
}

/// No changes.
pub(super) enum Changes {}

impl Changes {
    pub(super) fn begin(_: &[u16], world: &World) -> Result<Self, Failure> {
        Err(linux_only(world))
    }

    pub(super) fn look(&mut self) {
        match *self {}
    }

    pub(super) fn show_before(
        &mut self,
        _: Option<Timestamp>,
        _: &mut Show,
    ) -> Result<(), Failure> {
        match *self {}
    }

    pub(super) fn show_idle(&mut self, _: &mut Show) -> Result<(), Failure> {
        match *self {}
    }

    pub(super) fn show_all(&mut self, _: &mut Show) -> Result<(), Failure> {
        match *self {}
    }
}

phrase! {
    LINUX_ONLY:
        "the states of sockets are shown on Linux only",
        "os estados dos sockets só são mostrados no Linux";
    HINT:
        "this system's own list: netstat -an",
        "a lista deste sistema: netstat -an";
}
