//! What stands behind the packet in an Ethernet frame: padding, a monitor's trailer, a checksum.
//! It leaves no trace in the row, except where the capture ends within it.

use crate::decode::view::View;

/// The least length of a frame without its checksum.
const LEAST: usize = 60;

/// The least length with it; in a longer frame tshark takes the last four bytes for a checksum.
const LEAST_WITH_CHECKSUM: usize = 64;
const CHECKSUM: usize = 4;

/// The trailer that a tapping device of VSS Monitoring appends: a time stamp of eight bytes, and
/// what may follow it. tshark looks for one in trailers of these lengths.
const STAMP: usize = 8;
const STAMPED: [usize; 4] = [STAMP, STAMP + 1, STAMP + 4, STAMP + 5];

/// A frame that was not captured whole, while the end of its packet is still to be found.
#[derive(Clone, Copy, Debug)]
pub(in crate::decode) struct Trailer<'a> {
    /// The frame from its first byte on.
    pub(super) frame: View<'a>,
    /// Whether a checksum may stand at its end; behind a VLAN tag none is looked for.
    pub(super) checksum: bool,
}

impl Trailer<'_> {
    /// Whether tshark tells that the capture ends behind the packet, of which `rest` with all that
    /// follows it is left and `len` bytes belong to it.
    pub(in crate::decode) fn is_cut_behind(self, rest: View<'_>, len: usize) -> bool {
        let end = self.end(rest, len);
        self.frame.bytes.len() > end && self.is_cut(end)
    }

    /// The same where a length field says it, which counts even if nothing behind was kept.
    pub(super) fn is_cut_from(self, rest: View<'_>, len: usize) -> bool {
        let end = self.end(rest, len);
        self.frame.bytes.len() >= end && self.is_cut(end)
    }

    fn end(self, rest: View<'_>, len: usize) -> usize {
        (self.frame.len - rest.len).saturating_add(len)
    }

    fn is_cut(self, end: usize) -> bool {
        let (kept, all) = (self.frame.bytes.len(), self.frame.len);
        if kept >= all || end >= all {
            return false;
        }
        let mut start = end;
        // Padding is all zeros up to the least length, or there is none.
        if all >= LEAST && end < LEAST {
            let padding = self.frame.bytes.get(end..kept.min(LEAST));
            if padding.is_some_and(|bytes| bytes.iter().all(|byte| *byte == 0)) {
                if kept < LEAST {
                    return true;
                }
                start = LEAST;
            }
        }
        let trailer = all - start;
        if self.checksum && all >= LEAST_WITH_CHECKSUM && trailer >= CHECKSUM {
            return true;
        }
        STAMPED.contains(&trailer) && kept - start < STAMP
    }
}
