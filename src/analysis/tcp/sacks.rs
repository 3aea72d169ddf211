//! The SACK blocks of the last packet of a direction.

use crate::model::seq::Seq;

/// The most blocks that a header has room for.
const MOST: usize = 4;

/// What is remembered of the SACK blocks of a packet: few conversations ever show one.
#[derive(Clone, Debug, Default)]
pub(super) struct Sacks {
    /// Their edges as shown. Kept when they are forgotten: `count` of them mean something.
    edges: Option<Box<[(u32, u32); MOST]>>,
    /// The bytes that they name.
    bytes: u32,
    count: u8,
}

impl Sacks {
    /// Forgets them.
    #[inline]
    pub(super) fn clear(&mut self) {
        self.bytes = 0;
        self.count = 0;
    }

    /// Remembers one whose edges are numbers counted from `base`, if there are fewer than `most`.
    pub(super) fn add(&mut self, left: Seq, right: Seq, base: Seq, most: u8) {
        if self.count >= most {
            return;
        }
        let edges = self.edges.get_or_insert_default();
        if let Some(edge) = edges.get_mut(usize::from(self.count)) {
            *edge = (left.from_base(base), right.from_base(base));
            self.bytes = self.bytes.wrapping_add(right.from_base(left));
            self.count += 1;
        }
    }

    /// The bytes that they name.
    pub(super) fn bytes(&self) -> u32 {
        self.bytes
    }

    /// Whether there are blocks and none of them holds a segment. tshark compares the segment's
    /// numbers as they stand with the edges as they are shown, so that with most initial sequence
    /// numbers none does.
    pub(super) fn leave_out(&self, seq: Seq, len: u32) -> bool {
        let edges = self.edges.as_deref().into_iter().flatten();
        let end = seq.plus(len);
        let mut known = edges.take(self.count.into());
        self.count > 0 && known.all(|(left, right)| seq.0 < *left || end.0 > *right)
    }
}
