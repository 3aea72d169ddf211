//! Reading the options of a segment as far as its bytes are there: by etherparse what it knows and
//! finds whole, by hand the kinds that it does not know and what is cut or has an odd length, since
//! tshark shows the parts that are there.

use etherparse::{TcpOptionElement, TcpOptionsIterator};

use super::{AccEcnCounter, OptionContext, Riverbed, TcpOption};
use crate::model::missing::Missing;
use crate::model::seq::Seq;
use crate::model::tcp::{Segment, TcpFlags};
use crate::model::transport::Transport;

/// Kinds that tshark knows and whose bytes it leaves alone unless their length is the right one.
const fn known(kind: u8) -> bool {
    matches!(
        kind,
        2 | 3 | 4 | 5 | 6 | 7 | 8 | 11..=13 | 19..=23 | 27..=30 | 34 | 76 | 78 | 172 | 174 | 253 | 254
    )
}

impl Segment<'_> {
    /// Whether its options are a timestamps option and nothing else.
    pub fn has_only_timestamps(&self) -> bool {
        let end = self
            .header
            .map_or(0, |header| usize::from(header.offset) * 4);
        only_timestamps(self.transport.bytes, end).is_some()
    }

    /// Hands every part of every option to `each`, in order, until the list ends.
    ///
    /// # Errors
    /// Why the list ends early.
    pub fn read_options(
        &self,
        context: OptionContext,
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
        let mut reader = Reader {
            context,
            flags: header.flags,
            blocks: [(Seq(0), Seq(0)); 2],
            block_count: 0,
        };
        let mut at = 20;
        let bytes = transport.bytes;
        let bytes = bytes.get(..end).unwrap_or(bytes);
        while at < end {
            let mut usual = TcpOptionsIterator::from_slice(bytes.get(at..).unwrap_or_default());
            while let Some(Ok(option)) = usual.next() {
                reader.usual(&option, &mut each);
                at = bytes.len() - usual.rest().len();
            }
            match reader.one(transport, at, end, &mut each)? {
                Some(len) => at += len,
                None => return Ok(()),
            }
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

    /// What reading past the end of the option says.
    fn beyond(&self) -> Result<(), Missing> {
        self.transport.reach_within(self.end + 1, Some(self.end))
    }

    /// That the whole value is there.
    fn whole(&self) -> Result<(), Missing> {
        self.transport.reach_within(self.end, Some(self.end))
    }
}

/// What the options of one segment have said so far.
struct Reader {
    context: OptionContext,
    flags: TcpFlags,
    /// The edges of the segment's first two SACK blocks, counted from the base.
    blocks: [(Seq, Seq); 2],
    /// How many SACK blocks were read.
    block_count: usize,
}

impl Reader {
    /// An option that etherparse has read.
    fn usual(&mut self, option: &TcpOptionElement, each: &mut impl FnMut(TcpOption)) {
        match *option {
            TcpOptionElement::Noop => {}
            TcpOptionElement::MaximumSegmentSize(size) => each(TcpOption::MaximumSegmentSize(size)),
            TcpOptionElement::WindowScale(shift) => each(TcpOption::WindowScale(shift)),
            TcpOptionElement::SelectiveAcknowledgementPermitted => each(TcpOption::SackPermitted),
            TcpOptionElement::SelectiveAcknowledgement(first, others) => {
                each(TcpOption::Sack);
                for (left, right) in [Some(first)].into_iter().chain(others).flatten() {
                    self.sack_block(left, right, each);
                }
            }
            TcpOptionElement::Timestamp(value, echo) => each(TcpOption::Timestamps(value, echo)),
        }
    }

    /// The option at `at` by hand: its length, or `None` where the list ends.
    fn one(
        &mut self,
        transport: &Transport<'_>,
        at: usize,
        end: usize,
        each: &mut impl FnMut(TcpOption),
    ) -> Result<Option<usize>, Missing> {
        if at >= end {
            return Ok(None);
        }
        transport.reach(at + 1)?;
        let kind = byte(transport, at);
        if kind == 0 {
            // End of list: what follows is padding, read byte by byte.
            transport.reach(end.min(transport.bytes.len() + 1))?;
            return Ok(None);
        }
        if at + 1 == end {
            return Ok(None);
        }
        transport.reach(at + 2)?;
        let len = usize::from(byte(transport, at + 1));
        if len < 2 {
            return Ok(None);
        }
        if at + len > end {
            // tshark shows the rest of the header less two bytes as broken.
            transport.reach(end - 2)?;
            return Ok(None);
        }
        let value = Value {
            transport,
            start: at + 2,
            end: at + len,
        };
        self.value(kind, &value, each)?;
        Ok(Some(len))
    }

    fn value(
        &mut self,
        kind: u8,
        value: &Value<'_, '_>,
        each: &mut impl FnMut(TcpOption),
    ) -> Result<(), Missing> {
        match (kind, value.len()) {
            // Whole ones have been read.
            (2, 2) | (3, 1) | (8, 8) => value.whole()?,
            (4, _) => each(TcpOption::SackPermitted),
            (5, len) => self.sack(value, len, each)?,
            (6 | 7, 4) => each(TcpOption::Echo(value.u32(0)?)),
            (11..=13, 4) => each(TcpOption::ConnectionCount(value.u32(0)?)),
            (19, len) => {
                each(TcpOption::Md5);
                if len == 16 {
                    value.whole()?;
                }
            }
            (20, 2) => {
                self.context.scps = true;
                each(TcpOption::ScpsCapabilities(value.u8(0)?));
                each(TcpOption::ScpsConnection(value.u8(1)?));
            }
            (20, len) if self.context.scps => {
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
                return value.beyond();
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
            (76, 1..) => riverbed_probe(value, self.flags, each)?,
            (78, len) => {
                each(TcpOption::Riverbed(Riverbed::Transparency));
                if len >= 14 {
                    value.whole()?;
                }
            }
            (172 | 174, 0 | 3 | 6 | 9) => acc_ecn(value, 0, kind == 172, each)?,
            (253 | 254, 2..) => experiment(value, each)?,
            _ if known(kind) => {}
            _ => value.whole()?,
        }
        Ok(())
    }

    fn sack(
        &mut self,
        value: &Value<'_, '_>,
        len: usize,
        each: &mut impl FnMut(TcpOption),
    ) -> Result<(), Missing> {
        each(TcpOption::Sack);
        let mut at = 0;
        while at + 8 <= len {
            self.sack_block(value.u32(at)?, value.u32(at + 4)?, each);
            at += 8;
        }
        value.whole()?;
        // Where the first block is a duplicate (RFC 2883), acknowledged already or within the second
        // one, tshark reads it again from this option, which may have none.
        let [(_, end), (second, second_end)] = self.blocks;
        let acked = Seq(self.context.ack);
        let duplicate =
            end.at_or_before(acked) || (end.after(second) && end.at_or_before(second_end));
        if len < 8 && duplicate {
            return value.beyond();
        }
        Ok(())
    }

    fn sack_block(&mut self, left: u32, right: u32, each: &mut impl FnMut(TcpOption)) {
        let (left, right) = (Seq(left), Seq(right));
        let base = self.context.sack_base;
        if let Some(block) = self.blocks.get_mut(self.block_count) {
            *block = (Seq(left.from_base(base)), Seq(right.from_base(base)));
        }
        self.block_count += 1;
        each(TcpOption::SackBlock(left, right));
    }
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
    for (counter, at) in counters.into_iter().zip((start..value.len()).step_by(3)) {
        let [a, b, c] = value.bytes(at)?;
        each(TcpOption::AccEcnCounter(
            counter,
            u32::from_be_bytes([0, a, b, c]),
        ));
    }
    each(TcpOption::AccEcn {
        empty: value.len() == start,
    });
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
        (0, _, 7 | 10) => (2, None),
        (0, _, 8 | 9) => (6, None),
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
