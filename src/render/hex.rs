//! Bytes in hexadecimal.

use std::io::Write;

/// Appends bytes as tcpdump and tshark dump them: offset, `each` bytes a line (they have 16), printable
/// ASCII. The offset of the first one is `from`.
pub fn dump(bytes: &[u8], from: usize, each: usize, out: &mut Vec<u8>) {
    for (line, chunk) in bytes.chunks(each.max(1)).enumerate() {
        let _ = write!(out, "    {:04x} ", from + line * each);
        for place in 0..each {
            if place % 8 == 0 {
                out.push(b' ');
            }
            match chunk.get(place) {
                Some(byte) => {
                    let _ = write!(out, "{byte:02x} ");
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
