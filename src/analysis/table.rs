//! Which conversation a packet belongs to.
//!
//! One table for both IP versions and both protocols, by what the ends hash to; the ends themselves
//! stand in the conversations, where every packet of them looks anyway. So a look-up is the same
//! few steps whatever the packet is, and an entry takes twelve bytes.

use std::hash::{BuildHasher, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};

use foldhash::fast::RandomState;
use hashbrown::HashTable;

use super::conversation::{ConversationId, Protocol};
use crate::model::address::{Address, Endpoint};
use crate::model::side::Side;

/// Where a conversation is kept. Both numbers, so that what is kept by the one need not wait for
/// what is kept by the other to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// In the list of conversations.
    pub(super) conversation: ConversationId,
    /// Its stream number, by which TCP keeps its connections.
    pub(super) stream: u32,
}

/// One end as two numbers, which IPv4 and IPv6 have alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct End {
    ip: u128,
    /// The port, and above it whether the address is one of IPv6.
    rest: u32,
}

impl End {
    const V6: u32 = 1 << 16;

    fn of(ip: Address, port: u16) -> Option<End> {
        let (ip, version) = match ip {
            Address::V4(ip) => (u128::from(ip.to_bits()), 0),
            Address::V6(ip) => (ip.to_bits(), Self::V6),
            _ => return None,
        };
        let rest = u32::from(port) | version;
        Some(End { ip, rest })
    }

    fn endpoint(self) -> Endpoint {
        let v4 = u32::try_from(self.ip).ok().filter(|_| self.rest < Self::V6);
        let ip = match v4 {
            Some(ip) => Ipv4Addr::from(ip).into(),
            None => Ipv6Addr::from(self.ip).into(),
        };
        let port = u16::try_from(self.rest % Self::V6).unwrap_or_default();
        Endpoint { ip, port }
    }
}

/// The protocol and the ends of a packet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) protocol: Protocol,
    from: End,
    to: End,
}

impl Ends {
    /// The ends of a packet; `None` where it has no IP addresses.
    #[inline]
    pub(super) fn new(
        protocol: Protocol,
        (source, destination): (Address, Address),
        ports: (u16, u16),
    ) -> Option<Ends> {
        Some(Ends {
            protocol,
            from: End::of(source, ports.0)?,
            to: End::of(destination, ports.1)?,
        })
    }

    /// The sender and the receiver.
    pub(super) fn both(&self) -> [Endpoint; 2] {
        [self.from, self.to].map(End::endpoint)
    }

    /// Which of two ends sent the packet; `None` where it does not go between them.
    #[inline]
    pub(super) fn sender(&self, protocol: Protocol, ends: &[Endpoint; 2]) -> Option<Side> {
        let [first, second] = ends.map(|end| End::of(end.ip.into(), end.port));
        let (from, to) = (Some(self.from), Some(self.to));
        // All of them at once: which way a packet goes cannot be guessed ahead, and a wrong guess
        // of the processor costs more than the comparisons.
        let forth = (first == from) & (second == to);
        let back = (first == to) & (second == from);
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
    entries: HashTable<(EndsHash, Place)>,
    seeds: RandomState,
}

impl Table {
    /// What the ends of a packet are looked up by.
    #[inline]
    pub(super) fn hash(&self, ends: &Ends) -> EndsHash {
        let of = |end: End| {
            let mut hasher = self.seeds.build_hasher();
            hasher.write_u128(end.ip);
            hasher.write_u32(end.rest);
            hasher.finish()
        };
        let both = of(ends.from).wrapping_add(of(ends.to));
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
        &mut self,
        hash: EndsHash,
        sender: impl Fn(ConversationId) -> Option<Side>,
    ) -> Option<(&mut Place, Side)> {
        let mut side = None;
        let found = self.entries.find_mut(hash.spread(), |(other, place)| {
            *other == hash && {
                side = sender(place.conversation);
                side.is_some()
            }
        });
        let (_, place) = found?;
        Some((place, side?))
    }

    /// Adds a conversation.
    pub(super) fn add(&mut self, hash: EndsHash, place: Place) {
        self.entries
            .insert_unique(hash.spread(), (hash, place), |(hash, _)| hash.spread());
    }

    /// The place of a conversation with this hash, nearly always the right one.
    #[inline]
    pub(super) fn guess(&self, hash: EndsHash) -> Option<Place> {
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
        let known = ends(Tcp, a, b).both();
        let sender = |other: Ends| other.sender(Tcp, &known);
        assert_eq!(sender(ends(Tcp, a, b)), Some(Side::First));
        assert_eq!(sender(ends(Tcp, b, a)), Some(Side::Second));
        assert_eq!(sender(ends(Udp, a, b)), None);
        assert_eq!(sender(ends(Tcp, (a.0, b.1), (b.0, a.1))), None);
        assert_eq!(sender(ends(Tcp, a, a)), None);
        let mapped = ends(Tcp, ("::a00:1", 5050), ("::a00:2", 40000));
        assert_eq!(sender(mapped), None);
        assert_eq!(mapped.sender(Tcp, &mapped.both()), Some(Side::First));
        let itself = ends(Tcp, a, a);
        assert_eq!(itself.sender(Tcp, &itself.both()), Some(Side::First));
    }
}
