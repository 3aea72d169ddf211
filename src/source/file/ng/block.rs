//! The frame around every block: its type and its length, twice.

use super::super::order::ByteOrder;
use super::super::record::Stop;
use super::super::window::{LIMIT, Window};
use crate::source::damage::Damage;

/// The length of a block with an empty body.
pub(super) const LEAST: usize = 12;

/// The head of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Block {
    /// What it is.
    pub(super) kind: u32,
    /// Its whole length in bytes, a multiple of 4, at least [`LEAST`], at most [`LIMIT`].
    pub(super) size: usize,
}

/// Lengths that are no multiple of four are rounded up, as tshark does: some programs leave
/// the padding out of the length. What is rounded past 32 bits comes out as 0.
fn rounded(length: u32) -> u32 {
    length.wrapping_add(3) & !3
}

impl Block {
    /// The block at the start of `bytes`, which are at least 8.
    #[inline]
    pub(super) fn read(order: ByteOrder, bytes: &[u8]) -> Result<Block, Damage> {
        let (kind, claimed) = (order.u32(bytes, 0), order.u32(bytes, 4));
        let size = rounded(claimed) as usize;
        if !(LEAST..=LIMIT).contains(&size) {
            return Err(Damage::BlockLength { kind, claimed });
        }
        Ok(Block { kind, size })
    }

    /// That the body has room for `body` bytes.
    #[inline]
    pub(super) fn at_least(self, body: usize) -> Result<(), Damage> {
        if self.size < LEAST + body {
            return Err(Damage::BlockLength {
                kind: self.kind,
                claimed: u32::try_from(self.size).unwrap_or(u32::MAX),
            });
        }
        Ok(())
    }

    /// That the whole block is in the window.
    #[inline]
    pub(super) fn need(self, window: &mut Window) -> Result<(), Stop> {
        if window.has(self.size)? {
            Ok(())
        } else {
            Err(Stop::Cut)
        }
    }

    /// That the length stands again in the four bytes before `end` of `bytes`.
    #[inline]
    pub(super) fn check_end(
        self,
        order: ByteOrder,
        bytes: &[u8],
        end: usize,
    ) -> Result<(), Damage> {
        let second = rounded(order.u32(bytes, end.saturating_sub(4)));
        if second as usize == self.size {
            return Ok(());
        }
        Err(Damage::LengthsDiffer {
            first: u32::try_from(self.size).unwrap_or(u32::MAX),
            second,
        })
    }
}
