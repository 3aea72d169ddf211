//! What was counted at an interface: statistics blocks, and the packets' own counts.

use super::super::window::Window;
use super::{Block, Ng, Stop, option};
use crate::model::interface_counts::InterfaceCounts;

/// Where the options of an interface statistics block begin: behind the interface and a time.
const OPTIONS: usize = 20;

/// A count that means "not known" in Wireshark's own memory and has leaked into files.
const UNKNOWN: u64 = u64::MAX;

impl Ng {
    /// An interface statistics block: an interface, a time, options with the counts so far. A
    /// later block of the same interface replaces what an earlier one said. Returns its length.
    pub(super) fn statistics(&mut self, block: Block, window: &mut Window) -> Result<usize, Stop> {
        block.at_least(12)?;
        block.need(window)?;
        let bytes = window.bytes();
        let mut said = InterfaceCounts::default();
        let options = bytes.get(OPTIONS..block.size - 4).unwrap_or_default();
        for option in option::options(self.order, options) {
            let option = option?;
            let place = match option.code {
                option::RECEIVED => &mut said.received,
                option::DROPPED_BY_INTERFACE => &mut said.dropped_by_interface,
                option::ACCEPTED => &mut said.accepted,
                option::DROPPED_BY_SYSTEM => &mut said.dropped_by_system,
                option::DELIVERED => &mut said.delivered,
                _ => continue,
            };
            // Another length than 8 is passed over, as tshark does.
            if option.value.len() == 8 {
                *place = Some(self.order.u64(option.value, 0)).filter(|count| *count != UNKNOWN);
            }
        }
        block.check_end(self.order, bytes, block.size)?;
        let interface = self.order.u32(bytes, 8);
        if let Some(known) = self.counts(interface) {
            *known = InterfaceCounts {
                received: said.received.or(known.received),
                accepted: said.accepted.or(known.accepted),
                dropped_by_interface: said.dropped_by_interface.or(known.dropped_by_interface),
                dropped_by_system: said.dropped_by_system.or(known.dropped_by_system),
                delivered: said.delivered.or(known.delivered),
                dropped_between: known.dropped_between,
            };
        }
        Ok(block.size)
    }

    /// A packet says that so many were lost before it.
    pub(super) fn lost(&mut self, interface: u32, count: u64) {
        if let Some(known) = self.counts(interface) {
            known.add_between(count);
        }
    }

    /// The counts of an interface of the current section, where it is one that is described.
    fn counts(&mut self, interface: u32) -> Option<&mut InterfaceCounts> {
        let place = self.interfaces_before.checked_add(interface.into())?;
        let facts = self
            .facts
            .interfaces
            .get_mut(usize::try_from(place).ok()?)?;
        Some(&mut facts.counts)
    }
}
