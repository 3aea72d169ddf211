//! A frame: bytes as captured, before anything is understood.

use super::time::Timestamp;

/// The number of a frame in its capture, from 1, as Wireshark counts.
pub type FrameNo = u32;

/// How the bytes of a frame begin: a link type as in the file formats
/// (<https://www.tcpdump.org/linktypes.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkType(pub u32);

impl LinkType {
    /// BSD loopback: a 4-byte address family in the byte order of the machine that captured.
    pub const NULL: LinkType = LinkType(0);
    /// Ethernet (IEEE 802.3).
    pub const ETHERNET: LinkType = LinkType(1);
    /// Raw IP, version 4 or 6.
    pub const RAW: LinkType = LinkType(101);
    /// OpenBSD loopback: a 4-byte address family in network byte order.
    pub const LOOP: LinkType = LinkType(108);
    /// Linux cooked capture, version 1.
    pub const LINUX_SLL: LinkType = LinkType(113);
    /// Linux cooked capture, version 2.
    pub const LINUX_SLL2: LinkType = LinkType(276);
    /// Not a packet: a custom block of a pcapng file. tshark counts it as a frame, with protocol
    /// PCAPNG; blocks of unknown types it passes over.
    pub const PCAPNG_BLOCK: LinkType = LinkType(u32::MAX);
    /// Not a packet: an entry of systemd's journal in a pcapng file; tshark's protocol is
    /// `systemd Journal`.
    pub const SYSTEMD_JOURNAL: LinkType = LinkType(u32::MAX - 1);
    /// Not a packet: a system call that sysdig recorded; tshark's protocol is `Sysdig Event`.
    pub const SYSDIG_EVENT: LinkType = LinkType(u32::MAX - 2);
    /// Told by a row of text and not captured: IP with the numbers as they are shown, without
    /// payload.
    pub const ROWS: LinkType = LinkType(u32::MAX - 3);

    /// Whether a frame is a block of a pcapng file that holds no packet.
    pub fn holds_no_packet(self) -> bool {
        matches!(
            self,
            Self::PCAPNG_BLOCK | Self::SYSTEMD_JOURNAL | Self::SYSDIG_EVENT
        )
    }
}

/// One captured frame, borrowed from the buffer it was read into.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    /// Its number in the capture.
    pub no: FrameNo,
    /// When it was captured; `None` in a pcapng simple packet block, which holds no time.
    pub time: Option<Timestamp>,
    /// How many decimals of a second its time has (6 for microseconds, 9 for nanoseconds).
    pub decimals: u8,
    /// What its first bytes are.
    pub link: LinkType,
    /// The capture interface, counted from 0 (0 where the format knows only one).
    pub interface: u32,
    /// Its length on the wire in bytes; `bytes` holds as many of them as were kept.
    pub wire_len: u32,
    /// The bytes that were kept.
    pub bytes: &'a [u8],
}
