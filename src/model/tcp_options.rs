//! TCP options (RFC 9293, 3.1), read part by part.
//!
//! A header can end anywhere: by the capture length, by the length that IP claims, by an option
//! that claims more than is left. What stands before the end counts, so the reader hands out each
//! part as soon as its bytes are there and then says why it stopped.

use super::missing::Missing;
use super::packet::Transport;
use super::seq::Seq;
use super::tcp::{Segment, TcpFlags};

/// A part of an option that means something by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TcpOption {
    /// Kind 2: maximum segment size in bytes.
    MaximumSegmentSize(u16),
    /// Kind 3: window shift as it stands, 0 to 255; above 14 counts as 14 (RFC 7323, 2.3).
    WindowScale(u8),
    /// Kind 4: SACK permitted (RFC 2018).
    SackPermitted,
    /// Kind 5: one block of a SACK option, its left and its right edge (RFC 2018).
    SackBlock(Seq, Seq),
    /// Kinds 6 and 7: echo and its reply (RFC 1072).
    Echo(u32),
    /// Kind 8: timestamp value and echo reply (RFC 7323).
    Timestamps(u32, u32),
    /// Kinds 11, 12 and 13: connection count (RFC 1644).
    ConnectionCount(u32),
    /// Kind 19: MD5 signature (RFC 2385).
    Md5,
    /// Kind 20: SCPS capabilities.
    ScpsCapabilities(u8),
    /// Kind 20: SCPS connection id.
    ScpsConnection(u8),
    /// Kind 20: a further SCPS capability by its number.
    ScpsExtended(u8),
    /// Kind 27: quick start response, the code of its rate (RFC 4782).
    QuickStart(u8),
    /// Kind 28: user timeout, its low 15 bits (RFC 5482).
    UserTimeout(u16),
    /// Kind 29: TCP-AO (RFC 5925).
    Authentication,
    /// Kind 30: Multipath TCP, its subtype 0 to 15 (RFC 8684).
    Multipath(u8),
    /// Kind 34: TCP fast open (RFC 7413); whether it holds a cookie.
    FastOpen(bool),
    /// Kinds 172 and 174: an Accurate ECN option of sound length; whether it is empty.
    AccEcn {
        /// It holds no counter.
        empty: bool,
    },
    /// Kinds 172 and 174: a counter of an Accurate ECN option.
    AccEcnCounter(AccEcnCounter, u32),
    /// Kinds 253 and 254, identifier 0x00ac: TARR, with its number if it has one.
    AckRate(Option<u8>),
    /// Kinds 253 and 254: an experiment by its identifier (RFC 6994).
    Experiment(u16),
    /// Kinds 76 and 78: a Riverbed probe.
    Riverbed(Riverbed),
}

/// The counters of an Accurate ECN option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccEcnCounter {
    /// Bytes marked ECT(0), plus an offset.
    Ee0b,
    /// Bytes marked CE.
    Eceb,
    /// Bytes marked ECT(1), plus an offset.
    Ee1b,
}

/// What a Riverbed option is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Riverbed {
    /// A probe query.
    Query,
    /// The query comes from a machine that is not the first.
    NotFirst,
    /// A probe response.
    Response,
    /// A trace of a probe.
    Trace,
    /// The last machine answers.
    LastResponse,
    /// Transparency option.
    Transparency,
}

/// Kinds that tshark knows and whose bytes it leaves alone unless their length is the right one.
const fn known(kind: u8) -> bool {
    matches!(
        kind,
        2 | 3 | 4 | 5 | 6 | 7 | 8 | 11..=13 | 19..=23 | 27..=30 | 34 | 76 | 78 | 172 | 174 | 253 | 254
    )
}

impl Segment<'_> {
    /// Hands every part of every option to `each`, in order, until the list ends.
    /// `ack` is the acknowledgment number as shown; `scps` says whether the sender sent a plain
    /// SCPS option before.
    ///
    /// # Errors
    /// Why the list ends early.
    pub fn read_options(
        &self,
        ack: u32,
        scps: bool,
        mut each: impl FnMut(TcpOption),
    ) -> Result<(), Missing> {
        let Some(header) = self.header else {
            return Ok(());
        };
        let transport = &self.transport;
        let end = usize::from(header.offset) * 4;
        if let Some((value, echo)) = only_timestamps(transport.bytes, end) {
            each(TcpOption::Timestamps(value, echo));
            return Ok(());
        }
        let mut scps = scps;
        let mut at = 20;
        while at < end {
            transport.reach(at + 1)?;
            let kind = byte(transport, at);
            match kind {
                // End of list: what follows is padding.
                0 => return transport.reach(end),
                1 => {
                    at += 1;
                    continue;
                }
                _ => {}
            }
            if at + 1 == end {
                return Ok(());
            }
            transport.reach(at + 2)?;
            let len = usize::from(byte(transport, at + 1));
            if len < 2 {
                return Ok(());
            }
            if at + len > end {
                // tshark shows the rest of the header less two bytes as broken.
                return transport.reach(end - 2);
            }
            let value = Value {
                transport,
                start: at + 2,
                end: at + len,
            };
            read_one(kind, &value, header.flags, ack, &mut scps, &mut each)?;
            at += len;
        }
        Ok(())
    }
}

/// The two numbers of a header whose options are laid out as RFC 7323, appendix A, recommends: two
/// NOPs and a timestamps option. Most segments of most captures have just these.
fn only_timestamps(segment: &[u8], end: usize) -> Option<(u32, u32)> {
    let options = segment.get(20..)?.first_chunk::<12>()?;
    let [1, 1, 8, 10, v0, v1, v2, v3, e0, e1, e2, e3] = *options else {
        return None;
    };
    let numbers = || {
        (
            u32::from_be_bytes([v0, v1, v2, v3]),
            u32::from_be_bytes([e0, e1, e2, e3]),
        )
    };
    (end == 32).then(numbers)
}

fn byte(transport: &Transport<'_>, at: usize) -> u8 {
    transport.bytes.get(at).copied().unwrap_or_default()
}

/// The value of one option, by offsets from its first byte.
struct Value<'a, 'b> {
    transport: &'a Transport<'b>,
    start: usize,
    end: usize,
}

impl Value<'_, '_> {
    fn len(&self) -> usize {
        self.end - self.start
    }

    /// The `N` bytes at `at`.
    fn bytes<const N: usize>(&self, at: usize) -> Result<[u8; N], Missing> {
        let start = self.start + at;
        self.transport.reach_within(start + N, Some(self.end))?;
        let bytes = self.transport.bytes.get(start..start + N);
        Ok(bytes
            .and_then(|bytes| bytes.first_chunk::<N>())
            .copied()
            .unwrap_or([0; N]))
    }

    fn u8(&self, at: usize) -> Result<u8, Missing> {
        Ok(u8::from_be_bytes(self.bytes(at)?))
    }

    fn u16(&self, at: usize) -> Result<u16, Missing> {
        Ok(u16::from_be_bytes(self.bytes(at)?))
    }

    fn u32(&self, at: usize) -> Result<u32, Missing> {
        Ok(u32::from_be_bytes(self.bytes(at)?))
    }

    /// That the whole value is there.
    fn whole(&self) -> Result<(), Missing> {
        self.transport.reach_within(self.end, Some(self.end))
    }
}

fn read_one(
    kind: u8,
    value: &Value<'_, '_>,
    flags: TcpFlags,
    ack: u32,
    scps: &mut bool,
    each: &mut impl FnMut(TcpOption),
) -> Result<(), Missing> {
    match (kind, value.len()) {
        (2, 2) => each(TcpOption::MaximumSegmentSize(value.u16(0)?)),
        (3, 1) => each(TcpOption::WindowScale(value.u8(0)?)),
        (4, _) => each(TcpOption::SackPermitted),
        (5, len) => sack(value, len, ack, each)?,
        (6 | 7, 4) => each(TcpOption::Echo(value.u32(0)?)),
        (8, 8) => {
            value.whole()?;
            each(TcpOption::Timestamps(value.u32(0)?, value.u32(4)?));
        }
        (11..=13, 4) => each(TcpOption::ConnectionCount(value.u32(0)?)),
        (19, len) => {
            each(TcpOption::Md5);
            if len == 16 {
                value.whole()?;
            }
        }
        (20, 2) => {
            *scps = true;
            each(TcpOption::ScpsCapabilities(value.u8(0)?));
            each(TcpOption::ScpsConnection(value.u8(1)?));
        }
        (20, len) if *scps => {
            let mut at = 0;
            while at < len {
                let capability = value.u8(at)?;
                // The length counts pairs of bytes after the first pair.
                let size = 2 + 2 * usize::from(value.u8(at + 1)? >> 4);
                value
                    .transport
                    .reach_within(value.start + at + size, Some(value.end))?;
                each(TcpOption::ScpsExtended(capability));
                at += size;
            }
        }
        // tshark reads selective negative acknowledgments past their own end.
        (21, 4) => {
            value.whole()?;
            return Err(Missing::PastPacket);
        }
        (27, 6) => {
            each(TcpOption::QuickStart(value.u8(0)? & 0x0f));
            value.u8(1)?;
        }
        (28, 2) => each(TcpOption::UserTimeout(value.u16(0)? & 0x7fff)),
        (29, _) => {
            each(TcpOption::Authentication);
            value.whole()?;
        }
        (30, _) => {
            if let Ok(first) = value.u8(0) {
                each(TcpOption::Multipath(first >> 4));
            }
        }
        (34, len) => {
            value.whole()?;
            each(TcpOption::FastOpen(len > 0));
        }
        (76, _) => riverbed_probe(value, flags, each)?,
        (78, _) => {
            each(TcpOption::Riverbed(Riverbed::Transparency));
            value.whole()?;
        }
        (172 | 174, 0 | 3 | 6 | 9) => acc_ecn(value, 0, kind == 172, each)?,
        (253 | 254, 2..) => experiment(value, each)?,
        _ if known(kind) => {}
        _ => value.whole()?,
    }
    Ok(())
}

fn sack(
    value: &Value<'_, '_>,
    len: usize,
    ack: u32,
    each: &mut impl FnMut(TcpOption),
) -> Result<(), Missing> {
    let mut at = 0;
    while at + 8 <= len {
        let (left, right) = (value.u32(at)?, value.u32(at + 4)?);
        each(TcpOption::SackBlock(Seq(left), Seq(right)));
        at += 8;
    }
    value.whole()?;
    // tshark compares the first block with the acknowledgment and reads it again where it lies
    // before; without a block it takes 0 for its edge and reads past the option.
    if len < 8 && Seq(0).at_or_before(Seq(ack)) {
        return Err(Missing::PastPacket);
    }
    Ok(())
}

fn acc_ecn(
    value: &Value<'_, '_>,
    start: usize,
    ect0_first: bool,
    each: &mut impl FnMut(TcpOption),
) -> Result<(), Missing> {
    use AccEcnCounter::{Eceb, Ee0b, Ee1b};
    let counters = if ect0_first {
        [Ee0b, Eceb, Ee1b]
    } else {
        [Ee1b, Eceb, Ee0b]
    };
    each(TcpOption::AccEcn {
        empty: value.len() == start,
    });
    for (counter, at) in counters.into_iter().zip((start..value.len()).step_by(3)) {
        let [a, b, c] = value.bytes(at)?;
        each(TcpOption::AccEcnCounter(
            counter,
            u32::from_be_bytes([0, a, b, c]),
        ));
    }
    Ok(())
}

fn experiment(value: &Value<'_, '_>, each: &mut impl FnMut(TcpOption)) -> Result<(), Missing> {
    match (value.u16(0)?, value.len() - 2) {
        (0x00ac, 0) => each(TcpOption::AckRate(None)),
        (0x00ac, 1) => each(TcpOption::AckRate(Some(value.u8(2)? >> 1))),
        (id @ (0xacc0 | 0xacc1), 0 | 3 | 6 | 9) => acc_ecn(value, 2, id == 0xacc0, each)?,
        (0x00ac | 0xacc0 | 0xacc1, _) => {}
        (0xf989, len) => {
            value.whole()?;
            each(TcpOption::FastOpen(len > 0));
        }
        (id, _) => {
            value.whole()?;
            each(TcpOption::Experiment(id));
        }
    }
    Ok(())
}

/// An odd first byte is version 1 with the type in its upper half, an even one version 2 with the
/// type in its upper seven bits.
fn riverbed_probe(
    value: &Value<'_, '_>,
    flags: TcpFlags,
    each: &mut impl FnMut(TcpOption),
) -> Result<(), Missing> {
    let first = value.u8(0)?;
    let (needs, probe) = match (first & 1, first >> 4, first >> 1) {
        (1, 0, _) => (8, Some(Riverbed::Query)),
        (1, 1, _) => (12, Some(Riverbed::Response)),
        (1, 3, _) => (8, Some(Riverbed::Trace)),
        (0, _, 6) => {
            let what = value.u8(1)?;
            if what & 4 != 0 {
                each(TcpOption::Riverbed(Riverbed::NotFirst));
            }
            let last = what & 1 != 0 && flags.syn() && flags.ack();
            (2, last.then_some(Riverbed::LastResponse))
        }
        (0, _, 7) => (2, None),
        (0, _, 8) => (6, None),
        _ => (1, None),
    };
    value
        .transport
        .reach_within(value.start + needs, Some(value.end))?;
    if let Some(probe) = probe {
        each(TcpOption::Riverbed(probe));
    }
    Ok(())
}
