//! Captures of the same run: whole copies, and cut, filtered, saved again or with other times.
//!
//! Two runs of the same program choose their initial sequence numbers (RFC 6528), client ports,
//! timestamps and IP identifications anew. A packet is known again by both numbers of its TCP header
//! as they stand, 64 bits that two runs share by chance once in 2^64, whatever its ports are; a UDP
//! datagram by its ports, its payload and its IP identification, 16 bits. Where these are others, the
//! pauses between packets are what is left (`course::pauses`). What is equal is said, and
//! how unlikely that is; who copied, or whether anybody did, no packet tells.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::pauses::{Pauses, Shared};
use crate::analysis::row::Row;
use crate::model::frame::{FrameNo, LinkType};
use crate::model::packet::{Content, Packet};
use crate::model::tcp_options::{OptionContext, TcpOption};
use crate::report::payload;
use crate::text::phrase::phrase;
use crate::text::quantity::span;
use crate::text::{Lang, Text};

/// How many packets of a capture are kept: those with the smallest hashes, so that a part of it
/// keeps the same ones as the whole.
const KEPT: usize = 1_024;
/// Times that are no further apart than this, in nanoseconds, are the same: a file of microseconds cuts
/// nanoseconds off.
pub(super) const NEAR: i64 = 1_000;
/// So many packets must be equal.
const LEAST: usize = 2;
/// Numbers below this are those of simulations and of relative numbers, not random.
const RANDOM: u32 = 0x1_0000;

phrase! {
    SAME_BYTES: "the same bytes (SHA-256)", "os mesmos bytes (SHA-256)";
    tcp(equal, of, frames): "{equal} of {of} compared packets have the ports and both raw sequence numbers of {frames}",
        "{equal} de {of} pacotes comparados têm as portas e os dois números de sequência brutos de {frames}";
    udp(equal, of, frames): "{equal} of {of} compared datagrams have the ports, the payload and the IP identification of {frames}",
        "{equal} de {of} datagramas comparados têm as portas, os dados e a identificação IP de {frames}";
    other_ports(equal, of, frames): "{equal} of {of} compared packets have both raw sequence numbers of {frames}, with other ports",
        "{equal} de {of} pacotes comparados têm os dois números de sequência brutos de {frames}, com outras portas";
    pauses(equal, of, frames, unit): "{equal} of {of} compared pauses between packets are to the {unit} those before {frames}",
        "{equal} de {of} pausas comparadas entre pacotes são, até o {unit}, as que precedem {frames}";
    NANOSECOND: "nanosecond", "nanossegundo";
    MICROSECOND: "microsecond", "microssegundo";
    OTHER_NUMBERS: "with other sequence numbers", "com outros números de sequência";
    PORTS_TOO: "with other ports", "com outras portas";
    also_ids(count): "{count} of them also the IP identification", "{count} deles também a identificação IP";
    also_stamps(count): "{count} the TCP timestamp", "{count} o timestamp TCP";
    SAME_TIMES: "the same times", "os mesmos horários";
    shifted(by): "all times {by} apart", "todos os horários a {by} de distância";
    OTHER_TIMES: "other times", "outros horários";
}

/// A packet that can be known again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    no: FrameNo,
    ports: (u16, u16),
    /// In nanoseconds since 1970.
    pub(super) time: Option<i64>,
    identification: Option<u16>,
    /// TSval and TSecr.
    stamps: Option<(u32, u32)>,
    /// The sequence number; `None` of UDP.
    seq: Option<u32>,
}

impl Known {
    fn of(row: &Row<'_>) -> Option<Known> {
        let (ports, seq) = match &row.packet.content {
            Content::Tcp(segment) => {
                let seq = row.whole_header()?.seq.0;
                ((segment.source_port, segment.destination_port), Some(seq))
            }
            Content::Udp(datagram) => ((datagram.source_port, datagram.destination_port), None),
            Content::Other(_) => return None,
        };
        Some(Known {
            no: row.frame.no,
            ports,
            time: row
                .frame
                .time
                .and_then(|it| i64::try_from(it.total_nanos()).ok()),
            identification: row.packet.identification(),
            stamps: stamps(&row.packet),
            seq,
        })
    }

    /// Both have the same timestamps, and both of them.
    pub(super) fn same_stamps(&self, other: &Known) -> bool {
        let whole = self.stamps.is_some_and(|(val, ecr)| val != 0 && ecr != 0);
        whole && self.stamps == other.stamps
    }

    /// Both have the same identification, that is one.
    pub(super) fn same_identification(&self, other: &Known) -> bool {
        self.identification.is_some_and(|id| id != 0) && self.identification == other.identification
    }
}

/// What a capture is known by.
#[derive(Clone, Debug, Default)]
pub struct Print {
    sha256: String,
    packets: BTreeMap<u64, Known>,
    pauses: Pauses,
}

/// Two files that hold the same run.
#[derive(Clone, Debug)]
pub struct Same {
    /// The earlier file, by its place.
    pub earlier: usize,
    /// What is equal, in words.
    pub what: String,
    /// Once in how many runs that happens by chance, as a power of two; `None` for equal bytes.
    pub bits: Option<u32>,
}

impl Print {
    /// Takes the next row.
    pub fn take(&mut self, row: &Row<'_>) {
        if row.frame.link == LinkType::ROWS {
            return;
        }
        let Some(known) = Known::of(row) else {
            return;
        };
        self.pauses.take(row, known);
        let mut hash = DefaultHasher::new();
        match &row.packet.content {
            Content::Tcp(segment) => {
                let Some(header) = row.whole_header() else {
                    return;
                };
                if !header.flags.ack() || header.seq.0.min(header.ack.0) < RANDOM {
                    return;
                }
                let numbers = (header.seq.0, header.ack.0, header.flags.0);
                (numbers, segment.payload_len()).hash(&mut hash);
            }
            Content::Udp(_) => {
                let Some(identification) = known.identification.filter(|id| *id != 0) else {
                    return;
                };
                (known.ports, identification, payload::of(row)).hash(&mut hash);
            }
            Content::Other(_) => return,
        }
        self.packets.entry(hash.finish()).or_insert(known);
        if self.packets.len() > KEPT {
            self.packets.pop_last();
        }
    }

    /// The whole, with the SHA-256 of its file.
    #[must_use]
    pub fn of(mut self, sha256: String) -> Print {
        self.sha256 = sha256;
        self.pauses.end();
        self
    }

    /// What it shares with an earlier one, in words and bits.
    fn shares(&self, earlier: &Print, lang: Lang) -> Option<(String, Option<u32>)> {
        if !self.sha256.is_empty() && self.sha256 == earlier.sha256 {
            return Some((SAME_BYTES.get(lang).to_owned(), None));
        }
        let pairs = self.packets.iter();
        let pairs = pairs.filter_map(|(hash, own)| Some((own, earlier.packets.get(hash)?)));
        let (of_tcp, of_udp): (Vec<_>, Vec<_>) =
            pairs.partition(|(own, _): &(&Known, &Known)| own.seq.is_some());
        // What is said is true of each: of segments, or of datagrams.
        let numbered = [of_tcp, of_udp].into_iter().find(|it| it.len() >= LEAST);
        let Some(pairs) = numbered else {
            return self
                .pauses
                .shared(&earlier.pauses)
                .map(|it| paused(&it, lang));
        };
        let of_tcp = pairs.iter().all(|(own, _)| own.seq.is_some());
        let all = self.packets.values();
        let compared = all.filter(|it| it.seq.is_some() == of_tcp).count();
        let frames = frames(&pairs);
        let same_ports = pairs.iter().all(|(own, other)| own.ports == other.ports);
        let mut said = match of_tcp {
            true if !same_ports => {
                vec![other_ports(lang, pairs.len(), compared, frames).to_string()]
            }
            true => vec![tcp(lang, pairs.len(), compared, frames).to_string()],
            false => vec![udp(lang, pairs.len(), compared, frames).to_string()],
        };
        said.extend(also(&pairs, of_tcp, lang));
        said.push(times(&pairs, lang));
        Some((said.join(", "), Some(if of_tcp { 64 } else { 16 })))
    }
}

/// What equal pauses are called, and their bits.
fn paused(shared: &Shared<'_>, lang: Lang) -> (String, Option<u32>) {
    let Shared {
        pairs, of, bits, ..
    } = shared;
    let unit = if shared.nanos {
        NANOSECOND
    } else {
        MICROSECOND
    };
    let frames = frames(pairs);
    let mut said = vec![pauses(lang, pairs.len(), of, frames, unit.get(lang)).to_string()];
    if pairs
        .iter()
        .all(|(own, other)| own.seq.is_some() && own.seq != other.seq)
    {
        said.push(OTHER_NUMBERS.get(lang).to_owned());
    }
    if pairs.iter().all(|(own, other)| own.ports != other.ports) {
        said.push(PORTS_TOO.get(lang).to_owned());
    }
    said.extend(also(pairs, true, lang));
    said.push(times(pairs, lang));
    (said.join(", "), Some(*bits))
}

/// The frames of the earlier file.
fn frames(pairs: &[(&Known, &Known)]) -> String {
    let mut frames: Vec<FrameNo> = pairs.iter().map(|(_, other)| other.no).collect();
    frames.sort_unstable();
    crate::report::grades::frames(&frames)
}

/// What else is equal.
fn also(pairs: &[(&Known, &Known)], identifications: bool, lang: Lang) -> Vec<String> {
    let count = |same: fn(&Known, &Known) -> bool| {
        pairs.iter().filter(|(own, other)| same(own, other)).count()
    };
    let ids = count(Known::same_identification);
    let stamps = count(|own, other| own.stamps.is_some() && own.stamps == other.stamps);
    let mut said = Vec::new();
    if identifications && ids > 0 {
        said.push(also_ids(lang, ids).to_string());
    }
    if stamps > 0 {
        said.push(also_stamps(lang, stamps).to_string());
    }
    said
}

/// How the times of both lie.
fn times(pairs: &[(&Known, &Known)], lang: Lang) -> String {
    let apart = pairs
        .iter()
        .filter_map(|(own, other)| own.time?.checked_sub(other.time?));
    let (least, most) = apart.fold((i64::MAX, i64::MIN), |(least, most), it| {
        (least.min(it), most.max(it))
    });
    let near = least <= most && most.saturating_sub(least) <= NEAR;
    let plain = |text: Text| text.get(lang).to_owned();
    match near {
        true if most.abs() <= NEAR => plain(SAME_TIMES),
        true => shifted(lang, span(most.abs(), lang)).to_string(),
        false => plain(OTHER_TIMES),
    }
}

fn stamps(packet: &Packet<'_>) -> Option<(u32, u32)> {
    let Content::Tcp(segment) = &packet.content else {
        return None;
    };
    let mut stamps = None;
    let _ = segment.read_options(OptionContext::default(), |option| {
        if let TcpOption::Timestamps(value, echoed) = option {
            stamps = Some((value, echoed));
        }
    });
    stamps
}

/// Finds, file by file, the earlier one that a file shares most with.
#[derive(Debug, Default)]
pub struct Finder {
    prints: Vec<Print>,
    /// The first file with a packet.
    owners: BTreeMap<u64, usize>,
    /// The first file with a pause.
    paused: BTreeMap<u64, usize>,
    hashes: BTreeMap<String, usize>,
}

impl Finder {
    /// Takes the next file; what it shares with an earlier one.
    pub fn take(&mut self, print: Print, lang: Lang) -> Option<Same> {
        let place = self.prints.len();
        let candidates = [
            self.hashes.get(&print.sha256).copied(),
            most(print.packets.keys(), &self.owners),
            most(print.pauses.hashes(), &self.paused),
        ];
        let same = candidates.into_iter().flatten().find_map(|earlier| {
            let (what, bits) = print.shares(self.prints.get(earlier)?, lang)?;
            Some(Same {
                earlier,
                what,
                bits,
            })
        });
        for hash in print.packets.keys() {
            self.owners.entry(*hash).or_insert(place);
        }
        for hash in print.pauses.hashes() {
            self.paused.entry(*hash).or_insert(place);
        }
        if !print.sha256.is_empty() {
            self.hashes.entry(print.sha256.clone()).or_insert(place);
        }
        self.prints.push(print);
        same
    }
}

/// The file that has most of these first.
fn most<'a>(hashes: impl Iterator<Item = &'a u64>, owners: &BTreeMap<u64, usize>) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for owner in hashes.filter_map(|hash| owners.get(hash)) {
        *counts.entry(*owner).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(owner, count)| (*count, std::cmp::Reverse(*owner)));
    most.map(|(owner, _)| owner)
}
