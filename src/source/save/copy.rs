//! A capture file written again as pcapng, with comments added and everything else as it was.
//!
//! The blocks of a pcapng file stay byte for byte as they are, of every section and in its byte
//! order; only a section header and a packet that get a comment are put together anew, with one
//! more `opt_comment` behind the options they had. What has no place for options stays without:
//! simple packet blocks, and blocks that hold no packet. A pcap file has one section and one
//! interface, with the link type, snap length and resolution of its header.

use super::error::SaveError;
use super::pcapng::{self, COMMENT, Description};
use super::{Saver, Writer};
use crate::model::frame::Frame;
use crate::source::file::{ByteOrder, FileFacts, Format, Stored};

const SECTION: u32 = 0x0a0d_0d0a;
const OLD_PACKET: u32 = 2;
const ENHANCED_PACKET: u32 = 6;

/// The longest block that tshark 4.0 reads, in bytes.
const LONGEST_BLOCK: usize = 134_348_832;

/// Writes a capture file again with comments.
pub struct Copier {
    saver: Saver,
    /// The comment on the whole, until the first section header has come.
    comment: Option<String>,
}

impl Copier {
    /// Begins a pcapng file, or one on standard output for `-`, for the packets of the file that
    /// `facts` describes. The comment on the whole is left out where it is empty.
    ///
    /// # Errors
    /// [`SaveError`] where the file cannot be made.
    pub fn create(path: &str, comment: &str, facts: &FileFacts) -> Result<Self, SaveError> {
        let mut saver = Saver::empty(path, super::Out::replacing(path)?, Writer::Blocks);
        let mut comment = Some(comment.to_owned());
        if facts.format != Format::Pcapng {
            let comment = comment.take().unwrap_or_default();
            let mut writer = pcapng::Writer::begin(&comment, &mut saver.waiting);
            let interface = facts.interfaces.first();
            if let Some((interface, link)) = interface.and_then(|it| Some((it, it.link?))) {
                let about = Description {
                    link,
                    decimals: interface.decimals,
                    snap_len: interface.snap_len,
                    name: "",
                    filter: "",
                };
                writer.describe(&about, &mut saver.waiting);
            }
            saver.writer = Writer::Pcapng(writer);
        }
        Ok(Self { saver, comment })
    }

    /// Writes a block that is no frame; the first section header gets the comment on the whole.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn block(&mut self, stored: Stored<'_>) -> Result<(), SaveError> {
        let Stored::Block { order, bytes } = stored else {
            return Ok(());
        };
        if order.u32(bytes, 0) == SECTION {
            let comment = self.comment.take().unwrap_or_default();
            section(order, bytes, &comment, &mut self.saver.waiting);
        } else {
            self.saver.waiting.extend_from_slice(bytes);
        }
        self.saver.settle()
    }

    /// Writes a frame, with a comment where that is not empty and there is a place for it.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written, or a pcap file's time is before 1970.
    pub fn frame(
        &mut self,
        frame: &Frame<'_>,
        stored: Stored<'_>,
        comment: &str,
    ) -> Result<(), SaveError> {
        match stored {
            Stored::Block { order, bytes } => {
                packet(order, bytes, comment, &mut self.saver.waiting);
                self.saver.settle()
            }
            Stored::Packet { bytes, wire_len } => {
                let whole = Frame {
                    bytes,
                    wire_len,
                    ..*frame
                };
                self.saver.write_commented(&whole, comment)
            }
        }
    }

    /// Sends out what waits.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn flush(&mut self) -> Result<(), SaveError> {
        self.saver.flush()
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`SaveError`] where it cannot be written.
    pub fn finish(self) -> Result<(), SaveError> {
        self.saver.finish()
    }
}

/// Appends a section header. Its length of the section is only kept where nothing changes in it,
/// which nobody knows yet: "not known" takes its place (draft-ietf-opsawg-pcapng, 4.1).
fn section(order: ByteOrder, block: &[u8], comment: &str, out: &mut Vec<u8>) {
    let start = out.len();
    with_comment(order, block, 24, comment, out);
    if let Some(length) = out.get_mut(start + 16..start + 24) {
        length.fill(0xff);
    }
}

/// Appends a packet's block.
fn packet(order: ByteOrder, block: &[u8], comment: &str, out: &mut Vec<u8>) {
    match order.u32(block, 0) {
        ENHANCED_PACKET | OLD_PACKET => {
            let kept = order.u32(block, 20) as usize;
            with_comment(order, block, 28 + kept.next_multiple_of(4), comment, out);
        }
        _ => out.extend_from_slice(block),
    }
}

/// Appends a block whose options begin at `at`, with one comment more, unless it has that
/// comment already or would become too long.
fn with_comment(order: ByteOrder, block: &[u8], at: usize, comment: &str, out: &mut Vec<u8>) {
    let body = block.len().saturating_sub(4);
    let options = block.get(at..body).unwrap_or_default();
    let comment = pcapng::fitting(comment);
    let (end, known) = walk(order, options, comment.as_bytes());
    let added = 4 + comment.len().next_multiple_of(4) + 4;
    let size = at + end + added + 4;
    let head = block.get(..at + end);
    let (Some(head), false) = (head, comment.is_empty() || known || size > LONGEST_BLOCK) else {
        out.extend_from_slice(block);
        return;
    };
    let start = out.len();
    let size = order.bytes32(u32::try_from(size).unwrap_or(u32::MAX));
    out.extend_from_slice(head);
    if let Some(length) = out.get_mut(start + 4..start + 8) {
        length.copy_from_slice(&size);
    }
    out.extend_from_slice(&order.bytes16(COMMENT));
    let len = u16::try_from(comment.len()).unwrap_or(0);
    out.extend_from_slice(&order.bytes16(len));
    out.extend_from_slice(comment.as_bytes());
    pcapng::pad(comment.len(), out);
    out.extend_from_slice(&[0; 4]);
    out.extend_from_slice(&size);
}

/// Where the options end, and whether `comment` is one of them.
fn walk(order: ByteOrder, options: &[u8], comment: &[u8]) -> (usize, bool) {
    let (mut at, mut known) = (0, false);
    while let Some(rest) = options.get(at..).filter(|rest| rest.len() >= 4) {
        let (code, len) = (order.u16(rest, 0), usize::from(order.u16(rest, 2)));
        if code == 0 {
            break;
        }
        known |= code == COMMENT && rest.get(4..4 + len) == Some(comment);
        at = (at + 4 + len.next_multiple_of(4)).min(options.len());
    }
    (at, known)
}
