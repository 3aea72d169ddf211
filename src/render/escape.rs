//! Making text harmless for where it goes.
//!
//! Info texts are netlab's own words, but a name or a payload in them may come from a packet. A
//! control character, a terminal escape or a bidirectional override must not act on the reader's
//! terminal, nor break a line-based format.

use std::borrow::Cow;

use crate::text::visible;
use crate::text::visible::{is_shown, plain};

/// A 1 in each byte of a word.
const EACH: u64 = 0x0101_0101_0101_0101;

/// Escapes, in place, what stands in `out` from `start`: characters that are not shown as they are
/// ([`is_shown`]) become `\x1b` or `\u{202e}`; bytes that are no UTF-8 become `\xff`. Everything
/// else stays.
pub fn controls(out: &mut Vec<u8>, start: usize) {
    if out.get(start..).is_none_or(usual) {
        return;
    }
    let tail = out.split_off(start);
    let escape = |character, out: &mut Vec<u8>| {
        let code = u32::from(character);
        let escaped = if code < 0x80 {
            format!("\\x{code:02x}")
        } else {
            format!("\\u{{{code:x}}}")
        };
        out.extend_from_slice(escaped.as_bytes());
    };
    // At once, where all of it is UTF-8.
    if let Ok(text) = std::str::from_utf8(&tail) {
        return copy(text, out, is_shown, escape);
    }
    for chunk in tail.utf8_chunks() {
        copy(chunk.valid(), out, is_shown, escape);
        for byte in chunk.invalid() {
            out.extend_from_slice(format!("\\x{byte:02x}").as_bytes());
        }
    }
}

/// Appends a text whose characters stay as they are where they are `kept`; others are escaped. What
/// is plain is copied at once.
fn copy(
    text: &str,
    out: &mut Vec<u8>,
    kept: impl Fn(char) -> bool,
    escape: impl Fn(char, &mut Vec<u8>),
) {
    let mut rest = text;
    loop {
        let (run, after) = rest.split_at(plain(rest.as_bytes(), []));
        out.extend_from_slice(run.as_bytes());
        let mut characters = after.chars();
        let Some(character) = characters.next() else {
            return;
        };
        rest = characters.as_str();
        match kept(character) {
            true => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            false => escape(character, out),
        }
    }
}

/// Whether a line of cells with tabs between them holds nothing that [`controls`] would escape.
pub fn needs_none(line: &[u8]) -> bool {
    let cell = |cell: &[u8]| std::str::from_utf8(cell).is_ok_and(|text| text.chars().all(is_shown));
    line.split(|byte| *byte == b'\t').all(cell)
}

/// JSON in which every character of a string is shown as it is or as JSON's own escape, whose value
/// is the same; serde_json escapes those of ASCII only. What stands in `out` from `start`.
pub fn json(out: &mut Vec<u8>, start: usize) {
    if out.get(start..).is_none_or(usual) {
        return;
    }
    let tail = out.split_off(start);
    let text = match std::str::from_utf8(&tail) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(&tail),
    };
    let kept = |character| character == '\n' || is_shown(character);
    copy(&text, out, kept, |character, out| {
        for unit in character.encode_utf16(&mut [0; 2]) {
            out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
        }
    });
}

/// Lines of text in which nothing acts on a terminal but their ends.
pub fn lines(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let start = out.len();
        let bare = line.strip_suffix('\n');
        out.extend_from_slice(bare.unwrap_or(line).as_bytes());
        controls(&mut out, start);
        out.extend(bare.map(|_| b'\n'));
    }
    out
}

/// Whether a spreadsheet may take a text for a formula: by its first character that is no space,
/// in its usual or its full-width form. A tab or a line break in front is an escape by then.
pub fn is_formula(text: &str) -> bool {
    text.trim_start().starts_with([
        '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ])
}

/// The quick answer for nearly every sentence: only printable ASCII and [`visible::usual`].
fn usual(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        rest = rest.get(plain(rest, [])..).unwrap_or_default();
        match visible::usual(rest) {
            0 => return rest.is_empty(),
            len => rest = rest.get(len..).unwrap_or_default(),
        }
    }
}

/// The quick answer for nearly every row: only printable ASCII and arrows (U+2180 to U+21BF), such
/// as the one between two ports. Cells can be asked about one by one or all together.
pub fn harmless(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        while let Some((block, after)) = rest.split_first_chunk::<32>() {
            // Without a branch for each byte, so that vector instructions do it.
            if !block
                .iter()
                .fold(true, |all, byte| all & is_printable(*byte))
            {
                break;
            }
            rest = after;
        }
        let printable = match rest.first_chunk::<8>() {
            Some(eight) => printable(*eight),
            None => rest.iter().take_while(|byte| is_printable(**byte)).count(),
        };
        rest = match (rest.get(printable..), printable) {
            (None | Some([]), _) => return true,
            (Some(after), 8) => after,
            (Some([0xe2, 0x86, 0x80..=0xbf, after @ ..]), _) => after,
            _ => return false,
        };
    }
}

/// The width in terminal columns of a [`harmless`] text: an arrow takes three bytes and one column.
pub fn harmless_width(text: &[u8]) -> usize {
    let (eights, rest) = text.as_chunks::<8>();
    let mut of_arrows = rest.iter().filter(|byte| !byte.is_ascii()).count();
    for eight in eights {
        let high = u64::from_le_bytes(*eight) & (EACH * 0x80);
        if high != 0 {
            of_arrows += high.count_ones() as usize;
        }
    }
    text.len() - of_arrows / 3 * 2
}

fn is_printable(byte: u8) -> bool {
    (0x20..0x7f).contains(&byte)
}

/// How many of eight bytes from the first one on are from space to tilde, asked of all at once: the
/// highest bit of a byte shows after a subtraction whether it was below, after an addition whether
/// it was above. A carry reaches only bytes behind one that shows it too.
fn printable(eight: [u8; 8]) -> usize {
    let word = u64::from_le_bytes(eight);
    let below = word.wrapping_sub(EACH * 0x20);
    let above = word.wrapping_add(EACH);
    let shown = (below | word | above) & (EACH * 0x80);
    shown.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::controls;

    fn escaped(text: &[u8]) -> String {
        let mut out = b"kept\x1b".to_vec();
        let start = out.len();
        out.extend_from_slice(text);
        controls(&mut out, start);
        String::from_utf8(out.split_off(start)).unwrap()
    }

    #[test]
    fn what_acts_on_a_terminal_is_shown_instead() {
        assert_eq!(
            escaped(b"\x1b[31mred\x07\t\n"),
            "\\x1b[31mred\\x07\\x09\\x0a"
        );
        assert_eq!(
            escaped("a\u{202e}b\u{9b}c".as_bytes()),
            "a\\u{202e}b\\u{9b}c"
        );
        assert_eq!(escaped(b"\xff\xfe"), "\\xff\\xfe");
        assert_eq!(escaped("1 → 2 é ✓".as_bytes()), "1 → 2 é ✓");
        assert_eq!(escaped(b"a\xe2\x86"), "a\\xe2\\x86");
    }

    #[test]
    fn no_place_in_a_text_hides_a_byte() {
        for length in 1..80 {
            for place in 0..length {
                for byte in 0..=0x7f_u8 {
                    let mut text = vec![b'~'; length];
                    text[place] = byte;
                    let kept = (0x20..0x7f).contains(&byte);
                    assert_eq!(escaped(&text).len() == length, kept, "{byte} at {place}");
                }
            }
        }
    }
}
