//! Payloads as text: UTF-8 first, else escaped.

use crate::analysis::row::Row;
use crate::model::packet::Content;
use crate::text::visible::is_shown;

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
    let mut left = limit;
    for chunk in payload.utf8_chunks() {
        let mut rest = chunk.valid();
        loop {
            // Most of most texts is as it stands.
            let (plain, after) = rest.split_at(plain(rest).min(left));
            out.extend_from_slice(plain.as_bytes());
            left -= plain.len();
            let mut characters = after.chars();
            let Some(character) = characters.next() else {
                break;
            };
            if left == 0 {
                out.extend_from_slice("…".as_bytes());
                return;
            }
            left -= 1;
            write(character, out);
            rest = characters.as_str();
        }
        for byte in chunk.invalid() {
            if left == 0 {
                out.extend_from_slice("…".as_bytes());
                return;
            }
            left -= 1;
            out.extend_from_slice(format!("\\x{byte:02x}").as_bytes());
        }
    }
}

/// How many characters of ASCII at its beginning are shown as they are, each a byte.
fn plain(text: &str) -> usize {
    let plain = |byte: &u8| matches!(byte, 0x20..0x7f) && *byte != b'\\';
    text.bytes().take_while(plain).count()
}

fn write(character: char, out: &mut Vec<u8>) {
    match character {
        '\n' => out.extend_from_slice(b"\\n"),
        '\r' => out.extend_from_slice(b"\\r"),
        '\t' => out.extend_from_slice(b"\\t"),
        '\\' => out.extend_from_slice(b"\\\\"),
        _ if !is_shown(character) => {
            let code = u32::from(character);
            let text = match code {
                0..0x80 => format!("\\x{code:02x}"),
                _ => format!("\\u{{{code:x}}}"),
            };
            out.extend_from_slice(text.as_bytes());
        }
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
