//! The SACK blocks of the last packet of a direction.

use crate::model::seq::Seq;

/// The most blocks that a header has room for.
const MOST: usize = 4;

/// What is remembered of the SACK blocks of a packet: few conversations ever show one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sacks(Option<Box<Blocks>>);

/// Kept when they are forgotten: `count` of them mean something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Blocks {
    /// Their edges as shown.
    edges: [(u32, u32); MOST],
    /// The bytes that they name.
    bytes: u32,
    count: u8,
}

impl Sacks {
    /// Forgets them.
    #[inline]
    pub(super) fn clear(&mut self) {
        if let Some(blocks) = &mut self.0 {
            blocks.bytes = 0;
            blocks.count = 0;
        }
    }

    /// Remembers one whose edges are numbers counted from `base`, if there are fewer than `most`.
    pub(super) fn add(&mut self, left: Seq, right: Seq, base: Seq, most: u8) {
        let blocks = self.0.get_or_insert_default();
        if blocks.count >= most {
            return;
        }
        if let Some(edge) = blocks.edges.get_mut(usize::from(blocks.count)) {
            *edge = (left.from_base(base), right.from_base(base));
            blocks.bytes = blocks.bytes.wrapping_add(right.from_base(left));
            blocks.count += 1;
        }
    }

    /// The bytes that they name.
    pub(super) fn bytes(&self) -> u32 {
        self.0.as_ref().map_or(0, |blocks| blocks.bytes)
    }

    /// Whether there are blocks and none of them holds a segment. tshark compares the segment's
    /// numbers as they stand with the edges as they are shown, so that with most initial sequence
    /// numbers none does.
    pub(super) fn leave_out(&self, seq: Seq, len: u32) -> bool {
        let Some(blocks) = &self.0 else {
            return false;
        };
        let end = seq.plus(len);
        let mut known = blocks.edges.iter().take(blocks.count.into());
        blocks.count > 0 && known.all(|(left, right)| seq.0 < *left || end.0 > *right)
    }
}
