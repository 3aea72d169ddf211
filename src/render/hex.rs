//! Bytes in hexadecimal.

use std::io::Write;

use crate::text::digits;

/// Appends bytes as tcpdump and tshark dump them: offset, `each` bytes a line (they have 16), printable
/// ASCII. The offset of the first one is `from`.
pub fn dump(bytes: &[u8], from: usize, each: usize, out: &mut Vec<u8>) {
    for (line, chunk) in bytes.chunks(each.max(1)).enumerate() {
        out.extend_from_slice(b"    ");
        offset(from + line * each, out);
        out.push(b' ');
        for place in 0..each {
            if place % 8 == 0 {
                out.push(b' ');
            }
            match chunk.get(place) {
                Some(byte) => {
                    digits::hex(*byte, out);
                    out.push(b' ');
                }
                None => out.extend_from_slice(b"   "),
            }
        }
        out.push(b' ');
        let visible = |byte: &u8| match byte {
            0x20..0x7f => *byte,
            _ => b'.',
        };
        out.extend(chunk.iter().map(visible));
        out.push(b'\n');
    }
}

/// Appends an offset: four digits, or more where it takes more.
fn offset(at: usize, out: &mut Vec<u8>) {
    if let Ok(at) = u16::try_from(at) {
        for byte in at.to_be_bytes() {
            digits::hex(byte, out);
        }
        return;
    }
    // Writing to memory cannot fail.
    let _ = write!(out, "{at:04x}");
}
