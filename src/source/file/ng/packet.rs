//! The three packet blocks, and the blocks that tshark counts as frames although they hold no
//! packet.

use super::super::links;
use super::super::record::{Record, Stop};
use super::super::window::Window;
use super::block::Block;
use super::interface::Interface;
use super::{Ng, journal, option};
use crate::model::frame::LinkType;
use crate::model::time::Timestamp;
use crate::source::damage::Damage;

/// Where the bytes of an enhanced or an old packet block begin.
const PACKET_START: usize = 28;

/// Where the bytes of a simple packet block begin.
const SIMPLE_START: usize = 12;

/// What an old packet block says where its writer did not count drops.
const UNKNOWN_DROPS: u16 = 0xffff;

impl Ng {
    /// An enhanced packet block: interface, time, both lengths, bytes, options.
    pub(super) fn enhanced(&mut self, block: Block, window: &mut Window) -> Result<Record, Stop> {
        block.at_least(20)?;
        if !window.has(PACKET_START)? {
            return Err(Stop::Cut);
        }
        let interface = self.order.u32(window.bytes(), 8);
        self.with_options(block, window, interface)
    }

    /// An old packet block: the same, with a count of dropped packets in half of the interface.
    pub(super) fn old(&mut self, block: Block, window: &mut Window) -> Result<Record, Stop> {
        block.at_least(20)?;
        if !window.has(PACKET_START)? {
            return Err(Stop::Cut);
        }
        let head = window.bytes();
        let (interface, dropped) = (self.order.u16(head, 8), self.order.u16(head, 10));
        let record = self.with_options(block, window, interface.into())?;
        if dropped != UNKNOWN_DROPS {
            self.lost(interface.into(), dropped.into());
        }
        Ok(record)
    }

    fn with_options(
        &mut self,
        block: Block,
        window: &mut Window,
        number: u32,
    ) -> Result<Record, Stop> {
        let interface = self.known(number)?;
        let head = window.bytes().first_chunk::<PACKET_START>();
        let head = head.unwrap_or(&[0; PACKET_START]);
        let (high, low) = (self.order.u32(head, 12), self.order.u32(head, 16));
        let (kept, wire_len) = (self.order.u32(head, 20), self.order.u32(head, 24));
        let room = block.size - PACKET_START - 4;
        let (start, len) = bounds(interface, kept, room)?;
        block.need(window)?;
        let bytes = window.bytes();
        let after = PACKET_START + (kept as usize).next_multiple_of(4);
        let mut about = option::AboutPacket::default();
        if after != block.size - 4 {
            let options = bytes.get(after..block.size - 4).unwrap_or_default();
            about = option::packet_options(self.order, options)?;
        }
        block.check_end(self.order, bytes, block.size)?;
        let record = Record {
            time: Some(interface.time(high, low)),
            decimals: interface.decimals,
            link: interface.link,
            interface: number,
            wire_len: wire_len.wrapping_sub(start),
            start: PACKET_START + start as usize,
            about: start,
            len,
            size: block.size,
        };
        self.facts.watched |= about.watched;
        let enhanced = block.kind == super::ENHANCED_PACKET;
        if let Some(dropped) = about.dropped.filter(|_| enhanced) {
            self.lost(number, dropped);
        }
        Ok(record)
    }

    /// A simple packet block: the original length and the bytes, of the first interface, without
    /// a time. How many bytes there are follows from that interface's snap length; the block's
    /// own length only has to agree.
    pub(super) fn simple(&self, block: Block, window: &mut Window) -> Result<Record, Stop> {
        block.at_least(4)?;
        let interface = self.known(0)?;
        if !window.has(SIMPLE_START)? {
            return Err(Stop::Cut);
        }
        let wire_len = self.order.u32(window.bytes(), 8);
        let kept = match interface.snap_len {
            0 => wire_len,
            most => wire_len.min(most),
        };
        let (start, len) = bounds(interface, kept, block.size - SIMPLE_START - 4)?;
        block.need(window)?;
        let size = SIMPLE_START + (kept as usize).next_multiple_of(4) + 4;
        block.check_end(self.order, window.bytes(), size)?;
        Ok(Record {
            time: None,
            decimals: interface.decimals,
            link: interface.link,
            interface: 0,
            wire_len: wire_len.wrapping_sub(start),
            start: SIMPLE_START + start as usize,
            about: start,
            len,
            size,
        })
    }

    fn known(&self, number: u32) -> Result<&Interface, Damage> {
        self.interfaces
            .get(number as usize)
            .ok_or(Damage::NoInterface {
                interface: number,
                known: u32::try_from(self.interfaces.len()).unwrap_or(u32::MAX),
            })
    }

    /// A custom block: an enterprise's number, then what only that enterprise understands.
    pub(super) fn custom(&self, block: Block, window: &mut Window) -> Result<Record, Stop> {
        block.at_least(4)?;
        block.need(window)?;
        block.check_end(self.order, window.bytes(), block.size)?;
        let len = block.size - 16;
        Ok(Record {
            wire_len: u32::try_from(len).unwrap_or(u32::MAX),
            start: 12,
            len,
            ..no_packet(LinkType::PCAPNG_BLOCK, block)
        })
    }

    /// An entry of systemd's journal, in its export format.
    pub(super) fn journal(&self, block: Block, window: &mut Window) -> Result<Record, Stop> {
        block.at_least(journal::LEAST)?;
        block.need(window)?;
        block.check_end(self.order, window.bytes(), block.size)?;
        let entry = window.bytes().get(8..block.size - 4).unwrap_or_default();
        let entry = journal::without_padding(entry);
        Ok(Record {
            time: journal::time(entry),
            wire_len: u32::try_from(entry.len()).unwrap_or(u32::MAX),
            start: 8,
            len: entry.len(),
            ..no_packet(LinkType::SYSTEMD_JOURNAL, block)
        })
    }

    /// An event of sysdig: a system call, behind `fixed` bytes about it.
    pub(super) fn sysdig(
        &self,
        block: Block,
        window: &mut Window,
        fixed: usize,
    ) -> Result<Record, Stop> {
        block.at_least(fixed)?;
        block.need(window)?;
        let bytes = window.bytes();
        block.check_end(self.order, bytes, block.size)?;
        let stamp = self.order.u64(bytes, 10);
        let nanos = u32::try_from(stamp % 1_000_000_000).unwrap_or(0);
        Ok(Record {
            time: Some(Timestamp::new((stamp / 1_000_000_000).cast_signed(), nanos)),
            decimals: 9,
            wire_len: self.order.u32(bytes, 26),
            start: 8 + fixed,
            len: block.size - 12 - fixed,
            ..no_packet(LinkType::SYSDIG_EVENT, block)
        })
    }
}

/// Where a packet begins behind what is only about it, and how many bytes it then has.
#[inline]
fn bounds(interface: &Interface, kept: u32, room: usize) -> Result<(u32, usize), Damage> {
    if kept as usize > room {
        return Err(Damage::PacketOutsideBlock {
            claimed: kept,
            room: u32::try_from(room).unwrap_or(u32::MAX),
        });
    }
    if kept > interface.most {
        return Err(Damage::PacketTooLarge {
            claimed: kept,
            most: interface.most,
        });
    }
    let start = links::packet_start(interface.link.0, kept)?;
    Ok((start, (kept - start) as usize))
}

fn no_packet(link: LinkType, block: Block) -> Record {
    Record {
        time: None,
        decimals: 6,
        link,
        interface: 0,
        wire_len: 0,
        start: 0,
        about: 0,
        len: 0,
        size: block.size,
    }
}
