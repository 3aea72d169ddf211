//! What a capture file says about itself.

use super::order::ByteOrder;
use crate::model::frame::LinkType;
use crate::model::interface_counts::InterfaceCounts;

/// How many interfaces are described in full; further ones are only counted.
pub(super) const INTERFACES_KEPT: usize = 256;

/// The longest text that is kept of a file's own description, in bytes.
pub(super) const TEXT_KEPT: usize = 1024;

/// What is known of a capture file beside its packets. It grows while the file is read: a
/// pcapng file may describe an interface just before its first packet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFacts {
    /// The format.
    pub format: Format,
    /// How the file is packed.
    pub compression: Compression,
    /// The byte order of the file, or of the latest section of a pcapng file.
    pub byte_order: ByteOrder,
    /// Its size in bytes as it lies there; `None` for a pipe.
    pub size: Option<u64>,
    /// The interfaces, in the order of their description; one in a pcap file. At most 256.
    pub interfaces: Vec<InterfaceFacts>,
    /// How many interfaces there are, the ones beyond those 256 included.
    pub interface_count: u64,
    /// How many sections a pcapng file has had so far; 1 in a pcap file.
    pub sections: u64,
    /// The machine that captured (pcapng, `shb_hardware`).
    pub hardware: Option<String>,
    /// Its operating system (pcapng, `shb_os`).
    pub os: Option<String>,
    /// The program that wrote the file (pcapng, `shb_userappl`).
    pub application: Option<String>,
    /// The first section's first comment (pcapng, `opt_comment`).
    pub comment: Option<String>,
    /// A comment on a packet tells of a call of a program that was watched
    /// ([`call_comment`](crate::model::call_comment)).
    pub watched: bool,
}

/// One capture interface.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct InterfaceFacts {
    /// What its frames begin with.
    pub link: Option<LinkType>,
    /// How many bytes of a packet were kept at most; 0 for no limit.
    pub snap_len: u32,
    /// How many decimals of a second its times have.
    pub decimals: u8,
    /// Its name (pcapng, `if_name`).
    pub name: Option<String>,
    /// What it is (pcapng, `if_description`).
    pub description: Option<String>,
    /// The operating system it was on (pcapng, `if_os`).
    pub os: Option<String>,
    /// The capture filter (pcapng, `if_filter`), where it is text.
    pub filter: Option<String>,
    /// What was counted there, as far as the file has said so.
    pub counts: InterfaceCounts,
}

/// A capture file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// pcap with microseconds.
    Pcap,
    /// pcap with nanoseconds.
    PcapNanos,
    /// pcap of Linux distributions of 1999, with an interface index for each packet.
    PcapModified,
    /// pcap of AIX, with nanoseconds.
    PcapAix,
    /// pcap of Nokia's firewalls, with four more bytes for each packet.
    PcapNokia,
    /// pcapng.
    Pcapng,
    /// Rows of text: what Wireshark, tshark or tcpdump shows of packets.
    Text,
}

impl Format {
    /// The name of the format.
    pub const fn name(self) -> &'static str {
        match self {
            Format::Pcap => "pcap",
            Format::PcapNanos => "pcap (ns)",
            Format::PcapModified => "pcap (modified)",
            Format::PcapAix => "pcap (AIX)",
            Format::PcapNokia => "pcap (Nokia)",
            Format::Pcapng => "pcapng",
            Format::Text => "text",
        }
    }
}

/// How a file is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
    /// LZ4 frames.
    Lz4,
}

impl Compression {
    /// The name of the compression; empty for none.
    pub const fn name(self) -> &'static str {
        match self {
            Compression::None => "",
            Compression::Gzip => "gzip",
            Compression::Zstd => "zstd",
            Compression::Lz4 => "lz4",
        }
    }
}

impl FileFacts {
    /// Facts about a file of which only the format is known.
    pub(super) fn new(format: Format, byte_order: ByteOrder) -> Self {
        Self {
            format,
            compression: Compression::None,
            byte_order,
            size: None,
            interfaces: Vec::new(),
            interface_count: 0,
            sections: 1,
            hardware: None,
            os: None,
            application: None,
            comment: None,
            watched: false,
        }
    }

    /// Adds an interface.
    pub(super) fn add_interface(&mut self, interface: InterfaceFacts) {
        self.interface_count += 1;
        if self.interfaces.len() < INTERFACES_KEPT {
            self.interfaces.push(interface);
        }
    }
}
