//! Received bytes as a terminal may show them.

use crate::text::visible::is_shown;

/// Turns a stream of bytes into text, piece by piece. A character whose bytes come in two pieces
/// is shown whole with the second; bytes that are no UTF-8 become U+FFFD.
#[derive(Debug, Default)]
pub struct Utf8Stream {
    begun: Vec<u8>,
}

impl Utf8Stream {
    /// The text that is complete with `bytes`.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(&self.whole(bytes)).into_owned()
    }

    /// The bytes that are complete with `bytes`: all but the beginning of a character at the end.
    pub fn whole(&mut self, bytes: &[u8]) -> Vec<u8> {
        self.begun.extend_from_slice(bytes);
        let tail = match self.begun.utf8_chunks().last() {
            Some(chunk) if may_go_on(chunk.invalid()) => chunk.invalid().len(),
            _ => 0,
        };
        let rest = self.begun.split_off(self.begun.len() - tail);
        std::mem::replace(&mut self.begun, rest)
    }

    /// What was kept back, once no more bytes come.
    pub fn rest(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.begun)
    }
}

/// A message in capital letters. Bytes that are no UTF-8 stay as they are.
pub fn upper_case(message: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(message.len());
    for chunk in message.utf8_chunks() {
        out.extend_from_slice(chunk.valid().to_uppercase().as_bytes());
        out.extend_from_slice(chunk.invalid());
    }
    out
}

/// Whether more bytes could make a character of these, which are a part of one or wrong
/// (RFC 3629, 3: the first byte tells how many follow).
fn may_go_on(bytes: &[u8]) -> bool {
    let whole = match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => return false,
    };
    bytes.len() < whole
}

/// Characters of a message that are shown at most.
const SHOWN: usize = 400;

/// A message on one line: without the line end it closes with, with escapes for characters that
/// would move the cursor or change the terminal, and cut where it is very long.
pub fn one_line(message: &str) -> String {
    let message = message.strip_suffix('\n').unwrap_or(message);
    let message = message.strip_suffix('\r').unwrap_or(message);
    let mut out = String::new();
    for (place, character) in message.chars().enumerate() {
        if place == SHOWN {
            out.push('…');
            break;
        }
        push(character, &mut out);
    }
    out
}

/// A line of a text, whole, with escapes for characters that would change the terminal.
pub fn escaped(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\t' => out.push('\t'),
            other => push(other, &mut out),
        }
    }
    out
}

fn push(character: char, out: &mut String) {
    if is_shown(character) {
        out.push(character);
    } else {
        out.extend(character.escape_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_split_over_two_pieces_is_shown_once_and_whole() {
        let message = "é 漢 😀 fim";
        for size in 1..5 {
            let mut stream = Utf8Stream::default();
            let shown: String = message
                .as_bytes()
                .chunks(size)
                .map(|piece| stream.push(piece))
                .collect();
            assert_eq!(shown, message);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_marked_and_do_not_hide_what_follows() {
        let mut stream = Utf8Stream::default();
        assert_eq!(stream.push(b"a\xffb\xc3"), "a\u{fffd}b");
        assert_eq!(stream.push(b"x"), "\u{fffd}x");
        assert_eq!(stream.push(b"\x80"), "\u{fffd}");
    }

    #[test]
    fn capital_letters_leave_other_bytes_alone() {
        assert_eq!(upper_case("olá, ção".as_bytes()), "OLÁ, ÇÃO".as_bytes());
        assert_eq!(upper_case(b"a\xff\xc3b"), b"A\xff\xc3B");
    }

    #[test]
    fn a_message_cannot_drive_the_terminal() {
        assert_eq!(one_line("a\x1b[2Jb\tc\r\n"), "a\\u{1b}[2Jb\\tc");
        assert_eq!(one_line("x\u{202e}y"), "x\\u{202e}y");
        assert_eq!(one_line(&"é".repeat(500)).chars().count(), 401);
    }
}
