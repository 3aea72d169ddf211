//! Datagrams put together from their fragments, as tshark does it: in whatever order they come,
//! with overlaps, without a time-out.
//!
//! Memory is bounded: when [`MAX_BYTES`] or [`MAX_DATAGRAMS`] is passed, the datagram that has
//! waited longest is given up. Work is bounded too: a fragment costs a lookup and a shift within
//! its datagram's list, which holds at most one entry per offset and length.

use std::collections::VecDeque;
use std::net::IpAddr;
use std::slice::IterMut;

use hashbrown::HashMap;

/// How many bytes all waiting fragments may take, their bookkeeping included.
pub(crate) const MAX_BYTES: usize = 32 << 20;

/// How many datagrams may wait for fragments.
pub(crate) const MAX_DATAGRAMS: usize = 65_536;

/// What a waiting datagram and a waiting fragment cost beyond their bytes, about.
const DATAGRAM_COST: usize = 256;
const PIECE_COST: usize = 16;

/// Which datagram a fragment belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// Who sent it.
    pub(super) source: IpAddr,
    /// To whom.
    pub(super) destination: IpAddr,
    /// The identification; in IPv4 xor the protocol number, and xor the VLAN where an address is
    /// local to it. Fragments of two protocols or VLANs can meet, as they do in tshark.
    pub(super) id: u32,
}

/// One fragment, all of whose bytes were captured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fragment<'b> {
    /// Where its bytes stand in the datagram.
    pub(super) offset: u32,
    /// Whether more fragments follow it.
    pub(super) more: bool,
    /// Its bytes.
    pub(super) bytes: &'b [u8],
}

/// What became of a fragment.
#[derive(Clone, Debug)]
pub(super) enum Assembly<'a> {
    /// It waits for others.
    Waiting,
    /// It was the last one missing: the datagram.
    Complete(&'a [u8]),
}

/// The datagrams that wait for fragments.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fragments {
    waiting: HashMap<Key, Datagram, foldhash::fast::RandomState>,
    /// Keys in the order their datagrams began; holds those of finished datagrams for a while.
    order: VecDeque<(Key, u64)>,
    begun: u64,
    bytes: usize,
}

/// A datagram in pieces.
#[derive(Clone, Debug, Default)]
struct Datagram {
    /// When it began, in datagrams.
    serial: u64,
    /// The bytes of all pieces, in the order they came.
    bytes: Vec<u8>,
    /// By offset; those of one offset in the order they came.
    pieces: Vec<Piece>,
    /// The end that the first fragment without "more" gave.
    len: Option<u32>,
    /// Up to here, from 0, no byte is missing.
    covered: u32,
    /// How many pieces begin at or before `covered`.
    reached: usize,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    offset: u32,
    len: u32,
    start: usize,
}

impl Fragments {
    /// Takes a fragment. The finished datagram is written to one of `spare`; none left means that
    /// it is given up, and the fragment reads as one that waits.
    pub(super) fn add<'a>(
        &mut self,
        key: Key,
        fragment: Fragment<'_>,
        spare: &mut IterMut<'a, Vec<u8>>,
    ) -> Assembly<'a> {
        if fragment.bytes.is_empty() {
            return Assembly::Waiting;
        }
        let begun = &mut self.begun;
        let order = &mut self.order;
        let total = &mut self.bytes;
        let datagram = self.waiting.entry(key).or_insert_with(|| {
            *begun += 1;
            *total += DATAGRAM_COST;
            order.push_back((key, *begun));
            Datagram {
                serial: *begun,
                ..Datagram::default()
            }
        });
        self.bytes += datagram.insert(fragment);
        if datagram.len.is_some_and(|len| datagram.covered >= len) {
            let done = self.forget(key);
            return match (done, spare.next()) {
                (Some(datagram), Some(buffer)) => {
                    datagram.join(buffer);
                    Assembly::Complete(buffer)
                }
                _ => Assembly::Waiting,
            };
        }
        self.shrink();
        Assembly::Waiting
    }

    fn forget(&mut self, key: Key) -> Option<Datagram> {
        let datagram = self.waiting.remove(&key)?;
        self.bytes = self.bytes.saturating_sub(datagram.cost());
        Some(datagram)
    }

    /// Gives up the oldest datagrams until the limits hold, and forgets the keys of finished ones
    /// before they outnumber the waiting.
    fn shrink(&mut self) {
        while self.bytes > MAX_BYTES || self.waiting.len() > MAX_DATAGRAMS {
            let Some((key, serial)) = self.order.pop_front() else {
                return;
            };
            if self.is_waiting(&key, serial) {
                self.forget(key);
            }
        }
        if self.order.len() > 64 + 2 * self.waiting.len() {
            let mut order = std::mem::take(&mut self.order);
            order.retain(|(key, serial)| self.is_waiting(key, *serial));
            self.order = order;
        }
    }

    fn is_waiting(&self, key: &Key, serial: u64) -> bool {
        self.waiting
            .get(key)
            .is_some_and(|datagram| datagram.serial == serial)
    }

    /// Bytes held, datagrams that wait, keys in order.
    #[cfg(test)]
    pub(super) fn held(&self) -> (usize, usize, usize) {
        (self.bytes, self.waiting.len(), self.order.len())
    }
}

impl Datagram {
    fn cost(&self) -> usize {
        DATAGRAM_COST + self.bytes.len() + self.pieces.len() * PIECE_COST
    }

    /// Takes in a fragment; how much more memory is held then.
    fn insert(&mut self, fragment: Fragment<'_>) -> usize {
        let len = u32::try_from(fragment.bytes.len()).unwrap_or(u32::MAX);
        let end = fragment.offset.saturating_add(len);
        if !fragment.more && self.len.is_none() {
            self.len = Some(end);
        }
        let place = self
            .pieces
            .partition_point(|piece| piece.offset <= fragment.offset);
        // A piece that is no longer than an earlier one at its offset never shows.
        if self.pieces[..place]
            .last()
            .is_some_and(|piece| piece.offset == fragment.offset && piece.len >= len)
        {
            return 0;
        }
        let piece = Piece {
            offset: fragment.offset,
            len,
            start: self.bytes.len(),
        };
        self.pieces.insert(place, piece);
        self.bytes.extend_from_slice(fragment.bytes);
        if fragment.offset <= self.covered {
            self.covered = self.covered.max(end);
            self.reached += 1;
            while let Some(next) = self.pieces.get(self.reached)
                && next.offset <= self.covered
            {
                self.covered = self.covered.max(next.offset.saturating_add(next.len));
                self.reached += 1;
            }
        }
        fragment.bytes.len() + PIECE_COST
    }

    /// Writes the datagram out. Where pieces overlap, the one with the lower offset counts, then
    /// the one that came first; what lies past the end is left out.
    fn join(&self, out: &mut Vec<u8>) {
        out.clear();
        let len = self.len.map_or(0, index);
        for piece in &self.pieces {
            let (from, to) = (
                index(piece.offset),
                index(piece.offset.saturating_add(piece.len)),
            );
            let to = to.min(len);
            if to > out.len() && from <= out.len() {
                let skip = out.len() - from;
                let start = piece.start + skip;
                let bytes = self.bytes.get(start..start + (to - out.len()));
                out.extend_from_slice(bytes.unwrap_or_default());
            }
        }
    }
}

fn index(value: u32) -> usize {
    usize::try_from(value).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Fragment, Fragments, Key, MAX_BYTES, MAX_DATAGRAMS};

    fn key(id: u32) -> Key {
        Key {
            source: [10, 0, 0, 1].into(),
            destination: [10, 0, 0, 2].into(),
            id,
        }
    }

    fn add(fragments: &mut Fragments, id: u32, offset: u32, more: bool, bytes: &[u8]) {
        let fragment = Fragment {
            offset,
            more,
            bytes,
        };
        fragments.add(key(id), fragment, &mut [].iter_mut());
    }

    #[test]
    fn memory_stays_within_its_limits() {
        let mut fragments = Fragments::default();
        let bytes = vec![0; 60_000];
        for id in 0..3000 {
            add(&mut fragments, id, 8, true, &bytes);
            assert!(fragments.held().0 <= MAX_BYTES);
        }
        let mut fragments = Fragments::default();
        for id in 0..200_000 {
            add(&mut fragments, id, 8, true, &[0; 8]);
        }
        let (held, waiting, order) = fragments.held();
        assert!(held <= MAX_BYTES && waiting <= MAX_DATAGRAMS && order <= 64 + 2 * waiting);
    }

    #[test]
    fn copies_cost_nothing() {
        let mut fragments = Fragments::default();
        add(&mut fragments, 1, 8, true, &[0; 1000]);
        let held = fragments.held();
        for _ in 0..1000 {
            add(&mut fragments, 1, 8, true, &[0; 1000]);
        }
        assert_eq!(fragments.held(), held);
    }

    #[test]
    fn finished_datagrams_are_forgotten() {
        let mut fragments = Fragments::default();
        for id in 0..10_000 {
            add(&mut fragments, id, 8, false, &[0; 8]);
            add(&mut fragments, id, 0, true, &[0; 8]);
        }
        let (held, waiting, order) = fragments.held();
        assert_eq!((held, waiting), (0, 0));
        assert!(order < 200);
    }
}
