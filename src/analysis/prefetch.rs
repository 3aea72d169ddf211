//! The look-ahead: memory that the next packets will need, fetched before they come.
//!
//! Where many conversations are under way at once, each packet waits for what is kept of its own
//! one, line of the cache after line. Looked at together, the conversations of the next packets
//! arrive while none waits for the other. Nothing that is found depends on it: a test compares rows
//! and conversations with it and without.

use std::hint::black_box;

use super::Analyzer;
use super::conversation::{Conversation, ConversationId, Protocol};
use super::table::{Ends, EndsHash, Slot};
use crate::model::prefetch::LikelyEnds;

/// How many packets are looked at together.
pub const AHEAD: u32 = 16;

/// A conversation with as many later ones is not counted on to be near: at half a kilobyte each
/// they have taken its place in the cache of a core.
const NEAR: usize = 1_500;

/// What is known of the packets that follow, and whether looking at them pays.
#[derive(Clone, Debug, Default)]
pub(super) struct Prefetch {
    hashes: Vec<(EndsHash, bool)>,
    places: Vec<(Slot, bool)>,
    /// How many of the latest packets belong to conversations that are not near.
    far: u32,
}

impl Prefetch {
    /// Takes notice of a packet of one of `count` conversations.
    #[inline]
    pub(super) fn note(&mut self, id: ConversationId, count: usize) {
        self.far += u32::from(count.saturating_sub(id.index()) > NEAR);
    }
}

impl Analyzer {
    /// Whether so many packets since the last question belonged to conversations that are not near
    /// that fetching what the next ones need pays.
    #[inline]
    pub fn scattered(&mut self) -> bool {
        std::mem::take(&mut self.prefetch.far) > AHEAD / 4
    }

    /// Fetches what is kept of the conversations of some packets.
    #[inline(never)]
    pub fn fetch(&mut self, packets: impl Iterator<Item = LikelyEnds>) {
        let Prefetch { hashes, places, .. } = &mut self.prefetch;
        // Each step for all of them before the next one, so that what a step waits for comes at
        // once.
        hashes.clear();
        hashes.extend(packets.filter_map(|packet| {
            let protocol = Protocol::tcp_or_udp(packet.tcp);
            let between = (packet.source, packet.destination);
            let ends = Ends::new(protocol, between, packet.ports)?;
            Some((self.table.hash(&ends), packet.tcp))
        }));
        places.clear();
        places.extend(
            hashes
                .iter()
                .filter_map(|(hash, tcp)| Some((self.table.guess(*hash)?, *tcp))),
        );
        let mut touched = 0;
        for (place, tcp) in places.iter() {
            if let Some(conversation) = self.conversations.get(place.conversation.index()) {
                touched ^= conversation.touch();
            }
            if *tcp {
                touched ^= self.tcp.touch(place.stream);
            }
        }
        for (place, _) in places.iter().filter(|(_, tcp)| *tcp) {
            touched ^= self.tcp.touch_unacked(place.stream);
        }
        for (place, _) in places.iter().filter(|(_, tcp)| *tcp) {
            touched ^= self.tcp.touch_second(place.stream);
        }
        // Whoever reads has it in the cache, as long as the compiler believes that it is needed.
        black_box(touched);
    }
}

impl Conversation {
    /// Reads something of every part that a packet changes.
    fn touch(&self) -> u64 {
        let numbers = [self.rtt().sum, self.previous].map(|it| it.0.cast_unsigned());
        let traffic = self.traffic.bytes[0] ^ u64::from(self.traffic.packets[1]);
        let ends = self.ends.touch();
        let rest = self.lifecycle.touch() ^ u64::from(self.completeness.0);
        numbers[0] ^ numbers[1] ^ traffic ^ ends ^ rest
    }
}
