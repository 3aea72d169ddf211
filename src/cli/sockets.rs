//! Changes of sockets as lines, for `states --watch` and `capture --states`.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::time::{Duration, Instant};

use super::fail::Failure;
use super::programs;
use super::show::Show;
use super::world::World;
use crate::kernel::{Change, Owner, Watch, owners};
use crate::model::time::Timestamp;
use crate::report::socket;

/// How often is looked. A look at all sockets takes half a millisecond.
pub(super) const EVERY: Duration = Duration::from_millis(20);
/// How long a change waits, in nanoseconds, for packets that came before it and are on their way
/// from the kernel.
const HELD: i64 = 200_000_000;

/// What has changed since the look before, each with its program as the end of a line, which is
/// empty where that is not visible.
pub(super) fn look(watch: &mut Watch) -> io::Result<Vec<(Change, String)>> {
    let changes = watch.look()?;
    let known = match changes.iter().any(has_owner) {
        true => owners(),
        false => HashMap::new(),
    };
    let told = changes.into_iter().map(|change| {
        let owner = owner(&change, &known);
        (change, owner)
    });
    Ok(told.collect())
}

/// A change with the `whole` addresses or the ports.
pub(super) fn words(change: &Change, whole: bool, world: &World) -> String {
    let (from, to) = (change.from, change.to);
    socket::change(&change.socket, from, to, whole, world.lang)
}

fn has_owner(change: &Change) -> bool {
    change.socket.inode != 0 && change.to.is_some()
}

fn owner(change: &Change, known: &HashMap<u32, Owner>) -> String {
    let owner = known.get(&change.socket.inode);
    let owner = owner.filter(|_| has_owner(change));
    owner.map_or_else(String::new, |it| format!("  {it}"))
}

/// The changes that stand between the packets of a live capture.
pub(super) struct Changes {
    watch: Watch,
    due: Instant,
    /// Those that wait for packets which were captured before them, with their programs.
    held: VecDeque<(Change, String)>,
    /// A packet has come.
    begun: bool,
    world: World,
}

impl Changes {
    /// Begins to look at the sockets of `ports`; at all where none is named.
    pub(super) fn begin(ports: &[u16], world: &World) -> Result<Self, Failure> {
        let watch = Watch::new(ports).map_err(|cause| programs::system(&cause, world))?;
        let mut changes = Self {
            watch,
            due: now(),
            held: VecDeque::new(),
            begun: false,
            world: world.clone(),
        };
        changes.look();
        Ok(changes)
    }

    /// Looks where it is time to.
    pub(super) fn look(&mut self) {
        if now() < self.due {
            return;
        }
        self.due = now() + EVERY;
        // What cannot be seen at one look may be at the next.
        self.held.extend(look(&mut self.watch).unwrap_or_default());
    }

    /// Shows the changes that were seen before a packet.
    pub(super) fn show_before(
        &mut self,
        packet: Option<Timestamp>,
        show: &mut Show,
    ) -> Result<(), Failure> {
        self.show(|at| packet.is_none_or(|packet| at < packet), show)?;
        self.begun |= packet.is_some();
        Ok(())
    }

    /// Shows the changes that no packet on its way can stand before any more.
    pub(super) fn show_idle(&mut self, show: &mut Show) -> Result<(), Failure> {
        let now = crate::kernel::now();
        self.show(|at| now.since(at).nanos_clamped() >= HELD, show)
    }

    /// Shows all changes.
    pub(super) fn show_all(&mut self, show: &mut Show) -> Result<(), Failure> {
        self.show(|_| true, show)
    }

    /// Shows the first changes whose times are `due`. Until the first packet comes there is no
    /// table and no time to count from: they are told beside it.
    fn show(&mut self, due: impl Fn(Timestamp) -> bool, show: &mut Show) -> Result<(), Failure> {
        while let Some((change, owner)) = self.held.front() {
            if !due(change.at) {
                break;
            }
            let line = words(change, !self.begun, &self.world) + owner;
            match self.begun {
                true => show.change(change.at, &line)?,
                false => self.world.note(&format!("netlab: {line}")),
            }
            self.held.pop_front();
        }
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "sockets change while nothing else happens"
)]
fn now() -> Instant {
    Instant::now()
}
