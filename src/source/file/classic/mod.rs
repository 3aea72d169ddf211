//! pcap files: one header, then a small header and the bytes of each packet
//! (draft-ietf-opsawg-pcap).
//!
//! Read here and not by pcap-parser, which knows neither the formats that share pcap's magic
//! number (see [`variant`]) nor the swapped lengths of old versions, and cannot say at which byte
//! a file is damaged.

mod usual;
mod variant;

use self::variant::Variant;
use super::facts::{FileFacts, Format, InterfaceFacts};
use super::links;
use super::order::ByteOrder;
use super::record::{Record, Stop};
use super::window::Window;
use crate::model::frame::LinkType;
use crate::model::time::Timestamp;
use crate::source::damage::{Damage, Unsupported};

/// The file header's length in bytes; Ixia's has four more.
pub(super) const HEADER: usize = 24;

/// What the first four bytes of a pcap file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Magic {
    order: ByteOrder,
    family: Family,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    /// Microseconds, or one of the variants that kept the number.
    Standard,
    /// Nanoseconds.
    Nanos,
    /// The variants that changed the number.
    Modified,
    /// Ixia's, with the length of the file behind the header.
    Ixia,
}

impl Magic {
    /// What `head` says; `None` where it is not the start of a pcap file.
    pub(super) fn of(head: &[u8]) -> Option<Magic> {
        [ByteOrder::Little, ByteOrder::Big]
            .into_iter()
            .find_map(|order| {
                let family = match order.u32(head, 0) {
                    0xa1b2_c3d4 => Family::Standard,
                    0xa1b2_3c4d => Family::Nanos,
                    0xa1b2_cd34 => Family::Modified,
                    0x1c00_01ac | 0x1c00_01ab => Family::Ixia,
                    _ => return None,
                };
                Some(Magic { order, family })
            })
    }
}

/// How the two lengths of a packet stand in old files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lengths {
    /// Kept, then original.
    Usual,
    /// Original, then kept: before version 2.3.
    Swapped,
    /// Version 2.3: some programs swapped them. Nobody keeps more than there was.
    SwappedIfLonger,
}

/// Reads the packets of a pcap file.
#[derive(Clone)]
pub(super) struct Classic {
    order: ByteOrder,
    lengths: Lengths,
    variant: Variant,
    link: u32,
    most: u32,
    decimals: u8,
    /// Whether [`Classic::usual`] can read its records.
    is_usual: bool,
}

/// Why a pcap file could not be opened.
pub(super) enum Refusal {
    /// It ends, or cannot be read.
    Stop(Stop),
    /// It is of a kind that netlab does not read.
    Unsupported(Unsupported),
}

impl Classic {
    /// Reads the file header. `patient` where the input is a file: there the first packets
    /// are all looked at to tell the variant; on a pipe only what has already come.
    pub(super) fn open(
        magic: Magic,
        window: &mut Window,
        patient: bool,
    ) -> Result<(Self, FileFacts), Refusal> {
        let order = magic.order;
        let extra = if magic.family == Family::Ixia { 4 } else { 0 };
        if !window.has(HEADER + extra).map_err(Refusal::io)? {
            return Err(Refusal::Stop(Stop::Cut));
        }
        let head = window.bytes();
        let (major, minor) = (order.u16(head, 4), order.u16(head, 6));
        let snap_len = order.u32(head, 16);
        let field = order.u32(head, 20);
        window.advance(HEADER + extra);
        if major < 2 {
            return Err(Refusal::Unsupported(Unsupported::Version { major, minor }));
        }
        let lengths = match (major, minor) {
            (2, 0..=2) | (543, _) => Lengths::Swapped,
            (2, 3) => Lengths::SwappedIfLonger,
            _ => Lengths::Usual,
        };
        let aix = (magic.family == Family::Standard && (major, minor) == (2, 2))
            .then(|| variant::aix_link_type(field))
            .flatten();
        let field = aix.unwrap_or(field);
        // The four highest bits and bit 26 tell the length of the frame check sequence.
        if field & 0x03ff_0000 != 0 {
            return Err(Refusal::Unsupported(Unsupported::LinkTypeBits { field }));
        }
        let mut link = field & 0xffff;
        let mut reader = Self {
            order,
            lengths,
            variant: Variant::Plain,
            link,
            most: links::most_bytes(link),
            decimals: 6,
            is_usual: false,
        };
        reader.variant = match (magic.family, aix) {
            (_, Some(_)) => Variant::Aix,
            (Family::Nanos, _) => Variant::Nanos,
            (Family::Ixia, _) => Variant::Plain,
            (Family::Standard, _) => {
                variant::guess(&variant::STANDARD, &reader, snap_len, window, patient)
                    .map_err(Refusal::io)?
            }
            (Family::Modified, _) => {
                variant::guess(&variant::MODIFIED, &reader, snap_len, window, true)
                    .map_err(Refusal::io)?
            }
        };
        if reader.variant == Variant::Nokia && link == 13 {
            // Their number for ATM with a header in front.
            link = 123;
            reader.link = link;
        }
        reader.decimals = reader.variant.decimals();
        reader.is_usual = reader.may_be_usual();
        let mut facts = FileFacts::new(reader.variant.format(), order);
        facts.add_interface(InterfaceFacts {
            link: Some(LinkType(link)),
            snap_len,
            decimals: reader.decimals,
            ..InterfaceFacts::default()
        });
        Ok((reader, facts))
    }

    /// The link type of all packets.
    pub(super) fn link(&self) -> LinkType {
        LinkType(self.link)
    }

    /// The next packet; `None` at a clean end.
    // Every packet of every file passes here: without the word the second caller, which reads piece
    // by piece, keeps it out of the first one's loop.
    #[inline(always)]
    pub(super) fn next(&self, window: &mut Window) -> Result<Option<Record>, Stop> {
        match self.usual(window.bytes()) {
            Some(record) => Ok(Some(record)),
            None => self.any(window),
        }
    }

    /// Whether `bytes` begin with a whole packet.
    pub(super) fn holds(&self, bytes: &[u8]) -> bool {
        let header = self.variant.record_header();
        let kept = || RecordHeader::read(self.order, self.lengths, bytes).kept as usize;
        bytes.len() >= header && bytes.len() - header >= kept()
    }

    /// The next packet of any file.
    fn any(&self, window: &mut Window) -> Result<Option<Record>, Stop> {
        let header = self.variant.record_header();
        if !window.has(header)? {
            return if window.bytes().is_empty() && !window.torn() {
                Ok(None)
            } else {
                Err(Stop::Cut)
            };
        }
        let head = RecordHeader::read(self.order, self.lengths, window.bytes());
        if head.kept > self.most {
            return Err(Stop::Damaged(Damage::PacketTooLarge {
                claimed: head.kept,
                most: self.most,
            }));
        }
        let size = header + head.kept as usize;
        if !window.has(size)? {
            return Err(Stop::Cut);
        }
        let about = links::packet_start(self.link, head.kept)?;
        let skipped = self.variant.padding(self.link, head.kept)? + about;
        Ok(Some(Record {
            time: Some(self.variant.time(head.secs, head.fraction)),
            decimals: self.decimals,
            link: LinkType(self.link),
            interface: 0,
            wire_len: head.original.wrapping_sub(skipped),
            start: header + skipped as usize,
            about,
            len: (head.kept - skipped) as usize,
            size,
        }))
    }
}

impl Refusal {
    fn io(error: std::io::Error) -> Self {
        Refusal::Stop(Stop::Io(error))
    }
}

/// The four numbers that every variant has in front of a packet.
#[derive(Clone, Copy, Debug)]
struct RecordHeader {
    secs: u32,
    fraction: u32,
    kept: u32,
    original: u32,
}

impl RecordHeader {
    #[inline]
    fn read(order: ByteOrder, lengths: Lengths, bytes: &[u8]) -> Self {
        // The caller has seen that they are there. One check here saves one for each field.
        let bytes = bytes.first_chunk::<16>().unwrap_or(&[0; 16]);
        let (kept, original) = (order.u32(bytes, 8), order.u32(bytes, 12));
        let swapped = match lengths {
            Lengths::Usual => false,
            Lengths::Swapped => true,
            Lengths::SwappedIfLonger => kept > original,
        };
        let (kept, original) = if swapped {
            (original, kept)
        } else {
            (kept, original)
        };
        Self {
            secs: order.u32(bytes, 0),
            fraction: order.u32(bytes, 4),
            kept,
            original,
        }
    }
}

impl Variant {
    fn decimals(self) -> u8 {
        match self {
            Variant::Nanos | Variant::Aix => 9,
            _ => 6,
        }
    }

    fn format(self) -> Format {
        match self {
            Variant::Plain => Format::Pcap,
            Variant::Nanos => Format::PcapNanos,
            Variant::Aix => Format::PcapAix,
            Variant::Nokia => Format::PcapNokia,
            Variant::Ss990417 | Variant::Ss991029 | Variant::Ss990915 => Format::PcapModified,
        }
    }

    /// tshark keeps the fraction of a second as a signed 32-bit number of nanoseconds; a damaged
    /// one wraps there.
    #[inline]
    fn time(self, secs: u32, fraction: u32) -> Timestamp {
        let nanos = match self {
            Variant::Nanos | Variant::Aix => fraction,
            _ => fraction.wrapping_mul(1000),
        };
        Timestamp::claimed(i64::from(secs), nanos.cast_signed())
    }

    /// AIX puts three bytes in front of an FDDI frame.
    fn padding(self, link: u32, kept: u32) -> Result<u32, Damage> {
        if self != Variant::Aix || link != 10 {
            return Ok(0);
        }
        if kept < 3 {
            return Err(Damage::PacketTooShort {
                len: kept,
                least: 3,
            });
        }
        Ok(3)
    }
}
