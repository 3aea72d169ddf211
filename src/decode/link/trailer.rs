//! What stands behind the packet in an Ethernet frame: padding, a monitor's trailer, a checksum.
//! It leaves no trace in the row, except where the capture ends within it or where it is too short
//! for what tshark takes it for.

use crate::decode::view::{Short, View};
use crate::model::dialect::Dialect;

/// The least length of a frame without its checksum.
const LEAST: usize = 60;

/// The least length with it; in a longer frame tshark takes the last four bytes for a checksum.
const LEAST_WITH_CHECKSUM: usize = 64;
const CHECKSUM: usize = 4;

/// The trailer that a tapping device of VSS Monitoring appends: a time stamp of eight bytes, and
/// what may follow it. tshark looks for one in trailers of these lengths.
const STAMP: usize = 8;
const STAMPED: [usize; 4] = [STAMP, STAMP + 1, STAMP + 4, STAMP + 5];

/// A frame, while the end of its packet is still to be found.
#[derive(Clone, Copy, Debug)]
pub(in crate::decode) struct Trailer<'a> {
    /// The frame from its first byte on.
    pub(super) frame: View<'a>,
    /// Whether a checksum may stand at its end; behind a VLAN tag none is looked for.
    pub(super) checksum: bool,
}

impl Trailer<'_> {
    /// What tshark tells of the bytes behind the packet, of which `rest` with all that follows it
    /// is left and `len` bytes belong to it.
    pub(in crate::decode) fn behind(
        self,
        rest: View<'_>,
        len: usize,
        dialect: Dialect,
    ) -> Option<Short> {
        let end = self.end(rest, len);
        if self.frame.is_whole() {
            return self.malformed(end, dialect);
        }
        let cut = !rest.is_whole() && self.frame.bytes.len() > end && self.is_cut(end);
        cut.then_some(Short::Cut)
    }

    /// The same where a length field says it, which counts even if nothing behind was kept.
    pub(super) fn behind_length(
        self,
        rest: View<'_>,
        len: usize,
        dialect: Dialect,
    ) -> Option<Short> {
        let end = self.end(rest, len);
        if self.frame.is_whole() {
            return self.malformed(end, dialect);
        }
        let cut = self.frame.bytes.len() >= end && self.is_cut(end);
        cut.then_some(Short::Cut)
    }

    fn malformed(self, end: usize, dialect: Dialect) -> Option<Short> {
        let behind = self.frame.bytes.get(end..)?;
        tells_short(end, behind, self.checksum, dialect).then_some(Short::Malformed)
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

/// The end of a trailer of the Parallel Redundancy Protocol (IEC 62439-3), which is of six bytes:
/// behind its number it says over which of two networks, a or b, the frame came.
const REDUNDANCY: [u8; 2] = [0x88, 0xfb];
const REDUNDANCY_LAN: [u8; 2] = [0xa, 0xb];

/// Whether tshark finds the trailer too short for one, of a frame that was captured whole and whose
/// packet ends at `end`, with the bytes `behind` it; `checksum` as in [`Trailer`]. Behind the
/// padding, three bytes look like one to it, and the last ones of a redundancy trailer do.
#[inline]
pub(in crate::decode) fn tells_short(
    end: usize,
    behind: &[u8],
    checksum: bool,
    dialect: Dialect,
) -> bool {
    behind.len() >= 3 && dialect.tells_short_trailers() && is_short(end, behind, checksum)
}

fn is_short(end: usize, behind: &[u8], checksum: bool) -> bool {
    let all = end + behind.len();
    let padding = match all >= LEAST {
        true => LEAST.saturating_sub(end),
        false => 0,
    };
    let zeros = behind.iter().take(padding);
    let zeros = zeros.take_while(|byte| **byte == 0).count();
    let left = behind.len() - zeros;
    let redundancy = || match behind {
        [.., lan, _, a, b] => [*a, *b] == REDUNDANCY && REDUNDANCY_LAN.contains(&(lan >> 4)),
        _ => false,
    };
    match left {
        3 => true,
        4 | 5 => redundancy(),
        7 => checksum && all >= LEAST_WITH_CHECKSUM,
        _ => false,
    }
}
