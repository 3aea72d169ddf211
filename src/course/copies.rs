//! Captures of the same run: whole copies, and cut, filtered, saved again or with other times.
//!
//! Two runs of the same program choose their initial sequence numbers (RFC 6528), client ports,
//! timestamps and IP identifications anew. A packet is known again by both numbers of its TCP header
//! as they stand, 64 bits that two runs share by chance once in 2^64, whatever its ports are; a UDP
//! datagram by its ports, its payload and its IP identification, 16 bits. What is equal is said, and
//! how unlikely that is; who copied, or whether anybody did, no packet tells.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

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
    also_ids(count): "{count} of them also the IP identification", "{count} deles também a identificação IP";
    also_stamps(count): "{count} the TCP timestamp", "{count} o timestamp TCP";
    SAME_TIMES: "the same times", "os mesmos horários";
    shifted(by): "all times {by} apart", "todos os horários a {by} de distância";
    OTHER_TIMES: "other times", "outros horários";
}

/// A packet that can be known again.
#[derive(Clone, Copy, Debug)]
struct Known {
    no: FrameNo,
    ports: (u16, u16),
    /// In nanoseconds since 1970.
    time: Option<i64>,
    identification: Option<u16>,
    stamp: Option<u32>,
    tcp: bool,
}

/// What a capture is known by.
#[derive(Clone, Debug, Default)]
pub struct Print {
    sha256: String,
    packets: BTreeMap<u64, Known>,
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
        let mut hash = DefaultHasher::new();
        let (tcp, ports) = match &row.packet.content {
            Content::Tcp(segment) => {
                let Some(header) = row.whole_header() else {
                    return;
                };
                if !header.flags.ack() || header.seq.0.min(header.ack.0) < RANDOM {
                    return;
                }
                let ports = (segment.source_port, segment.destination_port);
                let numbers = (header.seq.0, header.ack.0, header.flags.0);
                (numbers, segment.payload_len()).hash(&mut hash);
                (true, ports)
            }
            Content::Udp(datagram) => {
                let Some(identification) = row.packet.identification().filter(|id| *id != 0) else {
                    return;
                };
                let ports = (datagram.source_port, datagram.destination_port);
                (ports, identification, payload::of(row)).hash(&mut hash);
                (false, ports)
            }
            Content::Other(_) => return,
        };
        let time = row.frame.time;
        let known = Known {
            no: row.frame.no,
            ports,
            time: time.and_then(|it| i64::try_from(it.total_nanos()).ok()),
            identification: row.packet.identification(),
            stamp: stamp(&row.packet),
            tcp,
        };
        self.packets.entry(hash.finish()).or_insert(known);
        if self.packets.len() > KEPT {
            self.packets.pop_last();
        }
    }

    /// The whole, with the SHA-256 of its file.
    #[must_use]
    pub fn of(mut self, sha256: String) -> Print {
        self.sha256 = sha256;
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
            pairs.partition(|(own, _): &(&Known, &Known)| own.tcp);
        // What is said is true of each: of segments, or of datagrams.
        let pairs = [of_tcp, of_udp].into_iter().find(|it| it.len() >= LEAST)?;
        let of_tcp = pairs.iter().all(|(own, _)| own.tcp);
        let compared = self.packets.values().filter(|it| it.tcp == of_tcp).count();
        let mut frames: Vec<FrameNo> = pairs.iter().map(|(_, other)| other.no).collect();
        frames.sort_unstable();
        let frames = crate::report::grades::frames(&frames);
        let same_ports = pairs.iter().all(|(own, other)| own.ports == other.ports);
        let mut said = match of_tcp {
            true if !same_ports => {
                vec![other_ports(lang, pairs.len(), compared, frames).to_string()]
            }
            true => vec![tcp(lang, pairs.len(), compared, frames).to_string()],
            false => vec![udp(lang, pairs.len(), compared, frames).to_string()],
        };
        let count = |same: &dyn Fn(&Known, &Known) -> bool| {
            pairs.iter().filter(|(own, other)| same(own, other)).count()
        };
        let ids = count(&|own, other| {
            own.identification.is_some() && own.identification == other.identification
        });
        if of_tcp && ids > 0 {
            said.push(also_ids(lang, ids).to_string());
        }
        let stamps = count(&|own, other| own.stamp.is_some() && own.stamp == other.stamp);
        if stamps > 0 {
            said.push(also_stamps(lang, stamps).to_string());
        }
        said.push(times(&pairs, lang));
        Some((said.join(", "), Some(if of_tcp { 64 } else { 16 })))
    }
}

/// How the times of both lie.
fn times(pairs: &[(&Known, &Known)], lang: Lang) -> String {
    let apart = pairs
        .iter()
        .filter_map(|(own, other)| own.time?.checked_sub(other.time?));
    let (least, most) = apart.fold((i64::MAX, i64::MIN), |(least, most), it| {
        (least.min(it), most.max(it))
    });
    // A file of microseconds cuts nanoseconds off.
    let near = least <= most && most.saturating_sub(least) <= 1_000;
    let plain = |text: Text| text.get(lang).to_owned();
    match near {
        true if most.abs() <= 1_000 => plain(SAME_TIMES),
        true => shifted(lang, span(most.abs(), lang)).to_string(),
        false => plain(OTHER_TIMES),
    }
}

fn stamp(packet: &Packet<'_>) -> Option<u32> {
    let Content::Tcp(segment) = &packet.content else {
        return None;
    };
    let mut stamp = None;
    let _ = segment.read_options(OptionContext::default(), |option| {
        if let TcpOption::Timestamps(value, _) = option {
            stamp = Some(value);
        }
    });
    stamp
}

/// Finds, file by file, the earlier one that a file shares most with.
#[derive(Debug, Default)]
pub struct Finder {
    prints: Vec<Print>,
    /// The first file with a packet.
    owners: BTreeMap<u64, usize>,
    hashes: BTreeMap<String, usize>,
}

impl Finder {
    /// Takes the next file; what it shares with an earlier one.
    pub fn take(&mut self, print: Print, lang: Lang) -> Option<Same> {
        let place = self.prints.len();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for hash in print.packets.keys() {
            if let Some(owner) = self.owners.get(hash) {
                *counts.entry(*owner).or_default() += 1;
            }
        }
        let most = counts
            .iter()
            .max_by_key(|(owner, count)| (**count, std::cmp::Reverse(**owner)));
        let twin = self.hashes.get(&print.sha256).copied();
        let earlier = twin.or(most.map(|(owner, _)| *owner));
        let same = earlier.and_then(|earlier| {
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
        if !print.sha256.is_empty() {
            self.hashes.entry(print.sha256.clone()).or_insert(place);
        }
        self.prints.push(print);
        same
    }
}
