//! Which hardware address an IPv4 address was first seen with, to point out that two use it.

use std::net::Ipv4Addr;

use hashbrown::HashMap;

use crate::model::frame::FrameNo;

/// How many addresses are remembered; later ones are not learned.
pub(crate) const MAX_NEIGHBOURS: usize = 65_536;

/// The hardware addresses that ARP has shown.
#[derive(Clone, Debug, Default)]
pub(crate) struct Neighbours {
    seen: HashMap<Ipv4Addr, Seen, foldhash::fast::RandomState>,
}

/// The hardware address that was shown first, and the last frame that showed it.
#[derive(Clone, Copy, Debug)]
struct Seen {
    hardware: [u8; 6],
    frame: FrameNo,
}

impl Neighbours {
    /// Whether an earlier frame has shown the address with other hardware. Learns it where it is
    /// new.
    pub(super) fn changed(&mut self, address: Ipv4Addr, hardware: [u8; 6], frame: FrameNo) -> bool {
        if let Some(seen) = self.seen.get_mut(&address) {
            let same = seen.hardware == hardware;
            let earlier = frame > seen.frame;
            if same {
                seen.frame = frame;
            }
            return earlier && !same;
        }
        if self.seen.len() < MAX_NEIGHBOURS {
            self.seen.insert(address, Seen { hardware, frame });
        }
        false
    }
}
