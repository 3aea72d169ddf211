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
        for start in (0..each).step_by(8) {
            out.push(b' ');
            let group = chunk.get(start.min(chunk.len())..).unwrap_or_default();
            eight(group, (each - start).min(8), out);
        }
        out.push(b' ');
        let visible = |byte: u8| match byte {
            0x20..0x7f => byte,
            _ => b'.',
        };
        match <[u8; 16]>::try_from(chunk) {
            Ok(whole) => out.extend_from_slice(&whole.map(visible)),
            Err(_) => out.extend(chunk.iter().copied().map(visible)),
        }
        out.push(b'\n');
    }
}

/// Appends the first `count` (at most 8) of the bytes that follow, and spaces where they end.
fn eight(bytes: &[u8], count: usize, out: &mut Vec<u8>) {
    // In a piece of a fixed size, which needs no call.
    let mut cells = [b' '; 24];
    match bytes.first_chunk::<8>() {
        Some(bytes) => fill(bytes, &mut cells),
        None => fill(bytes, &mut cells),
    }
    let end = out.len() + 3 * count;
    out.extend_from_slice(&cells);
    out.truncate(end);
}

#[inline(always)]
fn fill(bytes: &[u8], cells: &mut [u8; 24]) {
    let (cells, _) = cells.as_chunks_mut::<3>();
    for (byte, [high, low, _]) in bytes.iter().zip(cells) {
        [*high, *low] = digits::HEX[usize::from(*byte)];
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
