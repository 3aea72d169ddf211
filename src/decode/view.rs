//! A stretch of a frame: the bytes that were kept and how many there were on the wire.

use crate::model::transport::Transport;

/// The bytes of one layer and everything above it.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'a> {
    /// The bytes that were kept; never more than `len`.
    pub(super) bytes: &'a [u8],
    /// How many bytes there were.
    pub(super) len: usize,
}

/// Why a field cannot be read. tshark says so at the end of the Info column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Short {
    /// The bytes were on the wire and not kept.
    Cut,
    /// The packet itself ends before the field does.
    Malformed,
    /// The packet ends before a part of it that says its own length.
    Contained,
    /// Nothing is missing, but nobody has the key to verify it with (MACsec).
    Unverified,
}

impl Short {
    /// tshark's words, appended to Info without a space.
    pub(super) const fn text(self) -> &'static str {
        match self {
            Short::Cut => "[Packet size limited during capture]",
            Short::Malformed => "[Malformed Packet]",
            Short::Unverified => " [UNVERIFIED]",
            Short::Contained => {
                "[Malformed Packet: length of contained item exceeds length of containing item]"
            }
        }
    }
}

impl<'a> View<'a> {
    /// All of `bytes`, which came from `len` bytes on the wire. A frame that claims to be shorter
    /// than what was kept of it counts as long as that, as in tshark.
    pub(super) fn new(bytes: &'a [u8], len: usize) -> Self {
        Self {
            bytes,
            len: len.max(bytes.len()),
        }
    }

    /// Bytes of which none is missing.
    pub(super) fn whole(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            len: bytes.len(),
        }
    }

    /// Why the bytes up to `end` cannot be read.
    pub(super) fn shortage(self, end: usize) -> Short {
        if end <= self.len {
            Short::Cut
        } else {
            Short::Malformed
        }
    }

    /// The first `count` bytes.
    pub(super) fn head(self, count: usize) -> Result<&'a [u8], Short> {
        self.bytes.get(..count).ok_or_else(|| self.shortage(count))
    }

    /// `N` bytes from `at`.
    pub(super) fn array<const N: usize>(self, at: usize) -> Result<&'a [u8; N], Short> {
        self.bytes
            .get(at..)
            .and_then(<[u8]>::first_chunk)
            .ok_or_else(|| self.shortage(at.saturating_add(N)))
    }

    /// The byte at `at`.
    pub(super) fn byte(self, at: usize) -> Result<u8, Short> {
        self.array::<1>(at).map(|[byte]| *byte)
    }

    /// The 16 bits at `at`, in network order.
    pub(super) fn be16(self, at: usize) -> Result<u16, Short> {
        self.array(at).map(|bytes| u16::from_be_bytes(*bytes))
    }

    /// The 32 bits at `at`, in network order.
    pub(super) fn be32(self, at: usize) -> Result<u32, Short> {
        self.array(at).map(|bytes| u32::from_be_bytes(*bytes))
    }

    /// What follows the first `count` bytes, all of which were kept.
    pub(super) fn skip(self, count: usize) -> Result<View<'a>, Short> {
        match self.bytes.get(count..) {
            Some(bytes) => Ok(View {
                bytes,
                len: self.len - count,
            }),
            None => Err(self.shortage(count)),
        }
    }

    /// The same, at most `len` bytes long: what follows is padding.
    #[must_use]
    pub(super) fn limit(self, len: usize) -> View<'a> {
        View {
            bytes: self.bytes.get(..len).unwrap_or(self.bytes),
            len: self.len.min(len),
        }
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Whether all bytes were kept.
    pub(super) fn is_whole(self) -> bool {
        self.bytes.len() == self.len
    }
}

impl<'a> From<Transport<'a>> for View<'a> {
    fn from(transport: Transport<'a>) -> Self {
        View::new(
            transport.bytes,
            usize::try_from(transport.len).unwrap_or(usize::MAX),
        )
    }
}
