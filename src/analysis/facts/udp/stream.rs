//! Datagrams that are no requests and replies, as their own headers show: RTP, RTCP and QUIC.

use super::Udp;
use crate::model::side::Side;

/// How many datagrams of one end in a row prove RTP.
const RUN: u32 = 3;
/// The least length of a datagram with a first QUIC packet (RFC 9000, 14.1).
const QUIC_LEAST: u32 = 1200;
/// The longest identifier of a QUIC connection (RFC 9000, 17.2).
const QUIC_IDENTIFIER: u8 = 20;

/// What the datagrams of a conversation carry instead of requests and replies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stream {
    /// Sound or video: three datagrams of one end in a row have version 2, the same source and
    /// sequence numbers that rise by one (RFC 3550, 5.1).
    Rtp,
    /// Reports about it: the lengths in the packets add up to the datagram (RFC 3550, A.2).
    Rtcp,
    /// A connection of its own over UDP, with packet numbers and acknowledgments that are
    /// encrypted (RFC 9000).
    Quic,
}

/// What is known of it so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Streams {
    kind: Option<Stream>,
    /// Of each end the latest RTP header, and how many in a row led to it.
    runs: [Option<(Header, u32)>; 2],
}

/// What an RTP header tells its packets by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Header {
    number: u16,
    source: [u8; 4],
}

impl Header {
    fn read(bytes: &[u8]) -> Option<Header> {
        let (head, _) = bytes.split_first_chunk::<12>()?;
        let [first, kind, high, low, _, _, _, _, source @ ..] = *head;
        let rtp = first >> 6 == 2 && !reports(kind);
        rtp.then_some(Header {
            number: u16::from_be_bytes([high, low]),
            source,
        })
    }
}

impl Udp {
    /// What the datagrams carry instead of requests and replies, where their headers prove it.
    pub fn stream(&self) -> Option<Stream> {
        self.streams.kind
    }
}

impl Streams {
    /// Takes a datagram of `len` payload bytes, of which `bytes` were captured; whether it proves
    /// that what came before it was no requests and replies. An RTP packet never repeats one of the
    /// other end: where a reply has `repeated` its request, that is another protocol.
    pub(super) fn proves(
        &mut self,
        (side, repeated): (Side, bool),
        bytes: &[u8],
        len: u32,
    ) -> bool {
        let run = self.run(side, bytes);
        if self.kind.is_some() {
            return false;
        }
        self.kind = if quic(bytes, len) {
            Some(Stream::Quic)
        } else if rtcp(bytes, len) {
            Some(Stream::Rtcp)
        } else {
            (run >= RUN && !repeated).then_some(Stream::Rtp)
        };
        self.kind.is_some()
    }

    /// Whether all datagrams so far could be RTP, `sent` of each end and none yet known to be.
    pub(super) fn open(&self, sent: [usize; 2]) -> bool {
        let runs = self.runs.map(|run| run.map_or(0, |(_, run)| run));
        let all = |(run, sent): (u32, usize)| usize::try_from(run).is_ok_and(|run| run == sent);
        self.kind.is_none() && runs.into_iter().zip(sent).all(all)
    }

    /// How many RTP packets of this end in a row the latest one is.
    fn run(&mut self, side: Side, bytes: &[u8]) -> u32 {
        let run = &mut self.runs[side.index()];
        let header = Header::read(bytes);
        let before = run.take();
        *run = header.map(|header| match before {
            Some((last, run))
                if last.source == header.source && last.number.wrapping_add(1) == header.number =>
            {
                (header, run.saturating_add(1))
            }
            _ => (header, 1),
        });
        run.map_or(0, |(_, run)| run)
    }
}

/// Whether this is the packet type of a report (RFC 3550, 12.1; RFC 4585, 6.1).
fn reports(kind: u8) -> bool {
    (200..=207).contains(&kind)
}

/// Whether all of a datagram is RTCP: it begins with a report of a sender or a receiver, and the
/// lengths add up.
fn rtcp(bytes: &[u8], len: u32) -> bool {
    if !usize::try_from(len).is_ok_and(|len| len == bytes.len()) {
        return false;
    }
    let begins = matches!(bytes, [_, 200 | 201, ..]);
    let mut rest = bytes;
    while let Some((&[first, kind, high, low], _)) = rest.split_first_chunk::<4>() {
        let words = usize::from(u16::from_be_bytes([high, low])) + 1;
        if first >> 6 != 2 || !reports(kind) {
            return false;
        }
        let Some(after) = rest.get(words * 4..) else {
            return false;
        };
        rest = after;
    }
    begins && rest.is_empty()
}

/// Whether a datagram begins with a long QUIC header of a known version and is as long as the
/// first ones have to be.
fn quic(bytes: &[u8], len: u32) -> bool {
    let Some((&[first, a, b, c, d, identifier], _)) = bytes.split_first_chunk::<6>() else {
        return false;
    };
    // Version 1 (RFC 9000), version 2 (RFC 9369) and the drafts of version 1.
    let known = matches!(
        [a, b, c, d],
        [0, 0, 0, 1] | [0x6b, 0x33, 0x43, 0xcf] | [0xff, 0, 0, _]
    );
    first >> 6 == 3 && known && identifier <= QUIC_IDENTIFIER && len >= QUIC_LEAST
}
