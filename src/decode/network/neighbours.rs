//! Which hardware address an IPv4 address was first seen with, to point out that two use it.

use std::net::Ipv4Addr;

use hashbrown::HashMap;

/// How many addresses are remembered; later ones are not learned.
pub(crate) const MAX_NEIGHBOURS: usize = 65_536;

/// The hardware addresses that ARP has shown.
#[derive(Debug, Default)]
pub(crate) struct Neighbours {
    seen: HashMap<Ipv4Addr, [u8; 6], foldhash::fast::RandomState>,
}

impl Neighbours {
    /// Whether the address was first seen with other hardware. Learns it where it is new.
    pub(super) fn changed(&mut self, address: Ipv4Addr, hardware: [u8; 6]) -> bool {
        if let Some(first) = self.seen.get(&address) {
            return *first != hardware;
        }
        if self.seen.len() < MAX_NEIGHBOURS {
            self.seen.insert(address, hardware);
        }
        false
    }
}
