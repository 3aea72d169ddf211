//! Options: what a block may say beyond its fixed fields.

use super::super::facts::TEXT_KEPT;
use super::super::order::ByteOrder;
use crate::model::call_comment;
use crate::source::damage::Damage;

/// A remark, in any block.
pub(super) const COMMENT: u16 = 1;
/// `shb_hardware`.
pub(super) const SECTION_HARDWARE: u16 = 2;
/// `shb_os`.
pub(super) const SECTION_OS: u16 = 3;
/// `shb_userappl`.
pub(super) const SECTION_APPLICATION: u16 = 4;
/// `if_name`.
pub(super) const INTERFACE_NAME: u16 = 2;
/// `if_description`.
pub(super) const INTERFACE_DESCRIPTION: u16 = 3;
/// `if_tsresol`.
pub(super) const INTERFACE_RESOLUTION: u16 = 9;
/// `if_filter`.
pub(super) const INTERFACE_FILTER: u16 = 11;
/// `if_os`.
pub(super) const INTERFACE_OS: u16 = 12;
/// `if_tsoffset`.
pub(super) const INTERFACE_OFFSET: u16 = 14;
/// `isb_ifrecv`.
pub(super) const RECEIVED: u16 = 4;
/// `isb_ifdrop`.
pub(super) const DROPPED_BY_INTERFACE: u16 = 5;
/// `isb_filteraccept`.
pub(super) const ACCEPTED: u16 = 6;
/// `isb_osdrop`.
pub(super) const DROPPED_BY_SYSTEM: u16 = 7;
/// `isb_usrdeliv`.
pub(super) const DELIVERED: u16 = 8;
/// `epb_dropcount`.
const PACKET_DROPS: u16 = 4;

/// One option.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlainOption<'a> {
    pub(super) code: u16,
    pub(super) value: &'a [u8],
}

impl PlainOption<'_> {
    /// Its value as text, up to a zero byte, cut where it is very long; `None` where it is empty.
    /// Bytes that are no UTF-8 are written as `\xff`.
    pub(super) fn text(&self) -> Option<String> {
        let end = self.value.iter().position(|byte| *byte == 0);
        let mut value = self.value.get(..end.unwrap_or(self.value.len()))?;
        if value.len() > TEXT_KEPT {
            // Not within a character: those go on with bytes that begin with the bits 10.
            let within = |at: &usize| value.get(*at).is_some_and(|byte| byte >> 6 == 0b10);
            let cut = (TEXT_KEPT - 3..=TEXT_KEPT).rev().find(|at| !within(at));
            value = value.get(..cut.unwrap_or(TEXT_KEPT)).unwrap_or(value);
        }
        let mut text = String::with_capacity(value.len());
        for chunk in value.utf8_chunks() {
            text.push_str(chunk.valid());
            for byte in chunk.invalid() {
                text.push_str(&format!("\\x{byte:02x}"));
            }
        }
        (!text.is_empty()).then_some(text)
    }
}

/// The options in `bytes`, up to the one that ends them. An option that runs past the end, and
/// an enterprise's option without its number, are damage.
pub(super) fn options(
    order: ByteOrder,
    bytes: &[u8],
) -> impl Iterator<Item = Result<PlainOption<'_>, Damage>> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let code = order.u16(rest, 0);
        let len = usize::from(order.u16(rest, 2));
        let (body, padded) = (rest.get(4..4 + len), 4 + len.next_multiple_of(4));
        let Some(value) = body.filter(|_| padded <= rest.len()) else {
            rest = &[];
            return Some(Err(Damage::Option { code }));
        };
        rest = rest.get(padded..).unwrap_or_default();
        match code {
            0 => None,
            2988 | 2989 | 19372 | 19373 if len < 4 => Some(Err(Damage::Option { code })),
            _ => Some(Ok(PlainOption { code, value })),
        }
    })
}

/// What the options of a packet say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct AboutPacket {
    /// How many packets were lost before this one.
    pub(super) dropped: Option<u64>,
    /// A comment tells of a call of a program that was watched.
    pub(super) watched: bool,
}

/// What the options of a packet say, which are sound: those with a fixed length have it.
pub(super) fn packet_options(order: ByteOrder, bytes: &[u8]) -> Result<AboutPacket, Damage> {
    let mut about = AboutPacket::default();
    for option in options(order, bytes) {
        let PlainOption { code, value } = option?;
        let sound = match code {
            // epb_flags, epb_queue.
            2 | 6 => value.len() == 4,
            // epb_dropcount, epb_packetid.
            4 | 5 => value.len() == 8,
            // epb_verdict.
            7 => !value.is_empty(),
            _ => true,
        };
        if !sound {
            return Err(Damage::Option { code });
        }
        match code {
            COMMENT => about.watched |= call_comment::is_watched(value),
            PACKET_DROPS => about.dropped = Some(order.u64(value, 0)),
            _ => {}
        }
    }
    Ok(about)
}
