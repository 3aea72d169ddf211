//! Ethernet frames with their preamble, whole or interrupted by others (IEEE 802.3br).

use crate::decode::draft::Info;
use crate::decode::link::ethernet;
use crate::decode::step::{Context, Next, Step};
use crate::decode::view::View;

/// The byte that a preamble repeats, and the one that ends it before an ordinary frame.
const PREAMBLE: u8 = 0x55;
const START: u8 = 0xd5;

/// The longest preamble with its end.
const LONGEST: usize = 8;

/// Reads a frame with or without its preamble. Behind one the checksum must be right, else tshark
/// takes the frame for a fragment.
pub(super) fn layer<'a>(view: View<'a>, context: &mut Context<'a>) -> Step<'a> {
    context.draft.layer("FPP");
    let start = view
        .bytes
        .iter()
        .take(LONGEST)
        .position(|byte| *byte == START);
    let Some(start) = start.filter(|start| view.bytes[..*start].iter().all(|b| *b == PREAMBLE))
    else {
        return Ok(Next::Layer(ethernet::layer, view));
    };
    let frame = view.skip(start + 1)?;
    let Some((body, check)) = frame.bytes.split_last_chunk::<4>() else {
        return Ok(Next::Done);
    };
    if crc32(body) != u32::from_le_bytes(*check) {
        context.draft.say("FPP", Info::Fixed("[Express]"));
        return Ok(Next::Done);
    }
    Ok(Next::Layer(ethernet::layer, View::whole(body)))
}

/// Ethernet's checksum, bit by bit: these captures are rare.
fn crc32(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = sum >> 1 ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 };
        }
    }
    !sum
}
