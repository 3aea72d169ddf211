//! Received bytes as a terminal may show them.

/// Turns a stream of bytes into text, piece by piece. A character whose bytes come in two pieces
/// is shown whole with the second; bytes that are no UTF-8 become U+FFFD.
#[derive(Debug, Default)]
pub struct Utf8Stream {
    begun: Vec<u8>,
}

impl Utf8Stream {
    /// The text that is complete with `bytes`.
    pub fn push(&mut self, bytes: &[u8]) -> String {
        self.begun.extend_from_slice(bytes);
        let mut text = String::new();
        let mut kept = 0;
        for chunk in self.begun.utf8_chunks() {
            text.push_str(chunk.valid());
            kept += chunk.valid().len();
            let at_the_end = kept + chunk.invalid().len() == self.begun.len();
            if at_the_end && may_go_on(chunk.invalid()) {
                break;
            }
            if !chunk.invalid().is_empty() {
                text.push(char::REPLACEMENT_CHARACTER);
            }
            kept += chunk.invalid().len();
        }
        self.begun.drain(..kept);
        text
    }
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
        // Format characters (Unicode Cf) turn the writing direction or hide text.
        let hidden = matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        if character.is_control() || hidden {
            out.extend(character.escape_default());
        } else {
            out.push(character);
        }
    }
    out
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
    fn a_message_cannot_drive_the_terminal() {
        assert_eq!(one_line("a\x1b[2Jb\tc\r\n"), "a\\u{1b}[2Jb\\tc");
        assert_eq!(one_line("x\u{202e}y"), "x\\u{202e}y");
        assert_eq!(one_line(&"é".repeat(500)).chars().count(), 401);
    }
}
