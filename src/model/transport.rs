//! The bytes that IP hands to TCP or UDP, and where they were found.

/// The bytes of a TCP segment or UDP datagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transport<'a> {
    /// The header and payload bytes that are there: at least 4, at most `len`.
    pub bytes: &'a [u8],
    /// How many bytes IP hands over. Where it is more
    /// than `bytes` holds, the rest was on the wire and not kept by the capture.
    pub len: u32,
    /// How much of its datagram was found, and where.
    pub extent: Extent,
    /// UDP-Lite (RFC 3828), protocol 136.
    pub lite: bool,
    /// IPv6 below: a UDP checksum of 0 is illegal there (RFC 8200, 8.1).
    pub over_ipv6: bool,
}

impl<'a> Transport<'a> {
    /// The bytes behind a header of `skip` bytes, at most `len`, where the datagram is whole.
    pub(super) fn payload(&self, skip: usize, len: Option<u32>) -> &'a [u8] {
        if self.extent != Extent::Whole {
            return &[];
        }
        let payload = self.bytes.get(skip..).unwrap_or_default();
        let len = len.and_then(|len| usize::try_from(len).ok()).unwrap_or(0);
        payload.get(..len).unwrap_or(payload)
    }
}

/// How much of a datagram a segment or UDP datagram was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// A whole datagram, or one that was reassembled.
    Whole,
    /// The first fragment of a datagram that cannot be reassembled, read alone.
    FragmentAlone,
    /// Quoted in an ICMP error.
    Quoted,
}
