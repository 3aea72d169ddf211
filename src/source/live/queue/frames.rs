//! Packets in memory, many in one piece.

use crate::model::frame::{Frame, FrameNo};

/// Packets one after another.
#[derive(Default)]
pub(super) struct Frames {
    heads: Vec<Head>,
    bytes: Vec<u8>,
}

/// A packet without its bytes.
struct Head {
    frame: Frame<'static>,
    len: usize,
}

impl Frames {
    pub(super) fn push(&mut self, frame: &Frame<'_>) {
        self.bytes.extend_from_slice(frame.bytes);
        self.heads.push(Head {
            frame: Frame {
                bytes: &[],
                ..*frame
            },
            len: frame.bytes.len(),
        });
    }

    pub(super) fn clear(&mut self) {
        self.heads.clear();
        self.bytes.clear();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The number of the first one.
    pub(super) fn first(&self) -> FrameNo {
        self.heads.first().map_or(0, |head| head.frame.no)
    }

    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.heads.len()).unwrap_or(u32::MAX)
    }

    /// What they take in memory.
    pub(super) fn size(&self) -> usize {
        self.bytes.len() + self.heads.len() * size_of::<Head>()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Frame<'_>> {
        let mut rest = self.bytes.as_slice();
        self.heads.iter().map(move |head| {
            let (bytes, after) = rest.split_at_checked(head.len).unwrap_or_default();
            rest = after;
            Frame {
                bytes,
                ..head.frame
            }
        })
    }
}
