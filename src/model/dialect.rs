//! Which version of Wireshark the rows follow.
//!
//! The marks whose rule has changed keep their versions side by side in their own files
//! (`analysis/tcp/rules`). What else has changed has a name here, with what it was before, and is
//! asked for where it matters; nothing else knows of versions.

/// A version of Wireshark whose words and numbers netlab's rows have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[non_exhaustive]
pub enum Dialect {
    /// Wireshark 4.0, as in Debian 12.
    V4_0,
    /// Wireshark 4.4, as in Debian 13.
    V4_4,
    /// Wireshark 4.6, as on Windows and macOS.
    #[default]
    V4_6,
}

/// One value for each dialect, by [`Dialect::index`].
pub type Versions<T> = [T; Dialect::ALL.len()];

impl Dialect {
    /// All of them, the oldest first.
    pub const ALL: [Dialect; 3] = [Dialect::V4_0, Dialect::V4_4, Dialect::V4_6];

    /// The version as it is typed and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::V4_0 => "4.0",
            Dialect::V4_4 => "4.4",
            Dialect::V4_6 => "4.6",
        }
    }

    /// The release of tshark that the rows were compared with.
    pub const fn tshark(self) -> &'static str {
        match self {
            Dialect::V4_0 => "4.0.17",
            Dialect::V4_4 => "4.4.19",
            Dialect::V4_6 => "4.6.9",
        }
    }

    /// The dialect with this [`name`](Self::name).
    pub fn find(name: &str) -> Option<Dialect> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// Its place in [`Versions`].
    pub const fn index(self) -> usize {
        match self {
            Dialect::V4_0 => 0,
            Dialect::V4_4 => 1,
            Dialect::V4_6 => 2,
        }
    }

    const fn since(self, first: Dialect) -> bool {
        self.index() >= first.index()
    }

    /// A SYN-ACK that reuses ports opens a stream. In 4.0 only a SYN without ACK did.
    pub const fn syn_ack_opens_stream(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// Numbers are relative also where the length of a segment cannot be measured.
    pub const fn relative_unmeasured(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// An acknowledgment of a part of a segment measures a round trip, too. In 4.0 only one of its
    /// very end did.
    pub const fn part_acked_measures(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// How many SACK blocks of a segment are remembered.
    pub const fn sack_blocks(self) -> u8 {
        match self {
            Dialect::V4_0 => 3,
            Dialect::V4_4 | Dialect::V4_6 => 4,
        }
    }

    /// Bytes in flight are told from the first segment on. Since 4.6 they wait until the other side
    /// has acknowledged something.
    pub const fn flight_known_at_first(self) -> bool {
        !self.since(Dialect::V4_6)
    }

    /// The first segment counts for completeness whatever it is. In 4.0 only a SYN did.
    pub const fn first_counts(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// Conversations count segments whose options are cut or broken.
    pub const fn counts_cut_options(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// A header that ends before its window is read as far as it goes. Before 4.6 nothing behind
    /// the ports was read of it.
    pub const fn reads_without_window(self) -> bool {
        self.since(Dialect::V4_6)
    }

    /// The window is shown also where the header length cannot be right.
    pub const fn window_of_bogus_header(self) -> bool {
        !self.since(Dialect::V4_6)
    }

    /// The window is scaled also where the length of a segment cannot be measured.
    pub const fn scales_unmeasured(self) -> bool {
        self.since(Dialect::V4_6)
    }

    /// Datagrams without payload have times in their stream, too. In 4.0 only those with payload
    /// were looked at.
    pub const fn times_empty_datagrams(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// The last four bytes of a Cisco FabricPath frame are a checksum. Since 4.6 the frame within
    /// goes on to the end.
    pub const fn fabric_path_ends_with_checksum(self) -> bool {
        !self.since(Dialect::V4_6)
    }

    /// A trailer of an Ethernet frame that is too short to be one is told of at the end of Info.
    pub const fn tells_short_trailers(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// What MACsec protects is taken to be as long as its tag says, and marked as not verified; what
    /// is encrypted is told of as malformed. 4.0 only read what was not encrypted.
    pub const fn verifies_macsec(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// What an ICMPv6 code means begins with a capital letter. Before 4.6 some did not.
    pub const fn capitalises_icmpv6_codes(self) -> bool {
        self.since(Dialect::V4_6)
    }

    /// A fraction of a second that is none is told apart from the seconds, as a number of nanoseconds.
    pub const fn tells_broken_fraction(self) -> bool {
        self.since(Dialect::V4_4)
    }

    /// Times count from the first frame that has one. In 4.0 they counted from 1970 where the very
    /// first frame had none.
    pub const fn starts_at_first_time(self) -> bool {
        self.since(Dialect::V4_4)
    }
}
