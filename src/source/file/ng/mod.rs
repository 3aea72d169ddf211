//! pcapng files: blocks of a type, a length, a body and the length again
//! (draft-ietf-opsawg-pcapng).
//!
//! Read here and not by pcap-parser: it allocates for each packet with options, refuses block
//! lengths that are no multiple of four (tshark rounds them up), and cannot say at which byte
//! a file is damaged.

mod block;
mod interface;
mod journal;
mod option;
mod packet;
mod statistics;
mod unframed;

use self::block::Block;
use self::interface::Interface;
use super::facts::{FileFacts, Format};
use super::order::ByteOrder;
use super::record::{Record, Stop};
use super::window::Window;
use crate::source::damage::Damage;

/// The type of a section header block, the same in both byte orders.
pub(super) const SECTION: u32 = 0x0a0d_0d0a;

const INTERFACE: u32 = 1;
const OLD_PACKET: u32 = 2;
const SIMPLE_PACKET: u32 = 3;
const NAMES: u32 = 4;
const STATISTICS: u32 = 5;
const ENHANCED_PACKET: u32 = 6;
const JOURNAL: u32 = 9;
const SECRETS: u32 = 10;
const CUSTOM: u32 = 0xbad;
const CUSTOM_NO_COPY: u32 = 0x4000_0bad;
const SYSDIG_EVENT: u32 = 0x204;
const SYSDIG_EVENT_2: u32 = 0x216;
const SYSDIG_EVENT_2_LARGE: u32 = 0x221;

/// How many bytes a section header needs before its byte order is known.
pub(super) const SECTION_START: usize = 12;

/// How many interfaces a section may describe, so that a file of descriptions alone does not
/// fill the memory.
const INTERFACES_MOST: usize = 65_536;

/// Finds what is wrong in the body of a block.
type Check = fn(ByteOrder, &[u8]) -> Result<(), Damage>;

/// Reads the packets of a pcapng file.
#[derive(Clone)]
pub(super) struct Ng {
    order: ByteOrder,
    /// Those of the current section.
    interfaces: Vec<Interface>,
    /// How many the sections before described.
    interfaces_before: u64,
    facts: FileFacts,
    /// Where sections ended, with what was known there: for [`super::Revisit`], where it is wanted.
    pub(super) past: Option<Vec<(u64, Ng)>>,
}

/// What stands next in a file.
pub(super) enum Step {
    /// A block that tshark counts as a frame.
    Frame(Record),
    /// Another one, of so many bytes, which are still in the window.
    Block(usize),
    /// Nothing more.
    End,
}

impl Ng {
    /// Reads the first section header, whose length is returned: it is still in the window.
    pub(super) fn open(window: &mut Window) -> Result<(Self, usize), Stop> {
        let mut reader = Self {
            order: ByteOrder::Little,
            interfaces: Vec::new(),
            interfaces_before: 0,
            facts: FileFacts {
                sections: 0,
                ..FileFacts::new(Format::Pcapng, ByteOrder::Little)
            },
            past: None,
        };
        let size = reader.section(window)?;
        Ok((reader, size))
    }

    /// What the file has said about itself so far.
    pub(super) fn facts(&self) -> &FileFacts {
        &self.facts
    }

    /// The same, to add what the opener knows.
    pub(super) fn facts_mut(&mut self) -> &mut FileFacts {
        &mut self.facts
    }

    /// The next block that tshark counts as a frame; `None` at a clean end. Other blocks are
    /// used up on the way.
    pub(super) fn next(&mut self, window: &mut Window) -> Result<Option<Record>, Stop> {
        loop {
            match self.step(window, false)? {
                Step::Frame(record) => return Ok(Some(record)),
                Step::Block(size) => window.advance(size),
                Step::End => return Ok(None),
            }
        }
    }

    /// What stands next. With `keep` every block is in the window as it is; without, one that
    /// netlab does not know is passed over without it.
    #[inline]
    pub(super) fn step(&mut self, window: &mut Window, keep: bool) -> Result<Step, Stop> {
        if !window.has(8)? {
            return if window.bytes().is_empty() && !window.torn() {
                Ok(Step::End)
            } else {
                Err(Stop::Cut)
            };
        }
        if self.order.u32(window.bytes(), 0) == SECTION {
            return self.section(window).map(Step::Block);
        }
        let block = Block::read(self.order, window.bytes())?;
        match block.kind {
            ENHANCED_PACKET => self.enhanced(block, window).map(Step::Frame),
            SIMPLE_PACKET => self.simple(block, window).map(Step::Frame),
            OLD_PACKET => self.old(block, window).map(Step::Frame),
            CUSTOM | CUSTOM_NO_COPY => self.custom(block, window).map(Step::Frame),
            JOURNAL => self.journal(block, window).map(Step::Frame),
            SYSDIG_EVENT => self.sysdig(block, window, 24).map(Step::Frame),
            SYSDIG_EVENT_2 | SYSDIG_EVENT_2_LARGE => {
                self.sysdig(block, window, 28).map(Step::Frame)
            }
            INTERFACE => self.interface(block, window).map(Step::Block),
            STATISTICS => self.statistics(block, window).map(Step::Block),
            NAMES => self.checked(block, window, 4, unframed::check_names),
            SECRETS => self.checked(block, window, 8, unframed::check_secrets),
            _ if keep => self.checked(block, window, 0, |_, _| Ok(())),
            _ => self.pass(block, window),
        }
    }

    /// Whether `bytes` begin with a whole block that is a packet.
    pub(super) fn holds(&self, bytes: &[u8]) -> bool {
        let block = bytes
            .first_chunk::<8>()
            .and_then(|head| Block::read(self.order, head).ok());
        block.is_some_and(|block| {
            let packet = matches!(block.kind, ENHANCED_PACKET | SIMPLE_PACKET | OLD_PACKET);
            packet && block.size <= bytes.len()
        })
    }

    /// A section header: what was known of interfaces is void, the byte order may change.
    /// Returns its length.
    fn section(&mut self, window: &mut Window) -> Result<usize, Stop> {
        if !window.has(SECTION_START)? {
            return Err(Stop::Cut);
        }
        let head = window.bytes();
        let order = match ByteOrder::Little.u32(head, 8) {
            0x1a2b_3c4d => ByteOrder::Little,
            0x4d3c_2b1a => ByteOrder::Big,
            found => return Err(Damage::ByteOrder { found }.into()),
        };
        let block = Block::read(order, head)?;
        block.at_least(16)?;
        block.need(window)?;
        let bytes = window.bytes();
        let (major, minor) = (order.u16(bytes, 12), order.u16(bytes, 14));
        if major != 1 || !matches!(minor, 0 | 2) {
            return Err(Damage::SectionVersion { major, minor }.into());
        }
        let options = bytes.get(24..block.size - 4).unwrap_or_default();
        let first = self.facts.sections == 0;
        for option in option::options(order, options) {
            let option = option?;
            if first {
                let place = match option.code {
                    option::COMMENT => &mut self.facts.comment,
                    option::SECTION_HARDWARE => &mut self.facts.hardware,
                    option::SECTION_OS => &mut self.facts.os,
                    option::SECTION_APPLICATION => &mut self.facts.application,
                    _ => continue,
                };
                if place.is_none() {
                    *place = option.text();
                }
            }
        }
        block.check_end(order, bytes, block.size)?;
        self.remember(window.offset());
        self.order = order;
        self.interfaces.clear();
        self.facts.byte_order = order;
        self.facts.sections += 1;
        self.interfaces_before = self.facts.interface_count;
        Ok(block.size)
    }

    /// Keeps what is known of the section that ends at `offset`.
    fn remember(&mut self, offset: u64) {
        if self.facts.sections > 0
            && let Some(mut past) = self.past.take()
        {
            past.push((offset, self.clone()));
            self.past = Some(past);
        }
    }

    fn interface(&mut self, block: Block, window: &mut Window) -> Result<usize, Stop> {
        block.at_least(8)?;
        block.need(window)?;
        if self.interfaces.len() >= INTERFACES_MOST {
            let most = u32::try_from(INTERFACES_MOST).unwrap_or(u32::MAX);
            return Err(Damage::TooManyInterfaces { most }.into());
        }
        let bytes = window.bytes();
        let (interface, facts) = Interface::read(self.order, bytes, block.size)?;
        block.check_end(self.order, bytes, block.size)?;
        self.interfaces.push(interface);
        self.facts.add_interface(facts);
        Ok(block.size)
    }

    /// A block that is no frame: looked at where it can be wrong inside, then passed over.
    fn checked(
        &self,
        block: Block,
        window: &mut Window,
        least: usize,
        check: Check,
    ) -> Result<Step, Stop> {
        block.at_least(least)?;
        block.need(window)?;
        let bytes = window.bytes();
        let body = bytes.get(8..block.size - 4).unwrap_or_default();
        check(self.order, body)?;
        block.check_end(self.order, bytes, block.size)?;
        Ok(Step::Block(block.size))
    }

    /// A block of a type that netlab does not know, passed over without keeping its bytes.
    fn pass(&self, block: Block, window: &mut Window) -> Result<Step, Stop> {
        if !window.skip(block.size - 4)? || !window.has(4)? {
            return Err(Stop::Cut);
        }
        block.check_end(self.order, window.bytes(), 4)?;
        Ok(Step::Block(4))
    }
}
