//! Which conversation a pair of ends belongs to.

use foldhash::fast::RandomState;
use hashbrown::HashMap;

use super::tcp::Way;
use crate::model::address::Address;

/// Where no conversation is entered yet.
pub(super) const NONE: u32 = u32::MAX;

/// Where a conversation is kept. Both numbers, so that what is kept by the one need not wait for
/// what is kept by the other to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// In the list of conversations.
    pub(super) conversation: u32,
    /// Its stream number, by which TCP keeps its connections.
    pub(super) stream: u32,
}

impl Place {
    const NOWHERE: Place = Place {
        conversation: NONE,
        stream: NONE,
    };

    pub(super) fn is_new(self) -> bool {
        self.conversation == NONE
    }
}

/// Two IPv4 ends, the lower one first. Twelve bytes, so that a table of a million conversations
/// stays small.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct V4 {
    low: u32,
    high: u32,
    ports: u32,
}

/// Two IPv6 ends, the lower one first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct V6 {
    low: [u8; 16],
    high: [u8; 16],
    ports: u32,
}

#[derive(Clone, Copy, Debug)]
enum Key {
    V4(V4),
    V6(V6),
}

/// A pair of ends without order, and the way a packet goes between them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    key: Key,
    pub(super) way: Way,
}

impl Pair {
    /// The pair of a packet; `None` where it has no IP addresses.
    pub(super) fn new(source: Address, destination: Address, ports: (u16, u16)) -> Option<Pair> {
        match (source, destination) {
            (Address::V4(from), Address::V4(to)) => {
                let (from, to) = (from.to_bits(), to.to_bits());
                let (way, low, high, ports) = ordered(from, to, ports);
                Some(Pair {
                    key: Key::V4(V4 { low, high, ports }),
                    way,
                })
            }
            (Address::V6(from), Address::V6(to)) => {
                let (way, low, high, ports) = ordered(from.octets(), to.octets(), ports);
                Some(Pair {
                    key: Key::V6(V6 { low, high, ports }),
                    way,
                })
            }
            _ => None,
        }
    }
}

fn ordered<T: Ord>(from: T, to: T, ports: (u16, u16)) -> (Way, T, T, u32) {
    let join = |low: u16, high: u16| (u32::from(low) << 16) | u32::from(high);
    if (&from, ports.0) <= (&to, ports.1) {
        (Way::Up, from, to, join(ports.0, ports.1))
    } else {
        (Way::Down, to, from, join(ports.1, ports.0))
    }
}

/// From pairs of ends to the newest conversation between them.
#[derive(Debug, Default)]
pub(super) struct Table {
    v4: HashMap<V4, Place, RandomState>,
    v6: HashMap<V6, Place, RandomState>,
}

impl Table {
    /// The place of the conversation of a pair; nowhere in a new one.
    pub(super) fn place(&mut self, pair: &Pair) -> &mut Place {
        match pair.key {
            Key::V4(key) => self.v4.entry(key).or_insert(Place::NOWHERE),
            Key::V6(key) => self.v6.entry(key).or_insert(Place::NOWHERE),
        }
    }

    /// The place of the conversation of a pair, if it has one.
    pub(super) fn get(&self, pair: &Pair) -> Option<Place> {
        match pair.key {
            Key::V4(key) => self.v4.get(&key).copied(),
            Key::V6(key) => self.v6.get(&key).copied(),
        }
    }
}
