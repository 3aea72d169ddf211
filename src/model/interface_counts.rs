//! What a capture counted at one interface, as far as it was recorded.

/// Counts since the capture began, in packets. `None` where nobody recorded it.
///
/// The names in parentheses are those of pcapng (draft-ietf-opsawg-pcapng, sections 4.3 and 4.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct InterfaceCounts {
    /// Received from the interface (`isb_ifrecv`). dumpcap writes what passed the filter.
    pub received: Option<u64>,
    /// Passed the capture filter (`isb_filteraccept`).
    pub accepted: Option<u64>,
    /// Dropped by the interface (`isb_ifdrop`). dumpcap writes what the kernel dropped.
    pub dropped_by_interface: Option<u64>,
    /// Dropped by the operating system (`isb_osdrop`).
    pub dropped_by_system: Option<u64>,
    /// Handed to the program that captured (`isb_usrdeliv`).
    pub delivered: Option<u64>,
    /// Lost between the packets that the file holds: the sum of their own counts
    /// (`epb_dropcount`, and the drops count of old packet blocks).
    pub dropped_between: Option<u64>,
}

impl InterfaceCounts {
    /// How many packets the capture lost here. Statistics cover the whole capture, so that the
    /// packets' own counts only matter where there are none.
    pub fn dropped(&self) -> Option<u64> {
        match (self.dropped_by_interface, self.dropped_by_system) {
            (None, None) => self.dropped_between,
            (one, other) => Some(one.unwrap_or(0).saturating_add(other.unwrap_or(0))),
        }
    }

    /// Adds to the packets that were lost between those that the file holds.
    pub fn add_between(&mut self, count: u64) {
        let sum = self.dropped_between.unwrap_or(0).saturating_add(count);
        self.dropped_between = Some(sum);
    }
}
