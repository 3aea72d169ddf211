//! The pauses between the packets of a conversation, by which a run is known again where its numbers,
//! ports and identifications are others.
//!
//! How long a program and a kernel take differs from run to run. Of a pause in nanoseconds only four
//! bits are counted as chance, of one in microseconds three, and only of a long one: both are less than
//! what loopback shows between runs of one lab on one machine. Pauses that somebody chose (whole
//! microseconds in a capture of nanoseconds, whole milliseconds) count nothing.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use super::copies::{Known, NEAR};
use crate::analysis::conversation::ConversationId;
use crate::analysis::row::Row;
use crate::model::packet::Content;

/// How many pauses of a capture are kept: those with the smallest hashes.
const KEPT: usize = 256;
/// A pause of microseconds below this is too much like others.
const LONG: i64 = 256;
/// Two runs are not told apart with less.
const ENOUGH: u32 = 24;
/// What equal timestamps count, both of a packet, and what equal identifications.
const STAMPS: u32 = 20;
const IDENTIFICATIONS: u32 = 16;

/// How exactly a pause is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Unit {
    Nanos,
    Micros,
}

impl Unit {
    const fn bits(self) -> u32 {
        match self {
            Unit::Nanos => 4,
            Unit::Micros => 3,
        }
    }
}

/// The pauses of a capture.
#[derive(Clone, Debug, Default)]
pub(super) struct Pauses {
    /// When the last packet of a conversation was.
    last: HashMap<ConversationId, i64>,
    /// Those with the smallest hashes.
    known: BTreeMap<u64, (Unit, Known)>,
}

/// What two captures share.
pub(super) struct Shared<'a> {
    /// The packets after the pauses, of the later and of the earlier one.
    pub(super) pairs: Vec<(&'a Known, &'a Known)>,
    /// How many pauses of that unit the later one has.
    pub(super) of: usize,
    /// They are equal to the nanosecond.
    pub(super) nanos: bool,
    /// Once in how many runs that happens by chance, as a power of two.
    pub(super) bits: u32,
}

impl Pauses {
    /// Takes the next packet.
    pub(super) fn take(&mut self, row: &Row<'_>, known: Known) {
        let (Some(id), Some(time)) = (row.analysis.conversation, known.time) else {
            return;
        };
        let Some(last) = self.last.insert(id, time) else {
            return;
        };
        let shape = match &row.packet.content {
            Content::Tcp(segment) => {
                let flags = row.whole_header().map(|header| header.flags.0);
                (flags, segment.payload_len())
            }
            Content::Udp(datagram) => (None, datagram.payload_len()),
            Content::Other(_) => return,
        };
        let nanos = time.saturating_sub(last);
        if row.frame.decimals > 6 && nanos >= 1_000 && nanos % 1_000 != 0 {
            self.keep(Unit::Nanos, (nanos, shape), known);
        }
        // As a file of microseconds cuts both.
        let micros = time.div_euclid(1_000) - last.div_euclid(1_000);
        if micros >= LONG && micros % 1_000 != 0 {
            self.keep(Unit::Micros, (micros, shape), known);
        }
    }

    fn keep(&mut self, unit: Unit, pause: impl Hash, known: Known) {
        let mut hash = DefaultHasher::new();
        (unit, pause).hash(&mut hash);
        self.known.entry(hash.finish()).or_insert((unit, known));
        if self.known.len() > KEPT {
            self.known.pop_last();
        }
    }

    /// What stands for each of them.
    pub(super) fn hashes(&self) -> impl Iterator<Item = &u64> {
        self.known.keys()
    }

    /// All packets have come.
    pub(super) fn end(&mut self) {
        self.last = HashMap::new();
    }

    /// What is equal to an earlier capture's, where that is no chance.
    pub(super) fn shared<'a>(&'a self, earlier: &'a Pauses) -> Option<Shared<'a>> {
        [Unit::Nanos, Unit::Micros].into_iter().find_map(|unit| {
            let own = self.known.iter().filter(|(_, it)| it.0 == unit);
            let pairs = own
                .clone()
                .filter_map(|(hash, it)| Some((&it.1, &earlier.known.get(hash)?.1)))
                .collect();
            let pairs = apart_alike(pairs);
            let alike = |same: fn(&Known, &Known) -> bool| {
                !pairs.is_empty() && pairs.iter().all(|(own, other)| same(own, other))
            };
            let count = u32::try_from(pairs.len()).unwrap_or(u32::MAX);
            let mut bits = count.saturating_mul(unit.bits());
            if alike(Known::same_stamps) {
                bits = bits.saturating_add(STAMPS);
            } else if alike(Known::same_identification) {
                bits = bits.saturating_add(IDENTIFICATIONS);
            }
            (pairs.len() > 1 && bits >= ENOUGH).then(|| Shared {
                of: own.count(),
                nanos: unit == Unit::Nanos,
                bits: bits.min(64),
                pairs,
            })
        })
    }
}

/// Those of the pairs that lie equally far apart, the most there are: long captures have pauses in
/// common by chance, at any distance.
fn apart_alike<'a>(pairs: Vec<(&'a Known, &'a Known)>) -> Vec<(&'a Known, &'a Known)> {
    let apart = |pair: &(&Known, &Known)| pair.0.time?.checked_sub(pair.1.time?);
    let mut pairs: Vec<_> = pairs
        .into_iter()
        .filter_map(|pair| Some((apart(&pair)?, pair)))
        .collect();
    pairs.sort_by_key(|it| it.0);
    let alike = |start: usize| {
        let rest = pairs.get(start..).unwrap_or_default();
        let first = rest.first().map_or(0, |it| it.0);
        let count = rest.partition_point(|it| it.0.saturating_sub(first) <= NEAR);
        rest.get(..count).unwrap_or_default()
    };
    let most = (0..pairs.len()).map(alike).max_by_key(|it| it.len());
    most.unwrap_or_default().iter().map(|it| it.1).collect()
}
