//! Which conversation a packet belongs to.
//!
//! One table for both IP versions and both protocols, by what the ends hash to; the ends themselves
//! stand in the conversations, where every packet of them looks anyway. So a look-up is the same
//! few steps whatever the packet is, and an entry takes twelve bytes.

use std::hash::{BuildHasher, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::conversation::{ConversationId, Pair, Protocol};
use crate::model::address::Address;
use crate::model::side::Side;

/// Where a conversation is kept. Both numbers, so that what is kept by the one need not wait for
/// what is kept by the other to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    /// In the list of conversations.
    pub(super) conversation: ConversationId,
    /// Its stream number, by which TCP keeps its connections.
    pub(super) stream: u32,
}

/// The addresses and ports of a packet.
#[derive(Clone, Copy, Debug)]
enum Between {
    V4([Ipv4Addr; 2], [u16; 2]),
    V6([(Ipv6Addr, u16); 2]),
}

/// The protocol and the ends of a packet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) protocol: Protocol,
    between: Between,
}

impl Ends {
    /// The ends of a packet; `None` where it has no IP addresses.
    #[inline]
    pub(super) fn new(
        protocol: Protocol,
        addresses: (Address, Address),
        ports: (u16, u16),
    ) -> Option<Ends> {
        let between = match addresses {
            (Address::V4(from), Address::V4(to)) => Between::V4([from, to], ports.into()),
            (Address::V6(from), Address::V6(to)) => Between::V6([(from, ports.0), (to, ports.1)]),
            _ => return None,
        };
        Some(Ends { protocol, between })
    }

    /// The sender and the receiver.
    pub(super) fn pair(&self) -> Pair {
        match self.between {
            Between::V4(addresses, ports) => Pair::V4(addresses, ports),
            Between::V6(ends) => Pair::V6(Box::new(ends)),
        }
    }

    /// Which of two ends sent the packet; `None` where it does not go between them.
    #[inline]
    pub(super) fn sender(&self, protocol: Protocol, pair: &Pair) -> Option<Side> {
        // All of them at once: which way a packet goes cannot be guessed ahead, and a wrong guess
        // of the processor costs more than the comparisons.
        let (forth, back) = match (&self.between, pair) {
            (Between::V4([from, to], [p, q]), Pair::V4([first, second], [r, s])) => (
                (first == from) & (second == to) & (r == p) & (s == q),
                (first == to) & (second == from) & (r == q) & (s == p),
            ),
            (Between::V6([from, to]), Pair::V6(ends)) => {
                let [first, second] = &**ends;
                (
                    (first == from) & (second == to),
                    (first == to) & (second == from),
                )
            }
            _ => return None,
        };
        let one = (protocol == self.protocol) & (forth | back);
        one.then_some(if forth { Side::First } else { Side::Second })
    }
}

/// What the ends of a packet hash to, the same both ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EndsHash(u32);

impl EndsHash {
    /// As a hash of 64 bits, of which the table uses the lowest and the highest ones.
    fn spread(self) -> u64 {
        (u64::from(self.0) << 32) | u64::from(self.0)
    }
}

/// From the ends of packets to the newest conversation between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    entries: HashTable<(EndsHash, Slot)>,
    seeds: RandomState,
}

impl Table {
    /// What the ends of a packet are looked up by.
    #[inline]
    pub(super) fn hash(&self, ends: &Ends) -> EndsHash {
        let of_v4 = |ip: Ipv4Addr, port: u16| {
            let mut hasher = self.seeds.build_hasher();
            hasher.write_u64((u64::from(ip.to_bits()) << 16) | u64::from(port));
            hasher.finish()
        };
        let of_v6 = |(ip, port): (Ipv6Addr, u16)| {
            let mut hasher = self.seeds.build_hasher();
            hasher.write_u128(ip.to_bits());
            hasher.write_u16(port);
            hasher.finish()
        };
        // The sum is also that of these addresses with their ports exchanged, in 1 of 100 tables.
        let together = |one: u64, other: u64| (one | 1).wrapping_mul(other | 1);
        let both = match ends.between {
            Between::V4([from, to], [p, q]) => together(of_v4(from, p), of_v4(to, q)),
            Between::V6([from, to]) => together(of_v6(from), of_v6(to)),
        };
        let protocol = match ends.protocol {
            Protocol::Tcp => 0,
            Protocol::Udp => 1 << 32,
        };
        let high = both.wrapping_add(protocol) >> 32;
        EndsHash(u32::try_from(high).unwrap_or_default())
    }

    /// The place of a conversation with this hash, the one that `sender` finds its packet in, and
    /// who sent it.
    #[inline]
    pub(super) fn find(
        &self,
        hash: EndsHash,
        sender: impl Fn(ConversationId) -> Option<Side>,
    ) -> Option<(Slot, Side)> {
        let mut side = None;
        let found = self.entries.find(hash.spread(), |(other, place)| {
            *other == hash && {
                side = sender(place.conversation);
                side.is_some()
            }
        });
        let (_, place) = found?;
        Some((*place, side?))
    }

    /// Adds a conversation.
    pub(super) fn add(&mut self, hash: EndsHash, place: Slot) {
        self.entries
            .insert_unique(hash.spread(), (hash, place), |(hash, _)| hash.spread());
    }

    /// Lets the conversation at `place` take the entry of `before`, which has this hash.
    pub(super) fn replace(&mut self, hash: EndsHash, before: ConversationId, place: Slot) {
        let its = |(_, known): &(EndsHash, Slot)| known.conversation == before;
        if let Some((_, known)) = self.entries.find_mut(hash.spread(), its) {
            *known = place;
        }
    }

    /// The place of a conversation with this hash, nearly always the right one.
    #[inline]
    pub(super) fn guess(&self, hash: EndsHash) -> Option<Slot> {
        let found = self
            .entries
            .find(hash.spread(), |(other, _)| *other == hash);
        found.map(|(_, place)| *place)
    }
}

#[cfg(test)]
mod tests {
    use super::{Ends, Table};
    use crate::analysis::conversation::Protocol::{self, Tcp, Udp};
    use crate::model::side::Side;

    fn ends(protocol: Protocol, from: (&str, u16), to: (&str, u16)) -> Ends {
        let ip = |text: &str| text.parse::<std::net::IpAddr>().unwrap().into();
        Ends::new(protocol, (ip(from.0), ip(to.0)), (from.1, to.1)).unwrap()
    }

    #[test]
    fn both_ways_have_one_hash_and_everything_else_another() {
        let table = Table::default();
        let (a, b) = (("10.0.0.1", 5050), ("10.0.0.2", 40000));
        let there = table.hash(&ends(Tcp, a, b));
        assert_eq!(table.hash(&ends(Tcp, b, a)), there);
        let others = [
            ends(Udp, a, b),
            ends(Tcp, (a.0, b.1), (b.0, a.1)),
            ends(Tcp, ("::ffff:10.0.0.1", 5050), ("::ffff:10.0.0.2", 40000)),
            ends(Tcp, ("::a00:1", 5050), ("::a00:2", 40000)),
            ends(Tcp, a, ("10.0.0.2", 40001)),
        ];
        for other in others {
            assert_ne!(table.hash(&other), there, "{other:?}");
        }
    }

    #[test]
    fn the_sender_is_found_by_address_port_version_and_protocol() {
        let (a, b) = (("10.0.0.1", 5050), ("10.0.0.2", 40000));
        let known = ends(Tcp, a, b).pair();
        let sender = |other: Ends| other.sender(Tcp, &known);
        assert_eq!(sender(ends(Tcp, a, b)), Some(Side::First));
        assert_eq!(sender(ends(Tcp, b, a)), Some(Side::Second));
        assert_eq!(sender(ends(Udp, a, b)), None);
        assert_eq!(sender(ends(Tcp, (a.0, b.1), (b.0, a.1))), None);
        assert_eq!(sender(ends(Tcp, a, a)), None);
        let mapped = ends(Tcp, ("::a00:1", 5050), ("::a00:2", 40000));
        assert_eq!(sender(mapped), None);
        assert_eq!(mapped.sender(Tcp, &mapped.pair()), Some(Side::First));
        let itself = ends(Tcp, a, a);
        assert_eq!(itself.sender(Tcp, &itself.pair()), Some(Side::First));
    }
}
