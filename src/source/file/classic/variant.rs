//! Formats that share pcap's magic numbers but not its packet headers. Nothing in the file header
//! tells them apart, so the first packets are read as each, and the one that makes the most
//! sense wins: the rule of tshark 4.0, in its order.

use std::io::Result;

use super::super::window::{LIMIT, Window};
use super::{Classic, RecordHeader};

/// What a packet's header looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// As everyone writes it, microseconds.
    Plain,
    /// The same with nanoseconds.
    Nanos,
    /// AIX: nanoseconds, and other link types.
    Aix,
    /// Alexey Kuznetsov's patch of 17 April 1999 (Red Hat 6.1): the interface, the protocol and
    /// the direction of each packet; the magic number of the plain format.
    Ss990417,
    /// His patch of 15 September 1999 (SuSE 6.3): four bytes more, a magic number of its own.
    Ss990915,
    /// His patch of 29 October 1999: the first one's header, the second one's magic number.
    Ss991029,
    /// Nokia's firewalls: four bytes of unknown meaning.
    Nokia,
}

/// What a file with the plain magic number can be.
pub(super) static STANDARD: [Variant; 3] = [Variant::Plain, Variant::Ss990417, Variant::Nokia];

/// What a file with the changed magic number can be.
pub(super) static MODIFIED: [Variant; 2] = [Variant::Ss991029, Variant::Ss990915];

/// How many packets are read for a guess.
const PACKETS_TRIED: usize = 3;

impl Variant {
    /// The length of a packet's header in bytes.
    pub(super) fn record_header(self) -> usize {
        match self {
            Variant::Plain | Variant::Nanos | Variant::Aix => 16,
            Variant::Nokia => 20,
            Variant::Ss990417 | Variant::Ss991029 => 24,
            Variant::Ss990915 => 28,
        }
    }
}

/// The link type that AIX means: it writes the interface types of RFC 1573. `None` where the
/// number is none of those that only AIX wrote.
pub(super) fn aix_link_type(interface_type: u32) -> Option<u32> {
    match interface_type {
        6 => Some(1),
        9 => Some(6),
        15 => Some(10),
        24 => Some(0),
        _ => None,
    }
}

/// The variant that makes the most sense of the first packets; the first of `candidates` among
/// equals. Only a `patient` guess waits for bytes that have not come yet.
///
/// One thing is not as in tshark: a plain file that was cut within its first packets is a plain
/// file. tshark takes it for another variant where the cut happens to be at a packet's end there.
pub(super) fn guess(
    candidates: &[Variant],
    reader: &Classic,
    snap_len: u32,
    window: &mut Window,
    patient: bool,
) -> Result<Variant> {
    let mut best = (u32::MAX, Variant::Plain);
    for &variant in candidates {
        let faults = match judge(variant, reader, snap_len, window, patient)? {
            Judgement::Sound => return Ok(variant),
            Judgement::Cut if variant == Variant::Plain => return Ok(variant),
            Judgement::Cut => 1,
            Judgement::Faulty(count) => count,
        };
        if faults < best.0 {
            best = (faults, variant);
        }
    }
    Ok(best.1)
}

/// What the first packets look like when they are read as a variant.
enum Judgement {
    /// They make sense.
    Sound,
    /// They make sense as far as they go, and the file ends inside one.
    Cut,
    /// So many things are wrong with the first that makes none.
    Faulty(u32),
}

fn judge(
    variant: Variant,
    reader: &Classic,
    snap_len: u32,
    window: &mut Window,
    patient: bool,
) -> Result<Judgement> {
    let header = variant.record_header();
    let mut at = 0;
    for _ in 0..PACKETS_TRIED {
        if !reach(window, at + header, patient)? {
            // A file that ends between packets ends well. On a pipe the rest may still come.
            let ended_well = !patient || window.bytes().len() <= at;
            return Ok(if ended_well {
                Judgement::Sound
            } else {
                Judgement::Cut
            });
        }
        let rest = window.bytes().get(at..).unwrap_or_default();
        let head = RecordHeader::read(reader.order, reader.lengths, rest);
        let found = u32::from(head.fraction >= 1_000_000)
            + u32::from(head.kept > reader.most)
            + u32::from(head.original > 128 << 20)
            + u32::from(head.kept > snap_len)
            + u32::from(head.kept > head.original);
        if found > 0 {
            return Ok(Judgement::Faulty(found));
        }
        at += header + head.kept as usize;
        if !reach(window, at, patient)? {
            return Ok(if patient && at <= LIMIT {
                Judgement::Cut
            } else {
                Judgement::Sound
            });
        }
    }
    Ok(Judgement::Sound)
}

fn reach(window: &mut Window, count: usize, patient: bool) -> Result<bool> {
    if patient {
        window.has(count)
    } else {
        Ok(window.bytes().len() >= count)
    }
}
