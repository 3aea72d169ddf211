//! Payloads as text: UTF-8 first, else escaped.

use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::text::digits;
use crate::text::visible::{is_shown, plain};

/// The payload bytes of a TCP segment or UDP datagram that were kept; empty where there are none
/// or where they cannot be told from the header.
pub fn of<'a>(row: &Row<'a>) -> &'a [u8] {
    match &row.packet.content {
        Content::Tcp(segment) => segment.payload(),
        Content::Udp(datagram) => datagram.payload(),
        Content::Other(_) => &[],
    }
}

/// Appends at most `limit` characters of a payload as one line of text, and `…` where there is
/// more. What is UTF-8 stays as it is, but for characters that act instead of being seen: line
/// ends, tabs and the backslash are written as in program texts, others that are not shown
/// ([`is_shown`]) as `\x1b` and `\u{202e}`, bytes that are no UTF-8 as `\xff`.
pub fn preview(payload: &[u8], limit: usize, out: &mut Vec<u8>) {
    let (mut rest, mut left) = (payload, limit);
    loop {
        // Most of most texts is as it stands.
        let (plain, after) = rest.split_at(plain(rest, *b"\\").min(left));
        out.extend_from_slice(plain);
        left -= plain.len();
        let Some((first, behind)) = after.split_first() else {
            return;
        };
        if left == 0 {
            out.extend_from_slice("…".as_bytes());
            return;
        }
        left -= 1;
        match character(after) {
            Some(character) => {
                write(character, out);
                rest = after.get(character.len_utf8()..).unwrap_or_default();
            }
            None => {
                escaped(*first, out);
                rest = behind;
            }
        }
    }
}

/// The character that begins a text; `None` where its first byte begins none.
fn character(text: &[u8]) -> Option<char> {
    // It has four bytes at most.
    let chunk = text.get(..text.len().min(4))?.utf8_chunks().next()?;
    chunk.valid().chars().next()
}

/// Appends a byte that is shown by its number.
fn escaped(byte: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\\x");
    digits::hex(byte, out);
}

fn write(character: char, out: &mut Vec<u8>) {
    match character {
        '\n' => out.extend_from_slice(b"\\n"),
        '\r' => out.extend_from_slice(b"\\r"),
        '\t' => out.extend_from_slice(b"\\t"),
        '\\' => out.extend_from_slice(b"\\\\"),
        _ if !is_shown(character) => match u8::try_from(character) {
            Ok(byte @ 0..0x80) => escaped(byte, out),
            _ => {
                let code = u32::from(character);
                out.extend_from_slice(format!("\\u{{{code:x}}}").as_bytes());
            }
        },
        _ => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::preview;

    fn text(payload: &[u8], limit: usize) -> String {
        let mut out = Vec::new();
        preview(payload, limit, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn utf8_first_and_everything_else_escaped() {
        assert_eq!(text("Olá, são três".as_bytes(), 80), "Olá, são três");
        assert_eq!(
            text(b"GET / HTTP/1.1\r\n\t\\", 80),
            "GET / HTTP/1.1\\r\\n\\t\\\\"
        );
        assert_eq!(text(b"\x1b[31m\xff\xc3", 80), "\\x1b[31m\\xff\\xc3");
        assert_eq!(
            text(b"\xe2\x86\x92\xe2\x86\xf0\x9f\x98!", 80),
            "→\\xe2\\x86\\xf0\\x9f\\x98!"
        );
        assert_eq!(
            text("a\u{202e}b\u{9b}".as_bytes(), 80),
            "a\\u{202e}b\\u{9b}"
        );
    }

    #[test]
    fn a_long_payload_is_cut_with_a_sign() {
        assert_eq!(text(b"abcdef", 6), "abcdef");
        assert_eq!(text(b"abcdefg", 6), "abcdef…");
        assert_eq!(text(b"", 6), "");
    }
}
